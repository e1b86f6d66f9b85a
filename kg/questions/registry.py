"""The questions by name: what routes, tools and ``Graph.ask`` are made from.

Those of ours are imported when they are asked for, so that one question does not pay for all. Others may be added.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Generic, TypeVar

from kg.errors import KgError
from kg.plugins import CHOOSE, offered_questions
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

    Of a list that may be long, ``count`` says how much there is in all, and the request has the fields ``limit`` and
    ``offset``: how many to answer, after how many that are passed over. ``count_unknown`` counts what is left out
    though nothing says that it should be, by what it has ("no date").
    """

    name: str
    help: str
    request: type[Request]
    answer: Any
    ask: Callable[[GraphReader, Request], Answer]
    local: bool = False
    count: Callable[[GraphReader, Request], int] | None = None
    count_unknown: Callable[[GraphReader, Request], dict[str, int]] | None = None


_OURS = (
    "papers", "results", "show", "entity", "paper", "entities", "related", "leaderboards", "path", "compare", "trend",
    "rising", "new", "stats", "review", "diff",
)  # fmt: skip
_ADDED: dict[str, Question[Any, Any]] = {}


def register(added: Question[Any, Any]) -> None:
    """Add a question.

    Raises:
        KgError: there is another of that name.
    """
    if added.name in _OURS or _others().get(added.name, added) is not added:
        raise KgError(f"there are two questions called {added.name!r}; give the newer one another name")
    _ADDED[added.name] = added


def question(name: str) -> Question[Any, Any]:
    """The question of this name.

    Raises:
        KgError: there is none; the error names those that there are. Or two plugins bring one of that name.
    """
    if name in _OURS:
        found: Question[Any, Any] = import_module(f"kg.questions.{name}").QUESTION
        return found
    others = _others()
    if name not in others:
        raise KgError(f"{name!r} is no question; ask {', '.join((*_OURS, *sorted(others)))}")
    return others[name]


def questions() -> tuple[Question[Any, Any], ...]:
    """All questions: ours in the order of use, then those of plugins and those that were added, by name.

    Raises:
        KgError: two plugins bring questions of one name, or one brings one that is named as one of ours.
    """
    others = _others()
    return tuple(question(name) for name in (*_OURS, *sorted(others)))


def _others() -> dict[str, Question[Any, Any]]:
    """Those of plugins, and those that were added."""
    found: dict[str, Question[Any, Any]] = {}
    for offer in offered_questions().all():
        if not isinstance(offer.value, Question) or offer.value.name in _OURS or offer.value.name in _ADDED:
            raise KgError(
                f"the question {offer.value.name!r} of plugin {offer.plugin.name} is no kg.questions.Question, or "
                f"there is another of that name; uninstall the plugin, or name those to load in {CHOOSE}"
            )
        found[offer.value.name] = offer.value
    return found | _ADDED
