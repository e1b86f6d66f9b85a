"""The whole graph in one pass: every entity, every paper with all that is said of it.

The tables are read side by side in the order of their keys, so that neither a query a paper nor the memory for a table
is needed. For one paper or entity, see ``kg.query.papers`` and ``kg.query.entities``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from kg.model import Entity, EntityType, Evidence, Field, Paper, Relation, Result, ResultKind
from kg.query.papers import PaperLink, PaperProfile
from kg.store import GraphReader

__all__ = ["Groups", "walk_entities", "walk_papers"]

_EVIDENCE = (
    'SELECT paper_id, entity_id, field, start, "end", sentence_start, sentence_end, surface, rule, relation, '
    'confidence FROM evidence ORDER BY paper_id, entity_id, field, start, "end"'
)
# The link is what is walked through: the order is then that of its key, and nothing is sorted.
_LINKS = (
    "SELECT paper_id, entity_id, label, type, relation, confidence FROM link "
    "CROSS JOIN entity ON entity.id = entity_id ORDER BY paper_id, entity_id"
)
_RESULTS = (
    "SELECT paper_id, value, number, unit, kind, metric, measured_on, achieved_by, field, start, "
    '"end", sentence_start, sentence_end, confidence FROM result ORDER BY paper_id, field, start, "end"'
)
_FIELDS = {str(field): field for field in Field}
_RELATIONS = {str(relation): relation for relation in Relation}
_TYPES = {str(kind): kind for kind in EntityType}


class Groups:
    """Rows sorted by their first column, handed out a group at a time to who asks in that same order.

    >>> groups = Groups([("a", 1), ("a", 2), ("c", 3)])
    >>> groups.take("a"), groups.take("b"), groups.take("c")
    ([('a', 1), ('a', 2)], [], [('c', 3)])
    """

    def __init__(self, rows: Iterable[tuple[Any, ...]]) -> None:
        self._groups = groupby(rows, key=itemgetter(0))
        self._key: str | None = None
        self._rows: Iterable[tuple[Any, ...]] = ()
        self._advance()

    def _advance(self) -> None:
        self._key, self._rows = next(self._groups, (None, ()))

    def take(self, key: str) -> list[tuple[Any, ...]]:
        """The rows of this key; those of smaller keys that nobody asked for are passed over."""
        # SQLite compares text by its UTF-8 bytes, which is the order of code points, as in Python.
        while self._key is not None and self._key < key:
            self._advance()
        if self._key != key:
            return []
        rows = list(self._rows)
        self._advance()
        return rows


def walk_papers(reader: GraphReader) -> Iterator[PaperProfile]:
    """All papers by id, with their links (by entity), evidence and results (in the order of the text, title first)."""
    links, evidence, results = (Groups(reader.stream(sql)) for sql in (_LINKS, _EVIDENCE, _RESULTS))
    for paper in reader.papers():
        proofs: dict[str, list[Evidence]] = {}
        for row in evidence.take(paper.id):
            proofs.setdefault(row[1], []).append(_evidence(paper, row))
        yield PaperProfile(
            paper,
            tuple(
                PaperLink(
                    entity_id,
                    label,
                    _TYPES[kind],
                    _RELATIONS[relation],
                    confidence,
                    tuple(sorted(proofs.get(entity_id, ()), key=_place)),
                )
                for _, entity_id, label, kind, relation, confidence in links.take(paper.id)
            ),
            tuple(sorted((_result(row) for row in results.take(paper.id)), key=_place)),
        )


def walk_entities(reader: GraphReader) -> Iterator[Entity]:
    """All entities by id, with aliases and parents."""
    names = Groups(reader.stream("SELECT entity_id, name FROM name WHERE NOT preferred ORDER BY entity_id, name"))
    parents = Groups(reader.stream("SELECT child, parent FROM broader ORDER BY child, parent"))
    for entity_id, kind, label, known, matches in reader.stream(
        "SELECT id, type, label, known, exact_matches FROM entity ORDER BY id"
    ):
        yield Entity(
            entity_id,
            _TYPES[kind],
            label,
            tuple(row[1] for row in names.take(entity_id)),
            tuple(row[1] for row in parents.take(entity_id)),
            tuple(json.loads(matches)),
            bool(known),
        )


def _evidence(paper: Paper, row: tuple[Any, ...]) -> Evidence:
    _, _, field, start, end, sentence_start, sentence_end, surface, rule, relation, confidence = row
    part = _FIELDS[field]
    sentence = paper.text(part)[sentence_start:sentence_end]
    return Evidence(part, start, end, sentence, surface, rule, _RELATIONS[relation], confidence)


def _result(row: tuple[Any, ...]) -> Result:
    _, value, number, unit, kind, metric, on, of, field, *places = row
    return Result(value, number, unit, ResultKind(kind), metric, on, of, _FIELDS[field], *places)


def _place(piece: Evidence | Result) -> tuple[bool, int, int]:
    return piece.field is not Field.TITLE, piece.start, piece.end
