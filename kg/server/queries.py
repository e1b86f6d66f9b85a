"""The SPARQL queries that ship, for people and agents to start from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

__all__ = ["Shipped", "shipped_queries"]


@dataclass(frozen=True, slots=True)
class Shipped:
    """A query: its ``name``, what it answers, and its text."""

    name: str
    title: str
    text: str


@cache
def shipped_queries() -> tuple[Shipped, ...]:
    """The queries of ``examples/queries``, by name."""
    folder = Path(__file__).parent.parent / "queries"
    if not folder.is_dir():  # in a checkout
        folder = Path(__file__).parents[2] / "examples" / "queries"
    return tuple(_shipped(path) for path in sorted(folder.glob("*.rq")))


def _shipped(path: Path) -> Shipped:
    text = path.read_text(encoding="utf-8")
    return Shipped(path.stem, text.split("\n", 1)[0].lstrip("# "), text)
