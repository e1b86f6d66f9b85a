r"""One ``tabular`` (of whatever package) as cells: rows, rules, what spans several, the parts of longtable."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from kg.model import Cell
from kg.sources.latex.cells import CellReader
from kg.sources.latex.commands import TABULARS
from kg.sources.latex.render import Renderer
from kg.sources.latex.tokens import Kind
from kg.sources.latex.tree import Span

__all__ = ["Grid", "TabularReader"]

MOST_COLUMNS, MOST_ROWS, MOST_CELLS = 400, 5_000, 60_000
"""Beyond these a table is cut, which is told; the widest of papers have some 60 columns, the longest 2,000 rows."""

_RULES = frozenset("hline toprule midrule bottomrule Xhline specialrule thickhline hhline hdashline Hline doublehline "
    "heavyrule lightrule hrule topline midline bottomline tabucline Midrule Toprule".split())  # fmt: skip
_PARTIAL = frozenset(("cline", "cmidrule", "Xcline", "cdashline"))
_ENDS = frozenset(("\\", "tabularnewline", "cr", "crcr"))
_LONG = {"endfirsthead": "first head", "endhead": "head", "endfoot": "foot", "endlastfoot": "last foot"}
_REPEATED = 60  # the longest count in "*{7}{c}"


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of a tabular with its rules, and what stands below it."""

    cells: tuple[Cell, ...]
    rules: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class _Row:
    """A row in the making, with the rules that are drawn before it."""

    cells: list[Cell]
    rules: int = 0
    partial: list[tuple[int, int]] = field(default_factory=list)


class TabularReader:
    """Reads tabulars with a renderer, whose source the cells are quoted from."""

    def __init__(self, renderer: Renderer, contents: list[str]) -> None:
        self._renderer, self._tree = renderer, renderer.tree
        self._cells = CellReader(renderer, contents)

    def is_layout(self, span: Span) -> bool:
        """Whether a tabular only sets others side by side, which are tables of their own."""
        tokens, at = self._tree.tokens, span.start
        while at < span.end:
            if tokens[at].kind is Kind.BEGIN and tokens[at].text in TABULARS:
                inner = self._tree.environment(at, span.end)
                if inner and self._is_table(inner):
                    return True
                at = inner.after if inner else at + 1
            else:
                at += 1
        return False

    def _is_table(self, span: Span) -> bool:
        """Whether a tabular has columns and rows, three of them, unlike a cell of several lines."""
        kinds = self._tree.tokens[span.start : span.end]
        return any(token.kind is Kind.ALIGN for token in kinds) and (
            sum(token.kind is Kind.COMMAND and token.text in _ENDS for token in kinds) > 1
        )

    def read(self, name: str, span: Span) -> Grid:
        """The cells of a tabular."""
        inside = self._renderer.inside(name, span)
        numbers = self._number_columns(Span(span.start, inside.start, inside.start))
        head, body, foot, notes = self._parts(inside, numbers)
        rows = head + body
        return _assembled(rows, foot, notes)

    def _number_columns(self, span: Span) -> frozenset[int]:
        """The columns of siunitx, ``S``, in which signs are written in its own way."""
        letters = _column_letters(self._tree.raw(span))
        return frozenset(number for number, letter in enumerate(letters) if letter == "S")

    def _parts(self, inside: Span, numbers: frozenset[int]) -> tuple[list[_Row], list[_Row], list[_Row], list[str]]:
        parts: dict[str, list[_Row]] = {}
        rows: list[_Row] = []
        row, at, cells = _Row([]), inside.start, 0
        column, start = 0, inside.start
        tokens = self._tree.tokens
        while True:
            at = self._separator(at, inside.end)
            over = at >= inside.end
            ending = not over and tokens[at].kind is not Kind.ALIGN
            if not column and not row.cells:
                start = self._lead(start, min(at, inside.end), row, rows, parts)
            cell = self._cells.read(start, min(at, inside.end), at, len(rows), column, number=column in numbers)
            cells += 1
            if not self._fits(len(rows), column, cells):
                break
            row.cells.append(cell)
            column += cell.columns
            if over or ending:
                rows.append(row)
                row, column = _Row([]), 0
            if over:
                break
            start = at = self._tree.take("so", at + 1, inside.end)[1] if ending else at + 1
        foot = parts.get("last foot", parts.get("foot", []))
        head = parts.get("first head", parts.get("head", []))
        notes = [_line(each) for each in foot if any(cell.text for cell in each.cells)]
        return head, rows, foot, notes

    def _fits(self, row: int, column: int, cells: int) -> bool:
        if row < MOST_ROWS and column < MOST_COLUMNS and cells <= MOST_CELLS:
            return True
        self._renderer.remarks[
            f"a table has more than {MOST_COLUMNS} columns, {MOST_ROWS:,} rows or {MOST_CELLS:,} cells; "
            "what lies beyond is not read"
        ] = None
        return False

    def _separator(self, at: int, end: int) -> int:
        """Where the cell that begins at a place ends: at an ``&`` or ``\\\\`` that stands in no group."""
        tokens, close = self._tree.tokens, self._tree.close
        while at < end:
            token = tokens[at]
            if token.kind is Kind.ALIGN or (token.kind is Kind.COMMAND and token.text in _ENDS):
                return at
            if token.kind in (Kind.OPEN, Kind.BEGIN) and (stop := close.get(at)) is not None and stop < end:
                at = stop
            at += 1
        return at

    def _lead(self, at: int, end: int, row: _Row, rows: list[_Row], parts: dict[str, list[_Row]]) -> int:
        """What stands before the first cell of a row: rules, and where the parts of a longtable end."""
        tokens = self._tree.tokens
        while (at := self._tree.past_blanks(at, end)) < end and tokens[at].kind is Kind.COMMAND:
            name = tokens[at].text
            if name in _RULES:
                row.rules += 1
                at = self._past_command(name, at, end)
            elif name in _PARTIAL:
                at = self._partial(name, at + 1, end, row)
            elif name in _LONG:
                rows.append(_Row([], row.rules))
                parts[_LONG[name]] = rows[:]
                rows.clear()
                row.rules, at = 0, at + 1
            elif name == "noalign":
                span = self._tree.argument(at + 1, end)
                row.rules += bool(span and any(token.text in _RULES for token in tokens[span.start : span.end]))
                at = span.after if span else at + 1
            elif name in ("addlinespace", "morecmidrules", "endlasthead", "nopagebreak", "pagebreak"):
                at = self._tree.take("o", at + 1, end)[1]
            else:
                break
        return at

    def _past_command(self, name: str, at: int, end: int) -> int:
        signature = {"Xhline": "m", "specialrule": "mmm", "hhline": "m", "tabucline": "om"}.get(name, "o")
        return self._tree.take(signature, at + 1, end)[1]

    def _partial(self, name: str, at: int, end: int, row: _Row) -> int:
        at = self._tree.take("op", at, end)[1]
        if (span := self._tree.argument(at, end)) is None:
            return at
        first, _, last = self._tree.raw(span).partition("-")
        if first.strip().isdigit() and last.strip().isdigit() and len(first + last) < 9:
            row.partial.append((int(first), int(last)))
        return self._tree.take("m", span.after, end)[1] if name == "Xcline" else span.after


