"""What one paper contributes to the graph, once it is decided what its names stand for."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model.extractions import LocalResult, Mention
from kg.model.graph import Link
from kg.model.papers import Anchor

__all__ = ["LinkedPaper", "ResolvedResult"]


@dataclass(frozen=True, slots=True)
class ResolvedResult:
    """A result of one paper with the ids of the entities that its parts are; None where the paper links none."""

    stated: LocalResult
    metric: str | None
    on: str | None
    of: str | None


@dataclass(frozen=True, slots=True)
class LinkedPaper:
    """The edges of one paper by entity, their proofs (by entity, in the order found), and its results.

    ``derivations``: entity of its own, entity that it was made from, and the place that says so. ``doubts``: entity,
    and another that the paper may mean instead.
    """

    links: tuple[Link, ...] = ()
    proofs: tuple[tuple[str, Mention], ...] = ()
    results: tuple[ResolvedResult, ...] = ()
    derivations: tuple[tuple[str, str, Anchor], ...] = ()
    doubts: tuple[tuple[str, str], ...] = ()
