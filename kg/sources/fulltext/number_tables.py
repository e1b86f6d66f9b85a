"""Tables that another program read before, as the numbers in them with the heads of their rows and columns (JSON).

A list of tables, each with its ``caption`` and ``numberCells``: a ``number``, whether it ``isBolded``, and
``associatedRows``, ``associatedColumns`` and ``associatedMergedColumns``, which are names of panels. Where the numbers
stood is not told, so rows and columns come in the order in which they are named.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from kg.model.fulltext import Table
from kg.sources.fulltext.captions import read_caption
from kg.sources.fulltext.grids import Entry, Grid, GridRow, lay_out
from kg.sources.fulltext.inline import Inline, joined
from kg.sources.fulltext.tokens import untokenized

__all__ = ["LONGEST_FILE", "looks_like_tables", "read_tables"]

LONGEST_FILE = 8_000_000
"""Bytes."""

_MARKS = (b'"numberCells"', b'"associatedRows"')
_MOST_LEVELS = 4  # of heads
_BREAK = re.compile(r"(?<=[^\W\d_])-\s*\n\s*(?=[a-z])")

_Key = tuple[str, ...]


def looks_like_tables(head: bytes) -> bool:
    """Whether a file that begins so holds such tables."""
    return head.lstrip()[:1] == b"[" and all(mark in head for mark in _MARKS)


def read_tables(data: bytes) -> list[tuple[Table, str | None]]:
    """The tables, each with what of it was left out; none where the file is of no such shape."""
    try:
        tables = json.loads(data)
    except (ValueError, RecursionError):
        return []
    found = [each for each in tables if isinstance(each, dict)] if isinstance(tables, list) else []
    return [read for each in found if (read := _table(each)) is not None]


def _table(table: dict[str, Any]) -> tuple[Table, str | None] | None:
    cells = [each for each in _list(table.get("numberCells")) if isinstance(each, dict)]
    grid = lay_out(_rows(cells)) if cells else Grid(())
    caption = read_caption(joined([_BREAK.sub("", _said(table.get("caption")))]))
    if not grid.cells:
        return None
    return Table(grid.cells, caption.text, None, caption.number, guessed=True), grid.problem


def _rows(cells: list[dict[str, Any]]) -> Iterator[GridRow]:
    """Rows of heads, and for each panel its name and the rows in it."""
    columns = list(dict.fromkeys(_names(cell, "associatedColumns") for cell in cells))
    levels, depth = _depth(columns), _depth(_names(cell, "associatedRows") for cell in cells)
    for level in range(levels):
        heads = (_entry(column[level] if level < len(column) else "", head=True) for column in columns)
        yield GridRow([*(_entry("") for _ in range(depth)), *heads])
    width = depth + len(columns)
    places = {column: place for place, column in enumerate(columns)}
    panels: dict[_Key, dict[_Key, list[dict[str, Any]]]] = {}
    for cell in cells:
        panel = panels.setdefault(_names(cell, "associatedMergedColumns"), {})
        panel.setdefault(_names(cell, "associatedRows"), []).append(cell)
    for panel_name, rows in panels.items():
        if panel_name:
            yield GridRow([Entry(Inline(", ".join(panel_name)), columns=width)])
        for name, numbers in rows.items():
            yield from _numbers(name, depth, numbers, places)


def _numbers(name: _Key, depth: int, numbers: list[dict[str, Any]], places: dict[_Key, int]) -> Iterator[GridRow]:
    """The rows of a name: one, or several where a column has several numbers."""
    waiting = numbers
    while waiting:
        at: dict[int, dict[str, Any]] = {}
        later: list[dict[str, Any]] = []
        for cell in waiting:
            place = places[_names(cell, "associatedColumns")]
            if place in at:
                later.append(cell)
            else:
                at[place] = cell
        heads = [_entry(name[level] if level < len(name) else "", head=True) for level in range(depth)]
        yield GridRow([*heads, *(_value(at.get(place, {})) for place in range(len(places)))])
        waiting = later


def _value(cell: dict[str, Any]) -> Entry:
    return _entry(_said(cell.get("number")), bold=cell.get("isBolded") is True)


def _depth(names: Iterable[_Key]) -> int:
    return max(map(len, names), default=0)


def _names(cell: dict[str, Any], field: str) -> _Key:
    return tuple(dict.fromkeys(filter(None, map(_joined, _list(cell.get(field))[:_MOST_LEVELS]))))


def _joined(name: object) -> str:
    return joined([untokenized(_said(name)[:500])])


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _said(value: object) -> str:
    return value if isinstance(value, str) else ""


def _entry(text: str, *, head: bool = False, bold: bool = False) -> Entry:
    return Entry(Inline(joined([text]), bold=bold), head=head)
