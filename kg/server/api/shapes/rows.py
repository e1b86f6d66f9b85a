"""Answers that are lists, a row each: ``kg.wire.tables``."""

from __future__ import annotations

from typing import Literal

from typing_extensions import TypedDict

from kg.model import EntityRelation, EntityType, PaperStatus, PaperType, PassageKind, Relation

__all__ = ["ComparisonLine", "Doubt", "EntityCount", "Neighbour", "PaperHit", "PathStep", "Related"]


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
