"""What ``kg.wire`` gives, as types that OpenAPI is made from. They describe and check nothing while serving; tests hold
them against the answers, key by key."""

from __future__ import annotations

from typing import Any, Generic, Literal, TypeVar

from pydantic import BaseModel, Field
from typing_extensions import TypedDict

from kg.model import EntityRelation, EntityType, PaperStatus, PaperType, PassageKind, Relation, ResultKind, Rule

__all__ = ["SHAPES", "Index", "Page", "Problem"]

T = TypeVar("T")


class Page(BaseModel, Generic[T]):
    """A part of a list. ``total`` is how many there are in all (null where that is not told), ``next`` the cursor of
    the next part (null after the last). ``left_out`` counts what is not among them though nothing says that it should
    not be, by what it has: papers without a date, where they are asked by date."""

    items: list[T]
    total: int | None
    next: str | None
    left_out: dict[str, int]


class Problem(BaseModel):
    """What is wrong with a request (RFC 9457). ``suggestions`` are names that are in the graph."""

    type: str
    title: str
    status: int
    detail: str
    suggestions: list[str] = Field(default=[])


class Index(TypedDict):
    """What can be asked, and of which state of the graph."""

    version: int
    state: str
    openapi: str
    questions: dict[str, str]


class PaperHit(TypedDict):
    """A paper that matches, with the link and the sentence that prove it."""

    id: str
    title: str
    date: str | None
    relation: Relation | None
    entity: str | None
    confidence: float | None
    evidence: str | None
    field: PassageKind | None
    start: int | None
    end: int | None
    venue: str | None
    type: PaperType | None
    status: PaperStatus | None


class EntityCount(TypedDict):
    """An entity with the number of its papers."""

    id: str
    name: str
    type: EntityType
    papers: int
    introduced_by: str | None


class Neighbour(TypedDict):
    """An entity near another, with the number of its papers."""

    id: str
    label: str
    type: EntityType
    papers: int
    introduced_by: str | None


class Related(TypedDict):
    """An entity that the same papers name."""

    id: str
    name: str
    type: EntityType
    both: int
    papers: int
    score: float
    npmi: float
    example: str
    example_title: str


PathStep = TypedDict(
    "PathStep",
    {
        "step": int,
        "from": str,
        "from_id": str,
        "from_type": EntityType | Literal["paper"],
        "relation": Relation | EntityRelation,
        "forward": bool,
        "to": str,
        "to_id": str,
        "to_type": EntityType | Literal["paper"],
        "confidence": float | None,
        "evidence": str | None,
    },
)


class ComparisonLine(TypedDict):
    """A line of a comparison."""

    aspect: Literal["count", "relation", "paper", "entity", "result"]
    what: str
    id: str | None
    left: int | str
    right: int | str


class Doubt(TypedDict):
    """What a person should look at."""

    what: str
    about: str
    score: float
    papers: int
    entity: str | None
    into: str | None
    paper: str | None
    name: str | None


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


SHAPES: dict[str, Any] = {
    "papers": Page[PaperHit],
    "results": Page[Claim],
    "show": EntityProfile | PaperProfile,
    "entity": EntityProfile,
    "paper": PaperProfile,
    "entities": Page[EntityCount],
    "related": Page[Related],
    "leaderboards": Page[Board],
    "path": Page[PathStep],
    "compare": Page[ComparisonLine],
    "stats": dict[str, int | str],
    "review": Page[Doubt],
}
"""What a route answers, by the name of its question."""
