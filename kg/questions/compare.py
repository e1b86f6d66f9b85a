"""Two entities, or two papers, side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from kg.errors import ContradictionError
from kg.model import Relation
from kg.questions.moment import of_one_moment
from kg.questions.names import with_descendants
from kg.questions.registry import Question
from kg.questions.requests import settle
from kg.questions.results import ResultRow, results_in, results_of
from kg.questions.sqltext import ANY_OF, any_of
from kg.questions.things import Thing, entities_as_things, find_thing, papers_as_things
from kg.store import GraphReader
from kg.text.folding import fold

__all__ = ["QUESTION", "CompareRequest", "Comparison", "SharedEntity", "SharedPaper", "SharedResult", "ask"]

_SHARED = 12  # entities or papers that are listed; all of them are counted


@dataclass(frozen=True, slots=True)
class CompareRequest:
    """Two things to set side by side: any names of two entities, or two papers."""

    left: str
    right: str

    def __post_init__(self) -> None:
        settle(self)


@dataclass(frozen=True, slots=True)
class SharedPaper:
    """A paper that names both entities, and what it does with each."""

    paper: Thing
    left: Relation
    right: Relation


@dataclass(frozen=True, slots=True)
class SharedEntity:
    """An entity on both sides: how many papers of either entity name it, or what either paper does with it."""

    entity: Thing
    left: int | Relation
    right: int | Relation


@dataclass(frozen=True, slots=True)
class SharedResult:
    """What papers state for both on the same data (and, if both say so, by the same metric)."""

    on: str
    left: ResultRow
    right: ResultRow


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two things have in common and what only one of them has.

    Of two entities, ``only_left``, ``both`` and ``only_right`` count the papers that name them (families included, but
    not one that is part of the other), and ``papers`` lists the newest that name both; of two papers they count the
    entities that they name. ``relations`` are how many papers, or entities, have each relation on either side.
    """

    left: Thing
    right: Thing
    only_left: int
    both: int
    only_right: int
    relations: dict[Relation, tuple[int, int]]
    papers: tuple[SharedPaper, ...]
    entities: tuple[SharedEntity, ...]
    results: tuple[SharedResult, ...]


@of_one_moment
def ask(reader: GraphReader, request: CompareRequest) -> Comparison:
    """Set two entities or two papers side by side.

    Raises:
        NotFoundError: nothing is called so; with suggestions.
        ContradictionError: one is an entity and the other a paper.
    """
    first, second = find_thing(reader, request.left), find_thing(reader, request.right)
    if first.is_paper is not second.is_paper:
        paper, entity = (first, second) if first.is_paper else (second, first)
        raise ContradictionError(
            f"{paper.label!r} is a paper and {entity.label!r} a {entity.kind}; name two papers or two entities"
        )
    return _papers(reader, first, second) if first.is_paper else _entities(reader, first, second)


QUESTION = Question("compare", "Two entities, or two papers, side by side.", CompareRequest, Comparison, ask)


def _entities(reader: GraphReader, left: Thing, right: Thing) -> Comparison:
    families = _apart(*(with_descendants(reader, [thing.id]) for thing in (left, right)))
    sides = [_strongest(reader, family) for family in families]
    both = sides[0].keys() & sides[1].keys()
    newest = _newest(reader, both)
    return Comparison(
        left,
        right,
        only_left=len(sides[0].keys() - both),
        both=len(both),
        only_right=len(sides[1].keys() - both),
        relations=_count(sides[0].values(), sides[1].values()),
        papers=tuple(SharedPaper(paper, sides[0][paper.id], sides[1][paper.id]) for paper in newest),
        entities=_named_with_both(reader, families),
        results=_on_the_same(*(results_of(reader, family) for family in families)),
    )


