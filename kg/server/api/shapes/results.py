"""Results and leaderboards: ``kg.wire.results``."""

from __future__ import annotations

from typing import Literal

from typing_extensions import TypedDict

from kg.model import PassageKind, ResultKind

__all__ = ["Board", "Claim", "ResultRow", "SentenceSource", "Standing", "TableSource"]


class ResultRow(TypedDict):
    """A result in words, with the ids of its parts."""

    paper_id: str
    title: str
    value: str
    metric: str | None
    on: str | None
    of: str | None
    metric_id: str | None
    on_id: str | None
    of_id: str | None


class TableSource(TypedDict):
    """The cell that states a result."""

    kind: Literal["table"]
    table: str | None
    label: str | None
    caption: str | None
    row: str | None
    column: str | None
    cell: str
    place: int
    start: int
    end: int


class SentenceSource(TypedDict):
    """The sentence that states a result."""

    kind: Literal["sentence"]
    passage: PassageKind
    place: int
    start: int
    end: int
    sentence: str


class Claim(TypedDict):
    """One number as one paper states it."""

    paper: str
    id: str
    of: str | None
    of_entity: str | None
    own: bool | None
    base: str | None
    on: str | None
    on_entity: str | None
    split: str | None
    suite: str | None
    metric: str | None
    metric_entity: str | None
    value: str
    number: float | None
    std: str | None
    unit: str | None
    kind: ResultKind
    better: str | None
    setting: str | None
    date: str | None
    confidence: float
    source: TableSource | SentenceSource


class Standing(TypedDict):
    """A line of a leaderboard."""

    rank: int
    score: float
    result: Claim
    others: list[Claim]


class Board(TypedDict):
    """A leaderboard: one metric on one split of one benchmark."""

    on: str
    metric: str | None
    split: str | None
    better: str | None
    papers: int
    standings: list[Standing]
