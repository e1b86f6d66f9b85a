"""The questions by name: what routes, tools and ``Graph.ask`` are made from.

Those of ours are imported when they are asked for, so that one question does not pay for all. Others may be added.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Generic, TypeVar

from kg.errors import KgError
from kg.store import GraphReader

__all__ = ["Question", "question", "questions", "register"]

Request = TypeVar("Request")
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Question(Generic[Request, Answer]):
    """A question that can be asked of a graph.

    ``request`` is a frozen dataclass, whose fields are what can be said; ``answer`` the type of the answer: a frozen
    dataclass, or a tuple of some, that ``kg.wire`` makes plain values of. ``help`` is one line for people and programs.
    ``local`` questions name files of this machine: servers leave them out.
    """

    name: str
    help: str
    request: type[Request]
    answer: Any
    ask: Callable[[GraphReader, Request], Answer]
    local: bool = False


_OURS = ("papers", "show", "entity", "paper", "entities", "related", "path", "compare", "stats", "review", "diff")
_ADDED: dict[str, Question[Any, Any]] = {}


def register(added: Question[Any, Any]) -> None:
    """Add a question.

    Raises:
        KgError: there is another of that name.
    """
    if added.name in _OURS or _ADDED.get(added.name, added) is not added:
        raise KgError(f"there are two questions called {added.name!r}; give the newer one another name")
    _ADDED[added.name] = added


def question(name: str) -> Question[Any, Any]:
    """The question of this name.

    Raises:
        KgError: there is none; the error names those that there are.
    """
    if name in _OURS:
        found: Question[Any, Any] = import_module(f"kg.questions.{name}").QUESTION
        return found
    if name not in _ADDED:
        raise KgError(f"{name!r} is no question; ask {', '.join((*_OURS, *sorted(_ADDED)))}")
    return _ADDED[name]


def questions() -> tuple[Question[Any, Any], ...]:
    """All questions: ours in the order of use, then those that were added, by name."""
    return tuple(question(name) for name in (*_OURS, *sorted(_ADDED)))
