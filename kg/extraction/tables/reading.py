"""The door: from a paper with a body to the results that its tables state."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.extraction.gazetteer import shipped_gazetteer
from kg.extraction.tables.achievers import Namer
from kg.extraction.tables.blocks import BlockReader
from kg.extraction.tables.called import Called
from kg.extraction.tables.context import Context
from kg.extraction.tables.grid import Grid, blocks_of
from kg.extraction.tables.kinds import TableKind, kind_by_caption
from kg.extraction.tables.known import Known, own_names
from kg.extraction.tables.rows import TableRow
from kg.extraction.tables.surroundings import Surroundings, own_sentences, running_texts
from kg.model import Extraction, Paper, Table
from kg.model.papers import BODY

__all__ = ["read_tables"]


def read_tables(paper: Paper, extraction: Extraction) -> Iterator[TableRow]:
    """The results that the tables of a paper state, table by table, row by row.

    ``extraction`` is what title and abstract name, the paper's own things among it.
    """
    if not any(part.table is not None for part in paper.body):
        return
    own = own_names(paper.title, extraction, own_sentences(paper))
    known = Known(shipped_gazetteer(), extraction, own, Called(running_texts(paper)))
    around = Surroundings(paper, known)
    namer = Namer(known, own, paper.title)
    for number, part in enumerate(paper.body):
        if part.table is not None and kind_by_caption(part.table) is TableKind.RESULTS:
            grid = Grid(part.table)
            if grid.readable:
                rows = _rows_of(grid, part.table, around.of(number, part.table), known, namer)
                yield from (replace(row, place=number + BODY) for row in rows)


def _rows_of(grid: Grid, table: Table, context: Context, known: Known, namer: Namer) -> Iterator[TableRow]:
    for block in blocks_of(grid):
        yield from BlockReader(grid, table, block, context, known, namer).rows()
