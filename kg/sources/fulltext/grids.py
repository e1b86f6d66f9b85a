"""Rows of cells that span several, laid out in rows and columns.

A hostile document says that a cell spans a billion columns: a grid has bounds, and says what it left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from kg.model.fulltext import Cell
from kg.sources.fulltext.inline import Inline

__all__ = ["MOST_CELLS", "MOST_COLUMNS", "MOST_ROWS", "Entry", "Grid", "GridRow", "lay_out"]

MOST_COLUMNS = 400
MOST_ROWS = 5_000
MOST_CELLS = 50_000
"""Of a table; real ones stay well below."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A cell as it stands in its row; ``above`` and ``below`` where a line is drawn there.

    ``column`` is the place that the document gives it, where it does.
    """

    inline: Inline
    rows: int = 1
    columns: int = 1
    head: bool = False
    above: bool = False
    below: bool = False
    source: str = ""
    column: int | None = None


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row; ``ruled`` where a line is drawn across all columns before it."""

    entries: list[Entry] = field(default_factory=list)
    ruled: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells by row and column, the rows before which a line is drawn, what stood in footnotes, what was left out."""

    cells: tuple[Cell, ...]
    rules: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()
    problem: str | None = None


def lay_out(rows: Iterable[GridRow]) -> Grid:
    """Each cell at its place: behind those of its row and below those that reach down into it.

    >>> two = Inline("both")
    >>> grid = lay_out([GridRow([Entry(Inline("a"), rows=2), Entry(two)]), GridRow([Entry(Inline("b"))])])
    >>> [(cell.row, cell.column, cell.text) for cell in grid.cells]
    [(0, 0, 'a'), (0, 1, 'both'), (1, 1, 'b')]
    """
    taken: list[int] = []  # for each column the row from which on it is free
    cells: list[Cell] = []
    notes: list[str] = []
    lines: list[_Lines] = []
    number = size = 0
    problem: str | None = None
    for row in rows:
        if not row.entries and not row.ruled:
            continue
        if number >= MOST_ROWS or size >= MOST_CELLS:
            problem = f"rows from {number + 1:,} on"
            break
        line = _Lines(row.ruled)
        if not row.entries:  # a line, and no row
            lines.append(line)
            continue
        column = 0
        for entry in row.entries:
            column = _free(taken, number, column if entry.column is None else max(column, entry.column))
            if column >= MOST_COLUMNS:
                problem = problem or f"columns from {MOST_COLUMNS + 1} on"
                break
            columns = max(1, min(entry.columns, MOST_COLUMNS - column))
            rows_ = max(1, min(entry.rows, MOST_ROWS - number))
            taken.extend([0] * (column + columns - len(taken)))
            taken[column : column + columns] = [number + rows_] * columns
            cells.append(_cell(entry, number, column, rows_, columns))
            notes.extend(entry.inline.notes)
            line.add(entry, columns)
            column += columns
            size += columns
        lines.append(line)
        line.is_row = True
        number += 1
    cells = [cell if cell.row + cell.rows <= number else _shortened(cell, number) for cell in cells]
    return Grid(tuple(cells), _rules(lines, len(taken)), tuple(notes), problem)


@dataclass(slots=True)
class _Lines:
    """How much of a row has lines above and below it."""

    ruled: bool
    is_row: bool = False
    above: int = 0
    below: int = 0

    def add(self, entry: Entry, columns: int) -> None:
        self.above += columns * entry.above
        self.below += columns * (entry.below and entry.rows == 1)


def _rules(lines: list[_Lines], width: int) -> tuple[int, ...]:
    rules: set[int] = set()
    number = 0
    for line in lines:
        if line.ruled or (width and line.above >= width):
            rules.add(number)
        number += line.is_row
        if width and line.below >= width:
            rules.add(number)
    return tuple(sorted(rules))


def _free(taken: list[int], row: int, column: int) -> int:
    """The first column from this one on that no cell from above reaches into."""
    while column < len(taken) and taken[column] > row:
        column += 1
    return column


def _cell(entry: Entry, row: int, column: int, rows: int, columns: int) -> Cell:
    inline = entry.inline
    return Cell(
        row,
        column,
        inline.text,
        rows,
        columns,
        source=entry.source if entry.source != inline.text else "",
        head=entry.head,
        bold=inline.bold,
        cited=inline.cited,
        indent=inline.indent,
        asides=inline.asides,
    )


def _shortened(cell: Cell, rows: int) -> Cell:
    """A cell that ends where the table does."""
    return replace(cell, rows=rows - cell.row)
