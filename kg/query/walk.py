"""The whole graph in one pass: every entity, every paper with all that is said of it.

The tables are read side by side in the order of their keys, so that neither a query a paper nor the memory for a table
is needed. For one paper or entity, see ``kg.query.papers`` and ``kg.query.entities``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from kg.model import Entity, EntityType, Evidence, Field, Relation, Result
from kg.query.papers import PaperLink, PaperProfile
from kg.store import GraphReader
from kg.store.rows import EVIDENCE_COLUMNS, RESULT_COLUMNS, entity_from, evidence_from, result_from

__all__ = ["Groups", "walk_entities", "walk_papers"]

_EVIDENCE = (
    f'SELECT paper_id, entity_id, {EVIDENCE_COLUMNS} FROM evidence ORDER BY paper_id, entity_id, field, start, "end"'
)
# The link is what is walked through: the order is then that of its key, and nothing is sorted.
_LINKS = (
    "SELECT paper_id, entity_id, label, type, relation, confidence FROM link "
    "CROSS JOIN entity ON entity.id = entity_id ORDER BY paper_id, entity_id"
)
_RESULTS = f'SELECT paper_id, {RESULT_COLUMNS} FROM result ORDER BY paper_id, field, start, "end"'


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
            proofs.setdefault(row[1], []).append(evidence_from(paper, row[2:]))
        yield PaperProfile(
            paper,
            tuple(
                PaperLink(
                    entity_id,
                    label,
                    EntityType(kind),
                    Relation(relation),
                    confidence,
                    tuple(sorted(proofs.get(entity_id, ()), key=_place)),
                )
                for _, entity_id, label, kind, relation, confidence in links.take(paper.id)
            ),
            tuple(sorted((result_from(row[1:]) for row in results.take(paper.id)), key=_place)),
        )


def walk_entities(reader: GraphReader) -> Iterator[Entity]:
    """All entities by id, with aliases and parents."""
    names = Groups(reader.stream("SELECT entity_id, name FROM name WHERE NOT preferred ORDER BY entity_id, name"))
    parents = Groups(reader.stream("SELECT child, parent FROM broader ORDER BY child, parent"))
    for row in reader.stream("SELECT id, type, label, known, exact_matches FROM entity ORDER BY id"):
        yield entity_from(row, (name for _, name in names.take(row[0])), (parent for _, parent in parents.take(row[0])))


def _place(piece: Evidence | Result) -> tuple[bool, int, int]:
    return piece.field is not Field.TITLE, piece.start, piece.end
