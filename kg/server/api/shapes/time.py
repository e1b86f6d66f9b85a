"""What is counted over time, and what is new: ``kg.wire.trends``."""

from __future__ import annotations

from typing_extensions import TypedDict

from kg.model import EntityType, Relation
from kg.server.api.shapes.results import Claim

__all__ = ["BrokenRecord", "New", "NewBuild", "NewLink", "NewPaper", "Riser", "Rising", "TrendPoint", "Window"]


class TrendPoint(TypedDict):
    """How many papers of a month, quarter or year name a thing; without a period those of unknown date."""

    period: str | None
    id: str
    name: str
    type: EntityType
    papers: int
    of: int
    share: float | None


class Window(TypedDict):
    """A span of time, and how many papers are dated in it."""

    first: str | None
    last: str | None
    papers: int


class Riser(TypedDict):
    """A thing that rose: papers in both windows, the ratio of its shares, what that is at least, and the probability
    of such a rise by chance."""

    id: str
    name: str
    type: EntityType
    now: int
    before: int
    ratio: float | None
    at_least: float
    chance: float


class Rising(TypedDict):
    """What rose, and between which windows."""

    by: str
    recent: Window
    earlier: Window
    compared: int
    false_share: float
    undated: int
    risen: list[Riser]


class NewBuild(TypedDict):
    """A build that brought something."""

    number: int
    time: str | None


class NewPaper(TypedDict):
    """A paper that came."""

    id: str
    title: str
    date: str | None


class NewLink(TypedDict):
    """What a paper that came does with an entity."""

    paper: str
    entity: str
    name: str
    type: EntityType
    relation: Relation
    confidence: float


class BrokenRecord(TypedDict):
    """A result that is better than all before, and the best of those."""

    on: str
    metric: str | None
    split: str | None
    better: str
    score: float
    before: float
    result: Claim
    beaten: Claim


class New(TypedDict):
    """What came, with the builds that brought it; ``counts`` says how much there is of each."""

    builds: list[NewBuild]
    counts: dict[str, int]
    papers: list[NewPaper]
    links: list[NewLink]
    results: list[Claim]
    records: list[BrokenRecord]
