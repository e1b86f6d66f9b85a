"""One cell of a tabular: its text, what stands beside it, how it is set, what it spans."""

from __future__ import annotations

import re
from itertools import groupby

from kg.model import Cell
from kg.sources.latex.commands import SHOWN, SIGNATURES, TEXT_OF
from kg.sources.latex.quantities import printed_number
from kg.sources.latex.render import PLAIN, Renderer, Run, Style, joined
from kg.sources.latex.tokens import Kind, Token, source_of
from kg.sources.latex.tree import Span

__all__ = ["CellReader"]

_LONGEST_SOURCE = 2_000
_MOST_SPANNED = 5_000
_COMMENT = re.compile(r"(?<!\\)%[^\n]*\n?[ \t]*")
_LENGTH = re.compile(r"(-?\d*\.?\d+)\s*(em|ex|pt|cm|mm|in|px|bp)?")
_EM = {"em": 1.0, "ex": 0.5, "pt": 0.1, "bp": 0.1, "px": 0.1, "cm": 2.8, "mm": 0.28, "in": 7.2}
_WIDTH = {"quad": 1.0, "qquad": 2.0, "enspace": 0.5, "enskip": 0.5, ";": 0.3, ":": 0.3, ",": 0.25, " ": 0.3,
          "indent": 1.0, "thickspace": 0.3, "space": 0.3}  # fmt: skip
_OF_CELL = re.compile(r"([rc])\s*=\s*(\d{1,4})")
_BLOCK = re.compile(r"(\d{1,4})\s*-\s*(\d{1,4})")


