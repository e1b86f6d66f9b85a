"""The results of one block of a table: each number with the name of its row or column, and what it was measured on and in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from kg.extraction.tables.achievers import Achiever, Namer, size_joined
from kg.extraction.tables.axes import Axis, Layout, Use, lay_out
from kg.extraction.tables.confidence import confidence_of
from kg.extraction.tables.context import Context
from kg.extraction.tables.grid import Block, Grid, Line
from kg.extraction.tables.heads import Head, Role, Said, key_role, read_head
from kg.extraction.tables.kinds import mostly_ablated
from kg.extraction.tables.known import Known
from kg.extraction.tables.metrics import Metric
from kg.extraction.tables.numbers import Content, Measured, content_of, measured_in
from kg.extraction.tables.rows import NamedIn, Part, TableRow
from kg.extraction.tables.slots import (
    Facts,
    Item,
    Measure,
    Slots,
    data_of,
    is_no_result,
    measure_of,
    percent_said,
    said_setting,
    umbrella_of,
)
from kg.extraction.tables.words import is_one_of
from kg.model import Cell, Table

__all__ = ["BlockReader"]

_MOST_SIGNS = 1  # columns of check marks from which a table without names is an ablation


class BlockReader:
    """Reads one block: the layout is decided first, then each number by itself."""

    def __init__(self, grid: Grid, table: Table, block: Block, context: Context, known: Known, namer: Namer) -> None:
        self._grid, self._table, self._block = grid, table, block
        self._context, self._known, self._namer = context, known, namer
        self._layout: Layout = lay_out(grid, block, known, namer)
        self._names = self._row_names() if self._layout.axis is Axis.ROWS else {}
        self._facts = self._found_facts()

    # --- names of rows -------------------------------------------------------------------------------------------

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
        for row in range(line.row, self._block.lines[0].row - 1, -1):
            cell = self._grid.at(row, column)
            if cell is not None and (name := self._namer.read(cell)) is not None:
                return name.name
        return None

    def _filled(self, column: int, line: Line) -> str:
        """What stands in a column of names, that of the row above where it is blank."""
        for row in range(line.row, max(self._block.lines[0].row, line.row - 40) - 1, -1):
            if text := self._grid.text(row, column):
                return text
        return ""

    # --- what is said of a number --------------------------------------------------------------------------------

    def _row_items(self, line: Line) -> list[Item]:
        """What panels and columns of names say of the numbers of a row."""
        items = [Item(read_head(cell.text, self._known), cell, "panel") for cell in line.panels]
        items = [
            item
            for item in items
            if item.head.has(Role.ON, Role.METRIC, Role.SPLIT, Role.SETTING) or self._panels_are_data()
        ]
        for stub in self._layout.stubs:
            if stub.use in (Use.DATA, Use.SETTING):
                cell = self._filled_cell(stub.column, line, blank_is_blank=stub.use is Use.SETTING)
                if cell is not None:
                    items.append(Item(self._stub_head(cell, stub.use, stub.head), cell, f"stub{stub.column}"))
        return [_without_names(item) for item in items] if self._layout.axis is Axis.ROWS else items

    def _panels_are_data(self) -> bool:
        return self._layout.axis is Axis.COLUMNS

    def _filled_cell(self, column: int, line: Line, *, blank_is_blank: bool) -> Cell | None:
        first = line.row if blank_is_blank else max(self._block.lines[0].row, line.row - 40)
        for row in range(line.row, first - 1, -1):
            cell = self._grid.at(row, column)
            if cell is not None and cell.text.strip() and content_of(cell.text) is not Content.MISSING:
                return cell
        return None

    def _stub_head(self, cell: Cell, use: Use, column_head: str) -> Head:
        """What a name of a column of settings or data says, in view of the head of its column."""
        if use is Use.SETTING:
            text = cell.text.strip()
            named = text if not text.replace(".", "").isdigit() else f"{column_head}={text}"
            return Head(text, (Said(Role.SETTING, named),))
        return self._as_column_says(_with_asides(cell, self._known), cell, column_head)

    def _as_column_says(self, head: Head, cell: Cell, column_head: str) -> Head:
        """A head read as the head of its column says: a measure, or data."""
        role = key_role(column_head)
        wanted = {"metric": Role.METRIC, "on": Role.ON, "split": Role.SPLIT}.get(role or "")
        if wanted is None or head.has(wanted) or head.metrics:
            return head
        if wanted is Role.ON and head.has(Role.METRIC, Role.AVERAGE, Role.NOTHING):
            return head
        if wanted is Role.METRIC and head.has(Role.ON, Role.NOTHING):
            return head
        if wanted is Role.SPLIT and head.has(Role.ON, Role.AVERAGE, Role.NOTHING):
            return head
        first = head.first(Role.NAME) or head.first(Role.ACHIEVER) or head.first(Role.GROUP)
        name = first.name if first is not None else cell.text.strip()
        name = (
            name + "".join(f"_{aside.strip()}" for aside in cell.asides if aside.strip().isalnum())
            if wanted is Role.METRIC
            else name
        )
        rest = tuple(part for part in head.parts if part is not first)
        return replace(head, parts=(Said(wanted, name), *rest))

    def _column_items(self, column: int) -> list[Item]:
        """What the heads of a column say of its numbers, the outermost first."""
        items: list[Item] = []
        for level in self._layout.levels:
            cell = self._grid.at(level.row, column)
            if cell is None or not cell.text.strip() or level.use is not Use.DATA or (items and items[-1].cell is cell):
                continue
            head = _with_asides(cell, self._known)
            if level.row in self._measured:
                head = _as_measure(head)
            items.append(Item(head, cell, f"level{level.row}"))
        return [_without_names(item) for item in items] if self._layout.axis is Axis.COLUMNS else items

    @cached_property
    def _measured(self) -> frozenset[int]:
        """The rows of heads that are measures, known or not: those that name some, and no data."""
        found = set()
        for level in self._layout.levels:
            cells = {id(cell): cell for c in self._layout.columns if (cell := self._grid.at(level.row, c)) is not None}
            heads = [
                _with_asides(cell, self._known)
                for cell in cells.values()
                if cell.text.strip() and cell.row == level.row
            ]
            measures = sum(head.has(Role.METRIC) for head in heads)
            others = sum(head.has(Role.ON, Role.SPLIT, Role.SETTING) for head in heads)
            if measures and not others and measures >= sum(head.has(Role.NAME, Role.GROUP) for head in heads):
                found.add(level.row)
        return frozenset(found)

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
            elif read.cell is not (name.cell if name else None) and (level.use is Use.BASE or read.own or self._known.is_model(read.name)):
                base = read.name
        if name is None:
            return None
        return replace(name, name=size_joined(name.name, size), base=base or name.base)

    def _found_facts(self) -> Facts:
        """What holds for the whole block."""
        umbrella, several = umbrella_of(self._context)
        levels: set[str] = set()
        names = 0
        items = [item for column in self._layout.columns for item in self._column_items(column)]
        items += [item for line in self._block.lines for item in self._row_items(line)]
        for item in items:
            if item.head.has(Role.ON):
                levels.add(item.level)
            names += item.head.has(Role.NAME, Role.SPLIT)
        sliced = not levels and names > 0
        measured = any(item.head.has(Role.METRIC) or item.head.metrics for item in items) or any(s.metrics or s.scoped for s in self._context)
        return Facts(self._known, frozenset(levels), umbrella, sliced, several, measured)

    # --- numbers -------------------------------------------------------------------------------------------------

    def rows(self) -> Iterator[TableRow]:
        """The results of the block."""
        if self._holds_nothing():
            return
        columns = {column: (self._column_items(column), self._column_name(column)) for column in self._layout.columns}
        for line in self._block.lines:
            row_items = self._row_items(line)
            for column, (items, column_name) in columns.items():
                cell = self._grid.at(line.row, column)
                if cell is None or cell.row != line.row or content_of(cell.text) is not Content.NUMBERS:
                    continue
                of = self._achiever(line, column, column_name)
                if of is not None and not of.ablated and not of.collected and not of.nothing:
                    yield from self._of_cell(cell, line, of, [*row_items, *items])

    def _holds_nothing(self) -> bool:
        layout, facts = self._layout, self._facts
        if not facts.measured and not facts.levels_of_data and facts.umbrella is None:
            return True
        if not layout.columns or (layout.axis is Axis.NEITHER and not self._namer.own):
            return True
        if layout.axis is Axis.ROWS and self._nobody_known():
            return True
        if layout.axis is Axis.ROWS and (
            mostly_ablated(list(self._names.values())) or (layout.signs > _MOST_SIGNS and not self._many_names())
        ):
            return True
        return layout.axis is Axis.NEITHER and not any(
            item.head.has(Role.METRIC) for column in layout.columns for item in self._column_items(column)
        )

    def _nobody_known(self) -> bool:
        """Whether no name of a row is known, cited or the paper's own, and no head says that they are methods."""
        stub = next(stub for stub in self._layout.stubs if stub.use is Use.ACHIEVER)
        if key_role(stub.head) in ("achiever", "base"):
            return False
        return not any(n.own or n.cited or n.added or self._known.is_achiever(n.name) for n in self._names.values())

    def _many_names(self) -> bool:
        return len({name.name for name in self._names.values()}) >= 3

    def _achiever(self, line: Line, column: int, column_name: Achiever | None) -> Achiever | None:
        """Whose number stands in a row and column."""
        layout = self._layout
        if layout.axis is Axis.COLUMNS:
            return column_name
        if layout.axis is Axis.NEITHER:
            return Achiever(self._namer.own[0], self._grid.row(line.row)[0], own=True)
        name = self._names.get(line.row)
        if name is None:
            return None
        for level in layout.levels:
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

    def _of_cell(self, cell: Cell, line: Line, of: Achiever, items: list[Item]) -> Iterator[TableRow]:
        if is_no_result(items):
            return
        measured = measured_in(cell)
        if any(number.signed for number in measured):
            return
        slots = data_of(items, self._facts)
        if slots is None:
            return
        several = next((item.head for item in reversed(items) if item.head.metrics or item.head.splits), None)
        for at, number in enumerate(measured):
            metric = self._metric_at(at, len(measured), several, items, slots, line)
            if metric is None and len(measured) > 1 and several is None:
                return
            split = several.splits[at] if several is not None and len(several.splits) == len(measured) else slots.split
            yield self._row(cell, line, of, items, number, replace(slots, split=split), metric)
            if (
                len(measured) > 1
                and several is not None
                and not (len(several.metrics) == len(measured) or len(several.splits) == len(measured))
            ):
                return

    def _metric_at(
        self, at: int, count: int, several: Head | None, items: list[Item], slots: Slots, line: Line
    ) -> Measure | None:
        """The measure of the number ``at`` of a cell that holds ``count``."""
        if count > 1 and several is not None and len(several.metrics) == count:
            item = next(item for item in items if item.head is several)
            return _measure(several.metrics[at], Part(several.metrics[at].name, NamedIn.CELL, item.cell))
        if count > 1 and several is None:
            told = next((source for source in self._context if len(source.metrics) == count), None)
            return _measure(told.metrics[at], Part(told.metrics[at].name, told.where)) if told is not None else None
        panels = [cell.text.strip() for cell in line.panels]
        return measure_of(items, replace(slots, names=(*slots.names, *panels)), self._context, self._layout.corner)

    def _row(
        self,
        cell: Cell,
        line: Line,
        of: Achiever,
        items: list[Item],
        number: Measured,
        slots: Slots,
        metric: Measure | None,
    ) -> TableRow:
        metric = _of_average(metric, slots)
        percent = number.percent or (
            percent_said(items, self._context.sources[:2]) and (metric is None or 1 < abs(number.number) <= 100)
        )
        settings = [part for part in (said_setting(items), of.setting) if part]
        bases = self._bases_of(of.name)
        name = f"{of.name} ({of.base})" if of.base and len(bases) > 1 and of.base not in of.name else of.name
        return TableRow(
            of=Part(name, NamedIn.CELL, of.cell) if self._layout.axis is not Axis.NEITHER else Part(name, NamedIn.TITLE),
            on=slots.on, metric=metric.part if metric else None, value=number.value, number=number.number, place=0, cell=cell,
            row=_joined(self._grid, line, self._layout), column=_column_text(items, cell), base=of.base,
            own=of.own if self._namer.own or of.own else None, cited=of.cited, suite=slots.suite, split=slots.split,
            setting=" ".join(settings) or None, std=number.std, unit="%" if percent else None,
            better=metric.better if metric else None, reference=of.reference,
            confidence=confidence_of(of, slots, metric, self._layout.axis, self._table.guessed),
        )  # fmt: skip

    def _bases_of(self, name: str) -> set[str | None]:
        return self._bases.setdefault(name, {each.base for each in self._all_names() if each.name == name})

    @property
    def _bases(self) -> dict[str, set[str | None]]:
        if not hasattr(self, "_bases_found"):
            self._bases_found: dict[str, set[str | None]] = {}
        return self._bases_found

    def _all_names(self) -> list[Achiever]:
        if self._layout.axis is Axis.COLUMNS:
            return [name for column in self._layout.columns if (name := self._column_name(column)) is not None]
        if any(level.use is Use.BASE for level in self._layout.levels):
            first = self._layout.columns
            return [n for line in self._block.lines for c in first if (n := self._achiever(line, c, None)) is not None]
        return list(self._names.values())


