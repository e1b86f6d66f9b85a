"""How many papers name each entity: counts of all, the first of each type, and pages of those that begin so.

One pass over all links each; ``kg.questions.entities`` lists entities for people and programs.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import EntityType
from kg.questions.entities import EntitiesRequest, EntityCount, EntityOrder
from kg.questions.moment import of_one_moment
from kg.store import GraphReader
from kg.text.folding import fold

__all__ = ["EntityPage", "ask_page", "most_named", "paper_counts"]


@dataclass(frozen=True, slots=True)
class EntityPage:
    """Some entities, in order, of ``total``."""

    entities: tuple[EntityCount, ...]
    total: int


@of_one_moment
def ask_page(reader: GraphReader, request: EntitiesRequest, *, skip: int = 0, begins: str | None = None) -> EntityPage:
    """The entities behind the first ``skip``, at most ``request.limit``; with ``begins`` those one of whose names
    begins so."""
    named = "label COLLATE NOCASE, id"
    order = named if request.sort is EntityOrder.NAME else f"papers DESC, {named}"
    asked = (request.type, request.min_papers, fold(begins) if begins else "")
    total = reader.rows(f"{_COUNTED} SELECT count(*) FROM counted JOIN entity ON id = entity_id WHERE {_WANTED}", asked)
    rows = reader.rows(
        f"{_COUNTED}, wanted AS (SELECT id, label, type, papers FROM counted JOIN entity ON id = entity_id "
        f"WHERE {_WANTED} ORDER BY {order} LIMIT ?4 OFFSET ?5) "
        # Looked up for those that are wanted only.
        "SELECT wanted.*, (SELECT min(paper_id) FROM link WHERE entity_id = wanted.id AND relation = 'introduces') "
        f"FROM wanted ORDER BY {order}",
        (*asked, -1 if request.limit is None else request.limit, skip),
    )
    return EntityPage(tuple(EntityCount(i, n, EntityType(t), c, p) for i, n, t, c, p in rows), total[0][0])


_COUNTED = "WITH counted AS (SELECT entity_id, count(*) AS papers FROM link GROUP BY entity_id HAVING papers >= ?2)"
_WANTED = (
    "(?1 IS NULL OR type = ?1) AND (?3 = '' OR entity_id IN "
    "(SELECT entity_id FROM name WHERE folded >= ?3 AND folded < ?3 || char(0x10ffff)))"
)


def paper_counts(reader: GraphReader) -> dict[str, int]:
    """How many papers name each entity that some name."""
    return dict(reader.stream("SELECT entity_id, count(*) FROM link GROUP BY entity_id"))


def most_named(reader: GraphReader, each: int) -> dict[EntityType, tuple[EntityCount, ...]]:
    """Of each type those that the most papers name."""
    rows = reader.rows(
        "WITH counted AS (SELECT entity_id, count(*) AS papers FROM link GROUP BY entity_id), "
        "ranked AS (SELECT id, label, type, papers, row_number() OVER "
        "(PARTITION BY type ORDER BY papers DESC, label COLLATE NOCASE, id) AS place "
        "FROM counted JOIN entity ON id = entity_id) "
        "SELECT id, label, type, papers FROM ranked WHERE place <= ? ORDER BY type, place",
        (each,),
    )
    found: dict[EntityType, list[EntityCount]] = {}
    for entity, label, kind, papers in rows:
        found.setdefault(EntityType(kind), []).append(EntityCount(entity, label, EntityType(kind), papers))
    return {kind: tuple(found[kind]) for kind in EntityType if kind in found}
