"""The lines of a PDF as parts of a paper: paragraphs below headings, captions, footnotes, and tables at captions."""

from __future__ import annotations

import re

from kg.model.fulltext import Table
from kg.sources.fulltext.body import BodyWriter
from kg.sources.fulltext.captions import Caption, read_caption
from kg.sources.fulltext.pdf_layout import Layout, continues, heading_of, without_breaks
from kg.sources.fulltext.pdf_lines import PdfLine
from kg.sources.fulltext.pdf_tables import grid_of, is_row, rows_after, rows_before

__all__ = ["write_parts"]

_CAPTION = re.compile(
    r"(?:Table|TABLE|Figure|FIGURE|Fig\.|Tab\.|Algorithm)\s?[A-Z]?\.?\d{1,3}[a-z]?\s?[:.|\u2014\u2013-](?=\s|\Z)"
    r"|TABLE [IVX\d]{1,5}\Z"
)
_CUT_OFF = re.compile(r"(?:references|bibliography|literature cited|r e f e r e n c e s)\W{0,2}\Z", re.IGNORECASE)
_APPENDIX = re.compile(r"(?:appendix|appendices|supplement)", re.IGNORECASE)
_NOTE = re.compile(r"(?:\d{1,2}|[*†‡§∗])\s?(?=[^\W\d_])|https?:")
_LONGEST_CAPTION = 14  # lines
_SENTENCE_END = (".", "!", "?", ":", ".”", '."', ".)")


def write_parts(layout: Layout, body: BodyWriter) -> None:
    """All lines behind the abstract."""
    lines = layout.lines
    taken = _tables(lines, layout, body_size=layout.size)
    paragraph: list[PdfLine] = []
    cut_off = False
    place = 0
    while place < len(lines):
        line = lines[place]
        heading = heading_of(line, layout.size) if place not in taken else None
        if heading is None and cut_off:
            place += 1
            continue
        if heading is not None:
            _end(paragraph, layout, body)
            level, title = heading
            while place + 1 < len(lines) and place + 1 not in taken and continues(lines[place], lines[place + 1]):
                place += 1
                title = without_breaks([title, lines[place].text], layout.words)
            if cut_off and not (_APPENDIX.match(title) or re.match(r"[A-Z][.\s]", line.text)):
                place += 1
                continue
            cut_off = _CUT_OFF.match(title) is not None
            if not cut_off:
                if _APPENDIX.match(title) or (body.has_parts and re.match(r"A[.\s]", line.text)):
                    body.begin_appendix()
                body.heading(level, title)
        elif place in taken:
            if taken[place] is not None:
                _end(paragraph, layout, body, goes_on=True)
                _write_table(taken[place], layout, body)  # type: ignore[arg-type]
        elif _is_note(line, layout):
            end = _end_of_note(lines, place, layout)
            body.footnotes([_without_mark(without_breaks([each.text for each in lines[place:end]], layout.words))])
            place = end - 1
        else:
            if paragraph and _begins(paragraph[-1], line, layout):
                _end(paragraph, layout, body)
            paragraph.append(line)
        place += 1
    _end(paragraph, layout, body)


class _Found:
    """A caption and the lines of its table."""

    def __init__(self, caption: Caption, rows: list[PdfLine]) -> None:
        self.caption = caption
        self.rows = rows


def _tables(lines: list[PdfLine], layout: Layout, body_size: float) -> dict[int, _Found | None]:
    """The numbers of lines that are of captions and tables; with the first of each, what was found."""
    taken: dict[int, _Found | None] = {}
    place = 0
    while place < len(lines):
        if place in taken or not _CAPTION.match(lines[place].text):
            place += 1
            continue
        end = _end_of_caption(lines, place)
        caption = read_caption(without_breaks([line.text for line in lines[place:end]], layout.words))
        rows: range = range(0)
        if caption.kind == "table":
            below, above = rows_after(lines, end, body_size), rows_before(lines, place, body_size)
            above = range(above.start, above.stop) if not any(each in taken for each in above) else range(0)
            rows = below if len(below) >= len(above) else above
        taken.update(dict.fromkeys(range(place, end)))
        taken.update(dict.fromkeys(rows))
        taken[place] = _Found(caption, [lines[each] for each in rows])
        place = end
    return taken


def _end_of_caption(lines: list[PdfLine], place: int) -> int:
    first = lines[place]
    end = place + 1
    while end < len(lines) and end - place < _LONGEST_CAPTION:
        last, line = lines[end - 1], lines[end]
        far = last.bottom - line.bottom > 1.7 * first.size or line.bottom > last.bottom or line.page != first.page
        if far or abs(line.size - first.size) > 0.6 or _CAPTION.match(line.text) or is_row(line):
            break
        if last.right < first.right - 4 * first.size and last.text.endswith("."):
            break
        end += 1
    return end


def _write_table(found: _Found, layout: Layout, body: BodyWriter) -> None:
    caption = found.caption
    body.caption(caption.text)
    if not found.rows:
        if caption.kind == "table":
            body.lacks_table("of which no rows could be told")
        return
    grid = grid_of(found.rows)
    table = Table(grid.cells, caption.text, None, caption.number, rules=grid.rules, guessed=True)
    body.table(table, grid.problem)


def _is_note(line: PdfLine, layout: Layout) -> bool:
    return line.size < 0.92 * layout.size and line.bottom < 260 and _NOTE.match(line.text) is not None


def _end_of_note(lines: list[PdfLine], place: int, layout: Layout) -> int:
    end = place + 1
    while end < len(lines) and lines[end].page == lines[place].page and lines[end].bottom < lines[end - 1].bottom:
        if lines[end].size >= 0.92 * layout.size or _NOTE.match(lines[end].text):
            break
        end += 1
    return end


def _without_mark(text: str) -> str:
    return re.sub(r"\A(?:\d{1,2}|[*†‡§∗])\s?(?=[^\W\d_])", "", text)


def _begins(last: PdfLine, line: PdfLine, layout: Layout) -> bool:
    """Whether a paragraph begins with a line: behind a gap, or set in behind a sentence."""
    ends = last.text.endswith(_SENTENCE_END)
    if line.page != last.page or line.bottom > last.bottom:
        return ends and last.right < line.right - 2 * layout.size
    if last.bottom - line.bottom > 1.9 * layout.size:
        return ends
    return ends and (line.left - last.left > 0.6 * layout.size or line.text.startswith("•"))


def _end(paragraph: list[PdfLine], layout: Layout, body: BodyWriter, *, goes_on: bool = False) -> None:
    """The paragraph is over, unless it may go on behind what floats in it."""
    if not paragraph or (goes_on and not paragraph[-1].text.endswith(_SENTENCE_END)):
        return
    text = without_breaks([line.text for line in paragraph], layout.words)
    if any(map(str.isalpha, text)):
        body.paragraph(text)
    paragraph.clear()
