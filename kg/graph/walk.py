"""The whole graph a paper at a time: what exports read, in memory that does not grow with the number of papers.

Four cursors run side by side, all ordered by paper; asking for each paper's links, evidence and results anew would be
three queries a paper.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from kg.model import Evidence, Field, Paper, Relation, Result, ResultKind
from kg.store import GraphReader, Link

__all__ = ["Account", "walk"]

_LINKS = "SELECT paper_id, entity_id, relation, confidence FROM link ORDER BY paper_id, entity_id"
_EVIDENCE = (
    'SELECT paper_id, entity_id, field, start, "end", sentence_start, sentence_end, surface, rule, relation, '
    "confidence FROM evidence ORDER BY paper_id, entity_id, field DESC, start"
)
_RESULTS = (
    'SELECT paper_id, value, number, unit, kind, metric, measured_on, achieved_by, field, start, "end", '
    "sentence_start, sentence_end, confidence FROM result ORDER BY paper_id, field DESC, start"
)

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """One paper with all that the graph says of it: links by entity, evidence by entity, results, as in the text."""

    paper: Paper
    links: tuple[Link, ...]
    evidence: dict[str, list[Evidence]]
    results: tuple[Result, ...]


def walk(reader: GraphReader) -> Iterator[Account]:
    """All papers, by id."""
    links, evidence, results = (_Groups(reader.stream(sql)) for sql in (_LINKS, _EVIDENCE, _RESULTS))
    for paper in reader.papers():
        yield Account(
            paper,
            tuple(Link(p, e, Relation(r), c) for p, e, r, c in links.of(paper.id)),
            _evidence(paper, evidence.of(paper.id)),
            tuple(_result(row) for row in results.of(paper.id)),
        )


class _Groups:
    """The rows of an ordered cursor by their first column, taken in that order; what nobody asks for is skipped."""

    def __init__(self, rows: Iterator[Row]) -> None:
        self._groups = groupby(rows, key=itemgetter(0))
        self._next = next(self._groups, None)

    def of(self, key: str) -> list[Row]:
        while self._next is not None and self._next[0] < key:
            self._next = next(self._groups, None)
        if self._next is None or self._next[0] != key:
            return []
        rows = list(self._next[1])
        self._next = next(self._groups, None)
        return rows


def _evidence(paper: Paper, rows: list[Row]) -> dict[str, list[Evidence]]:
    found: dict[str, list[Evidence]] = {}
    for _, entity_id, field, start, end, sentence_start, sentence_end, surface, rule, relation, confidence in rows:
        part = Field(field)
        sentence = paper.text(part)[sentence_start:sentence_end]
        found.setdefault(entity_id, []).append(
            Evidence(part, start, end, sentence, surface, rule, Relation(relation), confidence)
        )
    return found


def _result(row: Row) -> Result:
    _, value, number, unit, kind, metric, on, of, field, *places = row
    return Result(value, number, unit, ResultKind(kind), metric, on, of, Field(field), *places)
