"""A request for a page, as the page sees it: what is asked in its address, and a reader to ask the graph."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from starlette.datastructures import QueryParams

from kg.choices import parse
from kg.errors import KgError
from kg.server.corrections.sessions import Visitor
from kg.server.pages.address import with_query
from kg.server.settings import Settings
from kg.server.succession import SparqlSuccession
from kg.store import GraphReader
from kg.wire import Row

__all__ = ["FORMATS", "BusyError", "Corrections", "Page", "Paging", "Visit"]

FORMATS = ("html", "csv", "json", "jsonl")
_SIZE, _SIZE_OF_DATA, _LARGEST = 25, 1_000, 1_000
_LAST = 1_000_000  # page

Choice = TypeVar("Choice", bound=StrEnum)


class BusyError(KgError):
    """Something dear is asked for that too many are waiting for already."""


@dataclass(frozen=True, slots=True)
class Corrections:
    """How many corrections are still to be worked in, and what went wrong with the last."""

    waiting: int
    failed: str | None


@dataclass(frozen=True, slots=True)
class Paging:
    """Which rows of a list are shown: ``number`` from 1, ``size`` rows a page, of ``total`` once that is known."""

    number: int
    size: int
    total: int = 0

    @property
    def skip(self) -> int:
        """How many rows come before."""
        return (self.number - 1) * self.size

    @property
    def last(self) -> int:
        """The number of the last page."""
        return max(1, -(-self.total // self.size))

    def of(self, total: int) -> Paging:
        """The same when the total is known."""
        return Paging(self.number, self.size, total)


@dataclass(frozen=True, slots=True)
class Page:
    """What a page shows: ``values`` for its ``template``; for programs ``answer``, and ``rows`` where that is a list.

    ``paging`` tells which part of the rows those are. ``error`` is what the page tells of that went wrong: it is not
    kept.
    """

    template: str
    values: Mapping[str, Any]
    rows: Sequence[Row] = ()
    answer: object = None
    paging: Paging | None = None
    error: KgError | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """A request: its ``path``, the parameter ``name`` of it, and its ``query``.

    ``lend`` gives the ``reader``, the same each time, ``sparql`` answers queries. ``counts`` gives how many papers name
    each entity. ``visitor`` is who may correct the graph, None for all others; ``corrections`` is how far what they
    said is worked in.
    """

    path: str
    name: str
    query: QueryParams
    format: str
    settings: Settings
    sparql: SparqlSuccession
    lend: Callable[[], GraphReader]
    counts: Callable[[], Mapping[str, int]]
    visitor: Visitor | None = None
    corrections: Corrections | None = None

    @property
    def reader(self) -> GraphReader:
        """The graph of one moment, lent when it is first needed: readers are few, and a query needs none."""
        return self.lend()

    def text(self, name: str) -> str | None:
        """A word of the address; None if it is not there, or empty."""
        return self.query.get(name, "").strip() or None

    def flag(self, name: str) -> bool:
        """Whether a word of the address says yes."""
        return self.query.get(name) in ("1", "true", "yes", "on")

    def choice(self, name: str, choices: type[Choice]) -> Choice | None:
        """A member of a closed set.

        Raises:
            KgError: it is none.
        """
        word = self.text(name)
        return parse(choices, word) if word is not None else None

    def one_of(self, name: str, choices: Sequence[str]) -> str:
        """One of some words; the first if none is given.

        Raises:
            KgError: it is none of them.
        """
        word = self.text(name) or choices[0]
        if word not in choices:
            raise KgError(f"{name} is {word!r}; use {', '.join(choices)}")
        return word

    def number(self, name: str, default: int, most: int) -> int:
        """A whole number from 1.

        Raises:
            KgError: it is none, or too large.
        """
        word = self.text(name)
        if word is None:
            return default
        if not (word.isascii() and word.isdigit() and len(word) < 10 and 1 <= int(word) <= most):
            raise KgError(f"{name} is {word!r}; give a number from 1 to {most:,}")
        return int(word)

    def paging(self) -> Paging:
        """The rows that are asked for: pages for people, more at once for programs."""
        size = _SIZE if self.format == "html" else _SIZE_OF_DATA
        return Paging(self.number("page", 1, _LAST), self.number("size", size, _LARGEST))

    def here(self, **changes: object) -> str:
        """The address of this page with some words changed; None takes one away. Other rows begin at the first page."""
        kept = [(name, value) for name, value in self.query.multi_items() if name not in changes and value != ""]
        if "page" not in changes:
            kept = [(name, value) for name, value in kept if name != "page"]
        return with_query(self.path, [*kept, *changes.items()])
