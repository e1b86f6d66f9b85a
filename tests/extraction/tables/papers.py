"""Papers with tables, written down as text: a row a line, bars between cells, what the tests of tables read."""

from __future__ import annotations

from kg.extraction.tables.reading import read_tables
from kg.extraction.tables.rows import TableRow
from kg.model import Cell, Extraction, Paper, Part, PassageKind, Table

RULE = "---"


def table(text: str, caption: str = "", **more: str) -> Table:
    """A table from lines: ``|`` between cells, ``---`` for a line, ``>`` before a cell that covers the next one too.

    ``^`` stands for a cell that the one above covers, ``{x}`` within a cell for an aside.
    """
    cells: dict[tuple[int, int], Cell] = {}
    rules: list[int] = []
    row = 0
    for line in filter(None, map(str.strip, text.splitlines())):
        if line == RULE:
            rules.append(row)
            continue
        column = 0
        for written in line.split("|"):
            piece = written.strip()
            span = 1 + len(piece) - len(piece.lstrip(">"))
            piece = piece.lstrip(">").strip()
            if piece == "^":
                above = max((r for r, c in cells if c == column and r < row), default=row)
                old = cells[above, column]
                cells[above, column] = Cell(old.row, old.column, old.text, row - above + 1, old.columns)
            elif piece:
                cells[row, column] = _cell(row, column, piece, span)
            column += span
        row += 1
    ordered = tuple(cells[place] for place in sorted(cells))
    return Table(ordered, caption, rules=tuple(rules), **more)  # type: ignore[arg-type]


def _cell(row: int, column: int, written: str, span: int) -> Cell:
    text, *asides = written.replace("}", "{").split("{")
    indent = 1 if written.startswith("~") else 0
    return Cell(
        row, column, text.lstrip("~").strip(), columns=span, indent=indent, asides=tuple(a for a in asides if a.strip())
    )


def paper(*tables: Table, title: str = "Notus: Waiting for Rain", sections: tuple[str, ...] = ()) -> Paper:
    """A paper with some tables behind its sections."""
    texts = tuple(Part(PassageKind.SECTION, text, ("Results",)) for text in sections)
    return Paper(title, "We wait.", body=(*texts, *(Part.of_table(each, ("Results",)) for each in tables)))


def rows(
    text: str, caption: str = "", *, title: str = "Notus: Waiting for Rain", sections: tuple[str, ...] = (), **more: str
) -> list[TableRow]:
    """The results of a paper with one table."""
    return list(read_tables(paper(table(text, caption, **more), title=title, sections=sections), Extraction()))


def stated(found: list[TableRow]) -> set[tuple[str, str, str | None, str]]:
    """Of, on, metric and value of each result."""
    return {(row.of.name, row.on.name, row.metric.name if row.metric else None, row.value) for row in found}
