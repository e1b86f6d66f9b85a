"""All about one entity."""

from __future__ import annotations

from dataclasses import dataclass

from kg.errors import NotFoundError
from kg.model import DATA, Entity, EntityType, Relation
from kg.questions import results
from kg.questions.entities import EntityCount
from kg.questions.introducing import IntroducingPaper, introducing_papers
from kg.questions.leaderboard import Board, boards
from kg.questions.moment import of_one_moment
from kg.questions.names import find_entities, with_descendants
from kg.questions.registry import Question
from kg.questions.requests import settle
from kg.questions.results import ResultRow, results_of
from kg.questions.sqltext import ANY_OF, any_of
from kg.store import GraphReader

__all__ = ["QUESTION", "EntityProfile", "EntityRequest", "ask", "profile_entity"]

_NEIGHBOURS = 12


@dataclass(frozen=True, slots=True)
class EntityRequest:
    """An entity, by its id or any of its names; with a ``type``, only one of that type.

    Raises:
        KgError: there is no such type.
    """

    name: str
    type: EntityType | None = None

    def __post_init__(self) -> None:
        settle(self)


@dataclass(frozen=True, slots=True)
class EntityProfile:
    """All that the graph says of one entity: papers and neighbours of its whole family, results of its own.

    ``ancestors`` are labels, the nearest first; ``papers_by_relation`` are (id, title) pairs, the newest first.
    ``introduced_in`` are the papers that introduce it by the vocabulary, whether they say so in the graph or not.
    ``boards`` are the leaderboards of what is measured on, the fullest first.
    """

    entity: Entity
    ancestors: tuple[str, ...]
    members: tuple[EntityCount, ...]
    papers_by_relation: dict[Relation, tuple[tuple[str, str], ...]]
    neighbours: tuple[EntityCount, ...]
    results: tuple[ResultRow, ...]
    introduced_in: tuple[IntroducingPaper, ...] = ()
    boards: tuple[Board, ...] = ()


@of_one_moment
def ask(reader: GraphReader, request: EntityRequest) -> EntityProfile:
    """All about the entity that a name stands for.

    Raises:
        NotFoundError: nothing is called so; with suggestions.
    """
    return profile_entity(reader, find_entities(reader, request.name, request.type)[0])


QUESTION = Question("entity", "All about one entity.", EntityRequest, EntityProfile, ask)


@of_one_moment
def profile_entity(reader: GraphReader, entity_id: str) -> EntityProfile:
    """All about the entity with this id.

    Raises:
        NotFoundError: there is none.
    """
    entity = reader.entity(entity_id)
    if entity is None:
        raise NotFoundError(entity_id)
    family = with_descendants(reader, [entity_id])
    return EntityProfile(
        entity,
        ancestors=_ancestors(reader, entity_id),
        members=_members(reader, family, entity_id),
        papers_by_relation=_papers(reader, family),
        neighbours=_neighbours(reader, family),
        results=results_of(reader, [entity_id]),
        introduced_in=introducing_papers(reader, entity),
        boards=_boards(reader, entity) if entity.type in DATA else (),
    )


def _boards(reader: GraphReader, entity: Entity) -> tuple[Board, ...]:
    return boards(results.ask(reader, results.ResultsRequest(benchmark=(entity.id,), exact=True)))


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
        f"WHERE entity.id IN {ANY_OF} AND entity.id <> ? GROUP BY entity.id "
        "ORDER BY count(paper_id) DESC, label",
        (any_of(family), entity_id),
    )
    return tuple(EntityCount(i, n, EntityType(t), c) for i, n, t, c in rows)


def _papers(reader: GraphReader, family: list[str]) -> dict[Relation, tuple[tuple[str, str], ...]]:
    rows = reader.rows(
        "SELECT link.relation, paper.id, title FROM link JOIN paper ON paper.id = paper_id "
        f"WHERE entity_id IN {ANY_OF} GROUP BY link.relation, paper.id "
        "ORDER BY date IS NULL, date DESC, title, paper.id",
        (any_of(family),),
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
        f"WHERE paper_id IN (SELECT paper_id FROM link WHERE entity_id IN {ANY_OF}) "
        f"AND link.entity_id NOT IN {ANY_OF} GROUP BY entity.id ORDER BY shared DESC, label LIMIT {_NEIGHBOURS}",
        (any_of(family), any_of(family)),
    )
    return tuple(EntityCount(i, n, EntityType(t), c) for i, n, t, c in rows)
