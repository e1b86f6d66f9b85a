"""Whose each number of a block is: the names of its rows and columns, with what they are put on top of."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from kg.extraction.tables.achievers import Achiever, Namer, size_joined
from kg.extraction.tables.axes import Axis, Layout, Use
from kg.extraction.tables.grid import Block, Grid, Line
from kg.extraction.tables.heads import Role, key_role, read_head
from kg.extraction.tables.known import Known
from kg.extraction.tables.numbers import Content, content_of
from kg.model import Cell

__all__ = ["BlockNames"]

_MOST_ABOVE = 40  # rows up to which a name that stands once holds for the blank places below it
_MANY = 3


class BlockNames:
    """The names of one block."""

    def __init__(self, grid: Grid, block: Block, layout: Layout, known: Known, namer: Namer) -> None:
        self._grid, self._block, self._layout = grid, block, layout
        self._known, self._namer = known, namer
        self._of_rows = self._own_by_others(self._row_names()) if layout.axis is Axis.ROWS else {}
        self._of_columns = {c: self._column_name(c) for c in layout.columns} if layout.axis is Axis.COLUMNS else {}

    def _own_by_others(self, names: dict[int, Achiever]) -> dict[int, Achiever]:
        """Names with the uncited ones as the paper's own, where it names none of its own and cites many others."""
        cited = {name.name for name in names.values() if name.cited}
        if (
            any(name.own for name in names.values())
            or len(cited) < _MANY
            or len(cited) * 2 < len({n.name for n in names.values()})
        ):
            return names
        return {row: replace(name, own=self._may_be_own(name)) for row, name in names.items()}

    def _may_be_own(self, name: Achiever) -> bool:
        open_to_all = name.cited or name.reference or name.collected or name.plain
        return not open_to_all and not self._known.is_achiever(name.name)

    def at(self, line: Line, column: int) -> Achiever | None:
        """Whose number stands in a row and column."""
        if self._layout.axis is Axis.COLUMNS:
            return self._of_columns[column]
        if self._layout.axis is Axis.NEITHER:
            return Achiever(self._namer.own[0], self._grid.row(line.row)[0], own=True) if self._namer.own else None
        name = self._of_rows.get(line.row)
        return self._with_levels(name, column) if name is not None else None

    def full_name(self, name: Achiever) -> str:
        """A name, with its base where the block has it on several."""
        if name.base is None or len(self._bases.get(name.name, ())) < 2 or name.base in name.name:
            return name.name
        return f"{name.name} ({name.base})"

    @property
    def of_rows(self) -> list[Achiever]:
        """The names of the rows."""
        return list(self._of_rows.values())

    @property
    def are_many(self) -> bool:
        """Whether the rows have names enough to be methods that are compared."""
        return len({name.name for name in self.of_rows}) >= _MANY

    @property
    def nobody_known(self) -> bool:
        """Whether no name of a row is known, cited or the paper's own, and no head says that they are methods.

        Where the methods stand above the columns, no head says it.
        """
        if self._layout.axis is Axis.COLUMNS:
            names = [name for name in self._of_columns.values() if name is not None]
            return not any(name.reference or self._is_somebody(name) for name in names)
        stub = next(stub for stub in self._layout.stubs if stub.use is Use.ACHIEVER)
        if key_role(stub.head) in ("achiever", "base") or any(level.use is Use.BASE for level in self._layout.levels):
            return False
        return not any(map(self._is_somebody, self.of_rows))

    def _is_somebody(self, name: Achiever) -> bool:
        return name.own or name.cited or name.added or self._known.is_achiever(name.name)

    @cached_property
    def _bases(self) -> dict[str, set[str | None]]:
        """What each name is put on top of, in all of the block."""
        found: dict[str, set[str | None]] = {}
        columns = (
            self._layout.columns
            if any(level.use is Use.BASE for level in self._layout.levels)
            else self._layout.columns[:1]
        )
        if self._layout.axis is Axis.COLUMNS:
            columns = self._layout.columns
        for line in self._block.lines if self._layout.axis is Axis.ROWS else self._block.lines[:1]:
            for column in columns:
                if (name := self.at(line, column)) is not None:
                    found.setdefault(name.name, set()).add(name.base)
        return found

    def _row_names(self) -> dict[int, Achiever]:
        """The achiever of each row, with what it is put on top of."""
        stub = next((s for s in self._layout.stubs if s.use is Use.ACHIEVER), None)
        found: dict[int, Achiever] = {}
        above: Achiever | None = None
        base: Achiever | None = None
        panels: tuple[Cell, ...] = ()
        for line in self._block.lines:
            if line.panels != panels:
                panels, above, base = line.panels, None, self._panel_base(line.panels)
            cell = self._grid.at(line.row, stub.column) if stub is not None else None
            name = self._namer.read(cell) if cell is not None else None
            if name is None and cell is not None and cell.cited:
                continue  # named by what it cites alone
            if name is None:
                name = above
            if name is None:
                continue
            below = name.added or (name.cell.indent > 0 and base is not None and base.cell.indent < name.cell.indent)
            if below and base is not None and base is not name:
                name = replace(name, base=base.name)
            elif not name.ablated and name is not above:
                base = name if self._panel_base(panels) is None else base
            above = name
            found[line.row] = self._with_columns(name, line)
        return found

    def _panel_base(self, panels: tuple[Cell, ...]) -> Achiever | None:
        for cell in reversed(panels):
            name = self._namer.read(cell)
            if (
                name is not None
                and self._known.is_model(name.name)
                and not read_head(cell.text, self._known).has(Role.GROUP)
            ):
                return name
        return None

    def _with_columns(self, name: Achiever, line: Line) -> Achiever:
        """A name with the sizes and bases that stand in columns of their own, and its panel's base."""
        for stub in self._layout.stubs:
            text = self._grid.text(line.row, stub.column) if stub.use is Use.SIZE else self._filled(stub.column, line)
            if stub.use is Use.SIZE and text and content_of(text) is not Content.MISSING:
                name = replace(name, name=size_joined(name.name, text))
            elif stub.use is Use.BASE and text and content_of(text) is not Content.MISSING:
                cell = self._grid.at(line.row, stub.column)
                read = self._namer.read(cell) if cell is not None and cell.text.strip() else None
                base = read.name if read is not None else self._above(stub.column, line)
                name = replace(name, base=base) if base else name
        if (
            name.base is None
            and (panel := self._panel_base(line.panels)) is not None
            and not self._known.is_model(name.name)
        ):
            name = replace(name, base=panel.name)
        return name

    def _above(self, column: int, line: Line) -> str | None:
        """The last name of a column above a row."""
        for row in range(line.row, max(self._block.lines[0].row, line.row - _MOST_ABOVE) - 1, -1):
            cell = self._grid.at(row, column)
            if cell is not None and (name := self._namer.read(cell)) is not None:
                return name.name
        return None

    def _filled(self, column: int, line: Line) -> str:
        """What stands in a column of names, that of the row above where it is blank."""
        for row in range(line.row, max(self._block.lines[0].row, line.row - _MOST_ABOVE) - 1, -1):
            if text := self._grid.text(row, column):
                return text
        return ""

    def _column_name(self, column: int) -> Achiever | None:
        """The achiever at the head of a column, with its size and base."""
        name: Achiever | None = None
        base: str | None = None
        size = ""
        for level in self._layout.levels:
            cell = self._grid.at(level.row, column)
            read = self._namer.read(cell) if cell is not None else None
            if cell is None or read is None:
                continue
            if level.use is Use.ACHIEVER:
                name = read
            elif level.use is Use.SIZE:
                size = cell.text.strip()
            elif read.cell is not (name.cell if name else None) and (
                level.use is Use.BASE or read.own or self._known.is_model(read.name)
            ):
                base = read.name
        if name is None:
            return None
        return replace(name, name=size_joined(name.name, size), base=base or name.base)

    def _with_levels(self, name: Achiever, column: int) -> Achiever:
        """A name of a row with what the heads of a column add: a base, or that the paper's own is put on top of it."""
        for level in self._layout.levels:
            if level.use is not Use.BASE:
                continue
            cell = self._grid.at(level.row, column)
            read = self._namer.read(cell) if cell is not None else None
            if read is None:
                continue
            if read.added:
                return replace(name, name=f"{name.name} + {read.name}", base=name.name, own=name.own or read.own)
            if not read.plain:
                name = replace(name, base=read.name)
        return name
