"""How much speaks for some names being those of methods, and not of data or measures."""

from __future__ import annotations

from collections.abc import Iterable

from kg.extraction.tables.achievers import Namer
from kg.extraction.tables.grid import Grid
from kg.extraction.tables.heads import Role, read_head
from kg.extraction.tables.known import Known, is_size
from kg.model import Cell

__all__ = ["heads_in", "level_score", "names_in", "score_of"]


def score_of(cells: list[Cell], known: Known, namer: Namer) -> float:
    """How much speaks for some names being methods: about 1 where all are, -1 where all are data or measures."""
    if not cells:
        return -2.0
    total, own = 0.0, False
    if all((name := namer.read(cell)) is not None and (name.added or name.plain) for cell in cells):
        return -1.0  # "plain" and "with X" say how, not who
    for cell in cells:
        head, name = read_head(cell.text, known), namer.read(cell)
        if name is not None and name.own:
            own = True
            total += 1
        elif head.has(Role.METRIC, Role.ON, Role.SPLIT, Role.AVERAGE) or head.metrics:
            total -= 1
        elif head.has(Role.NOTHING, Role.SETTING, Role.GROUP):
            total -= 0.5
        elif name is not None and (name.added or name.cited or name.reference or known.is_achiever(name.name)):
            total += 1
        elif known.looks_like_data(cell.text):
            total -= 0.5
        elif is_size(cell.text):
            continue
        elif head.has(Role.ACHIEVER):
            total += 1
    return total / len(cells) + (0.8 if own else 0.0)


def level_score(cells: list[Cell], columns: tuple[int, ...], known: Known, namer: Namer) -> float:
    """How much speaks for a row of heads being the methods; a single head over several columns names none."""
    if len(cells) < 2 <= len(columns):
        return -2.0
    data = sum(read_head(cell.text, known).has(Role.ON) for cell in cells)
    own = any((name := namer.read(cell)) is not None and name.own for cell in cells)
    return -1.0 if data >= 2 and not own and data * 3 > len(cells) else score_of(cells, known, namer)


def names_in(grid: Grid, column: int, lines: Iterable[int]) -> list[Cell]:
    """The cells of a column with words in them, each once."""
    found: list[Cell] = []
    for row in lines:
        cell = grid.at(row, column)
        if cell is not None and cell.text.strip() and (not found or found[-1] is not cell):
            found.append(cell)
    return found


def heads_in(grid: Grid, row: int, columns: Iterable[int]) -> list[Cell]:
    """The heads of a row above some columns, each once, without those that come down from the row before."""
    found: list[Cell] = []
    for column in columns:
        cell = grid.at(row, column)
        if cell is not None and cell.text.strip() and cell.row == row and (not found or found[-1] is not cell):
            found.append(cell)
    return found