def _papers(reader: GraphReader, left: Thing, right: Thing) -> Comparison:
    sides = [{link.entity_id: link.relation for link in reader.links_of(thing.id)} for thing in (left, right)]
    both = sorted(sides[0].keys() & sides[1].keys())
    return Comparison(
        left,
        right,
        only_left=len(sides[0]) - len(both),
        both=len(both),
        only_right=len(sides[1]) - len(both),
        relations=_count(sides[0].values(), sides[1].values()),
        papers=(),
        entities=tuple(
            SharedEntity(entity, sides[0][entity.id], sides[1][entity.id])
            for entity in entities_as_things(reader, both)
        ),
        results=_on_the_same(*(results_in(reader, thing.id) for thing in (left, right))),
    )


def _apart(left: list[str], right: list[str]) -> list[list[str]]:
    """Two families, where one is part of the other without it: GRPO is compared with the rest of the kinds of PPO."""
    if set(left) < set(right):
        return [left, [each for each in right if each not in set(left)]]
    if set(right) < set(left):
        return [[each for each in left if each not in set(right)], right]
    return [left, right]


def _strongest(reader: GraphReader, family: list[str]) -> dict[str, Relation]:
    """The papers that name one of a family, with the strongest of what they do with it."""
    found: dict[str, Relation] = {}
    sql = f"SELECT paper_id, relation FROM link WHERE entity_id IN {ANY_OF}"
    for paper, text in reader.stream(sql, (any_of(family),)):
        relation = Relation(text)
        if paper not in found or relation.strength < found[paper].strength:
            found[paper] = relation
    return found


def _count(left: Iterable[Relation], right: Iterable[Relation]) -> dict[Relation, tuple[int, int]]:
    sides = list(left), list(right)
    counts = {relation: (sides[0].count(relation), sides[1].count(relation)) for relation in Relation}
    return {relation: pair for relation, pair in counts.items() if any(pair)}


def _newest(reader: GraphReader, papers: Iterable[str]) -> list[Thing]:
    things = papers_as_things(reader, sorted(papers))
    # Stable, so papers of one day stay in the order of their ids.
    return sorted(things, key=lambda paper: paper.date or "", reverse=True)[:_SHARED]


def _named_with_both(reader: GraphReader, families: list[list[str]]) -> tuple[SharedEntity, ...]:
    counts = [_named_with(reader, family) for family in families]
    own = {entity for family in families for entity in family}
    shared = (counts[0].keys() & counts[1].keys()) - own
    best = sorted(shared, key=lambda each: (-min(counts[0][each], counts[1][each]), each))[:_SHARED]
    things = entities_as_things(reader, best)
    return tuple(SharedEntity(thing, counts[0][thing.id], counts[1][thing.id]) for thing in things)


def _named_with(reader: GraphReader, family: list[str]) -> dict[str, int]:
    """How many of a family's papers name each other entity."""
    return dict(
        reader.stream(
            f"WITH own AS (SELECT DISTINCT paper_id FROM link WHERE entity_id IN {ANY_OF}) "
            "SELECT entity_id, count(*) FROM own JOIN link USING (paper_id) GROUP BY entity_id",
            (any_of(family),),
        )
    )


def _on_the_same(left: Iterable[ResultRow], right: Iterable[ResultRow]) -> tuple[SharedResult, ...]:
    others = defaultdict[str, list[ResultRow]](list)
    for row in right:
        others[_key(row.on_id, row.on)].append(row)
    pairs = (
        SharedResult(one.on, one, other)
        for one in left
        if one.on
        for other in others[_key(one.on_id, one.on)]
        if one != other and _may_be_one(one, other)
    )
    return tuple(islice(pairs, _SHARED))


def _key(entity_id: str | None, name: str | None) -> str:
    """What a part of a result is, or else what it is called."""
    return entity_id or fold(name or "")


def _may_be_one(one: ResultRow, other: ResultRow) -> bool:
    """Whether two results may be in the same metric: as far as both say."""
    keys = [_key(row.metric_id, row.metric) for row in (one, other)]
    return not all(keys) or keys[0] == keys[1]
