r"""What floats in a document: tables with their captions, panels and notes, and the captions of figures."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.model import Table
from kg.sources.fulltext.body import BodyWriter
from kg.sources.latex.commands import TABULARS
from kg.sources.latex.labels import Labels
from kg.sources.latex.render import Renderer
from kg.sources.latex.tabular import Grid, TabularReader
from kg.sources.latex.tokens import Kind
from kg.sources.latex.tree import Span

__all__ = ["FloatReader"]

_PANELS = frozenset(("subtable", "subfigure", "subcaptionblock"))
_BOXES = frozenset(("minipage", "floatrow"))
_DEEPEST = 12


@dataclass(slots=True)
class _Float:
    """A float, or a part of one: its caption, label and number, its tables, its notes, and parts with captions."""

    caption: str = ""
    label: str | None = None
    number: str | None = None
    grids: list[Grid] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    parts: list[tuple[bool, _Float]] = field(default_factory=list)  # whether a panel, or a float beside others


class FloatReader:
    """Reads floats, and gives them to the body."""

    def __init__(self, renderer: Renderer, contents: list[str], labels: Labels, body: BodyWriter) -> None:
        self._renderer, self._tree = renderer, renderer.tree
        self._tabulars = TabularReader(renderer, contents)
        self._labels, self._body = labels, body

    def table(self, name: str, span: Span) -> None:
        """A float of tables; an environment like longtable is its own tabular."""
        found = _Float()
        if name in TABULARS:
            self._tabular(name, span, found, 0)
            self._scan(span.start, span.end, found, 0, tables=False)
        else:
            inside = self._renderer.inside(name, span)
            self._scan(inside.start, inside.end, found, 0)
        self._write(found)

    def figure(self, name: str, span: Span) -> None:
        """A float of pictures, of which the captions are read, and the tables that some are."""
        self.table(name, span)

    def _text(self, span: Span | None) -> str:
        return self._labels.resolved(" ".join(self._renderer.plain(span).split()))

    def _scan(self, at: int, end: int, found: _Float, depth: int, *, tables: bool = True) -> None:
        """Captions, labels, tabulars and notes between two places."""
        tokens = self._tree.tokens
        while at < end and depth < _DEEPEST:
            token = tokens[at]
            if token.kind is Kind.BEGIN:
                at = self._environment(token.text, at, end, found, depth, tables=tables)
            elif token.kind is Kind.COMMAND:
                at = self._command(token.text, at, end, found, depth)
            else:
                at += 1

    def _environment(self, name: str, at: int, end: int, found: _Float, depth: int, *, tables: bool) -> int:
        span = self._tree.environment(at, end)
        if span is None:
            return at + 1
        if name in TABULARS:
            if tables:
                self._tabular(name, span, found, depth)
        elif name in ("tablenotes", "TableNotes"):
            found.notes += [text for text in self._text(span).split("\n") if text]
        elif name in _PANELS or name in _BOXES:
            self._part(span, found, depth, panel=name in _PANELS)
        else:
            self._scan(span.start, span.end, found, depth + 1, tables=tables)
        return span.after

    def _tabular(self, name: str, span: Span, found: _Float, depth: int) -> None:
        if self._tabulars.is_layout(span):
            self._scan(span.start, span.end, found, depth + 1)
        else:
            grid = self._tabulars.read(name, span)
            if len(grid.cells) > 1:
                found.grids.append(grid)

    def _part(self, span: Span, found: _Float, depth: int, *, panel: bool) -> None:
        part = _Float()
        self._scan(span.start, span.end, part, depth + 1)
        if part.caption or part.parts:
            found.parts.append((panel, part))
        else:  # a box without a caption only holds what is the float's own
            found.grids += part.grids
            found.notes += part.notes
            found.label = found.label or part.label

    def _command(self, name: str, at: int, end: int, found: _Float, depth: int) -> int:
        if name in ("caption", "captionof", "subcaption"):
            return self._caption(name, at, end, found)
        if name == "label" and (span := self._tree.argument(at + 1, end)):
            found.label = found.label or self._tree.raw(span)
            return span.after
        if name in ("subfloat", "subcaptionbox", "ttabbox", "ffigbox"):
            return self._panel(name, at + 1, end, found, depth)
        return at + 1

    def _caption(self, name: str, at: int, end: int, found: _Float) -> int:
        number = self._labels.captions.get(at)
        at = self._tree.star(at + 1, end)
        if name == "captionof" and (kind := self._tree.argument(at, end)):
            at = kind.after
        option = self._tree.option(at, end)
        span = self._tree.argument(option.after if option else at, end)
        if span is None:
            return at
        if label := self._label_in(span):
            found.label = found.label or label
        if not found.caption:
            found.caption, found.number = self._text(span), number
        return span.after

    def _label_in(self, span: Span) -> str | None:
        for at in range(span.start, span.end):
            token = self._tree.tokens[at]
            if (
                token.kind is Kind.COMMAND
                and token.text == "label"
                and (named := self._tree.argument(at + 1, span.end))
            ):
                return self._tree.raw(named)
        return None

    def _panel(self, name: str, at: int, end: int, found: _Float, depth: int) -> int:
        r"""``\subfloat[caption]{table}``, ``\subcaptionbox{caption}{table}``."""
        at = self._tree.star(at, end)
        caption = self._tree.option(at, end) if name == "subfloat" else self._tree.argument(at, end)
        at = caption.after if caption else at
        content = self._tree.group(at, end)
        if content is None:
            return at
        part = _Float()
        self._scan(content.start, content.end, part, depth + 1)
        part.caption = part.caption or self._text(caption)
        part.label = part.label or (self._label_in(caption) if caption else None)
        found.parts.append((True, part))
        return content.after

    def _write(self, found: _Float, panel_of: _Float | None = None) -> None:
        whole = panel_of or found
        if found.caption and panel_of is None:
            self._body.caption(found.caption)
        panel = found.caption if panel_of else ""
        notes = (*found.notes, *whole.notes) if panel_of else tuple(found.notes)
        for grid in found.grids:
            self._body.table(
                Table(
                    grid.cells,
                    caption=whole.caption,
                    label=found.label or whole.label,
                    number=whole.number,
                    panel=panel,
                    rules=grid.rules,
                    notes=(*grid.notes, *notes),
                )
            )
        for is_panel, part in found.parts:
            self._write(part, found if is_panel and found.caption else None)
