"""Tables of PDF: lines that gaps part into cells, and columns where cells of several lines stand one below another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from kg.sources.fulltext.grids import Entry, Grid, GridRow, lay_out
from kg.sources.fulltext.inline import Inline, joined
from kg.sources.fulltext.pdf_lines import PdfLine, Word, text_of

__all__ = ["grid_of", "is_row", "rows_after", "rows_before"]

_GAP = 0.75  # of the size of letters: a wider one parts cells; blanks of justified text stay below
_SMALLER = 0.82  # of the size of a cell's letters: what is raised or lowered
_GAP_OF_NUMBERS = 0.3
_NUMBER = re.compile(r"[(\[]?[+\-\u2212~<>±]?\d[\d,.]*[%kMB]?(?:±[\d.]+)?[)\]]?[*†‡]?\Z|[-\u2013\u2014]\Z|✓\Z|✗\Z|×\Z")
_MOST_LONE = 2  # lines of one cell between rows: names of panels, heads that stand alone
_SHORT = 0.2  # of such a line: a word or two of heads that are set in several lines
_RISE = 1.6  # of the size of letters: as far up as the next line of a table may stand in such heads
_MOST_ROWS = 200


def is_row(line: PdfLine) -> bool:
    """Whether a line looks like a row of a table: of several cells, or mostly of numbers."""
    cells = _cells(line)
    numbers = sum(_NUMBER.match(word.text) is not None for word in line.words)
    return len(cells) >= 3 or (len(cells) == 2 and numbers >= 1) or (numbers >= 3 and numbers * 2 >= len(line.words))


def rows_after(lines: Sequence[PdfLine], place: int, size: float) -> range:
    """Which lines from a place on are rows of one table."""
    end, lone, last = place, 0.0, place
    while last < len(lines) and last - place < _MOST_ROWS and lines[last].page == lines[place].page:
        if last > place and (
            _is_far(lines[last - 1], lines[last], size) or lines[last].bottom > lines[last - 1].bottom + size
        ):
            break
        if is_row(lines[last]):
            end, lone = last + 1, 0.0
        else:
            lone += 1 if len(lines[last].words) > 2 else _SHORT
            if lone > _MOST_LONE or _is_text(lines[last], size):
                break
        last += 1
    return range(place, end)


def rows_before(lines: Sequence[PdfLine], place: int, size: float) -> range:
    """Which lines up to a place are rows of one table."""
    begin, lone, first = place, 0.0, place - 1
    while first >= 0 and place - first < _MOST_ROWS and lines[first].page == lines[place].page:
        below = lines[first + 1]
        if _is_far(lines[first], below, size) or below.bottom > lines[first].bottom + _RISE * size:
            break
        if is_row(lines[first]):
            begin, lone = first, 0.0
        else:
            lone += 1 if len(lines[first].words) > 2 else _SHORT
            if lone > _MOST_LONE or _is_text(lines[first], size):
                break
        first -= 1
    return range(begin, place)


def grid_of(lines: Sequence[PdfLine]) -> Grid:
    """The table that lines are rows of."""
    rows = [_cells(line) for line in _levelled(lines)]
    columns = _columns(rows)
    parted = ([piece for cell in row for piece in _by_columns(cell, columns)] for row in rows)
    return lay_out(GridRow([_entry(cell, columns) for cell in row]) for row in parted)


def _levelled(lines: Sequence[PdfLine]) -> list[PdfLine]:
    """Lines that stand at one height as one line, from the top down."""
    levels: list[PdfLine] = []
    for line in sorted(lines, key=lambda each: -each.bottom):
        if levels and levels[-1].bottom - line.bottom < 0.35 * line.size:
            levels[-1] = PdfLine(line.page, sorted([*levels[-1].words, *line.words], key=lambda word: word.left))
        else:
            levels.append(line)
    return levels


def _is_far(above: PdfLine, below: PdfLine, size: float) -> bool:
    return above.bottom - below.bottom > 5 * size


def _is_text(line: PdfLine, size: float) -> bool:
    """Whether a line is one of running text."""
    return len(line.words) > 8 and line.right - line.left > 18 * size


def _cells(line: PdfLine) -> list[list[Word]]:
    cells: list[list[Word]] = [[line.words[0]]]
    for last, word in pairwise(line.words):
        numbers = _NUMBER.match(last.text) is not None and _NUMBER.match(word.text) is not None
        if word.left - last.right > (_GAP_OF_NUMBERS if numbers else _GAP) * min(line.size, max(last.size, word.size)):
            cells.append([word])
        else:
            cells[-1].append(word)
    return cells


def _columns(rows: Sequence[list[list[Word]]]) -> list[tuple[float, float]]:
    """Where columns stand: what cells of the fullest rows have in common, from left to right."""
    most = max(map(len, rows))
    full = [row for row in rows if len(row) >= 0.7 * most]
    spans = sorted((cell[0].left, cell[-1].right) for row in full for cell in row)
    columns: list[tuple[float, float]] = []
    for left, right in spans:
        if columns and left < columns[-1][1] - 0.5:
            columns[-1] = columns[-1][0], max(columns[-1][1], right)
        else:
            columns.append((left, right))
    return columns


def _by_columns(cell: list[Word], columns: Sequence[tuple[float, float]]) -> list[list[Word]]:
    """A cell as one for each column that it reaches over, if there is a word of its own for each: heads set closely."""
    over = [place for place, (begin, end) in enumerate(columns) if begin < cell[-1].right and cell[0].left < end]
    if len(over) < 2 or len(cell) < len(over):
        return [cell]
    pieces: dict[int, list[Word]] = {place: [] for place in over}
    for word in cell:
        middle = (word.left + word.right) / 2
        pieces[min(over, key=lambda place: _distance(columns[place], middle))].append(word)
    return list(pieces.values()) if all(pieces.values()) else [cell]


def _distance(column: tuple[float, float], place: float) -> float:
    return max(column[0] - place, place - column[1], 0.0)


def _entry(cell: list[Word], columns: Sequence[tuple[float, float]]) -> Entry:
    left, right = cell[0].left, cell[-1].right
    over = [place for place, (begin, end) in enumerate(columns) if begin < right and left < end]
    if not over:
        over = [min(range(len(columns)), key=lambda place: abs(columns[place][0] - left))]
    text, asides = _read(cell)
    inline = Inline(joined([text]), asides, bold=cell[0].bold)
    return Entry(inline, columns=over[-1] - over[0] + 1, column=over[0])


def _read(cell: list[Word]) -> tuple[str, tuple[str, ...]]:
    """The words of a cell on its line, and those that are set smaller and follow them."""
    first = max(cell, key=lambda word: word.size)
    beside = [
        word.size <= _SMALLER * first.size and abs(word.bottom - first.bottom) > 0.1 * first.size for word in cell
    ]
    line = [word for word, small in zip(cell, beside, strict=True) if not small]
    return text_of(line), tuple(word.text for word, small in zip(cell, beside, strict=True) if small)
