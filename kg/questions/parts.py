"""The parts of full texts: what each is called, without its text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from kg.model import PassageKind
from kg.store import GraphReader

__all__ = ["PartHead", "part_heads", "parts_of"]

_COLUMNS = "place, part.kind, heading, part.name, length(text)"


@dataclass(frozen=True, slots=True)
class PartHead:
    """A part of a paper behind its abstract: its number, what it is, where it stands, its length in characters.

    ``name`` is that of a table or of the section, as people cite them; empty where it has none.
    """

    place: int
    kind: PassageKind
    name: str
    length: int


def parts_of(reader: GraphReader, paper_id: str) -> tuple[PartHead, ...]:
    """The parts of one paper, in its order."""
    rows = reader.rows(
        f"SELECT {_COLUMNS} FROM paper JOIN part ON record_id = body_record WHERE paper.id = ? ORDER BY place",
        (paper_id,),
    )
    return tuple(_head(*row) for row in rows)


def part_heads(reader: GraphReader) -> Iterator[tuple[str, PartHead]]:
    """The parts of all papers, by paper."""
    rows = reader.stream(
        f"SELECT paper.id, {_COLUMNS} FROM paper CROSS JOIN part ON record_id = body_record "
        "WHERE body_record IS NOT NULL ORDER BY paper.id, place"
    )
    return ((paper_id, _head(*row)) for paper_id, *row in rows)


def _head(place: int, kind: str, heading: str, name: str | None, length: int) -> PartHead:
    return PartHead(place, PassageKind(kind), name or " / ".join(json.loads(heading)), length)
