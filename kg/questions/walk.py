"""All papers in one pass, each with all that is said of it.

The tables are read side by side in the order of their keys, so that neither a query a paper nor the memory for a table
is needed. For one paper, see ``kg.questions.paper``.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import EntityType, Evidence, Relation
from kg.questions.paper import PaperLink, PaperProfile
from kg.questions.parts import part_heads
from kg.store import GraphReader
from kg.store.groups import Groups
from kg.store.rows import (
    DERIVATION_COLUMNS,
    EVIDENCE_COLUMNS,
    RESULT_COLUMNS,
    derivation_from,
    evidence_from,
    result_from,
)

__all__ = ["walk_papers"]

_EVIDENCE = (
    f'SELECT paper_id, entity_id, {EVIDENCE_COLUMNS} FROM evidence ORDER BY paper_id, entity_id, place, start, "end"'
)
# The link is what is walked through: the order is then that of its key, and nothing is sorted.
_LINKS = (
    "SELECT paper_id, entity_id, label, type, relation, confidence FROM link "
    "CROSS JOIN entity ON entity.id = entity_id ORDER BY paper_id, entity_id"
)
_RESULTS = f'SELECT paper_id, {RESULT_COLUMNS} FROM result ORDER BY paper_id, place, start, "end"'

_DERIVATIONS = f"SELECT paper_id, {DERIVATION_COLUMNS} FROM derivation ORDER BY paper_id, entity_id, other_id"

# Looked up, which takes a fraction of the time of calling the class.
_TYPES = {str(kind): kind for kind in EntityType}
_RELATIONS = {str(relation): relation for relation in Relation}


def walk_papers(reader: GraphReader) -> Iterator[PaperProfile]:
    """All papers by id, with their links (by entity), evidence and results (in the order of the text, title first)."""
    links, evidence, results, derivations = (
        Groups(reader.stream(sql)) for sql in (_LINKS, _EVIDENCE, _RESULTS, _DERIVATIONS)
    )
    parts = Groups(part_heads(reader))
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
                    _TYPES[kind],
                    _RELATIONS[relation],
                    confidence,
                    tuple(proofs.get(entity_id, ())),
                )
                for _, entity_id, label, kind, relation, confidence in links.take(paper.id)
            ),
            tuple(result_from(paper, row[1:]) for row in results.take(paper.id)),
            derivations=tuple(derivation_from(paper, row[1:]) for row in derivations.take(paper.id)),
            parts=tuple(part for _, part in parts.take(paper.id)),
        )
