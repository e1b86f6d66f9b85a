"""Markdown as headings, paragraphs and tables, in their order: what a paper in it is made of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

from kg.sources.fulltext.captions import Caption, read_caption
from kg.sources.fulltext.grids import Entry, Grid, GridRow, lay_out
from kg.sources.fulltext.htmlcells import fragment_of, html_role, outermost_tables, rows_of
from kg.sources.fulltext.inline import joined
from kg.sources.fulltext.markdown_inline import inline_of

__all__ = ["Block", "blocks_of"]

_MARKDOWN = MarkdownIt("commonmark").enable("table").disable("inline")
_FOOTNOTE = re.compile(r"\[\^[^\]]{1,40}\]:?\s?|<sup>\d{1,3}</sup>\s?(?=[^\W\d_]|https?:)")


@dataclass(frozen=True, slots=True)
class Block:
    """A heading with its level, a paragraph, or a table."""

    text: str = ""
    level: int = 0
    grid: Grid | None = None
    notes: tuple[str, ...] = ()
    is_note: bool = False

    @property
    def caption(self) -> Caption:
        """The paragraph as a caption."""
        return read_caption(self.text)


def blocks_of(text: str) -> Iterator[Block]:
    """The blocks of a text."""
    tokens = iter(_MARKDOWN.parse(text))
    for token in tokens:
        if token.type == "heading_open":
            yield Block(inline_of(next(tokens).content).text, int(token.tag[1:]))
        elif token.type == "table_open":
            yield Block(grid=lay_out(_rows(tokens)))
        elif token.type == "html_block":
            yield from _of_html(token.content)
        elif token.type == "inline":
            yield from _paragraphs(token)


def _paragraphs(token: Token) -> Iterator[Block]:
    note = _FOOTNOTE.match(token.content)
    text = inline_of(token.content).text
    if not text or re.fullmatch(r"\W{0,3}\d{0,4}\W{0,3}", text):
        return
    yield Block(
        re.sub(r"\A(?:\[\^[^\]]{1,40}\]:?|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})\s?", "", text) if note else text, is_note=note is not None
    )


def _rows(tokens: Iterator[Token]) -> Iterator[GridRow]:
    row: list[Entry] = []
    ruled = False
    for token in tokens:
        if token.type == "table_close":
            return
        if token.type in ("th_open", "td_open"):
            row.append(Entry(inline_of(next(tokens).content, cell=True), head=token.type == "th_open"))
        elif token.type == "tr_close":
            yield GridRow(row, ruled)
            row, ruled = [], False
        elif token.type == "thead_close":
            ruled = True


def _of_html(text: str) -> Iterator[Block]:
    """Tables of HTML in the text, and the text of other elements."""
    if not text.strip() or text.lstrip().startswith("<!--"):
        return
    root = fragment_of(text)
    if root is None:
        return
    tables = list(outermost_tables(root))
    for table in tables:
        caption = table.find("caption")
        if caption is not None:
            yield Block(joined(["".join(caption.itertext())]))
        yield Block(grid=lay_out(rows_of(table, html_role)))
    if not tables and (found := joined(["".join(root.itertext())])):
        yield Block(found)
