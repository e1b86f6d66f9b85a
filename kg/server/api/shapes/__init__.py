"""What ``kg.wire`` gives, as types that OpenAPI is made from. They describe and check nothing while serving; tests hold
them against the answers, key by key."""

from __future__ import annotations

from typing import Any

from kg.server.api.shapes.envelopes import Index, Page, Problem
from kg.server.api.shapes.profiles import (
    Derivation,
    Disagreement,
    Entity,
    EntityProfile,
    Evidence,
    IntroducedIn,
    Link,
    Paper,
    PaperProfile,
    Result,
)
from kg.server.api.shapes.results import Board, Claim, ResultRow, SentenceSource, Standing, TableSource
from kg.server.api.shapes.rows import ComparisonLine, Doubt, EntityCount, Neighbour, PaperHit, PathStep, Related
from kg.server.api.shapes.time import BrokenRecord, New, NewBuild, NewLink, NewPaper, Riser, Rising, TrendPoint, Window

__all__ = [
    "SHAPES",
    "Board",
    "BrokenRecord",
    "Claim",
    "ComparisonLine",
    "Derivation",
    "Disagreement",
    "Doubt",
    "Entity",
    "EntityCount",
    "EntityProfile",
    "Evidence",
    "Index",
    "IntroducedIn",
    "Link",
    "Neighbour",
    "New",
    "NewBuild",
    "NewLink",
    "NewPaper",
    "Page",
    "Paper",
    "PaperHit",
    "PaperProfile",
    "PathStep",
    "Problem",
    "Related",
    "Result",
    "ResultRow",
    "Riser",
    "Rising",
    "SentenceSource",
    "Standing",
    "TableSource",
    "TrendPoint",
    "Window",
]

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
    "trend": Page[TrendPoint],
    "rising": Rising,
    "new": New,
    "stats": dict[str, int | str],
    "review": Page[Doubt],
}
"""What a route answers, by the name of its question."""
