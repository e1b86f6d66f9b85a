"""Relations between entities, most of which no table holds, because the links and results of papers imply them."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import EntityRelation
from kg.store import GraphReader

__all__ = ["builds_on", "entity_relations", "introduced_by", "measured_by"]


def introduced_by(reader: GraphReader, only: str | None = None) -> Iterator[tuple[str, str]]:
    """(entity, paper that introduces it), by entity and paper; of all entities, or ``only`` of one."""
    wanted, of = _only("entity_id", only)
    yield from reader.stream(
        f"SELECT entity_id, paper_id FROM link WHERE relation = 'introduces' AND {wanted} ORDER BY entity_id, paper_id",
        of,
    )


def builds_on(reader: GraphReader, only: str | None = None) -> Iterator[tuple[str, str]]:
    """(entity that a paper introduces, entity that it says this one was made from), each pair once, by both."""
    wanted, of = _only("entity_id", only)
    yield from reader.stream(
        f"SELECT DISTINCT entity_id, other_id FROM derivation WHERE {wanted} ORDER BY entity_id, other_id", of
    )


def measured_by(reader: GraphReader, only: str | None = None) -> Iterator[tuple[str, str]]:
    """(benchmark, metric that some result on it is stated in), each pair once, by both."""
    wanted, of = _only("measured_on_id", only)
    yield from reader.stream(
        "SELECT DISTINCT measured_on_id, metric_id FROM result JOIN entity ON entity.id = measured_on_id "
        f"WHERE metric_id IS NOT NULL AND type = 'benchmark' AND {wanted} ORDER BY measured_on_id, metric_id",
        of,
    )


def _only(column: str, entity_id: str | None) -> tuple[str, tuple[str, ...]]:
    """What holds of one entity, or of all."""
    return ("1", ()) if entity_id is None else (f"{column} = ?", (entity_id,))


def entity_relations(reader: GraphReader) -> Iterator[tuple[str, EntityRelation, str]]:
    """All relations of entities, stored and derived, as (entity, relation, entity; for ``introduced_by`` a paper)."""
    for child, parent in reader.stream("SELECT child, parent FROM broader ORDER BY child, parent"):
        yield child, EntityRelation.BROADER, parent
    for relation, pairs in (
        (EntityRelation.INTRODUCED_BY, introduced_by(reader)),
        (EntityRelation.BUILDS_ON, builds_on(reader)),
        (EntityRelation.MEASURED_BY, measured_by(reader)),
    ):
        for source, target in pairs:
            yield source, relation, target
