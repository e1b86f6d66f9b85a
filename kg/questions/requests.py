"""What all requests share: words made members of closed sets, one name a tuple of one, and limits that hold.

A request is a frozen dataclass that calls ``settle`` when it is made, so that one that exists can be answered: from
Python, a command line or a URL it is read and refused alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, Field, fields
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from kg.choices import parse
from kg.errors import KgError

__all__ = ["ANY", "read_request", "settle"]

R = TypeVar("R")

_YES_OR_NO = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
_WANTED = {bool: "true or false", int: "a whole number", float: "a number"}


def settle(request: Any, **limits: tuple[float, float]) -> None:
    """Make the fields of a new request what their types say; to be called from ``__post_init__``.

    ``limits`` are the least and the most that some fields may be.

    Raises:
        KgError: a word is none of the choices, or a number is none or beyond its limits.
    """
    for name, kind in _types(type(request)).items():  # type: ignore[arg-type]  # classes are hashable
        given = getattr(request, name)
        value = _settled(name, kind, given)
        if value is not given:
            object.__setattr__(request, name, value)
        if name in limits and value is not None:
            least, most = limits[name]
            if not least <= value <= most:
                raise KgError(f"{name} is {value:g}; give {least:g} {'or more' if most == ANY else f'to {most:g}'}")


ANY = float("inf")


def read_request(request_type: type[R], words: Mapping[str, object]) -> R:
    """A request from its fields by name, as URLs and notebooks have them: in texts, numbers and yes or no are read.

    Raises:
        KgError: one of the words is no field of the request, or not what that field takes, or one is missing.
    """
    known: dict[str, Field[Any]] = {field.name: field for field in fields(request_type)}  # type: ignore[arg-type]
    for name in words:
        if name not in known:
            raise KgError(
                f"{name!r} is nothing that can be asked here; there is {', '.join(known) or 'nothing to say'}"
            )
    missing = [name for name, field in known.items() if name not in words and field.default is MISSING]
    if missing:
        raise KgError(f"this cannot be asked without {' and '.join(missing)}")
    return request_type(**words)


@cache
def _types(request_type: Any) -> dict[str, Any]:
    """The types of the fields, without the ``None`` of those that may be left out."""
    return {name: _stated(kind) for name, kind in get_type_hints(request_type).items()}


def _stated(kind: Any) -> Any:
    if get_origin(kind) in (Union, UnionType):
        return next(each for each in get_args(kind) if each is not type(None))
    return kind


def _settled(name: str, kind: Any, value: object) -> Any:
    if value is None:
        return None
    if get_origin(kind) is not tuple:
        return _one(name, kind, value)
    parts = [value] if isinstance(value, str) or not isinstance(value, Iterable) else value
    return tuple(_one(name, get_args(kind)[0], part) for part in parts)


def _one(name: str, kind: type, value: object) -> object:
    if type(value) is kind:
        return value
    if issubclass(kind, StrEnum):
        return parse(kind, str(value))
    if kind is Path and isinstance(value, str):
        return Path(value)
    if kind is bool and isinstance(value, str) and value in _YES_OR_NO:
        return _YES_OR_NO[value]
    if kind in (int, float) and isinstance(value, str | int | float):
        try:
            number: float = kind(value)
        except (ValueError, OverflowError):
            pass
        else:
            if isinstance(value, str) or number == value or kind is float:
                return number
    if isinstance(value, kind):
        return value
    raise KgError(f"{name} is {value!r}; give {_WANTED.get(kind, 'a text')}")
