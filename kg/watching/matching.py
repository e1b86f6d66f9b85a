"""What a watch finds in a graph: papers, their links to what it names, and the results that are about that."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.errors import NotFoundError
from kg.model import DATA, MEASURES, EntityType, Paper, Relation
from kg.questions.names import find_entities, with_descendants
from kg.questions.papers import PapersRequest
from kg.questions.papers import ask as ask_papers
from kg.questions.results import Claim, ResultsRequest
from kg.questions.results import ask as ask_results
from kg.questions.sqltext import ANY_OF, any_of
from kg.store import GraphReader
from kg.text.folding import fold
from kg.watching.told import Told, told_result

__all__ = ["Finding", "FoundLink", "find"]


@dataclass(frozen=True, slots=True)
class FoundLink:
    """What a paper does with a thing that is watched, or with one below it."""

    paper: str
    entity: str
    label: str
    relation: Relation
    confidence: float


@dataclass(frozen=True, slots=True)
class Finding:
    """All that a watch finds: papers by id, newest first; ``absent`` is why it finds nothing, if a name stands for
    nothing."""

    papers: dict[str, Paper]
    links: tuple[FoundLink, ...] = ()
    results: tuple[Claim, ...] = ()
    absent: str | None = None

    @property
    def told(self) -> Told:
        """It all, as what was told."""
        return Told(
            frozenset(self.papers),
            frozenset((link.paper, link.entity, str(link.relation)) for link in self.links),
            frozenset(map(told_result, self.results)),
        )


def find(reader: GraphReader, query: PapersRequest) -> Finding:
    """What the graph has for a query now. A name that stands for nothing yet finds nothing, and is said.

    Raises:
        KgError: the query cannot be asked.
    """
    try:
        papers = {hit.paper.id: hit.paper for hit in ask_papers(reader, query)}
        links = tuple(link for link in _links(reader, query) if link.paper in papers)
        results = tuple(claim for claim in _results(reader, query) if claim.paper_id in papers)
    except NotFoundError as error:
        return Finding({}, absent=str(error))
    return Finding(papers, links, results)


def _links(reader: GraphReader, query: PapersRequest) -> list[FoundLink]:
    ids = [each for kind, name in query.names for each in find_entities(reader, name, kind)]
    family = ids if query.exact else with_descendants(reader, ids)
    rows = reader.rows(
        f"SELECT paper_id, entity_id, label, relation, confidence FROM {ANY_OF} AS wanted "
        f"CROSS JOIN link {reader.by_index('link_entity')} ON entity_id = wanted.value "
        "JOIN entity ON entity.id = entity_id WHERE confidence >= ? AND (? IS NULL OR relation = ?) "
        "ORDER BY paper_id, entity_id",
        (any_of(dict.fromkeys(family)), query.min_confidence, query.relation, query.relation),
    )
    return [FoundLink(paper, entity, label, Relation(r), sure) for paper, entity, label, r, sure in rows]


def _results(reader: GraphReader, query: PapersRequest) -> tuple[Claim, ...]:
    """The results that are about what a query names; of one that names nothing that results are about, none."""
    parts = list(_parts(reader, query))
    data, metrics, models, methods = (
        tuple(name for part, name in parts if part in kinds)
        for kinds in (DATA, MEASURES, (EntityType.MODEL,), (EntityType.METHOD,))
    )
    if not parts:
        return ()
    request = ResultsRequest(
        data, metrics, models, methods,
        since=query.since, until=query.until, exact=query.exact, min_confidence=query.min_confidence,
    )  # fmt: skip
    # A paper states much both in its text and in a table: such a result is one.
    unique = {_said(claim): claim for claim in reversed(ask_results(reader, request))}
    return tuple(reversed(unique.values()))


def _said(claim: Claim) -> tuple[str | None, ...]:
    parts = (claim.on, claim.split, claim.metric, claim.of, claim.base, claim.setting)
    return claim.paper_id, claim.value, *(part and fold(part) for part in parts)


def _parts(reader: GraphReader, query: PapersRequest) -> Iterator[tuple[EntityType, str]]:
    """The names of a query with their types; of a name of any type, that of what it stands for."""
    for kind, name in query.names:
        yield kind or EntityType(find_entities(reader, name)[0].partition("/")[0]), name