def _assembled(rows: list[_Row], foot: list[_Row], notes: list[str]) -> Grid:
    """Rows in their final numbers: what is blank is left out, what spans several is fitted to what there is."""
    width = max((cell.column + cell.columns for row in rows for cell in row.cells), default=0)
    kept: list[list[Cell]] = []
    rules: list[int] = []
    reach = 0  # the row up to which a cell from above spans
    for row in rows:
        if row.rules or any(first <= 1 and last >= width for first, last in row.partial):
            rules.append(len(kept))
        if not any(_is_seen(cell) for cell in row.cells):
            if len(kept) < reach and row.cells:
                kept.append([])
            continue
        number = len(kept)
        kept.append([replace(cell, row=number) for cell in row.cells])
        reach = max(reach, number + max(cell.rows for cell in row.cells))
    if any(row.rules for row in foot):
        rules.append(len(kept))
    while kept and not kept[-1]:
        kept.pop()
    kept, below = _without_notes(kept, rules, width)
    return Grid(tuple(_fitted(kept)), tuple(dict.fromkeys(min(rule, len(kept)) for rule in rules)), (*below, *notes))


def _is_seen(cell: Cell) -> bool:
    return bool(cell.text or cell.asides)


def _without_notes(rows: list[list[Cell]], rules: list[int], width: int) -> tuple[list[list[Cell]], list[str]]:
    """Rows of one cell behind the last rule of all are notes: what stands there belongs to no row."""
    last = max(rules, default=0)
    if not 1 < last < len(rows) or any(
        sum(map(_is_seen, row)) != 1 or not _is_seen(row[0]) or row[0].columns < max(2, width - 1)
        for row in rows[last:]
    ):
        return rows, []
    return rows[:last], [_line(_Row(row)) for row in rows[last:]]


def _line(row: _Row) -> str:
    return " ".join(" ".join((cell.text, *cell.asides)) for cell in row.cells if _is_seen(cell)).strip()


def _fitted(rows: list[list[Cell]]) -> list[Cell]:
    """All cells that say something, in their order; one that spans rows upwards begins where it reaches."""
    taken = {(row, cell.column) for row, cells in enumerate(rows) for cell in cells if _is_seen(cell)}
    found = []
    for row, cells in enumerate(rows):
        for cell in cells:
            if not _is_seen(cell):
                continue
            first, last = (row, row + cell.rows - 1) if cell.rows > 0 else (row + cell.rows + 1, row)
            up, down = row, row
            while up > max(first, 0) and (up - 1, cell.column) not in taken:
                up -= 1
            while down < min(last, len(rows) - 1) and (down + 1, cell.column) not in taken:
                down += 1
            found.append(replace(cell, row=up, rows=down - up + 1))
    return sorted(found, key=lambda cell: (cell.row, cell.column))


def _column_letters(specification: str) -> list[str]:
    """The letter of each column of what a tabular takes, as far as that can be told without its braces."""
    letters: list[str] = []
    skipped = 0
    for character in specification[:2_000]:
        if character == "[":
            skipped += 1
        elif character == "]":
            skipped = max(0, skipped - 1)
        elif not skipped and character in "lcrSXYLCRJDdN":
            letters.append(character)
    return letters
