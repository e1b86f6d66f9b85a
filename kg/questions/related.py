"""What goes together: the entities that the same papers name, more often than chance has it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from kg.model import EntityType
from kg.questions.moment import of_one_moment
from kg.questions.names import find_entities, with_descendants
from kg.questions.registry import Question
from kg.questions.requests import ANY, settle
from kg.questions.sqltext import ANY_OF, any_of
from kg.questions.things import Thing, entities_as_things, papers_as_things
from kg.store import GraphReader

__all__ = ["QUESTION", "Companion", "Related", "RelatedRequest", "ask", "companions", "log_likelihood", "npmi"]


@dataclass(frozen=True, slots=True)
class RelatedRequest:
    """What goes with an entity: other entities, of one ``type`` or all, that ``min_papers`` papers name with it.

    The name stands for its whole family unless ``exact``. At most ``limit`` of them.

    Raises:
        KgError: there is no such type, or a number is below one.
    """

    name: str
    type: EntityType | None = None
    min_papers: int = 2
    limit: int | None = 20
    exact: bool = False

    def __post_init__(self) -> None:
        settle(self, min_papers=(1, ANY), limit=(1, ANY))


@dataclass(frozen=True, slots=True)
class Related:
    """An entity that goes with another: by how many papers each is named, by how many both, and one of those.

    ``score`` is the log-likelihood ratio, ``npmi`` the normalised pointwise mutual information (1: never apart, 0: as
    chance has it).
    """

    entity: Thing
    shared: int
    papers: int
    score: float
    npmi: float
    example: Thing


@of_one_moment
def ask(reader: GraphReader, request: RelatedRequest) -> tuple[Related, ...]:
    """The entities that go with the one that a name stands for, the surest first.

    The family itself is not among what is found. Ranked by Dunning's log-likelihood ratio, which weighs how many papers
    there are to show for it, where pointwise mutual information prefers what is named twice.

    Raises:
        NotFoundError: nothing is called so; with suggestions.
    """
    asked = _asked(reader, request)
    best = _best(reader, request, asked, None)
    entities = entities_as_things(reader, [row.entity for row in best])
    examples = papers_as_things(reader, [_example(reader, asked.own, row.entity) for row in best])
    return tuple(
        Related(
            entity, row.shared, row.papers, row.score, npmi(row.shared, asked.named, row.papers, asked.total), example
        )
        for entity, example, row in zip(entities, examples, best, strict=True)
    )


@dataclass(frozen=True, slots=True)
class Companion:
    """An entity that goes with another, and how many papers name both."""

    entity: Thing
    shared: int


@of_one_moment
def companions(reader: GraphReader, request: RelatedRequest, counts: Mapping[str, int]) -> tuple[Companion, ...]:
    """What ``ask`` finds without its proofs, for those who ask often: ``counts`` are how many papers name each entity
    (``kg.questions.naming.paper_counts``).

    Raises:
        NotFoundError: as ``ask``.
    """
    best = _best(reader, request, _asked(reader, request), counts)
    things = entities_as_things(reader, [row.entity for row in best])
    return tuple(Companion(thing, row.shared) for thing, row in zip(things, best, strict=True))


@dataclass(frozen=True, slots=True)
class _Asked:
    """Whose papers count, whose whole family that is, how many papers they are, and of how many."""

    own: list[str]
    family: list[str]
    named: int
    total: int


@dataclass(frozen=True, slots=True)
class _Scored:
    score: float
    entity: str
    shared: int
    papers: int


def _asked(reader: GraphReader, request: RelatedRequest) -> _Asked:
    ids = find_entities(reader, request.name)[:1]
    family = with_descendants(reader, ids)
    own = ids if request.exact else family
    total = int(reader.rows("SELECT count(*) FROM paper")[0][0])
    named = int(
        reader.rows(f"SELECT count(DISTINCT paper_id) FROM link WHERE entity_id IN {ANY_OF}", (any_of(own),))[0][0]
    )
    return _Asked(own, family, named, total)


def _best(
    reader: GraphReader, request: RelatedRequest, asked: _Asked, counts: Mapping[str, int] | None
) -> list[_Scored]:
    counted = "NULL" if counts is not None else "(SELECT count(*) FROM link WHERE entity_id = id)"
    rows = reader.rows(
        f"WITH own AS (SELECT DISTINCT paper_id FROM link WHERE entity_id IN {ANY_OF}), "
        "shared AS (SELECT entity_id, count(*) AS papers FROM own JOIN link USING (paper_id) "
        f"WHERE entity_id NOT IN {ANY_OF} GROUP BY entity_id HAVING count(*) >= ?) "
        f"SELECT id, shared.papers, {counted} FROM shared "
        f"JOIN entity ON entity.id = entity_id {'WHERE type = ?' if request.type else ''} ORDER BY id",
        [any_of(asked.own), any_of(asked.family), request.min_papers, *([request.type] if request.type else [])],
    )
    if counts is not None:
        # Counted at another moment, perhaps: at least those papers name it that are seen here.
        rows = [(entity, shared, max(shared, counts.get(entity, 0))) for entity, shared, _ in rows]
    scored = [
        _Scored(log_likelihood(shared, asked.named, papers, asked.total), entity, shared, papers)
        for entity, shared, papers in rows
    ]
    return sorted((row for row in scored if row.score > 0), key=lambda row: (-row.score, row.entity))[: request.limit]


QUESTION = Question(
    "related",
    "The entities that the same papers name as another, more often than chance has it.",
    RelatedRequest,
    tuple[Related, ...],
    ask,
)


def _example(reader: GraphReader, own: list[str], entity_id: str) -> str:
    """The paper that is surest of both."""
    return str(
        reader.rows(
            "SELECT other.paper_id FROM link AS other JOIN link AS own USING (paper_id) WHERE other.entity_id = ? "
            f"AND own.entity_id IN {ANY_OF} "
            "ORDER BY min(other.confidence, own.confidence) DESC, other.paper_id LIMIT 1",
            [entity_id, any_of(own)],
        )[0][0]
    )


def log_likelihood(both: int, first: int, second: int, total: int) -> float:
    """Dunning's log-likelihood ratio of two things named by ``first`` and ``second`` of ``total`` papers.

    Negative when fewer papers name both than chance has it. T. Dunning, "Accurate Methods for the Statistics of
    Surprise and Coincidence", Computational Linguistics 19(1), 1993.

    >>> round(log_likelihood(8, 10, 10, 100), 1), round(log_likelihood(1, 10, 10, 100), 1)
    (35.8, 0.0)
    """
    table = ((both, first - both), (second - both, total - first - second + both))
    rows, columns = [sum(row) for row in table], [sum(column) for column in zip(*table, strict=True)]
    ratio = 2 * sum(
        cell * math.log(cell * total / (rows[i] * columns[j]))
        for i, row in enumerate(table)
        for j, cell in enumerate(row)
        if cell
    )
    return math.copysign(max(ratio, 0.0), both * total - first * second)


def npmi(both: int, first: int, second: int, total: int) -> float:
    """Normalised pointwise mutual information: 1 when never apart, 0 as chance has it, -1 when never together.

    >>> npmi(10, 10, 10, 100), npmi(1, 10, 10, 100), npmi(0, 10, 10, 100), npmi(5, 5, 5, 5)
    (1.0, 0.0, -1.0, 1.0)
    """
    if both == 0:
        return -1.0
    if both == total:
        return 1.0
    return min(1.0, math.log(both * total / (first * second)) / -math.log(both / total))
