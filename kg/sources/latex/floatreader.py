r"""Floats of a document as they are met: their captions, panels, notes and tabulars."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.model.fulltext import Table
from kg.sources.fulltext.body import BodyWriter
from kg.sources.latex.commands import FIGURES, TABLES, TABULARS
from kg.sources.latex.counters import Target, spelled
from kg.sources.latex.floats import Caption, Found, Group
from kg.sources.latex.render import REFERENCE, Style, joined
from kg.sources.latex.tabular import TabularReader
from kg.sources.latex.tokens import Kind
from kg.sources.latex.tree import Span
from kg.sources.latex.walk import Resolve, Walk

__all__ = ["FloatReader"]

_PANELS = frozenset(("subtable", "subfigure", "subcaptionblock"))
_BOXES = frozenset(("minipage", "center", "threeparttable", "measuredfigure", "floatrow", "subfloatrow"))
_PANEL_COMMANDS = ("subfloat", "subfigure", "subtable", "subcaptionbox")
_OF_TABLES = frozenset(("tabcaption", "tablecaption", "tblcaption", "topcaption", "bottomcaption"))
_LONG = ("longtable", "xltabular", "longtblr", "talltblr", "supertabular", "xtabular")


class FloatReader:
    """Reads floats, and tabulars that stand in none."""

    def __init__(self, walk: Walk, contents: list[str]) -> None:
        self._walk = walk
        self._tabulars = TabularReader(walk.renderer, contents)
        self._last: Found | None = None  # a tabular outside of floats that has no caption yet
        self._waiting: Caption | None = None  # a caption outside of floats that has no tabular yet
        self._panels = 0

    def listen(self) -> None:
        """Have the renderer give the floats to this reader."""
        self._walk.renderer.commands.update(
            {
                **dict.fromkeys(("caption", "captionof", "subcaption", *_OF_TABLES), self._caption),
                **dict.fromkeys(_PANEL_COMMANDS, self._panel_command),
                **dict.fromkeys(("ttabbox", "capbtabbox"), self._table_box),
                "tbl": self._tbl,
                "parbox": self._parbox,
                "label": self._label,
            }
        )
        blocks = self._walk.renderer.blocks
        blocks.update(dict.fromkeys((*TABLES, *FIGURES), self._float))
        blocks.update(dict.fromkeys(TABULARS, self._tabular))
        blocks.update(dict.fromkeys((*_BOXES, *_PANELS), self._group))
        blocks.update(dict.fromkeys(_LONG, self._long))
        blocks["tablenotes"] = self._notes

    def _float(self, name: str, span: Span, style: Style) -> None:
        if self._walk.renderer.in_cell:
            return
        kind = (
            "table" if name in TABLES else name.rstrip("*") if name.startswith(("algorithm", "listing")) else "figure"
        )
        inside = self._walk.renderer.inside(name, span)
        if kind == "algorithm":
            inside = self._walk.renderer.inside("figure", span)
        self._panels = 0 if not self._walk.groups else self._panels
        self._within(Group(kind), inside, style)

    def _within(self, group: Group, span: Span, style: Style) -> None:
        """Read a part of the document as a group of what floats."""
        current = self._walk.current
        self._walk.groups.append(group)
        text = joined(self._walk.renderer.collect(span.start, span.end, style._replace(bold=False)))
        self._walk.groups.pop()
        self._walk.current = current
        group.notes += filter(None, text.split("\n\n"))
        around = self._walk.groups[-1] if self._walk.groups else None
        group.settle(around)
        if around is None:
            self._ended(group)

    def _ended(self, group: Group) -> None:
        """A float is over: its captions, then its tabulars."""
        for caption in group.captions:
            self._emit_caption(caption)
            self._point(caption.labels, caption)
        for found in group.tables:
            self._emit_table(found)
        if group.kind == "table" and group.captions and not group.tables:
            self._walk.event(lambda body, _: body.lacks_table("without rows in LaTeX (an image perhaps)"))
        if group.kind not in ("algorithm", "listing") and not group.tables:
            for text in group.notes:
                self._walk.event(lambda body, resolve, text=text: body.paragraph(resolve(text)))  # type: ignore[misc]

    def _point(self, labels: list[str], caption: Caption) -> None:
        for label in labels:
            self._walk.counters.labels.setdefault(label, Target(caption.kind, caption.number or "", caption.text))

    def _emit_caption(self, caption: Caption) -> None:
        self._walk.event(lambda body, resolve: body.caption(resolve(caption.text)))

    def _emit_table(self, found: Found) -> None:
        def write(body: BodyWriter, resolve: Resolve) -> None:
            caption = found.caption
            cells = tuple(
                replace(cell, text=resolve(cell.text)) if REFERENCE in cell.text else cell for cell in found.grid.cells
            )
            notes = (resolve(text) for text in (*found.grid.notes, *found.notes))
            label = found.label or (caption.labels[0] if caption and caption.labels else None)
            number = caption.number if caption and caption.kind == "table" else None
            body.table(
                Table(
                    cells, resolve(caption.text) if caption else "", label, number, resolve(found.panel),
                    found.grid.rules, tuple(dict.fromkeys(filter(None, notes))),
                )
            )  # fmt: skip

        if found.panel:
            self._walk.event(lambda body, resolve: body.caption(resolve(found.panel)))
        self._walk.event(write)

    def _group(self, name: str, span: Span, style: Style) -> None:
        inside = self._walk.renderer.inside(name, span)
        if self._walk.renderer.in_cell or (not self._walk.groups and not self._holds_float(inside)):
            self._walk.renderer.render(inside.start, inside.end, style)
        elif name in _PANELS and self._walk.groups:
            self._panel(inside, style)
        else:
            self._within(Group(self._walk.groups[-1].kind if self._walk.groups else "table"), inside, style)

    def _holds_float(self, span: Span) -> bool:
        """Whether there is a tabular with a caption, outside of floats."""
        tokens = self._walk.tree.tokens[span.start : span.end]
        return any(token.kind is Kind.COMMAND and token.text in ("captionof", "tabcaption") for token in tokens)

    def _parbox(self, at: int, end: int, style: Style) -> int:
        spans, after = self._walk.tree.take("ooomM", at, end)
        for span in spans:
            if self._walk.groups and not self._walk.renderer.in_cell:
                self._within(Group(self._walk.groups[-1].kind), span, style)
            else:
                self._walk.renderer.render(span.start, span.end, style)
        return after

    def _table_box(self, at: int, end: int, style: Style) -> int:
        """``floatrow``: a caption and its table as arguments."""
        option = self._walk.tree.option(at, end)
        first = self._walk.tree.argument(option.after if option else at, end)
        second = self._walk.tree.group(first.after, end) if first else None
        if first is None:
            return at
        last = second or first
        self._within(Group("table"), Span(first.start, last.end, last.after), style)
        return last.after

    def _tbl(self, at: int, end: int, style: Style) -> int:
        """``\\tbl{caption}{tabular}``."""
        caption = self._walk.tree.group(at, end)
        content = self._walk.tree.group(caption.after, end) if caption else None
        if caption is None or content is None or not self._walk.groups:
            return at
        self._take_caption("table", caption)
        self._walk.renderer.render(content.start, content.end, style)
        return content.after

    def _panel(self, span: Span, style: Style, panel: str = "") -> None:
        self._panels += 1
        main = self._main_number()
        letter = spelled("alph", self._panels)
        group = Group(self._walk.groups[-1].kind, panel_number=f"{main}{letter}", panel=panel)
        self._within(group, span, style)
        for label in group.labels:
            self._walk.counters.labels.setdefault(label, Target(group.kind, group.panel_number or "", group.panel))

    def _main_number(self) -> str:
        """The number of the float at hand, which its caption states or will."""
        outer = self._walk.groups[0]
        if captions := [caption for group in self._walk.groups for caption in group.captions]:
            return captions[-1].number or ""
        value = self._walk.counters.values.get(outer.kind, 0)
        self._walk.counters.put(outer.kind, value + 1)
        number = self._walk.counters.number(outer.kind)
        self._walk.counters.put(outer.kind, value)
        return number

    def _panel_command(self, at: int, end: int, style: Style) -> int:
        name = self._walk.tree.tokens[at - 1].text
        if not self._walk.groups:
            return at
        if name == "subcaptionbox":
            at = self._walk.tree.star(at, end)
            short = self._walk.tree.option(at, end)
            caption = self._walk.tree.argument(short.after if short else at, end)
            at = caption.after if caption else at
            while option := self._walk.tree.option(at, end):
                at = option.after
        else:
            caption, at = None, self._walk.tree.star(at, end)
            while option := self._walk.tree.option(at, end):
                caption, at = option, option.after
        content = self._walk.tree.group(at, end)
        if content is None:
            return at
        self._panels_of(caption, content, style)
        return content.after

    def _panels_of(self, caption: Span | None, content: Span, style: Style) -> None:
        """A panel that a command sets; the label may stand in its caption."""
        text = ""
        labels: list[str] = []
        if caption:
            holder = Group(self._walk.groups[-1].kind)
            self._walk.groups.append(holder)
            text = self._walk.plain(caption)
            self._walk.groups.pop()
            labels = holder.labels
        self._panels += 1
        group = Group(
            self._walk.groups[-1].kind, panel_number=self._main_number() + spelled("alph", self._panels), panel=text
        )
        group.labels = labels
        self._within(group, content, style)
        for label in group.labels:
            self._walk.counters.labels.setdefault(label, Target(group.kind, group.panel_number or "", text))

    def _caption(self, at: int, end: int, style: Style) -> int:
        del style
        name = self._walk.tree.tokens[at - 1].text
        starred = self._walk.tree.star(at, end) > at
        at = self._walk.tree.star(at, end)
        kind = self._walk.groups[-1].kind if self._walk.groups else "table"
        if name == "captionof":
            said = self._walk.tree.argument(at, end)
            kind, at = (self._walk.tree.raw(said).strip() or kind, said.after) if said else (kind, at)
        elif name in _OF_TABLES:
            kind = "table"
        option = self._walk.tree.option(at, end)
        span = self._walk.tree.argument(option.after if option else at, end)
        if span is None:
            return at
        self._take_caption(kind, span, panel=name == "subcaption", starred=starred)
        return span.after

    def _take_caption(self, kind: str, span: Span, *, panel: bool = False, starred: bool = False) -> None:
        group = self._walk.groups[-1] if self._walk.groups else None
        if group is not None and (panel or group.panel_number is not None):
            group.panel = self._walk.plain(span)
            if group.panel_number is None:
                self._panels += 1
                group.panel_number = self._main_number() + spelled("alph", self._panels)
            return
        if group is not None and group.single and group.captions:
            self._walk.plain(span)
            return
        number = None if starred else self._walk.counters.step(kind)
        caption = Caption(kind, "", number)
        if group is None:
            self._wait(caption)
        else:
            group.met.append(caption)
        caption.text = self._walk.plain(span)
        self._walk.current = Target(kind, number or "", caption.text)
        if group is None:
            self._emit_caption(caption)

    def _wait(self, caption: Caption) -> None:
        """A caption outside of any float is of the tabular before it, or else of the next."""
        if self._last is not None and self._last.caption is None:
            self._last.caption, self._last = caption, None
        else:
            self._waiting = caption

    def _tabular(self, name: str, span: Span, style: Style) -> None:
        inside = self._walk.renderer.inside(name, span)
        if self._walk.renderer.in_cell or style.math:
            self._walk.renderer.render(inside.start, inside.end, style)
            return
        if self._tabulars.is_layout(inside):
            if self._walk.groups:
                self._walk.renderer.render(inside.start, inside.end, style)
            else:
                self._within(Group("table"), inside, style)
            return
        found = Found(self._tabulars.read(name, span))
        if self._walk.groups:
            self._walk.groups[-1].met.append(found)
            self._walk.renderer.emit("\n\n", style)
        elif found.grid.cells:
            found.caption, self._waiting = self._waiting, None
            self._last = found
            self._emit_table(found)

    def _long(self, name: str, span: Span, style: Style) -> None:
        """A table over several pages, which holds its own caption."""
        if self._walk.renderer.in_cell or self._walk.groups:
            self._tabular(name, span, style)
            return
        group = Group("table", single=True)
        self._walk.groups.append(group)
        if option := self._walk.tree.option(span.start, span.end) if "tblr" in name else None:
            self._options(self._walk.tree.raw(option), group)
        group.met.append(Found(self._tabulars.read(name, span)))
        self._walk.groups.pop()
        group.settle(None)
        self._ended(group)

    def _options(self, said: str, group: Group) -> None:
        """What a ``longtblr`` says in its options: ``caption = ..., label = ...``."""
        for part in re.split(r",\s*(?=[a-z]+\s*=)", said):
            key, _, value = part.partition("=")
            if key.strip() == "caption":
                group.met.append(Caption("table", " ".join(value.split()), self._walk.counters.step("table")))
            elif key.strip() == "label":
                group.label(value.strip())

    def _notes(self, name: str, span: Span, style: Style) -> None:
        inside = self._walk.renderer.inside(name, span)
        text = joined(self._walk.renderer.collect(inside.start, inside.end, style._replace(aside=0)))
        if self._walk.groups:
            self._walk.groups[-1].notes += filter(None, text.split("\n\n"))
        elif text:
            self._walk.renderer.emit(f"\n\n{text}\n\n", style)

    def _label(self, at: int, end: int, style: Style) -> int:
        del style
        span = self._walk.tree.argument(at, end)
        if span is None:
            return at
        name = self._walk.tree.raw(span)
        if self._walk.groups:
            self._walk.groups[-1].label(name)
        elif self._last_caption_label(name):
            pass
        else:
            self._walk.counters.labels.setdefault(name, self._walk.current)
        return span.after

    def _last_caption_label(self, name: str) -> bool:
        """Whether a label outside of floats is that of a caption there."""
        caption = self._waiting or (self._last.caption if self._last else None)
        if caption is None or self._walk.current.kind != caption.kind:
            return False
        caption.labels.append(name)
        self._point([name], caption)
        return True
