"""The papers that introduce an entity by the vocabulary, whether the graph has them or not.

Apart from the papers of the graph that say so themselves, which are its links.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.identifiers import arxiv_id
from kg.model import Entity
from kg.store import GraphReader

__all__ = ["IntroducingPaper", "introducing_papers"]


@dataclass(frozen=True, slots=True)
class IntroducingPaper:
    """The address of a paper, and its id and title where the graph has it."""

    address: str
    paper_id: str | None = None
    title: str | None = None


def introducing_papers(reader: GraphReader, entity: Entity) -> tuple[IntroducingPaper, ...]:
    """The papers in which the vocabulary says that an entity was introduced, joined to those of the graph."""
    return tuple(_joined(reader, address) for address in entity.introduced_in)


def _joined(reader: GraphReader, address: str) -> IntroducingPaper:
    rows = reader.rows("SELECT id, title FROM paper WHERE id = ?", (f"arxiv/{arxiv_id(address)}",))
    return IntroducingPaper(address, *rows[0]) if rows else IntroducingPaper(address)
