"""Bodies of papers as rows of the table ``part``, and back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

import msgspec

from kg.model import BODY, Part, PassageKind, Table

__all__ = ["PART_COLUMNS", "body_digest", "part_from", "size_and_digest", "stored_parts"]

PART_COLUMNS = "kind, text, heading, appendix, content"
"""What ``part_from`` makes a part of."""

_Row = tuple[object, ...]
_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Table).decode


def stored_parts(body: Sequence[Part]) -> list[_Row]:
    """The parts of a body as rows: place, kind, heading, appendix, name, text, content."""
    return [(place, *_stored(part)) for place, part in enumerate(body, BODY)]


def part_from(row: Sequence[Any]) -> Part:
    """The part that a row of ``PART_COLUMNS`` holds."""
    kind, text, heading, appendix, content = row
    table = None if content is None else _decode(content)
    return Part(PassageKind(kind), text, tuple(json.loads(heading)), bool(appendix), table)


def size_and_digest(rows: Sequence[_Row]) -> tuple[int | None, str | None]:
    """How many characters stored parts have, and their digest; nothing of no parts."""
    if not rows:
        return None, None
    return sum(len(str(row[5])) for row in rows), _digest(rows)


def body_digest(body: Sequence[Part]) -> str:
    """The digest of a body as it is stored; empty of none."""
    return _digest(stored_parts(body)) if body else ""


def _digest(rows: Sequence[_Row]) -> str:
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()[:16]


def _stored(part: Part) -> _Row:
    table = part.table
    name = f"Table {table.number}" if table and table.number else None
    content = None if table is None else _encode(table).decode()
    return part.kind, json.dumps(part.heading, ensure_ascii=False), part.appendix, name, part.text, content
