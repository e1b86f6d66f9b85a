"""Which entities there are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kg.model import EntityType
from kg.questions.moment import of_one_moment
from kg.questions.registry import Question
from kg.questions.requests import ANY, settle
from kg.store import GraphReader
from kg.text.folding import fold

__all__ = [
    "QUESTION",
    "EntitiesRequest",
    "EntityCount",
    "EntityOrder",
    "EntityPage",
    "ask",
    "ask_page",
    "most_named",
    "paper_counts",
]


class EntityOrder(StrEnum):
    """The order in which entities are listed: the most named first, or by name."""

    PAPERS = "papers"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class EntitiesRequest:
    """Which entities to list: of one ``type`` or all, named by at least ``min_papers``; at most ``limit`` of them.

    Raises:
        KgError: a word is no type or order, or a number below one.
    """

    type: EntityType | None = None
    sort: EntityOrder = EntityOrder.PAPERS
    limit: int | None = None
    min_papers: int = 1

    def __post_init__(self) -> None:
        settle(self, limit=(1, ANY), min_papers=(1, ANY))


@dataclass(frozen=True, slots=True)
class EntityCount:
    """An entity with the number of papers that name it (itself, not its family), and one that introduces it."""

    id: str
    label: str
    type: EntityType
    papers: int
    introduced_by: str | None = None


def ask(reader: GraphReader, request: EntitiesRequest) -> tuple[EntityCount, ...]:
    """The entities that papers name, in the order asked for."""
    return _listed(reader, request, 0, "")


@dataclass(frozen=True, slots=True)
class EntityPage:
    """Some entities, in order, of ``total``."""

    entities: tuple[EntityCount, ...]
    total: int


@of_one_moment
def ask_page(reader: GraphReader, request: EntitiesRequest, *, skip: int = 0, begins: str | None = None) -> EntityPage:
    """The entities behind the first ``skip``, at most ``request.limit``; with ``begins`` those one of whose names
    begins so."""
    folded = fold(begins) if begins else ""
    rows = reader.rows(
        f"{_COUNTED} SELECT count(*) FROM counted JOIN entity ON id = entity_id WHERE {_WANTED}",
        (request.type, request.min_papers, folded),
    )
    return EntityPage(_listed(reader, request, skip, folded), rows[0][0])


_COUNTED = "WITH counted AS (SELECT entity_id, count(*) AS papers FROM link GROUP BY entity_id HAVING papers >= ?2)"
_WANTED = (
    "(?1 IS NULL OR type = ?1) AND (?3 = '' OR entity_id IN "
    "(SELECT entity_id FROM name WHERE folded >= ?3 AND folded < ?3 || char(0x10ffff)))"
)


def _listed(reader: GraphReader, request: EntitiesRequest, skip: int, begins: str) -> tuple[EntityCount, ...]:
    named = "label COLLATE NOCASE, id"
    order = named if request.sort is EntityOrder.NAME else f"papers DESC, {named}"
    rows = reader.rows(
        f"{_COUNTED}, wanted AS (SELECT id, label, type, papers FROM counted JOIN entity ON id = entity_id "
        f"WHERE {_WANTED} ORDER BY {order} LIMIT ?4 OFFSET ?5) "
        # Looked up for those that are wanted only.
        "SELECT wanted.*, (SELECT min(paper_id) FROM link WHERE entity_id = wanted.id AND relation = 'introduces') "
        f"FROM wanted ORDER BY {order}",
        (request.type, request.min_papers, begins, -1 if request.limit is None else request.limit, skip),
    )
    return tuple(EntityCount(i, n, EntityType(t), c, p) for i, n, t, c, p in rows)


def paper_counts(reader: GraphReader) -> dict[str, int]:
    """How many papers name each entity that some name; one pass over all links."""
    return dict(reader.stream("SELECT entity_id, count(*) FROM link GROUP BY entity_id"))


def most_named(reader: GraphReader, each: int) -> dict[EntityType, tuple[EntityCount, ...]]:
    """Of each type those that the most papers name; one pass over all links."""
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


QUESTION = Question(
    "entities", "The things that papers name, with the number of papers.", EntitiesRequest, tuple[EntityCount, ...], ask
)
