"""Tables and figures of LaTeXML's pages: captions, panels, and tabulars, which are tables or spans."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kg.sources.fulltext.body import BodyWriter
from kg.sources.fulltext.captions import is_panel, read_caption
from kg.sources.fulltext.grids import Entry, Grid, GridRow, lay_out
from kg.sources.fulltext.htmlcells import source_of, span_of
from kg.sources.fulltext.inline import read_inline
from kg.sources.fulltext.latexml_text import classes, role_of

__all__ = ["write_float", "write_tables"]

_FLOATS = frozenset(("ltx_table", "ltx_figure", "ltx_float"))
_SPAN = re.compile(r"ltx_(row|col)span_(\d{1,9})")
_UNREAD = frozenset("ltx_listing ltx_lstlisting ltx_picture ltx_graphics ltx_tag".split())
_ABOVE = frozenset(("ltx_border_t", "ltx_border_tt", "ltx_border_T"))
_BELOW = frozenset(("ltx_border_b", "ltx_border_bb", "ltx_border_B"))


@dataclass(frozen=True, slots=True)
class _Said:
    """What stands at a table: its caption and number, and those of the panel that it is in."""

    caption: str = ""
    number: str | None = None
    label: str | None = None
    panel: str = ""


def write_float(figure: Any, body: BodyWriter) -> None:
    """The caption of a float, its panels with theirs, and the tables in it."""
    _write(figure, body, _Said())


def write_tables(element: Any, body: BodyWriter) -> None:
    """The tables in an element that is no float, and the text beside them."""
    _write(element, body, _Said())


def _write(figure: Any, body: BodyWriter, around: _Said) -> None:
    said, notes = _said(figure, body, around), []
    grids: list[tuple[Grid, str | None]] = []
    if "ltx_tabular" in classes(figure):
        grids.append((lay_out(_rows(figure)), figure.get("id")))
    for each in _pieces(figure):
        names = classes(each)
        if "ltx_tabular" in names:
            grids.append((lay_out(_rows(each)), each.get("id")))
        elif names & _FLOATS:
            _tables(grids, body, said, ())
            grids = []
            _write(each, body, said)
        else:
            inline = read_inline(each, role_of)
            notes += [inline.text] if inline.text else []
            body.footnotes(inline.notes)
    if not grids and not said.caption:
        for text in notes:
            body.paragraph(text)
    _tables(grids, body, said, tuple(notes))


def _tables(grids: list[tuple[Grid, str | None]], body: BodyWriter, said: _Said, notes: tuple[str, ...]) -> None:
    for place, (grid, name) in enumerate(grids):
        last = place == len(grids) - 1
        body.grid(
            grid,
            caption=said.caption,
            number=said.number,
            label=said.label or name,
            panel=said.panel,
            notes=notes if last else (),
        )


def _said(figure: Any, body: BodyWriter, around: _Said) -> _Said:
    """What a float is called, inside of another; captions are written as they come."""
    captions = [each for each in _pieces(figure, captions=True) if _is_caption(each)]
    said = around
    for caption in captions[:1]:
        tag = " ".join(_tag_text(each) for each in caption.iter("span") if "ltx_tag" in classes(each)).strip()
        inline = read_inline(caption, role_of)
        named = read_caption(f"{tag} {inline.text}" if tag and not is_panel(tag) else inline.text)
        if is_panel(tag) or (around.caption and not named.kind):
            said = _Said(around.caption, around.number, figure.get("id") or around.label, inline.text)
        else:
            said = _Said(named.text, named.number, figure.get("id"))
        body.caption(said.panel or said.caption)
        body.footnotes(inline.notes)
    return said


def _tag_text(tag: Any) -> str:
    """The number of a float as it is printed."""
    return " ".join("".join(tag.itertext()).split())


def _is_caption(element: Any) -> bool:
    return element.tag == "figcaption" or "ltx_caption" in classes(element)


def _pieces(element: Any, *, captions: bool = False) -> Iterator[Any]:
    """The outermost tables, floats and paragraphs in an element, or its captions."""
    stack = [iter(element)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
            continue
        names = classes(child)
        if not isinstance(child.tag, str) or names & _UNREAD:
            continue
        if _is_caption(child):
            if captions:
                yield child
        elif "ltx_tabular" in names or names & _FLOATS or _is_text(child, names):
            if not captions:
                yield child
        else:
            stack.append(iter(child))


def _is_text(element: Any, names: frozenset[str]) -> bool:
    return ("ltx_p" in names or element.tag == "p") and not _has_table(element)


def _has_table(element: Any) -> bool:
    return bool(element.xpath(".//*[contains(concat(' ', @class, ' '), ' ltx_tabular ')][1]"))


def _rows(table: Any) -> Iterator[GridRow]:
    """The rows of a tabular, whatever elements it is made of; not those of tabulars in its cells."""
    for row, in_head in _outer_rows(table):
        yield GridRow([_entry(cell, in_head) for cell in row if "ltx_td" in classes(cell) or cell.tag in ("td", "th")])


def _outer_rows(table: Any) -> Iterator[tuple[Any, bool]]:
    stack = [(iter(table), False)]
    while stack:
        children, in_head = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            continue
        names = classes(child)
        if "ltx_tr" in names or child.tag == "tr":
            yield child, in_head
        elif isinstance(child.tag, str) and "ltx_td" not in names:
            stack.append((iter(child), in_head or child.tag == "thead" or "ltx_thead" in names))


def _entry(cell: Any, in_head: bool) -> Entry:
    names = classes(cell)
    spans = {match.group(1): int(match.group(2)) for each in names if (match := _SPAN.fullmatch(each))}
    return Entry(
        read_inline(cell, role_of, cell=True),
        max(spans.get("row", 1), span_of(cell.get("rowspan"))),
        max(spans.get("col", 1), span_of(cell.get("colspan"))),
        head=in_head or "ltx_th" in names or cell.tag == "th",
        above=bool(names & _ABOVE),
        below=bool(names & _BELOW),
        source=source_of(cell),
    )
