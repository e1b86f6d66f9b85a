"""Long lists in parts, each with the cursor of the next.

A cursor is opaque to clients. It says how many things went before, of which question, and of which state of the graph:
a place in a list means something only as long as the list is the same. Where the graph has changed since, the cursor
is refused (409) rather than answered with things twice or never.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from kg.api import Graph
from kg.questions import Question
from kg.server.api.parameters import is_list
from kg.server.problems import ProblemError
from kg.wire import Plain, plain

__all__ = ["CURSOR", "cursor_after", "page", "place_of"]

CURSOR = r"^[0-9]{1,9}-[0-9a-f]{16}-[0-9a-f]{20}$"
"""What cursors look like: the place, digests of the question and of the graph."""


def page(
    graph: Graph, question: Question[Any, Any], words: Mapping[str, Any], limit: int, cursor: str | None, state: str
) -> dict[str, Plain]:
    """A part of the answer as the API gives it: ``items``, the ``total`` of the whole, the cursor of the ``next`` part,
    and what is ``left_out`` though nothing says that it should be.

    Raises:
        ProblemError: the cursor is none (400), or of another question or state of the graph (409).
        KgError: as the question.
    """
    place = place_of(cursor, question.name, words, state)
    with graph.moment():
        if question.count is None:
            items = _listed(plain(graph.ask(question.name, **words)))
            total = len(items) if _tells_all(question) else None
            items = items[place : place + limit] if is_list(question) else items
        else:
            total = graph.count(question.name, **words)
            items = _listed(plain(graph.ask(question.name, **words, limit=limit, offset=place)))
        left_out = graph.count_unknown(question.name, **words)
    end = place + len(items)
    more = is_list(question) and total is not None and end < total
    following = cursor_after(end, question.name, words, state) if more else None
    return {"items": items, "total": total, "next": following, "left_out": dict(left_out)}


def _listed(answer: Plain) -> list[Plain]:
    return list(answer) if isinstance(answer, list) else [answer]


def _tells_all(question: Question[Any, Any]) -> bool:
    """Whether the answer is all there is: one that takes a limit, and is no list in parts, may not be."""
    return is_list(question) or "limit" not in question.request.__dataclass_fields__


def cursor_after(place: int, question: str, words: Mapping[str, object], state: str) -> str:
    """The cursor for what comes after so many things."""
    return f"{place}-{_digest(question, words)}-{state}"


def place_of(cursor: str | None, question: str, words: Mapping[str, object], state: str) -> int:
    """How many things went before.

    Raises:
        ProblemError: it is no cursor (400), or of another question or state of the graph (409).
    """
    if cursor is None:
        return 0
    if not re.fullmatch(CURSOR, cursor, re.ASCII):
        raise ProblemError(400, "this is no cursor; give one as you got it, or none to begin")
    place, digest, of = cursor.split("-")
    if digest != _digest(question, words):
        raise ProblemError(409, "this cursor is of another question; ask as you did when you got it")
    if of != state:
        raise ProblemError(409, "the graph has changed since this cursor was given; begin again without one")
    return int(place)


def _digest(question: str, words: Mapping[str, object]) -> str:
    text = json.dumps([question, sorted(words.items())], default=str, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