class CellReader:
    """Reads cells with a renderer; ``contents`` are the files that the cells are quoted from."""

    def __init__(self, renderer: Renderer, contents: list[str]) -> None:
        self._renderer, self._tree, self._contents = renderer, renderer.tree, contents
        self._rows = self._columns = 1
        self._nested = 0
        renderer.commands.update(
            multicolumn=self._multicolumn, multirow=self._multirow, multirowcell=self._multirow, SetCell=self._set_cell,
            Block=self._block,
        )  # fmt: skip

    def read(self, start: int, end: int, stop: int, row: int, column: int, *, number: bool) -> Cell:
        """The cell of a span, which the token at ``stop`` ends; ``number`` in a column of siunitx."""
        renderer = self._renderer
        outside = self._rows, self._columns, renderer.in_cell, renderer.cited
        self._rows, self._columns, renderer.in_cell, renderer.cited = 1, 1, True, False
        start = self._first(start, end)
        runs = renderer.collect(start, end, PLAIN)
        text, asides = _parted(runs)
        if number:
            text = printed_number(text) if any(map(str.isdigit, text)) else text
        cell = Cell(
            row, column, text, self._rows, self._columns, self._source(start, end, stop, text), bold=_is_bold(runs),
            cited=renderer.cited, indent=self._indent(start, end), asides=asides,
        )  # fmt: skip
        self._rows, self._columns, renderer.in_cell, renderer.cited = outside
        return cell

    def _first(self, at: int, end: int) -> int:
        """Behind blanks and what colours the row."""
        tokens = self._tree.tokens
        while (at := self._tree.past_blanks(at, end)) < end and tokens[at].kind is Kind.COMMAND:
            if tokens[at].text not in ("rowcolor", "cellcolor", "rowfont", "centering", "rowstyle"):
                break
            at = self._tree.take(SIGNATURES.get(tokens[at].text, "m"), at + 1, end)[1]
        return at

    # What spans several

    def _multicolumn(self, at: int, end: int, style: Style) -> int:
        spans, after = self._taken("mmM", at, end)
        if spans and (number := self._tree.argument(at, end)):
            self._columns = max(self._columns, _count(self._tree.raw(number)))
        return self._set(spans, after, style)

    def _multirow(self, at: int, end: int, style: Style) -> int:
        option = self._tree.option(at, end)
        number = self._tree.argument(option.after if option else at, end)
        spans, after = self._taken("omomoM", at, end)
        if number:
            said = self._tree.raw(number)
            count = _count(said.lstrip("-"))
            self._rows = -count if said.startswith("-") else max(self._rows, count)
        return self._set(spans, after, style)

    def _set_cell(self, at: int, end: int, style: Style) -> int:
        if option := self._tree.option(at, end):
            for what, count in _OF_CELL.findall(self._tree.raw(option)):
                if what == "c":
                    self._columns = _count(count)
                else:
                    self._rows = _count(count)
        return self._tree.take("om", at, end)[1]

    def _block(self, at: int, end: int, style: Style) -> int:
        spans, after = self._taken("omM", at, end)
        option = self._tree.option(at, end)
        size = self._tree.argument(option.after if option else at, end)
        if size and (said := _BLOCK.match(self._tree.raw(size))):
            self._rows, self._columns = _count(said[1]), _count(said[2])
        return self._set(spans, after, style)

    def _taken(self, signature: str, at: int, end: int) -> tuple[list[Span], int]:
        return self._tree.take(signature, at, end)

    def _set(self, spans: list[Span], after: int, style: Style) -> int:
        for span in spans:
            self._renderer.render(span.start, span.end, style)
        return after

    # What is not its text

    def _source(self, start: int, end: int, stop: int, text: str) -> str:
        """The cell verbatim, where that says more than its text."""
        while end > start and self._tree.tokens[end - 1].kind in (Kind.SPACE, Kind.PARAGRAPH):
            end -= 1
        if start >= end:
            return ""
        tokens = self._tree.tokens[start:end]
        after = self._tree.tokens[stop] if stop < len(self._tree.tokens) else tokens[-1]
        found = self._quoted(tokens, after)
        found = " ".join((source_of(tokens) if found is None else found).split())[:_LONGEST_SOURCE]
        return "" if found == text else found

    def _quoted(self, tokens: list[Token], after: Token) -> str | None:
        """From the file, if all of the cell stands in one, between what parts it from others."""
        file, first = tokens[0].file, tokens[0].start
        if file < 0 or after.file != file or after.start < first:
            return None
        if any(token.file != file or not first <= token.start <= token.end <= after.start for token in tokens):
            return None
        return _COMMENT.sub("", self._contents[file][first : after.start])

    def _indent(self, at: int, end: int) -> int:
        """By how many steps a cell is moved in, of about the width of an M."""
        width = 0.0
        tokens = self._tree.tokens
        while at < end:
            token = tokens[at]
            name = token.text
            if token.kind is Kind.TIE:
                width += 0.3
            elif token.kind is Kind.COMMAND and name in _WIDTH:
                width += _WIDTH[name]
            elif token.kind is Kind.COMMAND and name in ("hspace", "hskip", "phantom", "hphantom", "kern"):
                after = self._tree.take("d" if name in ("hskip", "kern") else "sm", at + 1, end)[1]
                said = self._tree.raw(Span(at + 1, after, after))
                width += 0.5 * len(said) if "phantom" in name else _in_em(said)
                at = after - 1
            elif token.kind is Kind.COMMAND and (signature := SIGNATURES.get(name)):
                read, after = self._tree.take(signature, at + 1, end)
                at = read[-1].start - 1 if read else after - 1
            elif token.kind is Kind.TEXT or (token.kind is Kind.COMMAND and name in TEXT_OF and name not in SHOWN):
                break
            at += 1
        return 0 if width < 0.25 else max(1, round(width))


def _in_em(said: str) -> float:
    match = _LENGTH.search(said.lstrip("*"))
    return float(match[1]) * _EM.get(match[2] or "em", 1.0) if match else 1.0


def _count(said: str) -> int:
    said = said.strip()
    return min(max(int(said), 1), _MOST_SPANNED) if said.isascii() and said.isdigit() and len(said) < 6 else 1


def _parted(runs: list[Run]) -> tuple[str, tuple[str, ...]]:
    """The text of a cell, and the pieces beside it; what is all small or all raised is the text."""
    text = _line([run for run in runs if not run.aside])
    if not text:
        return _line(runs), ()
    pieces = (_line(list(piece)) for number, piece in groupby(runs, key=lambda run: run.aside) if number)
    return text, tuple(filter(None, pieces))


def _line(runs: list[Run]) -> str:
    return " ".join(joined(runs).split())


def _is_bold(runs: list[Run]) -> bool:
    """Whether the first letter or digit of the text is bold."""
    own = [run for run in runs if not run.aside] if any(not run.aside and run.text.strip() for run in runs) else runs
    first = next((run for run in own if any(map(str.isalnum, run.text))), None)
    return first is not None and first.bold
