"""Tables of which only the text is left, as older converters write them: rows and columns are a guess.

A row is a name and the numbers behind it, on one line or several; how many numbers most rows have is how many columns
there are, and what stands before the first row heads them, if it can be told apart into as many heads.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.sources.fulltext.grids import Entry, Grid, GridRow, lay_out
from kg.sources.fulltext.inline import Inline, joined

__all__ = ["PlainTable", "read_plain_table"]

_LONGEST = 100_000  # characters
_VALUE = re.compile(
    r"[<>~≈±+\-\u2212]?\$?\d{1,3}(?:,\d{3})+(?:\.\d+)?%?[*†‡]{0,2}\Z"
    r"|\(?[<>~≈±+\-\u2212]{0,2}\$?\d{0,9}\.?\d{1,9}[%kKMB]?(?:[±/]\d{1,6}(?:\.\d{1,6})?%?){0,3}\)?[*†‡]{0,2}\Z"
    r"|[-\u2013\u2014]{1,3}\Z|(?:n/?a|N/?A|nan|NaN|OOM)\Z"
)
_YEAR = re.compile(r"\(?(?:19|20)\d\d[a-z]?\)+[,;:.]?\Z")  # of a citation
_NUMBER = re.compile(r"\d")
_STRONG = re.compile(r"\d\.\d|\d%|\d\d")
_PROSE = 40  # characters of a line that is prose rather than a cell
_MOST_COLUMNS = 40
_FEWEST = 2  # rows of a table


@dataclass(frozen=True, slots=True)
class PlainTable:
    """What a text was taken apart into: the table, and what of its caption stood before it."""

    grid: Grid
    caption: str = ""


@dataclass(slots=True)
class _Row:
    name: list[str] = field(default_factory=list)
    values: list[str] = field(default_factory=list)


def read_plain_table(text: str) -> PlainTable | None:
    """The table in a text; None where no rows can be told.

    >>> found = read_plain_table("Dog Ewes Rams\\nRex 3.5 4.5\\nFido 1.0 2.0")
    >>> [cell.text for cell in found.grid.cells]
    ['Dog', 'Ewes', 'Rams', 'Rex', '3.5', '4.5', 'Fido', '1.0', '2.0']
    """
    if len(text) > _LONGEST:
        return None
    lines = [line.strip() for line in text.split("\n")]
    caption, lines = _caption(lines)
    head, rows = _rows(lines)
    if len(rows) < _FEWEST:
        return None
    width = _width(rows)
    if not width or sum(len(row.values) == width for row in rows) * 2 < len(rows):
        return None
    if len(rows[0].values) < width and not head:  # a version in the head looks like a number
        rows[1].name = [" ".join((*rows[0].name, *rows[0].values, *rows[1].name))]
        rows = rows[1:]
    names, rows[0].name = _heads(head, rows[0].name, width)
    laid_out = [
        *names,
        *(GridRow([_entry(" ".join(row.name)), *map(_entry, _fitted(row.values, width))]) for row in rows),
    ]
    return PlainTable(lay_out(laid_out), caption)


def _caption(lines: list[str]) -> tuple[str, list[str]]:
    """The prose before the first blank line, which is the rest of a caption, and what follows it."""
    end = next((place for place, line in enumerate(lines) if not line), 0)
    block = lines[:end]
    if block and sum(len(line) >= _PROSE and not _is_value(line.split()[-1]) for line in block) * 2 >= len(block):
        return joined([" ".join(block).replace("- ", "")]), lines[end:]
    return "", lines


def _rows(lines: list[str]) -> tuple[list[str], list[_Row]]:
    """What stands before the first numbers, line by line, and the rows."""
    head: list[str] = []
    rows: list[_Row] = []
    waiting: list[str] = []  # lines that are no values yet
    for name, values in _pieces(lines):
        if name:
            waiting.append(name)
        if not values:
            continue
        if name or not rows:
            if not rows:
                head, waiting = waiting[:-1], waiting[-1:]
            rows.append(_Row(waiting, values))
            waiting = []
        elif waiting:
            rows.append(_Row(waiting, values))
            waiting = []
        else:
            rows[-1].values += values
    return head, rows


def _pieces(lines: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Each name with the numbers behind it on its line, as often as they follow one another."""
    for line in lines:
        name: list[str] = []
        values: list[str] = []
        for word in line.split():
            if _is_value(word) and (name or values or _STRONG.search(word) or len(word) < 4):
                values.append(word)
                continue
            if values:
                yield " ".join(name), values
                name, values = [], []
            name.append(word)
        if name or values:
            yield " ".join(name), values


def _is_value(word: str) -> bool:
    return len(word) <= 24 and _VALUE.match(word) is not None and not _YEAR.match(word)


def _width(rows: list[_Row]) -> int:
    """How many numbers most rows have."""
    counts = Counter(len(row.values) for row in rows if any(map(_NUMBER.search, row.values)))
    best = max(counts.items(), key=lambda each: (each[1], each[0]), default=(0, 0))
    return best[0] if best[0] <= _MOST_COLUMNS else 0


def _heads(head: list[str], name: list[str], width: int) -> tuple[list[GridRow], list[str]]:
    """Rows of heads, and the name of the first row without what belongs to them."""
    if not head and len(name) == 1:
        for text in (name[0], re.split(r"(?<=[.:])\s", name[0])[-1]):  # of what goes on from a sentence, the last part
            if len(cells := _words(text)) == width + 2:
                return [GridRow([_entry(each, head=True) for each in cells[:-1]])], cells[-1:]
    if len(head) >= width:
        return _stacked(head, width), name
    for place in range(len(head) - 1, -1, -1):
        words = _words(head[place])
        if len(words) in (width, width + 1):
            corner = [] if len(words) > width else [""]
            above = [GridRow([_entry(each, head=True)]) for each in head[:place]][-2:]
            return [*above, GridRow([_entry(each, head=True) for each in (*corner, *words)])], name
    text = " ".join(head)
    return ([GridRow([_entry(""), Entry(Inline(text), columns=width, head=True)])] if text else []), name


def _stacked(head: list[str], width: int) -> list[GridRow]:
    """Heads that stand one to a line: the last ones over a column each, those before over as many as they share."""
    last, before = head[-width:], head[:-width]
    corner = before.pop() if before and (len(before) % 2 == 1 or len(before) == 1) else ""
    rows = [GridRow([_entry(corner, head=True), *(_entry(each, head=True) for each in last)])]
    if before and width % len(before) == 0:
        span = width // len(before)
        upper = (Entry(Inline(joined([each])), columns=span, head=True) for each in before)
        rows.insert(0, GridRow([_entry("", head=True), *upper]))
    return rows


def _words(line: str) -> list[str]:
    """The words of a line as heads of columns: a number and what is in brackets belong to the word before."""
    words: list[str] = []
    for word in line.split():
        if words and (_is_value(word) or word.startswith("(") or words[-1].endswith("@")):
            words[-1] += f" {word}"
        else:
            words.append(word)
    return words


def _fitted(values: list[str], width: int) -> list[str]:
    return values[:width] if len(values) > width else [*[""] * (width - len(values)), *values]


def _entry(text: str, *, head: bool = False) -> Entry:
    return Entry(Inline(joined([text])), head=head)
