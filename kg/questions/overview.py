"""An entity at a glance: what it is, its family, who introduced it, and counts of what the rest would be.

``kg.questions.entity`` tells all; this is what a page shows at once, however many papers name the entity: the rest is
asked for piece by piece.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.errors import NotFoundError
from kg.model import Entity, EntityType, Relation
from kg.questions.entities import EntityCount
from kg.questions.introducing import IntroducingPaper, introducing_papers
from kg.questions.moment import of_one_moment
from kg.questions.names import find_entities, with_descendants
from kg.questions.requests import settle
from kg.questions.sqltext import ANY_OF, any_of
from kg.questions.things import Thing, entities_as_things, papers_as_things
from kg.store import GraphReader

__all__ = ["Overview", "OverviewRequest", "ask"]

_INTRODUCERS = 5
_MEMBERS = 40
_BUILT = 12


@dataclass(frozen=True, slots=True)
class OverviewRequest:
    """An entity, by its id or any of its names; ``exact`` counts papers that name it, not its family."""

    name: str
    exact: bool = False

    def __post_init__(self) -> None:
        settle(self)


@dataclass(frozen=True, slots=True)
class Overview:
    """``ancestors`` are nearest first; ``members`` below it those most papers name, of ``all_members``.

    ``introducers`` are the first papers of the graph that say it is theirs, of ``all_introducers``, ``listed`` those by
    the vocabulary. ``relations`` count papers by what they do with it or its family, ``papers`` all of them.
    ``others`` are ids of other entities that the name may stand for. ``results`` counts those measured on it, achieved
    by it, or stated in it.
    """

    entity: Entity
    ancestors: tuple[Thing, ...]
    members: tuple[EntityCount, ...]
    all_members: int
    introducers: tuple[Thing, ...]
    all_introducers: int
    listed: tuple[IntroducingPaper, ...]
    relations: dict[Relation, int]
    papers: int
    results: int
    builds_on: tuple[Thing, ...]
    built_upon: tuple[Thing, ...]
    others: tuple[str, ...] = ()


@of_one_moment
def ask(reader: GraphReader, request: OverviewRequest) -> Overview:
    """The entity that a name stands for, at a glance.

    Raises:
        GoneError: it was an id, of what no paper names any more.
        NotFoundError: nothing is called so; with suggestions.
    """
    ids = find_entities(reader, request.name)
    entity = reader.entity(ids[0])
    if entity is None:
        raise NotFoundError(request.name)
    family = with_descendants(reader, [entity.id])
    introducers = [row[0] for row in reader.rows(_INTRODUCE, (entity.id,))]
    own = [entity.id] if request.exact else family
    relations = {Relation(name): count for name, count in reader.rows(_RELATIONS, (any_of(own),))}
    return Overview(
        entity,
        ancestors=tuple(entities_as_things(reader, [row[0] for row in reader.rows(_ABOVE, (entity.id,))])),
        members=_members(reader, family, entity.id),
        all_members=len(family) - 1,
        introducers=tuple(papers_as_things(reader, introducers[:_INTRODUCERS])),
        all_introducers=len(introducers),
        listed=introducing_papers(reader, entity),
        relations={each: relations[each] for each in Relation if each in relations},
        papers=reader.rows(_PAPERS, (any_of(own),))[0][0],
        results=reader.rows(_RESULTS, (entity.id,))[0][0],
        builds_on=_derived(reader, "other_id", "entity_id", entity.id),
        built_upon=_derived(reader, "entity_id", "other_id", entity.id),
        others=tuple(ids[1:]) if request.name != entity.id else (),
    )


_ABOVE = (
    "WITH RECURSIVE above (id, depth) AS (SELECT parent, 1 FROM broader WHERE child = ? UNION "
    "SELECT parent, depth + 1 FROM broader JOIN above ON child = above.id WHERE depth < 20) "
    "SELECT id FROM above GROUP BY id ORDER BY min(depth), id"
)
_INTRODUCE = (
    "SELECT paper.id FROM link JOIN paper ON paper.id = paper_id "
    "WHERE entity_id = ? AND relation = 'introduces' ORDER BY date IS NULL, date, paper.id"
)
_RELATIONS = f"SELECT relation, count(DISTINCT paper_id) FROM link WHERE entity_id IN {ANY_OF} GROUP BY relation"
_PAPERS = f"SELECT count(DISTINCT paper_id) FROM link WHERE entity_id IN {ANY_OF}"
_RESULTS = (
    "SELECT (SELECT count(*) FROM result WHERE measured_on_id = ?1) + "
    "(SELECT count(*) FROM result WHERE achieved_by_id = ?1) + (SELECT count(*) FROM result WHERE metric_id = ?1)"
)


def _members(reader: GraphReader, family: list[str], entity_id: str) -> tuple[EntityCount, ...]:
    rows = reader.rows(
        "SELECT id, label, type, (SELECT count(*) FROM link WHERE link.entity_id = entity.id) AS papers FROM entity "
        f"WHERE id IN {ANY_OF} AND id <> ? ORDER BY papers DESC, label, id LIMIT {_MEMBERS}",
        (any_of(family), entity_id),
    )
    return tuple(EntityCount(i, n, EntityType(t), c) for i, n, t, c in rows)


def _derived(reader: GraphReader, wanted: str, given: str, entity_id: str) -> tuple[Thing, ...]:
    rows = reader.rows(
        f"SELECT {wanted} FROM derivation WHERE {given} = ? GROUP BY {wanted} "
        f"ORDER BY count(*) DESC, {wanted} LIMIT {_BUILT}",
        (entity_id,),
    )
    return tuple(entities_as_things(reader, [row[0] for row in rows]))
