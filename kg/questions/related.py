"""What goes together: the entities that the same papers name, more often than chance has it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from kg.model import EntityType
from kg.questions.moment import of_one_moment
from kg.questions.names import find_entities, with_descendants
from kg.questions.registry import Question
from kg.questions.requests import ANY, settle
from kg.questions.sqltext import ANY_OF, any_of
from kg.questions.things import Thing, entities_as_things, papers_as_things
from kg.store import GraphReader

__all__ = ["QUESTION", "Related", "RelatedRequest", "ask", "log_likelihood", "npmi"]


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
    ids = find_entities(reader, request.name)[:1]
    family = with_descendants(reader, ids)
    own = ids if request.exact else family
    total = int(reader.rows("SELECT count(*) FROM paper")[0][0])
    named = int(
        reader.rows(f"SELECT count(DISTINCT paper_id) FROM link WHERE entity_id IN {ANY_OF}", (any_of(own),))[0][0]
    )
    rows = reader.rows(
        f"WITH own AS (SELECT DISTINCT paper_id FROM link WHERE entity_id IN {ANY_OF}), "
        "shared AS (SELECT entity_id, count(*) AS papers FROM own JOIN link USING (paper_id) "
        f"WHERE entity_id NOT IN {ANY_OF} GROUP BY entity_id HAVING count(*) >= ?) "
        "SELECT id, shared.papers, (SELECT count(*) FROM link WHERE entity_id = id) FROM shared "
        f"JOIN entity ON entity.id = entity_id {'WHERE type = ?' if request.type else ''} ORDER BY id",
        [any_of(own), any_of(family), request.min_papers, *([request.type] if request.type else [])],
    )
    scored = [(log_likelihood(shared, named, papers, total), entity, shared, papers) for entity, shared, papers in rows]
    best = sorted((row for row in scored if row[0] > 0), key=lambda row: (-row[0], row[1]))[: request.limit]
    entities = entities_as_things(reader, [row[1] for row in best])
    examples = papers_as_things(reader, [_example(reader, own, row[1]) for row in best])
    return tuple(
        Related(entity, shared, papers, score, npmi(shared, named, papers, total), example)
        for entity, example, (score, _, shared, papers) in zip(entities, examples, best, strict=True)
    )


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
