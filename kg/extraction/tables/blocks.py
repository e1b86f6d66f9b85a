"""The results of one block of a table: each number with whose it is, and what it was measured on and in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.extraction.tables.achievers import Achiever, Namer
from kg.extraction.tables.axes import Axis, Layout, lay_out
from kg.extraction.tables.blockheads import BlockHeads
from kg.extraction.tables.blocknames import BlockNames
from kg.extraction.tables.confidence import confidence_of
from kg.extraction.tables.context import Context
from kg.extraction.tables.grid import Block, Grid, Line
from kg.extraction.tables.heads import Role
from kg.extraction.tables.kinds import mostly_ablated
from kg.extraction.tables.known import Known
from kg.extraction.tables.metrics import Metric
from kg.extraction.tables.numbers import Content, Measured, content_of, measured_in
from kg.extraction.tables.rows import NamedIn, Part, TableRow
from kg.extraction.tables.slots import Item, Measure, Slots, data_of, measure_of
from kg.extraction.tables.told import is_no_result, percent_said, said_setting, told_setting, told_split
from kg.extraction.tables.words import is_one_of
from kg.model import Cell, Table

__all__ = ["BlockReader"]

_SHARED = 0.97  # how sure the measure of one number among several of a cell is
_MOST_SIGNS = 1  # columns of check marks above which a table with few names is an ablation


@dataclass(frozen=True, slots=True)
class _Place:
    """A number's cell with its row, whose it is, and what heads say of it."""

    cell: Cell
    line: Line
    of: Achiever
    items: list[Item]


class BlockReader:
    """Reads one block: the layout is decided first, then each number by itself."""

    def __init__(self, grid: Grid, table: Table, block: Block, context: Context, known: Known, namer: Namer) -> None:
        self._grid, self._table, self._block, self._context = grid, table, block, context
        self._layout: Layout = lay_out(grid, block, known, namer)
        self._names = BlockNames(grid, block, self._layout, known, namer)
        self._heads = BlockHeads(grid, block, self._layout, known)
        self._facts = self._heads.facts(context)
        self._has_own = bool(namer.own)
        self._told_split, self._told_setting = told_split(context), told_setting(context)

    def rows(self) -> Iterator[TableRow]:
        """The results of the block."""
        if self._holds_nothing():
            return
        columns = {column: self._heads.of_column(column) for column in self._layout.columns}
        for line in self._block.lines:
            row_items = self._heads.of_row(line)
            for column, items in columns.items():
                cell = self._grid.at(line.row, column)
                if cell is None or cell.row != line.row or content_of(cell.text) is not Content.NUMBERS:
                    continue
                of = self._names.at(line, column)
                if of is not None and not (of.ablated or of.collected or of.nothing):
                    yield from self._of_cell(_Place(cell, line, of, [*row_items, *items]))

    def _holds_nothing(self) -> bool:
        """Whether nothing known is measured, nobody known measures it, or the table takes its own method apart."""
        layout, facts, names = self._layout, self._facts, self._names
        if not layout.columns or not (facts.measured or facts.levels_of_data or facts.umbrella):
            return True
        if layout.axis is Axis.ROWS:
            taken_apart = layout.signs > _MOST_SIGNS and not names.are_many
            return names.nobody_known or mostly_ablated(names.of_rows) or taken_apart
        if layout.axis is Axis.COLUMNS:
            return names.nobody_known
        heads = (item.head for column in layout.columns for item in self._heads.of_column(column))
        return layout.axis is Axis.NEITHER and not (self._has_own and any(head.has(Role.METRIC) for head in heads))

    def _of_cell(self, place: _Place) -> Iterator[TableRow]:
        """The results of one cell: several where it holds several measures or slices."""
        measured = measured_in(place.cell)
        if is_no_result(place.items) or any(number.signed for number in measured):
            return
        slots = data_of(place.items, self._facts)
        if slots is None:
            return
        several = next((item for item in reversed(place.items) if item.head.metrics or item.head.splits), None)
        count = len(measured)
        for at, number in enumerate(measured):
            metric = self._metric_at(at, count, several, place, slots)
            if count > 1 and metric is None and several is None:
                return
            splits = several.head.splits if several is not None and len(several.head.splits) == count else ()
            yield self._row(place, number, replace(slots, split=splits[at] if splits else slots.split), metric)
            if count > 1 and several is not None and count not in (len(several.head.metrics), len(splits)):
                return  # nobody says what the others are

    def _metric_at(self, at: int, count: int, several: Item | None, place: _Place, slots: Slots) -> Measure | None:
        """The measure of the number ``at`` of a cell that holds ``count``."""
        if count > 1 and several is not None and len(several.head.metrics) == count:
            metric = several.head.metrics[at]
            return _measure(metric, Part(metric.name, NamedIn.CELL, several.cell))
        if count > 1 and several is None:
            told = next((source for source in self._context if len(source.metrics) == count), None)
            return _measure(told.metrics[at], Part(told.metrics[at].name, told.where)) if told is not None else None
        panels = [cell.text.strip() for cell in place.line.panels]
        named = replace(slots, names=(*slots.names, *panels))
        return _of_average(measure_of(place.items, named, self._context, self._layout.corner), slots)

    def _row(self, place: _Place, number: Measured, slots: Slots, metric: Measure | None) -> TableRow:
        of, items = place.of, place.items
        percent = number.percent or (
            percent_said(items, self._context.sources[:2]) and (metric is None or 1 < abs(number.number) <= 100)
        )
        settings = [part for part in (said_setting(items), of.setting) if part] or [self._told_setting or ""]
        name = self._names.full_name(of)
        from_title = self._layout.axis is Axis.NEITHER
        return TableRow(
            of=Part(name, NamedIn.TITLE) if from_title else Part(name, NamedIn.CELL, of.cell), on=slots.on,
            metric=metric.part if metric else None, value=number.value, number=number.number, place=0, cell=place.cell,
            row=self._row_head(place.line), column=_column_head(items), base=of.base,
            own=of.own if self._has_own or of.own else None, cited=of.cited, suite=slots.suite,
            split=slots.split or self._told_split,
            setting=" ".join(settings) or None, std=number.std, unit="%" if percent else None,
            better=metric.better if metric else None, reference=of.reference,
            confidence=confidence_of(slots, metric, self._layout.axis, guessed=self._table.guessed),
        )  # fmt: skip

    def _row_head(self, line: Line) -> str:
        texts = [cell.text.strip() for cell in line.panels]
        texts += [self._grid.text(line.row, stub.column) for stub in self._layout.stubs]
        return " / ".join(dict.fromkeys(filter(None, texts)))


def _column_head(items: list[Item]) -> str:
    return " / ".join(dict.fromkeys(item.cell.text.strip() for item in items if item.level.startswith("level")))


def _measure(metric: Metric, part: Part) -> Measure:
    return Measure(part, metric.better, _SHARED)


def _of_average(metric: Measure | None, slots: Slots) -> Measure | None:
    """The measure of the average over a suite of several measures: the average itself."""
    told_by_head = metric is not None and metric.part.where is NamedIn.CELL
    if slots.average and is_one_of(slots.on.name, "suites") and not told_by_head:
        return Measure(Part("average", NamedIn.CELL), metric.better if metric else None, _SHARED)
    return metric
