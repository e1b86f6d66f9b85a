"""Which papers: by the entities they name, what they do with them, date, and words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from kg.model import EntityType, Evidence, Paper, PaperType, Relation
from kg.questions.conditions import Condition, Filter, all_of
from kg.questions.fulltext import full_text_query
from kg.questions.moment import of_one_moment
from kg.questions.names import find_entities, with_descendants
from kg.questions.paper_order import ORDERS, PaperOrder
from kg.questions.period import Period
from kg.questions.proofs import best_evidence
from kg.questions.registry import Question
from kg.questions.requests import ANY, settle
from kg.questions.sqltext import STRENGTH, any_of
from kg.questions.stated import by_author, by_category, by_keyword, by_type, by_venue
from kg.store import GraphReader
from kg.store.rows import PAPER_COLUMNS, paper_from

__all__ = [
    "QUESTION",
    "HitPage",
    "PaperHit",
    "PapersRequest",
    "ask",
    "ask_and_count",
    "ask_page",
    "count",
    "count_unknown",
]


@dataclass(frozen=True, slots=True)
class PapersRequest:
    """What papers to look for; every part that is given must hold.

    ``benchmark`` to ``metric`` are names of things of that type that a paper must name, all of them; ``entity`` are
    names of things of any type. Unless ``exact``, a name stands for its whole family. ``relation`` and
    ``min_confidence`` (0 to 1) limit the links that count. ``since`` and ``until`` are dates (``2024``, ``2024-06`` or
    ``2024-06-30``), both included: until 2024 is until its last day. Papers without a date match neither, nor do those
    whose date is not exact enough to tell; ``count_unknown`` counts them. ``text`` are words that title or abstract
    must have, all of them. ``author`` are names of people, or ORCIDs, all of whom wrote it; ``venue`` words of the name
    of where it was published; ``type`` what kind of publication it is; ``category`` and ``keyword`` what its sources
    put it under. Papers that state no such thing do not match, and are counted likewise. ``limit`` keeps the first so
    many papers, after the ``offset`` first, which are passed over.

    Each paper comes with its link to the first name, in the order of the fields; ``shown`` is the type of the names of
    which it is the first instead.

    Raises:
        KgError: a word is no relation or type, a number is beyond its limits, or ``since`` or ``until`` is no date
            or the two are the wrong way round.
    """

    benchmark: tuple[str, ...] = ()
    method: tuple[str, ...] = ()
    model: tuple[str, ...] = ()
    dataset: tuple[str, ...] = ()
    task: tuple[str, ...] = ()
    metric: tuple[str, ...] = ()
    entity: tuple[str, ...] = ()
    relation: Relation | None = None
    since: str | None = None
    until: str | None = None
    text: str | None = None
    author: tuple[str, ...] = ()
    venue: str | None = None
    type: PaperType | None = None
    category: str | None = None
    keyword: str | None = None
    exact: bool = False
    min_confidence: float = 0.0
    limit: int | None = None
    shown: EntityType | None = None
    offset: int = 0

    def __post_init__(self) -> None:
        settle(self, min_confidence=(0, 1), limit=(1, ANY), offset=(0, ANY))
        assert self.period  # which refuses what is no date

    @property
    def period(self) -> Period:
        """The span of time that is asked for."""
        return Period(self.since, self.until)

    @property
    def names(self) -> tuple[tuple[EntityType | None, str], ...]:
        """All names with their types, the one whose link is shown first."""
        given = {kind: getattr(self, kind) for kind in _KINDS}
        ordered = sorted(given, key=lambda kind: kind != self.shown)
        typed = tuple((kind, name) for kind in ordered for name in given[kind])
        return (*typed, *((None, name) for name in self.entity))


_KINDS = (
    EntityType.BENCHMARK,
    EntityType.METHOD,
    EntityType.MODEL,
    EntityType.DATASET,
    EntityType.TASK,
    EntityType.METRIC,
)


@dataclass(frozen=True, slots=True)
class PaperHit:
    """A paper that matches, with the strongest of the links that made it match and the proof of that link."""

    paper: Paper
    entity_id: str | None = None
    entity: str | None = None
    relation: Relation | None = None
    confidence: float | None = None
    evidence: Evidence | None = None


@of_one_moment
def ask(reader: GraphReader, request: PapersRequest) -> tuple[PaperHit, ...]:
    """The papers that match, newest first (those without a date last), then by title.

    Raises:
        NotFoundError: a name stands for nothing in the graph.
        KgError: ``text``, or a name of another kind, holds no word.
    """
    return _find(reader, _match(reader, request), request)


@of_one_moment
def count(reader: GraphReader, request: PapersRequest) -> int:
    """How many papers match, whatever the limit.

    Raises:
        NotFoundError, KgError: as ``ask``.
    """
    return _count(reader, _match(reader, request))


def _count(reader: GraphReader, matching: _Matching) -> int:
    stated = all_of(each.wanted for each in matching.filters)
    rows = reader.rows(
        f"SELECT count(*) FROM {matching.source} WHERE {matching.papers.sql} AND {stated.sql}",
        (*matching.papers.parameters, *stated.parameters),
    )
    return int(rows[0][0])


@of_one_moment
def count_unknown(reader: GraphReader, request: PapersRequest) -> dict[str, int]:
    """How many papers are left out though nothing says that they do not match, by what they have ("no date").

    Raises:
        NotFoundError, KgError: as ``ask``.
    """
    return _count_unknown(reader, _match(reader, request))


@of_one_moment
def ask_and_count(reader: GraphReader, request: PapersRequest) -> tuple[tuple[PaperHit, ...], dict[str, int]]:
    """Both, for those who tell people."""
    matching = _match(reader, request)
    return _find(reader, matching, request), _count_unknown(reader, matching)


@dataclass(frozen=True, slots=True)
class HitPage:
    """Some of the papers that match, in order, of ``total``; ``unknown`` as ``count_unknown`` has it."""

    hits: tuple[PaperHit, ...]
    total: int
    unknown: dict[str, int]


@of_one_moment
def ask_page(reader: GraphReader, request: PapersRequest, order: PaperOrder = PaperOrder.NEWEST) -> HitPage:
    """The papers that match in some order, as many as are asked for, and how many match in all.

    Raises:
        NotFoundError, KgError: as ``ask``.
    """
    matching = _match(reader, request)
    hits = _find(reader, matching, request, order)
    return HitPage(hits, _count(reader, matching), _count_unknown(reader, matching))


QUESTION = Question(
    "papers",
    "The papers that name some things, do something with them, are recent, or hold some words.",
    PapersRequest,
    tuple[PaperHit, ...],
    ask,
    count=count,
    count_unknown=count_unknown,
)


@dataclass(frozen=True, slots=True)
class _Matching:
    """In SQL: where papers come from, with what link, what must hold of them, and of what they state.

    The parameters of ``papers`` begin with those of ``source``.
    """

    source: str
    link: str
    papers: Condition
    filters: tuple[Filter, ...]


def _match(reader: GraphReader, request: PapersRequest) -> _Matching:
    groups = [_ids_of(reader, kind, name, exact=request.exact) for kind, name in request.names]
    papers = all_of(_paper_conditions(reader, request, groups[1:]))
    filters = tuple(_filters(reader, request))
    if not groups and request.relation is None:
        return _Matching("paper", "NULL AS entity_id, NULL AS relation, NULL AS confidence", papers, filters)
    source, linked = _links_to(reader, groups[0] if groups else None, request)
    # Of the links that make a paper match, the strongest, then the surest, then the first: SQLite takes the other
    # columns from the row of the minimum. Its evidence is looked up for all papers at once.
    chosen = (
        "(SELECT paper_id, entity_id, link.relation AS relation, confidence, "
        f"min({STRENGTH} * 2 - confidence + number * 1e-9) FROM {source} GROUP BY paper_id) AS chosen "
        f"CROSS JOIN main.paper AS paper {reader.by_index('paper_listing')} ON paper.id = chosen.paper_id"
    )
    papers = Condition(papers.sql, (*linked, *papers.parameters))
    return _Matching(chosen, "entity_id, chosen.relation, confidence", papers, filters)


def _find(
    reader: GraphReader, matching: _Matching, request: PapersRequest, order: PaperOrder = PaperOrder.NEWEST
) -> tuple[PaperHit, ...]:
    stated = all_of(each.wanted for each in matching.filters)
    ordered = ORDERS[order]
    rows = reader.rows(
        # The order is decided on what an index holds; whole papers are fetched for those that are kept.
        f"WITH hit AS (SELECT paper.rowid AS number, {matching.link} FROM {matching.source} "
        f"WHERE {matching.papers.sql} AND {stated.sql} ORDER BY {ordered} LIMIT ? OFFSET ?) "
        f"SELECT {PAPER_COLUMNS}, entity_id, label, hit.relation, confidence FROM hit "
        "CROSS JOIN paper ON paper.rowid = hit.number LEFT JOIN entity ON entity.id = hit.entity_id "
        f"ORDER BY {ordered}",
        (
            *matching.papers.parameters,
            *stated.parameters,
            -1 if request.limit is None else request.limit,
            request.offset,
        ),
    )
    return _hits(reader, rows)


def _count_unknown(reader: GraphReader, matching: _Matching) -> dict[str, int]:
    counts: dict[str, int] = {}
    for each in matching.filters:
        others = all_of(other.wanted for other in matching.filters if other is not each)
        for what, unknown in each.unknown.items():
            rows = reader.rows(
                f"SELECT count(*) FROM {matching.source} WHERE {matching.papers.sql} AND {others.sql} "
                f"AND ({unknown.sql})",
                (*matching.papers.parameters, *others.parameters, *unknown.parameters),
            )
            if rows[0][0]:
                counts[what] = rows[0][0]
    return counts


def _filters(reader: GraphReader, request: PapersRequest) -> Iterator[Filter]:
    """What a paper must be by what its sources state."""
    if period := request.period.filter:
        yield period
    for name in request.author:
        yield by_author(reader, name)
    if request.venue is not None:
        yield by_venue(reader, request.venue)
    if request.type is not None:
        yield by_type(request.type)
    if request.category is not None:
        yield by_category(request.category)
    if request.keyword is not None:
        yield by_keyword(request.keyword)


def _paper_conditions(reader: GraphReader, request: PapersRequest, groups: list[list[str]]) -> Iterator[Condition]:
    """What a paper must be, besides having a link to the first entity."""
    if request.text is not None:
        # The plus keeps SQLite from asking the full text anew for each paper.
        yield Condition(
            "+paper.rowid IN (SELECT rowid FROM paper_text WHERE paper_text MATCH ?)", (full_text_query(request.text),)
        )
    for ids in groups:
        source, linked = _links_to(reader, ids, request)
        yield Condition(f"paper.id IN (SELECT paper_id FROM {source})", tuple(linked))


def _ids_of(reader: GraphReader, kind: EntityType | None, name: str, *, exact: bool) -> list[str]:
    ids = find_entities(reader, name, kind)
    return ids if exact else with_descendants(reader, ids)


def _links_to(reader: GraphReader, ids: Sequence[str] | None, request: PapersRequest) -> tuple[str, list[object]]:
    """What stands after FROM for the links to one of these entities (to any if None), with its parameters."""
    parts = ["link.confidence >= ?"]
    parameters: list[object] = [request.min_confidence]
    if request.relation is not None:
        parts.append("link.relation = ?")
        parameters.append(request.relation)
    if ids is None:
        return f"(SELECT 0 AS number) CROSS JOIN link WHERE {' AND '.join(parts)}", parameters
    # From the entities to their links, by the index; left to itself, SQLite reads all links in the order of papers.
    source = (
        "(SELECT key AS number, value FROM json_each(?)) AS wanted "
        f"CROSS JOIN link {reader.by_index('link_entity')} ON link.entity_id = wanted.value"
    )
    return f"{source} WHERE {' AND '.join(parts)}", [any_of(ids), *parameters]


def _hits(reader: GraphReader, rows: list[tuple[Any, ...]]) -> tuple[PaperHit, ...]:
    papers = [paper_from(row) for row in rows]
    links = {paper.id: row[-4] for paper, row in zip(papers, rows, strict=True) if row[-4] is not None}
    evidence = reader.evidence_of_links(papers, links) if links else {}
    return tuple(
        PaperHit(paper) if entity_id is None
        else PaperHit(
            paper, entity_id, label, Relation(relation), confidence,
            best_evidence(evidence.get(paper.id, ()), Relation(relation)),
        )
        for paper, (*_, entity_id, label, relation, confidence) in zip(papers, rows, strict=True)
    )  # fmt: skip
