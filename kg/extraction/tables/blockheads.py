"""What the heads of a block say of each of its numbers: panels, columns of names, rows of heads."""

from __future__ import annotations

from functools import cached_property

from kg.extraction.tables.axes import Axis, Layout, Use
from kg.extraction.tables.cellheads import as_column_says, as_measure, setting_head, with_asides, without_names
from kg.extraction.tables.context import Context
from kg.extraction.tables.grid import Block, Grid, Line
from kg.extraction.tables.heads import Head, Role, read_head
from kg.extraction.tables.known import Known
from kg.extraction.tables.numbers import Content, content_of
from kg.extraction.tables.slots import Facts, Item, umbrella_of
from kg.model import Cell

__all__ = ["BlockHeads"]

_FEW = 4  # one of so many heads that is known data makes the others data, too
_SHORT = 5  # letters of a short form
_MOST_ABOVE = 40  # rows up to which a head that stands once holds for the blank places below it


class BlockHeads:
    """The heads of one block."""

    def __init__(self, grid: Grid, block: Block, layout: Layout, known: Known) -> None:
        self._grid, self._block, self._layout, self._known = grid, block, layout, known

    def facts(self, context: Context) -> Facts:
        """What holds for the whole block."""
        umbrella, several = umbrella_of(context)
        known: dict[str, set[str]] = {}
        named: dict[str, set[str]] = {}
        names = 0
        items = [item for column in self._layout.columns for item in self.of_column(column)]
        items += [item for line in self._block.lines for item in self.of_row(line)]
        for item in items:
            named.setdefault(item.level, set()).add(item.head.text)
            if item.head.has(Role.ON):
                known.setdefault(item.level, set()).add(item.head.text)
            names += item.head.has(Role.NAME, Role.SPLIT, Role.GROUP)
        levels = {level for level, found in known.items() if len(found) * _FEW >= len(named[level])}
        sliced = not levels and names > 0
        measured = any(item.head.has(Role.METRIC) or item.head.metrics for item in items) or any(
            s.metrics or s.scoped for s in context
        )
        return Facts(self._known, frozenset(levels), umbrella, sliced, several, measured)

    def of_row(self, line: Line) -> list[Item]:
        """What panels and columns of names say of the numbers of a row."""
        items = [Item(read_head(cell.text, self._known), cell, "panel") for cell in line.panels]
        items = [
            item
            for item in items
            if item.head.has(Role.ON, Role.METRIC, Role.SPLIT, Role.SETTING) or self._layout.axis is Axis.COLUMNS
        ]
        for stub in self._layout.stubs:
            if stub.use in (Use.DATA, Use.SETTING):
                cell = self._filled_cell(stub.column, line, blank_is_blank=stub.use is Use.SETTING)
                if cell is not None:
                    items.append(Item(self._stub_head(cell, stub.use, stub.head), cell, f"stub{stub.column}"))
        return [without_names(item) for item in items] if self._layout.axis is Axis.ROWS else items

    def _filled_cell(self, column: int, line: Line, *, blank_is_blank: bool) -> Cell | None:
        first = line.row if blank_is_blank else max(self._block.lines[0].row, line.row - _MOST_ABOVE)
        for row in range(line.row, first - 1, -1):
            cell = self._grid.at(row, column)
            if cell is not None and cell.text.strip() and content_of(cell.text) is not Content.MISSING:
                return cell
            if self._begins(row, column):
                return None
        return None

    def _begins(self, row: int, column: int) -> bool:
        """Whether a row begins something in a column of names to the left, so that a blank place is no repetition."""
        left = (self._grid.at(row, stub.column) for stub in self._layout.stubs if stub.column < column)
        return any(cell is not None and cell.row == row and cell.text.strip() for cell in left)

    def _stub_head(self, cell: Cell, use: Use, column_head: str) -> Head:
        """What a name of a column of settings or data says, in view of the head of its column."""
        if use is Use.SETTING:
            return setting_head(cell, column_head)
        return as_column_says(with_asides(cell, self._known), cell, column_head)

    def of_column(self, column: int) -> list[Item]:
        """What the heads of a column say of its numbers, the outermost first."""
        items: list[Item] = []
        for level in self._layout.levels:
            cell = self._grid.at(level.row, column)
            if cell is None or not cell.text.strip() or level.use is not Use.DATA or (items and items[-1].cell is cell):
                continue
            head = with_asides(cell, self._known)
            if level.row in self._measured:
                head = as_measure(head)
            items.append(Item(head, cell, f"level{level.row}"))
        return [without_names(item) for item in items] if self._layout.axis is Axis.COLUMNS else items

    @cached_property
    def _measured(self) -> frozenset[int]:
        """The rows of heads that are measures, known or not: those that name some, and no data."""
        found = set()
        for level in self._layout.levels[-1:]:
            cells = {id(cell): cell for c in self._layout.columns if (cell := self._grid.at(level.row, c)) is not None}
            heads = [
                with_asides(cell, self._known) for cell in cells.values() if cell.text.strip() and cell.row == level.row
            ]
            measures = sum(head.has(Role.METRIC) for head in heads)
            others = sum(head.has(Role.ON, Role.SPLIT, Role.SETTING) for head in heads)
            unknown = [head for head in heads if head.has(Role.NAME, Role.GROUP)]
            short = all(head.text.isupper() and len(head.text) <= _SHORT for head in unknown)
            if measures and not others and (measures >= len(unknown) or short):
                found.add(level.row)
        return frozenset(found)
