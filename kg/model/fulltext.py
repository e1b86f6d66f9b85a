"""The body of a paper: its parts in their order, and its tables with their cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from kg.model.kinds import PassageKind

__all__ = ["Cell", "Part", "Table"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: at ``row`` and ``column`` (from 0; of one that spans several, the first of each).

    ``text`` is what people read in it, in one line, without what stands beside it: ``asides`` are the pieces that are
    raised, lowered or set smaller, marks of footnotes among them, in their order. ``source`` is the cell verbatim,
    where that says more than the text. ``head`` where the document marks it as a head, ``bold`` where it is set so,
    ``cited`` where it cites somebody's work; ``indent`` is how many steps it is moved in.

    Numbers keep what is printed around them ("72.4%", "41.2 ± 0.3"): what they mean is decided by who reads tables.
    """

    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1
    source: str = ""
    head: bool = False
    bold: bool = False
    cited: bool = False
    indent: int = 0
    asides: tuple[str, ...] = ()

    @property
    def verbatim(self) -> str:
        """The cell as the document writes it."""
        return self.source or self.text


@dataclass(frozen=True)
class Table:
    """A table, or one panel of several that share a caption: ``cells`` by row, then column.

    ``label`` is what the document calls it by (``tab:main``), ``number`` what its text does ("Table 2" has "2").
    ``panel`` is the caption of a panel of its own. ``rules`` are the rows before which a line is drawn across all
    columns, ``notes`` what stands below. ``guessed`` where the document only shows where things stand on a page, so
    that rows and columns are a guess.
    """

    cells: tuple[Cell, ...]
    caption: str = ""
    label: str | None = None
    number: str | None = None
    panel: str = ""
    rules: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()
    guessed: bool = False

    @cached_property
    def text(self) -> str:
        """The cells as text, a line a row, tabs between columns: what offsets of a table refer to."""
        return "".join(text for text, _ in self._pieces())

    def span(self, cell: Cell) -> tuple[int, int]:
        """Where the text of a cell stands in ``text``."""
        return self._spans[cell.row, cell.column]

    @cached_property
    def _spans(self) -> dict[tuple[int, int], tuple[int, int]]:
        spans, at = {}, 0
        for text, cell in self._pieces():
            if cell is not None:
                spans[cell.row, cell.column] = at, at + len(text)
            at += len(text)
        return spans

    def _pieces(self) -> Iterator[tuple[str, Cell | None]]:
        """The text of each cell, and what stands between two."""
        row = column = 0
        for cell in self.cells:
            if cell.row > row:
                yield "\n" * (cell.row - row), None
                row, column = cell.row, 0
            yield "\t" * (cell.column - column), None
            column = cell.column
            yield cell.text, cell


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a paper behind its abstract.

    ``kind`` is ``section`` (the text of a section before its first subsection, paragraphs parted by blank lines),
    ``caption``, ``footnote`` or ``table``; ``text`` is plain text as people read it, of a table that of its cells.
    ``heading`` are the titles of the sections that it stands in, the outermost first, without their numbers;
    ``appendix`` where it stands behind the end of the paper proper. References to literature are no part.
    """

    kind: PassageKind
    text: str
    heading: tuple[str, ...] = ()
    appendix: bool = False
    table: Table | None = field(default=None)

    @classmethod
    def of_table(cls, table: Table, heading: tuple[str, ...] = (), *, appendix: bool = False) -> Part:
        """A table as a part; its caption is a part of its own."""
        return cls(PassageKind.TABLE, table.text, heading, appendix, table)
