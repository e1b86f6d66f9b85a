"""What the tools answer: short, with the totals of what was cut, and ids that the next tool takes.

The rows are those of ``kg.wire``, of which the parts that an agent has use for are kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from typing_extensions import TypedDict

from kg.server.api.shapes import (
    ComparisonLine,
    EntityCount,
    NewBuild,
    NewPaper,
    PaperHit,
    PathStep,
    Related,
    TrendPoint,
)

__all__ = [
    "Beaten",
    "BoardFound",
    "BoardsFound",
    "Compared",
    "EntitiesFound",
    "EntityFound",
    "EvidenceFound",
    "Facts",
    "LinkFound",
    "NewFound",
    "PaperFound",
    "PapersFound",
    "PathFound",
    "Proof",
    "RelatedFound",
    "Score",
    "SparqlFound",
    "TrendFound",
    "cut",
    "first",
    "window",
]

SENTENCE, TEXT = 400, 4_000
"""Characters of a sentence in a list, and of a text that is asked for."""

Row = Mapping[str, Any]


class PapersFound(TypedDict):
    """Papers, newest first; ``left_out`` counts those that may match and state too little to tell."""

    total: int | None
    papers: list[PaperHit]
    next_cursor: str | None
    left_out: dict[str, int]


class EntitiesFound(TypedDict):
    """Entities with the number of their papers."""

    total: int | None
    entities: list[EntityCount]
    next_cursor: str | None


class RelatedFound(TypedDict):
    """What the same papers name."""

    total: int | None
    related: list[Related]
    next_cursor: str | None


class PathFound(TypedDict):
    """The steps from one thing to another."""

    steps: list[PathStep]


class Compared(TypedDict):
    """Two things side by side, line by line."""

    total: int
    lines: list[ComparisonLine]


class Facts(TypedDict):
    """The first papers that do one thing with an entity, and how many do."""

    relation: str
    total: int
    papers: list[dict[str, str]]


class BoardFound(TypedDict):
    """A leaderboard in a line."""

    on: str
    metric: str | None
    split: str | None
    systems: int


class Score(TypedDict):
    """A line of a leaderboard: what a paper reports of a system."""

    rank: int
    score: float
    value: str
    system: str | None
    base: str | None
    setting: str | None
    own: bool | None
    paper: str
    title: str
    date: str | None
    confidence: float


class RankedBoard(BoardFound):
    """A leaderboard with its first lines; ``better`` is higher or lower, null where no paper tells."""

    better: str | None
    papers: int
    standings: list[Score]


class BoardsFound(TypedDict):
    """The fullest boards with their lines; ``others`` are those that there are beside them."""

    total: int
    boards: list[RankedBoard]
    others: list[BoardFound]


class EntityFound(TypedDict):
    """All about an entity, shortened; lists have their totals in ``totals``."""

    id: str
    name: str
    type: str
    aliases: list[str]
    families: list[str]
    members: list[EntityCount]
    introduced_in: list[dict[str, str | None]]
    homepages: list[str]
    papers_by_relation: list[Facts]
    often_with: list[EntityCount]
    leaderboards: list[BoardFound]
    results: list[dict[str, str | None]]
    totals: dict[str, int]


class LinkFound(TypedDict):
    """What a paper does with an entity, and a sentence that proves it."""

    entity_id: str
    entity: str
    type: str
    relation: str
    confidence: float
    evidence: str | None
    pieces_of_evidence: int


class PaperFound(TypedDict):
    """All about a paper, shortened; lists have their totals in ``totals``."""

    id: str
    title: str
    date: str | None
    venue: str | None
    type: str | None
    status: str | None
    authors: list[str]
    urls: list[str]
    repositories: list[str]
    abstract: str
    links: list[LinkFound]
    results: list[dict[str, str | float | bool | None]]
    builds_on: list[dict[str, str]]
    totals: dict[str, int]


class Proof(TypedDict):
    """A sentence that proves a link; ``start`` and ``end`` are offsets of ``surface`` in the field's stored text."""

    field: str
    place: int
    start: int
    end: int
    surface: str
    sentence: str
    relation: str
    rule: str


class EvidenceFound(TypedDict):
    """All that proves what a paper does with an entity."""

    paper: str
    title: str
    entity_id: str
    entity: str
    relation: str
    confidence: float
    total: int
    evidence: list[Proof]


class TrendFound(TypedDict):
    """How many papers name some things, period by period; a point without one counts those of unknown date."""

    total: int
    points: list[TrendPoint]


class Beaten(TypedDict):
    """A result that is better than all before on the same board."""

    on: str
    metric: str | None
    split: str | None
    system: str | None
    score: float
    before: float
    paper: str
    title: str


class NewFound(TypedDict):
    """What came with some builds: ``counts`` says how much of what, of which the first are given."""

    builds: list[NewBuild]
    counts: dict[str, int]
    papers: list[NewPaper]
    records: list[Beaten]


class SparqlFound(TypedDict):
    """The answer to a query: ``rows`` of a SELECT, ``boolean`` of an ASK, ``graph`` in Turtle else. ``cut`` says what
    was left out."""

    columns: list[str]
    rows: list[dict[str, str]]
    boolean: bool | None
    graph: str | None
    cut: str | None


def cut(text: str, most: int = SENTENCE) -> str:
    """A text, or its beginning and how long it is."""
    return text if len(text) <= most else f"{text[:most]} [... cut: {len(text):,} characters in all]"


def window(sentence: str, surface: str, most: int = SENTENCE) -> str:
    """A sentence, or the part of it that the surface stands in."""
    if len(sentence) <= most:
        return sentence
    start = max(0, sentence.find(surface) - (most - len(surface)) // 2)
    part = sentence[start : start + most]
    before, after = "[...] " * (start > 0), " [...]" * (start + most < len(sentence))
    return f"{before}{part}{after} [cut: {len(sentence):,} characters in all]"


def first(rows: Sequence[Any], most: int, name: str, totals: dict[str, int]) -> list[Any]:
    """The first of some rows; how many there are is noted."""
    totals[name] = len(rows)
    return list(rows[:most])
