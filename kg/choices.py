"""Words that stand for members of closed sets, and the error that names the choices."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TypeVar

from kg.errors import KgError

__all__ = ["parse"]

Choice = TypeVar("Choice", bound=StrEnum)


def parse(choices: type[Choice], word: str) -> Choice:
    """The member of a closed set that a word stands for.

    >>> from kg.model import EntityType
    >>> parse(EntityType, "model")
    <EntityType.MODEL: 'model'>

    Raises:
        KgError: it stands for none; the error names those that there are.
    """
    try:
        return choices(word)
    except ValueError:
        called = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", choices.__name__).lower()
        raise KgError(f"{word!r} is no {called}; use {', '.join(choices)}") from None
