"""Papers that are like another: those that name the same things, where rare things tell more than common ones."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass

from kg.questions.moment import of_one_moment
from kg.questions.requests import ANY, settle
from kg.questions.things import Thing, papers_as_things
from kg.store import GraphReader

__all__ = ["Similar", "SimilarRequest", "ask"]

_COMMON = 2_000
"""Papers that name a thing, from which on it tells next to nothing, and would cost the most."""


@dataclass(frozen=True, slots=True)
class SimilarRequest:
    """A paper, by its id; at most ``limit`` that are like it."""

    paper: str
    limit: int = 8

    def __post_init__(self) -> None:
        settle(self, limit=(1, ANY))


@dataclass(frozen=True, slots=True)
class Similar:
    """A paper, and how many things both name; ``score`` is the sum of their inverse document frequencies
    (K. Sparck Jones, "A statistical interpretation of term specificity", Journal of Documentation 28(1), 1972)."""

    paper: Thing
    shared: int
    score: float


@of_one_moment
def ask(reader: GraphReader, request: SimilarRequest) -> tuple[Similar, ...]:
    """The papers that are most like one; none for a paper that is not in the graph or shares nothing."""
    total = reader.rows("SELECT count(*) FROM paper")[0][0]
    counts = reader.rows(
        "SELECT entity_id, (SELECT count(*) FROM (SELECT 1 FROM link AS other WHERE other.entity_id = link.entity_id "
        f"LIMIT {_COMMON + 1})) FROM link WHERE paper_id = ?",
        (request.paper,),
    )
    weights = {
        entity: math.log(total / papers) for entity, papers in counts if 1 < papers <= _COMMON and papers < total
    }
    rows = reader.rows(
        "SELECT paper_id, count(*), sum(value) AS score FROM json_each(?) CROSS JOIN link ON entity_id = key "
        "WHERE paper_id <> ? GROUP BY paper_id ORDER BY score DESC, paper_id LIMIT ?",
        (json.dumps(weights), request.paper, request.limit),
    )
    papers = papers_as_things(reader, [row[0] for row in rows])
    return tuple(Similar(paper, shared, score) for paper, (_, shared, score) in zip(papers, rows, strict=True))
