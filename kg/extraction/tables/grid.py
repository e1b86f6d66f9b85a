"""A table as a grid: which cell covers each place, which rows are heads, and which of them hold for which rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.extraction.tables.numbers import Content, content_of
from kg.model import Cell, Table

__all__ = ["Block", "Grid", "Line"]

_MOST_PLACES = 60_000
_MOST_COLUMNS = 300
_MOST_HEAD_ROWS = 6
_MOST_TEXT = 400  # characters of a cell that can be a head


class Grid:
    """The places of a table by row and column, each with the cell that covers it."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.height = max((cell.row + max(cell.rows, 1) for cell in table.cells), default=0)
        self.width = max((cell.column + max(cell.columns, 1) for cell in table.cells), default=0)
        self.readable = (
            self.height >= 2 and 2 <= self.width <= _MOST_COLUMNS and self.height * self.width <= _MOST_PLACES
        )
        self._rows: list[list[Cell | None]] = [[None] * self.width for _ in range(self.height)] if self.readable else []
        if self.readable:
            for cell in table.cells:
                self._cover(cell)

    def _cover(self, cell: Cell) -> None:
        for row in range(cell.row, min(cell.row + max(cell.rows, 1), self.height)):
            for column in range(cell.column, min(cell.column + max(cell.columns, 1), self.width)):
                if self._rows[row][column] is None or self._rows[row][column].text == "":  # type: ignore[union-attr]
                    self._rows[row][column] = cell

    def at(self, row: int, column: int) -> Cell | None:
        """The cell that covers a place; None where there is none."""
        return self._rows[row][column]

    def text(self, row: int, column: int) -> str:
        """What stands at a place."""
        cell = self._rows[row][column]
        return cell.text.strip() if cell is not None else ""

    def row(self, row: int) -> list[Cell]:
        """The cells that cover a row, each once, without the empty ones."""
        seen: list[Cell] = []
        for cell in self._rows[row]:
            if cell is not None and cell.text.strip() and (not seen or seen[-1] is not cell):
                seen.append(cell)
        return seen

    def column_contents(self, column: int, rows: range) -> list[Content]:
        """What kinds of things a column holds in some rows, empty places left out."""
        found = (content_of(self.text(row, column)) for row in rows)
        return [content for content in found if content is not Content.EMPTY]


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a body, with the panel heads above it that hold for it, the outermost first."""

    row: int
    panels: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """Rows of one table that share their column heads."""

    heads: tuple[int, ...]
    lines: tuple[Line, ...]

    @property
    def rows(self) -> range:
        """All rows from the first line to the last."""
        return range(self.lines[0].row, self.lines[-1].row + 1) if self.lines else range(0)


def blocks_of(grid: Grid) -> Iterator[Block]:
    """The blocks of a table: one as a rule; more where other heads follow further down."""
    heads = _first_heads(grid)
    lines: list[Line] = []
    panels: tuple[Cell, ...] = ()
    row = heads[-1] + 1 if heads else 0
    while row < grid.height:
        if (panel := _panel(grid, row)) is not None:
            panels = _under(panels, panel, lines, row)
        elif lines and (again := _heads_again(grid, row, heads)):
            yield Block(tuple(heads), tuple(lines))
            heads, lines, panels, row = again, [], (), again[-1]
        elif grid.row(row):
            lines.append(Line(row, panels))
        row += 1
    if lines:
        yield Block(tuple(heads), tuple(lines))


def _under(panels: tuple[Cell, ...], panel: Cell, lines: list[Line], row: int) -> tuple[Cell, ...]:
    """The panel heads from a new one on: one right below another is part of it, else it takes its place."""
    follows = bool(panels) and panels[-1].row == row - 1 and (not lines or lines[-1].row < panels[-1].row)
    return (*panels, panel) if follows and len(panels) < 2 else (panel,)


def _first_heads(grid: Grid) -> list[int]:
    """The rows at the top that are column heads."""
    marked = _marked_heads(grid)
    if marked:
        return marked
    limit = min(_MOST_HEAD_ROWS, grid.height - 1)
    ruled = _ruled_heads(grid, limit)
    start = ruled[-1] + 1 if ruled else 0
    heads = list(ruled)
    for row in range(start, limit):
        if not _is_head(grid, row, first=not heads) or (ruled and not _goes_on(grid, row)):
            break
        heads.append(row)
    return heads


def _marked_heads(grid: Grid) -> list[int]:
    """The rows that the document marks as heads beyond their first cell."""
    heads: list[int] = []
    for row in range(min(_MOST_HEAD_ROWS, grid.height - 1)):
        cells = [cell for cell in grid.row(row) if cell.column > 0]
        marked = sum(cell.head for cell in cells)
        if not cells or marked * 2 <= len(cells):
            if not cells and heads:
                heads.append(row)
                continue
            break
        heads.append(row)
    return [row for row in heads if row <= max((r for r in heads if grid.row(r)), default=-1)]


def _ruled_heads(grid: Grid, limit: int) -> list[int]:
    """The rows above the first line within the table, where they are no rows of results."""
    for first in sorted(grid.table.rules):
        rows = [row for row in range(min(first, grid.height)) if grid.row(row)]
        if not rows or all(_panel(grid, row) for row in rows):
            continue  # the line above, or a title within the table
        return rows if first <= limit and not any(_has_results(grid, row) for row in rows) else []
    return []


def _has_results(grid: Grid, row: int) -> bool:
    """Whether numbers with decimals, or mostly numbers, stand behind the first place of a row."""
    contents = [(content_of(cell.text), cell.text) for cell in grid.row(row) if cell.column > 0]
    numbers = [text for content, text in contents if content is Content.NUMBERS]
    decimal = sum("." in text for text in numbers)
    return decimal * 2 > len(contents) or (bool(numbers) and decimal > 0 and len(numbers) == len(contents))


def _is_head(grid: Grid, row: int, *, first: bool) -> bool:
    """Whether a row that no line sets apart reads as column heads."""
    cells = [cell for cell in grid.row(row) if cell.column > 0]
    if not cells:
        return first and not _panel(grid, row)
    if any(len(cell.text) > _MOST_TEXT for cell in cells):
        return False
    contents = [content_of(cell.text) for cell in cells]
    words = contents.count(Content.WORDS)
    results = contents.count(Content.NUMBERS) + contents.count(Content.MISSING)
    if first:
        return words > 0 and words >= results
    return words > 0 and results == 0 and contents.count(Content.QUANTITY) == 0 and not _panel(grid, row)


def _goes_on(grid: Grid, row: int) -> bool:
    """Whether a row below a line goes on with the heads above it: its first place is empty or covered from above."""
    cell = grid.at(row, 0)
    return cell is None or not cell.text.strip() or cell.row < row


def _panel(grid: Grid, row: int) -> Cell | None:
    """The cell of a row that holds nothing but one heading."""
    cells = grid.row(row)
    cells = [cell for cell in cells if cell.row == row]
    if len(cells) != 1 or len(grid.row(row)) != 1:
        return None
    (cell,) = cells
    if content_of(cell.text) is not Content.WORDS or len(cell.text) > _MOST_TEXT:
        return None
    wide = cell.columns * 2 >= grid.width or cell.column <= 1
    return cell if wide and cell.rows == 1 else None


def _heads_again(grid: Grid, row: int, heads: list[int]) -> list[int]:
    """The rows from here on that are column heads once more; none if the row is one of results."""
    if not heads or not _repeats(grid, row, heads):
        return []
    found = [row]
    for below in range(row + 1, min(row + _MOST_HEAD_ROWS, grid.height - 1)):
        if not (_is_head(grid, below, first=False) and _goes_on(grid, below)):
            break
        found.append(below)
    return found


def _repeats(grid: Grid, row: int, heads: list[int]) -> bool:
    """Whether a row below results reads as heads: words in most columns, apart by a line or the first head's word."""
    cells = [cell for cell in grid.row(row) if cell.column > 0]
    words = sum(content_of(cell.text) is Content.WORDS for cell in cells)
    if len(cells) < 2 or words < len(cells):
        return False
    covered = sum(min(cell.columns, grid.width) for cell in cells)
    if covered * 2 < grid.width - 1:
        return False
    same = any(grid.text(row, 0) and grid.text(row, 0).casefold() == grid.text(head, 0).casefold() for head in heads)
    marked = all(cell.head for cell in cells)
    return same or marked or (row in grid.table.rules and not grid.text(row, 0))
