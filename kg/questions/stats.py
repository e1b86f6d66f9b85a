"""How much of what the graph holds."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import EntityType, Relation
from kg.questions.moment import of_one_moment
from kg.questions.registry import Question
from kg.store import GraphReader

__all__ = ["QUESTION", "GraphStats", "StatsRequest", "ask"]


@dataclass(frozen=True, slots=True)
class StatsRequest:
    """Asks for the counts of everything; there is nothing to choose."""


@dataclass(frozen=True, slots=True)
class GraphStats:
    """Counts of papers, entities by type, links by relation, evidence and results; first and last date."""

    papers: int
    records: int
    rejects: int
    sources: int
    first_date: str | None
    last_date: str | None
    entities: dict[EntityType, int]
    links: dict[Relation, int]
    evidence: int
    results: int


@of_one_moment
def ask(reader: GraphReader, request: StatsRequest) -> GraphStats:
    """Count everything."""
    papers, records, rejects, sources, evidence, results = (
        reader.rows(f"SELECT count(*) FROM {table}")[0][0]
        for table in ("paper", "record", "reject", "source", "evidence", "result")
    )
    first, last = reader.rows("SELECT min(date), max(date) FROM paper")[0]
    kinds = dict(
        reader.rows("SELECT type, count(*) FROM entity WHERE id IN (SELECT entity_id FROM link) GROUP BY type")
    )
    relations = dict(reader.rows("SELECT relation, count(*) FROM link GROUP BY relation"))
    return GraphStats(
        papers,
        records,
        rejects,
        sources,
        first,
        last,
        {kind: kinds.get(kind, 0) for kind in EntityType},
        {relation: relations.get(relation, 0) for relation in Relation},
        evidence,
        results,
    )


QUESTION = Question("stats", "How much of what the graph holds.", StatsRequest, GraphStats, ask)
