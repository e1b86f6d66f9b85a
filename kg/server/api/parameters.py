"""From the fields of a request to the parameters of an address, said so exactly that a client can be made from them."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, fields
from enum import StrEnum
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from fastapi import Query

from kg.questions import Question

__all__ = ["DEFAULT_LIMIT", "MAX_LIMIT", "described", "is_list", "parameters", "words_of"]

DEFAULT_LIMIT, MAX_LIMIT = 100, 1_000
"""Of a list, how many things are answered at once."""

_PAGING = {"limit", "offset"}
_NAMES = 20  # of one kind, in one request
_NAME = {"min_length": 1, "max_length": 1_000}
_INTEGERS = {"ge": 0, "le": 2**31 - 1}
_DAYS = r"(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8])"
_YEAR = r"([0-9]{3}[1-9]|[0-9]{2}[1-9]0|[0-9][1-9]00|[1-9]000)"
_FOURTH = r"(0[48]|[2468][048]|[13579][26])"
_LEAP = rf"([0-9]{{2}}{_FOURTH}|{_FOURTH}00)-02-29"
_DATE = {"json_schema_extra": {"pattern": rf"^({_YEAR}(-(0[1-9]|1[0-2]|{_DAYS}))?|{_LEAP})$"}}
# Patterns are for who makes clients: the question refuses what it cannot take in better words.
_NARROWER: dict[str, dict[str, Any]] = {
    "since": _DATE | {"description": "2024, 2024-06 or 2024-06-30"},
    "until": _DATE | {"description": "2024, 2024-06 or 2024-06-30; all of it is included"},
    "text": _NAME | {"json_schema_extra": {"pattern": r"\w"}, "description": "Words, all of which must occur."},
    "name": _NAME | {"examples": ["GSM8K"]},
    "start": _NAME | {"examples": ["GRPO"]},
    "end": _NAME | {"examples": ["GSM8K"]},
    "benchmark": _NAME | {"examples": ["GSM8K"]},
    "left": _NAME | {"examples": ["PPO"]},
    "right": _NAME | {"examples": ["GRPO"]},
    "min_confidence": {"ge": 0, "le": 1},
    "min_papers": {"ge": 1, "le": 2**31 - 1},
    "limit": {"ge": 1, "le": MAX_LIMIT},
    "names": {"examples": ["GSM8K"]} | _NAME,
    "recent": {"ge": 1, "le": 1_200},
    "before": {"ge": 1, "le": 1_200},
    "false_share": {"ge": 0.0001, "le": 0.5},
}
"""What fields of these names take, where that is less than their type says."""


def is_list(question: Question[Any, Any]) -> bool:
    """Whether the answer is a list that is given in parts."""
    return get_origin(question.answer) is tuple


def parameters(question: Question[Any, Any]) -> Iterator[inspect.Parameter]:
    """The parameters that the fields of a question's request are, without those of paging."""
    hints = get_type_hints(question.request)
    for field in fields(question.request):
        if field.name == "offset" or (is_list(question) and field.name in _PAGING):
            continue
        kind, options = _annotation(field.name, hints[field.name])
        # One that is left out is not null, which no address can say; so none of the types is, whatever the default.
        absent: Any = [] if get_origin(kind) is list else None
        default = inspect.Parameter.empty if _is_required(field) else absent
        yield inspect.Parameter(
            field.name, inspect.Parameter.KEYWORD_ONLY, annotation=Annotated[kind, Query(**options)], default=default
        )


def words_of(given: Mapping[str, object]) -> dict[str, object]:
    """What was given, without what was not: of that, the request knows what it stands for."""
    return {name: value for name, value in given.items() if value is not None and value != []}


def described(question: Question[Any, Any]) -> str:
    """What can be asked, in the words of the request."""
    text = inspect.cleandoc(question.request.__doc__ or "").partition("\nRaises:")[0]
    return re.sub(r"``(.*?)``", r"`\1`", text).strip()


def _is_required(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _annotation(name: str, hint: Any) -> tuple[Any, dict[str, Any]]:
    """The type that a parameter has, and what narrows it."""
    optional = get_origin(hint) in (Union, UnionType)
    kind = next(each for each in get_args(hint) if each is not type(None)) if optional else hint
    if get_origin(kind) is tuple:
        item = get_args(kind)[0]
        one: Any = Annotated[item, Query(**_of_type(name, item))]
        return list[one], {"max_length": _NAMES}
    return kind, _of_type(name, kind)


def _of_type(name: str, kind: type) -> dict[str, Any]:
    if name in _NARROWER:
        return _NARROWER[name]
    if issubclass(kind, str) and not issubclass(kind, StrEnum):
        return _NAME
    return _INTEGERS if kind is int else {}
