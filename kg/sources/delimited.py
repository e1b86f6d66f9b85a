"""What a table of text looks like from outside: which delimiter parts its cells, and what its first line says."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from itertools import islice

__all__ = ["DELIMITERS", "Sniffed", "describe_table", "sniff"]

DELIMITERS = ",\t;|"
_ROWS = 50
_NAMES = {",": "commas", "\t": "tabs", ";": "semicolons", "|": "bars"}


@dataclass(frozen=True, slots=True)
class Sniffed:
    """A table: the delimiter, the cells of its first row, and whether these are names of columns by their looks."""

    delimiter: str
    first: tuple[str, ...]
    has_header: bool


def sniff(text: str) -> Sniffed | None:
    """The table that a text is, if nearly all its rows have one number of cells; None for any other text."""
    lines = [line for line in islice(text.splitlines(), 4 * _ROWS) if line.strip()]
    if len(lines) < 2:
        return None
    best: tuple[int, Sniffed] | None = None
    for delimiter in DELIMITERS:
        rows = _rows(lines, delimiter)
        widths = Counter(map(len, rows))
        width, count = widths.most_common(1)[0] if widths else (0, 0)
        # Two cells by commas are a sentence with one comma.
        regular = len(rows) >= 2 and count >= 0.9 * len(rows) and len(rows[0]) == width
        if regular and width >= (3 if delimiter == "," else 2) and (best is None or width > best[0]):
            best = width, Sniffed(delimiter, rows[0], _is_header(rows))
    return best[1] if best else None


def describe_table(text: str) -> str | None:
    """What to say of a table whose columns cannot be told; None for a text that is no table."""
    found = sniff(text)
    if found is None:
        return None
    parted = f"is a table (cells parted by {_NAMES[found.delimiter]})"
    if not found.has_header:
        return f"{parted} without a header"
    names = ", ".join(repr(" ".join(cell.split())[:30]) for cell in found.first[:8])
    more = ", ..." if len(found.first) > 8 else ""
    return f"{parted} with no column of titles (its columns are {names}{more})"


def _rows(lines: list[str], delimiter: str) -> list[tuple[str, ...]]:
    try:
        found = [tuple(row) for row in islice(csv.reader(lines, delimiter=delimiter, strict=False), _ROWS) if row]
    except csv.Error:
        return []
    return found[:-1] if len(found) > 2 else found  # the last may be cut off


def _is_header(rows: list[tuple[str, ...]]) -> bool:
    """Names of columns are short, none is a number, an address or empty, and no two are one."""
    first = [cell.strip() for cell in rows[0]]
    plain = all(cell and len(cell) <= 40 and not cell[0].isdigit() and "://" not in cell for cell in first)
    longer = sum(len(cell) for row in rows[1:] for cell in row) / (len(rows) - 1) >= sum(map(len, first))
    return plain and len(set(first)) == len(first) and longer
