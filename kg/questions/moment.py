"""Questions that take several reads: all of them are of one moment, whatever a build writes meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from kg.store import GraphReader

__all__ = ["of_one_moment"]

P = ParamSpec("P")
T = TypeVar("T")


def of_one_moment(question: Callable[Concatenate[GraphReader, P], T]) -> Callable[Concatenate[GraphReader, P], T]:
    """Make all reads of a question see the same graph."""

    @wraps(question)
    def asked(reader: GraphReader, /, *arguments: P.args, **options: P.kwargs) -> T:
        with reader.snapshot():
            return question(reader, *arguments, **options)

    return asked
