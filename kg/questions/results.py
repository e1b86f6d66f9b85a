"""Results as rows: what papers state as outcomes, with the paper, and the cell or sentence, that states it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from kg.model import ACHIEVERS, BODY, DATA, EntityType, PassageKind, ResultKind
from kg.questions.conditions import Condition, all_of
from kg.questions.moment import of_one_moment
from kg.questions.names import find_entities, with_descendants
from kg.questions.period import Period
from kg.questions.registry import Question
from kg.questions.requests import ANY, settle
from kg.questions.sqltext import ANY_OF, any_of
from kg.store import GraphReader
from kg.text.reading import render

__all__ = [
    "QUESTION",
    "Claim",
    "ResultRow",
    "ResultsRequest",
    "ask",
    "claims_with",
    "count",
    "results_in",
    "results_of",
]

_COLUMNS = (
    "paper_id, title, value, metric, measured_on, achieved_by, metric_id, measured_on_id, achieved_by_id FROM result "
    "JOIN paper ON paper.id = paper_id"
)


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A result as its paper words it, with the ids of the entities that its parts are, where the paper links them."""

    paper_id: str
    title: str
    value: str
    metric: str | None
    on: str | None
    of: str | None
    metric_id: str | None = None
    on_id: str | None = None
    of_id: str | None = None


def results_of(reader: GraphReader, ids: list[str]) -> tuple[ResultRow, ...]:
    """The results measured on one of these entities, or achieved by one; by title and place."""
    stated = " UNION ".join(
        f"SELECT paper_id, place, start FROM result WHERE {column} IN {ANY_OF}"
        for column in ("measured_on_id", "achieved_by_id")
    )
    rows = reader.rows(
        f"SELECT {_COLUMNS} JOIN ({stated}) USING (paper_id, place, start) "
        'ORDER BY title, paper_id, place, start, "end"',
        [any_of(ids)] * 2,
    )
    return tuple(ResultRow(*row) for row in rows)


def results_in(reader: GraphReader, paper_id: str) -> tuple[ResultRow, ...]:
    """The results that one paper states, in the order of its text, its title as people read it."""
    rows = reader.rows(f"SELECT {_COLUMNS} WHERE paper_id = ? ORDER BY place, start", (paper_id,))
    return tuple(ResultRow(paper, render(title).text, *rest) for paper, title, *rest in rows)


@dataclass(frozen=True, slots=True)
class ResultsRequest:
    """Which results: those that all parts hold of which are given.

    ``benchmark`` (a data set or task, too), ``metric``, and ``model`` or ``method`` that achieved it are names, any one
    of those that are given for a part; unless ``exact``, each stands for its whole family. ``own`` are results of what
    the paper proposes, or not. ``split`` is a part of the data, ``kind`` how the number is meant. ``since`` and
    ``until`` are dates, both included. ``tables`` are results that stand in tables, or not. ``limit`` keeps the first
    so many, after the ``offset`` first, which are passed over.

    Raises:
        KgError: a word is none of its choices, a number is beyond its limits, or a date is none.
    """

    benchmark: tuple[str, ...] = ()
    metric: tuple[str, ...] = ()
    model: tuple[str, ...] = ()
    method: tuple[str, ...] = ()
    own: bool | None = None
    split: str | None = None
    kind: ResultKind | None = None
    since: str | None = None
    until: str | None = None
    tables: bool | None = None
    exact: bool = False
    min_confidence: float = 0.0
    limit: int | None = None
    offset: int = 0

    def __post_init__(self) -> None:
        settle(self, min_confidence=(0, 1), limit=(1, ANY), offset=(0, ANY))
        assert self.period  # which refuses what is no date

    @property
    def period(self) -> Period:
        """The span of time that is asked for."""
        return Period(self.since, self.until)


@dataclass(frozen=True, slots=True)
class Claim:
    """One number as one paper states it, with all that is told of it; ``*_id`` are entities, ``*_name`` their labels.

    ``passage``, ``place``, ``start`` and ``end`` say where, ``sentence`` is it verbatim (of a table, the row).
    ``better`` is what the paper says of its numbers, else what is known of the metric; so is ``scale``.
    ``table`` is what the paper calls the table, with its ``label`` and ``caption``; ``row``, ``column`` and ``cell``
    are of it.
    """

    paper_id: str
    title: str
    date: str | None
    value: str
    number: float | None
    unit: str | None
    kind: ResultKind
    of: str | None
    of_id: str | None
    on: str | None
    on_id: str | None
    on_name: str | None
    metric: str | None
    metric_id: str | None
    metric_name: str | None
    split: str | None
    suite: str | None
    setting: str | None
    base: str | None
    own: bool | None
    deviation: str | None
    better: str | None
    scale: str | None
    confidence: float
    passage: PassageKind
    place: int
    start: int
    end: int
    sentence: str
    row: str | None
    column: str | None
    cell: str | None
    table: str | None
    label: str | None
    caption: str | None