def _without_names(item: Item) -> Item:
    """A head without names that nobody knows: beside the names of methods they put these in groups."""
    kept = tuple(part for part in item.head.parts if part.role not in (Role.NAME, Role.GROUP, Role.ACHIEVER))
    return replace(item, head=replace(item.head, parts=kept))


def _measure(metric: Metric, part: Part) -> Measure:
    return Measure(part, metric.better, 0.9)


def _of_average(metric: Measure | None, slots: Slots) -> Measure | None:
    """The measure of the average over a suite of several measures: the average itself."""
    if (
        slots.average
        and is_one_of(slots.on.name, "suites")
        and (metric is None or metric.part.where is not NamedIn.CELL)
    ):
        return Measure(Part("average", NamedIn.CELL), metric.better if metric else None, 0.8)
    return metric


def _with_asides(cell: Cell, known: Known) -> Head:
    """What a head says, read with what is lowered or raised in it where that makes a measure ("AP" with "50")."""
    head = read_head(cell.text, known)
    if not cell.asides:
        return head
    for aside in cell.asides:
        beside_head = read_head(aside.strip(" ()"), known)
        if (
            not head.has(Role.METRIC)
            and len(aside.strip()) >= 2
            and (said := beside_head.first(Role.METRIC)) is not None
        ):
            return replace(head, parts=(*head.parts, said), better=head.better or beside_head.better)
    beside = "".join(aside.strip() for aside in cell.asides if aside.strip() and not _is_mark(aside))
    if not beside:
        return head
    arrows = "".join(c for c in cell.text if c in "\u2191\u2193")
    bare = cell.text.replace("\u2191", "").replace("\u2193", "").strip()
    together = read_head(
        f"{bare}{'' if len(bare) == 1 or beside[0].isdigit() else '_'}{beside} {arrows}".strip(), known
    )
    return (
        together
        if together.has(Role.METRIC, Role.ON) or (not head.has(Role.METRIC, Role.ON) and len(bare) <= 3)
        else head
    )


def _as_measure(head: Head) -> Head:
    """A head beside measures, read as one where nobody knows its name."""
    name = head.first(Role.NAME)
    if name is None or head.has(Role.METRIC, Role.AVERAGE, Role.NOTHING) or len(name.name) > 30:
        return head
    return replace(head, parts=tuple(replace(part, role=Role.METRIC) if part is name else part for part in head.parts))


def _is_mark(aside: str) -> bool:
    return not any(c.isalnum() for c in aside)


def _joined(grid: Grid, line: Line, layout: Layout) -> str:
    texts = [cell.text.strip() for cell in line.panels]
    texts += [grid.text(line.row, stub.column) for stub in layout.stubs]
    return " / ".join(dict.fromkeys(filter(None, texts)))


def _column_text(items: list[Item], cell: Cell) -> str:
    return " / ".join(
        dict.fromkeys(
            item.cell.text.strip()
            for item in items
            if item.cell.row < cell.row and item.cell.column >= 0 and item.level.startswith("level")
        )
    )
