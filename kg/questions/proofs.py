"""Which piece of evidence to show where there is room for one."""

from __future__ import annotations

from collections.abc import Sequence

from kg.model import Evidence, PassageKind, Relation
from kg.store import GraphReader

__all__ = ["best_evidence", "proof"]

_NO_SENTENCE = (PassageKind.TITLE, PassageKind.TABLE)


def best_evidence(evidence: Sequence[Evidence], relation: Relation) -> Evidence | None:
    """The most telling proof: says the relation, stands in a sentence rather than in title or table, is sure, comes
    first."""
    return min(
        evidence,
        key=lambda e: (
            e.relation != relation,
            e.passage in _NO_SENTENCE,
            -e.score,
            e.anchor.place,
            e.anchor.start,
        ),
        default=None,
    )


def proof(reader: GraphReader, paper_id: str, entity_id: str, relation: Relation) -> Evidence | None:
    """The best evidence of one link."""
    paper = reader.paper(paper_id)
    return best_evidence(reader.evidence_of(paper).get(entity_id, []), relation) if paper else None