_PASSAGE = (
    "CASE place WHEN 0 THEN 'title' WHEN 1 THEN 'abstract' ELSE "
    "(SELECT kind FROM part WHERE record_id = body_record AND part.place = result.place) END"
)
_TEXT = (
    "CASE place WHEN 0 THEN title WHEN 1 THEN abstract ELSE "
    "(SELECT text FROM part WHERE record_id = body_record AND part.place = result.place) END"
)
_TABLE = "(SELECT json_array(name, json_extract(content, '$.label'), json_extract(content, '$.caption')) FROM part "
_CLAIM = (
    "SELECT paper_id, title, date, value, number, unit, result.kind, achieved_by, achieved_by_id, "
    "measured_on, measured_on_id, data.label, metric, metric_id, measure.label, "
    "split, suite, setting, base, own, deviation, coalesce(better, measure.direction), measure.scale, confidence, "
    f'{_PASSAGE}, place, start, "end", '
    f"substr({_TEXT}, sentence_start + 1, sentence_end - sentence_start), row_head, column_head, cell, "
    f"CASE WHEN place >= {BODY} THEN {_TABLE} WHERE record_id = body_record AND part.place = result.place) END "
    "FROM result JOIN paper ON paper.id = paper_id "
    "LEFT JOIN entity AS data ON data.id = measured_on_id LEFT JOIN entity AS measure ON measure.id = metric_id"
)


@of_one_moment
def ask(reader: GraphReader, request: ResultsRequest) -> tuple[Claim, ...]:
    """The results that match, by paper (the newest first), in the order of its text.

    Raises:
        NotFoundError: a name stands for nothing in the graph.
    """
    return claims_with(reader, all_of(_conditions(reader, request)), request.limit, request.offset)


def claims_with(reader: GraphReader, wanted: Condition, limit: int | None = None, offset: int = 0) -> tuple[Claim, ...]:
    """The results of which a condition holds, in the order of ``ask``; it may speak of result and paper."""
    rows = reader.rows(
        f'{_CLAIM} WHERE {wanted.sql} ORDER BY date IS NULL, date DESC, paper_id, place, start, "end" LIMIT ? OFFSET ?',
        (*wanted.parameters, -1 if limit is None else limit, offset),
    )
    return tuple(_claim(*row) for row in rows)


@of_one_moment
def count(reader: GraphReader, request: ResultsRequest) -> int:
    """How many results match, whatever the limit.

    Raises:
        NotFoundError: a name stands for nothing in the graph.
    """
    wanted = all_of(_conditions(reader, request))
    rows = reader.rows(
        f"SELECT count(*) FROM result JOIN paper ON paper.id = paper_id WHERE {wanted.sql}", wanted.parameters
    )
    return int(rows[0][0])


QUESTION = Question(
    "results",
    "The numbers that papers state, each with its cell or sentence.",
    ResultsRequest,
    tuple[Claim, ...],
    ask,
    count=count,
)


def _conditions(reader: GraphReader, request: ResultsRequest) -> Iterator[Condition]:
    for names, column, kinds in (
        (request.benchmark, "measured_on_id", DATA),
        (request.metric, "metric_id", (EntityType.METRIC,)),
        ((*request.model, *request.method), "achieved_by_id", ACHIEVERS),
    ):
        if names:  # a result has one of each part
            ids = [each for name in names for each in _ids(reader, name, kinds, exact=request.exact)]
            yield Condition(f"{column} IN {ANY_OF}", (any_of(ids),))
    if request.own is not None:
        yield Condition("own = ?", (int(request.own),))
    if request.split is not None:
        yield Condition("fold(split) = fold(?)", (request.split,))
    if request.kind is not None:
        yield Condition("result.kind = ?", (request.kind,))
    if request.tables is not None:
        yield Condition("(cell IS NOT NULL) = ?", (int(request.tables),))
    if request.min_confidence:
        yield Condition("confidence >= ?", (request.min_confidence,))
    if period := request.period.filter:
        yield period.wanted


def _ids(reader: GraphReader, name: str, kinds: tuple[EntityType, ...], *, exact: bool) -> list[str]:
    """The entities of fitting types that a name stands for; of all types where none fits, which finds no result."""
    found = find_entities(reader, name)
    fitting = [each for each in found if each.partition("/")[0] in kinds] or found
    return fitting if exact else with_descendants(reader, fitting)


def _claim(*row: Any) -> Claim:
    *stated, table = row
    named = json.loads(table) if table is not None else (None, None, None)
    claim = Claim(*stated, *named)
    return replace(
        claim,
        title=render(claim.title).text,
        kind=ResultKind(claim.kind),
        own=None if claim.own is None else bool(claim.own),
        passage=PassageKind(claim.passage),
    )
