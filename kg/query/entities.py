"""Which entities there are, and all about one of them."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import Entity, EntityType, Relation
from kg.query.moment import of_one_moment
from kg.query.names import with_descendants
from kg.query.sql import LISTED, listed
from kg.store import GraphReader

__all__ = ["EntityCount", "EntityProfile", "ResultRow", "list_entities", "profile_entity", "results_of"]

_NEIGHBOURS = 12


@dataclass(frozen=True, slots=True)
class EntityCount:
    """An entity with the number of papers that name it (itself, not its family)."""

    id: str
    label: str
    type: EntityType
    papers: int
    introduced_by: str | None = None


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A result measured on an entity, or achieved by it."""

    paper_id: str
    title: str
    value: str
    metric: str | None
    on: str | None
    of: str | None
    on_id: str | None = None
    metric_id: str | None = None


@dataclass(frozen=True, slots=True)
class EntityProfile:
    """All that the graph says of one entity: papers and neighbours of its whole family, results of its own."""

    entity: Entity
    ancestors: tuple[str, ...]
    members: tuple[EntityCount, ...]
    papers_by_relation: dict[Relation, tuple[tuple[str, str], ...]]
    neighbours: tuple[EntityCount, ...]
    results: tuple[ResultRow, ...]


def list_entities(
    reader: GraphReader,
    kind: EntityType | None = None,
    *,
    sort: str = "papers",
    limit: int | None = None,
    min_papers: int = 1,
) -> list[EntityCount]:
    """Entities that at least ``min_papers`` papers name, the most named first, or by ``sort="name"``."""
    order = "label COLLATE NOCASE, id" if sort == "name" else "papers DESC, label COLLATE NOCASE, id"
    rows = reader.rows(
        "WITH counted AS (SELECT entity_id, count(*) AS papers FROM link GROUP BY entity_id HAVING papers >= ?3), "
        "listed AS (SELECT id, label, type, papers FROM counted JOIN entity ON id = entity_id "
        f"WHERE ?1 IS NULL OR type = ?1 ORDER BY {order} LIMIT ?2) "
        # Looked up for those that are listed only.
        "SELECT listed.*, (SELECT min(paper_id) FROM link WHERE entity_id = listed.id AND relation = 'introduces') "
        f"FROM listed ORDER BY {order}",
        (kind, -1 if limit is None else limit, min_papers),
    )
    return [EntityCount(i, n, EntityType(t), c, p) for i, n, t, c, p in rows]


@of_one_moment
def profile_entity(reader: GraphReader, entity_id: str) -> EntityProfile | None:
    """All about one entity; None if there is no such id."""
    entity = reader.entity(entity_id)
    if entity is None:
        return None
    family = with_descendants(reader, [entity_id])
    return EntityProfile(
        entity,
        ancestors=_ancestors(reader, entity_id),
        members=_members(reader, family, entity_id),
        papers_by_relation=_papers(reader, family),
        neighbours=_neighbours(reader, family),
        results=results_of(reader, [entity_id]),
    )


def _ancestors(reader: GraphReader, entity_id: str) -> tuple[str, ...]:
    rows = reader.rows(
        "WITH RECURSIVE above (id, depth) AS (SELECT parent, 1 FROM broader WHERE child = ? UNION "
        "SELECT parent, depth + 1 FROM broader JOIN above ON child = above.id WHERE depth < 20) "
        "SELECT label FROM above JOIN entity USING (id) GROUP BY id ORDER BY min(depth), label",
        (entity_id,),
    )
    return tuple(row[0] for row in rows)


def _members(reader: GraphReader, family: list[str], entity_id: str) -> tuple[EntityCount, ...]:
    rows = reader.rows(
        "SELECT entity.id, label, type, count(paper_id) FROM entity LEFT JOIN link ON link.entity_id = entity.id "
        f"WHERE entity.id IN {LISTED} AND entity.id <> ? GROUP BY entity.id "
        "ORDER BY count(paper_id) DESC, label",
        (listed(family), entity_id),
    )
    return tuple(EntityCount(i, n, EntityType(t), c) for i, n, t, c in rows)


def _papers(reader: GraphReader, family: list[str]) -> dict[Relation, tuple[tuple[str, str], ...]]:
    rows = reader.rows(
        "SELECT link.relation, paper.id, title FROM link JOIN paper ON paper.id = paper_id "
        f"WHERE entity_id IN {LISTED} GROUP BY link.relation, paper.id "
        "ORDER BY date IS NULL, date DESC, title, paper.id",
        (listed(family),),
    )
    found: dict[Relation, list[tuple[str, str]]] = {}
    for relation, paper_id, title in rows:
        found.setdefault(Relation(relation), []).append((paper_id, title))
    return {relation: tuple(found[relation]) for relation in Relation if relation in found}


def _neighbours(reader: GraphReader, family: list[str]) -> tuple[EntityCount, ...]:
    """Entities that the most of the same papers name."""
    rows = reader.rows(
        "SELECT entity.id, label, type, count(DISTINCT link.paper_id) AS shared FROM link "
        "JOIN entity ON entity.id = link.entity_id "
        f"WHERE paper_id IN (SELECT paper_id FROM link WHERE entity_id IN {LISTED}) "
        f"AND link.entity_id NOT IN {LISTED} GROUP BY entity.id ORDER BY shared DESC, label LIMIT {_NEIGHBOURS}",
        (listed(family), listed(family)),
    )
    return tuple(EntityCount(i, n, EntityType(t), c) for i, n, t, c in rows)


def results_of(reader: GraphReader, ids: list[str]) -> tuple[ResultRow, ...]:
    """The results measured on one of these entities, or achieved by one; by title and place."""
    stated = " UNION ".join(
        f"SELECT paper_id, place, start FROM result WHERE {column} IN {LISTED}"
        for column in ("measured_on_id", "achieved_by_id")
    )
    rows = reader.rows(
        f"SELECT paper_id, title, value, metric, measured_on, achieved_by, measured_on_id, metric_id FROM ({stated}) "
        "JOIN result USING (paper_id, place, start) JOIN paper ON paper.id = paper_id "
        'ORDER BY title, paper_id, place, start, "end"',
        [listed(ids)] * 2,
    )
    return tuple(ResultRow(*row) for row in rows)
