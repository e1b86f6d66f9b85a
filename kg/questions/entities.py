"""Which entities there are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kg.model import EntityType
from kg.questions.registry import Question
from kg.questions.requests import ANY, settle
from kg.store import GraphReader

__all__ = ["QUESTION", "EntitiesRequest", "EntityCount", "EntityOrder", "ask", "count"]


class EntityOrder(StrEnum):
    """The order in which entities are listed: the most named first, or by name."""

    PAPERS = "papers"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class EntitiesRequest:
    """Which entities to list: of one ``type`` or all, named by at least ``min_papers``; at most ``limit`` of them,
    after the ``offset`` first, which are passed over.

    Raises:
        KgError: a word is no type or order, or a number below one.
    """

    type: EntityType | None = None
    sort: EntityOrder = EntityOrder.PAPERS
    limit: int | None = None
    min_papers: int = 1
    offset: int = 0

    def __post_init__(self) -> None:
        settle(self, limit=(1, ANY), min_papers=(1, ANY), offset=(0, ANY))


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
    named = "label COLLATE NOCASE, id"
    order = named if request.sort is EntityOrder.NAME else f"papers DESC, {named}"
    rows = reader.rows(
        "WITH counted AS (SELECT entity_id, count(*) AS papers FROM link GROUP BY entity_id HAVING papers >= ?3), "
        "wanted AS (SELECT id, label, type, papers FROM counted JOIN entity ON id = entity_id "
        f"WHERE ?1 IS NULL OR type = ?1 ORDER BY {order} LIMIT ?2 OFFSET ?4) "
        # Looked up for those that are wanted only.
        "SELECT wanted.*, (SELECT min(paper_id) FROM link WHERE entity_id = wanted.id AND relation = 'introduces') "
        f"FROM wanted ORDER BY {order}",
        (request.type, -1 if request.limit is None else request.limit, request.min_papers, request.offset),
    )
    return tuple(EntityCount(i, n, EntityType(t), c, p) for i, n, t, c, p in rows)


def count(reader: GraphReader, request: EntitiesRequest) -> int:
    """How many entities there are of that kind, whatever the limit."""
    rows = reader.rows(
        "SELECT count(*) FROM (SELECT entity_id FROM link GROUP BY entity_id HAVING count(*) >= ?2) "
        "JOIN entity ON id = entity_id WHERE ?1 IS NULL OR type = ?1",
        (request.type, request.min_papers),
    )
    return int(rows[0][0])


QUESTION = Question(
    "entities",
    "The things that papers name, with the number of papers.",
    EntitiesRequest,
    tuple[EntityCount, ...],
    ask,
    count=count,
)
