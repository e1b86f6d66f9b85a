"""All about one thing: ``kg.wire.profiles``."""

from __future__ import annotations

from typing_extensions import TypedDict

from kg.model import EntityType, PaperStatus, PaperType, PassageKind, Relation, ResultKind, Rule
from kg.server.api.shapes.results import Board, ResultRow
from kg.server.api.shapes.rows import Neighbour

__all__ = [
    "Derivation",
    "Disagreement",
    "Entity",
    "EntityProfile",
    "Evidence",
    "IntroducedIn",
    "Link",
    "Paper",
    "PaperProfile",
    "Result",
]


class Entity(TypedDict):
    """One thing under all its names."""

    id: str
    type: EntityType
    label: str
    aliases: list[str]
    broader: list[str]
    exact_matches: list[str]
    introduced_in: list[str]
    homepages: list[str]
    known: bool
    direction: str | None
    scale: str | None


class IntroducedIn(TypedDict):
    """A paper that introduces an entity, by the vocabulary."""

    address: str
    paper_id: str | None
    title: str | None


class EntityProfile(TypedDict):
    """All about an entity."""

    entity: Entity
    ancestors: list[str]
    members: list[Neighbour]
    papers_by_relation: dict[str, list[tuple[str, str]]]
    neighbours: list[Neighbour]
    results: list[ResultRow]
    introduced_in: list[IntroducedIn]
    leaderboards: list[Board]


class Paper(TypedDict):
    """What its sources state of a paper."""

    title: str
    abstract: str
    id: str
    arxiv: str | None
    doi: str | None
    date: str | None
    organisation: str | None
    author_count: int | None
    upvotes: int | None
    authors: list[dict[str, str]]
    venue: str | None
    type: PaperType | None
    status: PaperStatus | None
    urls: list[str]
    repositories: list[str]
    categories: list[str]
    keywords: list[str]
    sources: list[str]


class Evidence(TypedDict):
    """The sentence that proves a link; offsets are into the stored text of the passage."""

    field: PassageKind
    place: int
    start: int
    end: int
    sentence: str
    surface: str
    rule: Rule
    relation: Relation
    confidence: float


class Link(TypedDict):
    """What a paper does with an entity."""

    entity_id: str
    entity: str
    type: EntityType
    relation: Relation
    confidence: float
    evidence: list[Evidence]


class Result(TypedDict):
    """A number that the paper states."""

    value: str
    number: float | None
    unit: str | None
    kind: ResultKind
    metric: str | None
    on: str | None
    of: str | None
    field: PassageKind
    start: int
    end: int
    sentence_start: int
    sentence_end: int
    confidence: float
    metric_id: str | None
    on_id: str | None
    of_id: str | None
    place: int
    split: str | None
    suite: str | None
    setting: str | None
    base: str | None
    own: bool | None
    deviation: str | None
    better: str | None
    row_head: str | None
    column_head: str | None
    cell: str | None


class Disagreement(TypedDict):
    """A field that sources state differently."""

    field: str
    values: list[tuple[str, list[str]]]


class Derivation(TypedDict):
    """What something that the paper introduces was made from."""

    entity_id: str
    builds_on: str
    field: PassageKind
    start: int
    end: int
    sentence: str


class PaperProfile(TypedDict):
    """All about a paper."""

    paper: Paper
    links: list[Link]
    results: list[Result]
    disagreements: list[Disagreement]
    derivations: list[Derivation]
