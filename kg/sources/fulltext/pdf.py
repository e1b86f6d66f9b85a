"""Papers in PDF: text in its order, sections by their headings, tables by captions and by where their cells stand.

Pages say where letters stand and no more: all structure is a guess, and tables are marked so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from kg.errors import SourceError
from kg.hookspecs import Source
from kg.model import Paper, Reject
from kg.sources.fields import RecordError, make_paper
from kg.sources.filenames import arxiv_id_in_name
from kg.sources.fulltext.body import BodyWriter
from kg.sources.fulltext.names import names_among
from kg.sources.fulltext.pdf_layout import Layout, layout_of
from kg.sources.fulltext.pdf_lines import PdfLine, lines_of_page
from kg.sources.fulltext.pdf_parts import write_parts

__all__ = ["LONGEST_FILE", "MOST_PAGES", "read"]

LONGEST_FILE = 200_000_000
"""Bytes: papers with many photographs take 50 million."""

MOST_PAGES = 300
"""Of which the text is read."""

_STAMP = re.compile(r"arXiv:((?:\d{4}\.\d{4,5}|[a-z-]{2,12}(?:\.[A-Z]{2})?/\d{7})(?:v\d{1,3})?)")
_DOI = re.compile(r"(?:doi\.org/|\bdoi:?\s?)(10\.\d{4,9}/[^\s\"<>]{2,80})", re.IGNORECASE)
_FEW_LETTERS = 100  # of a whole document: there are only images of text
_MISSING = "reading PDF is an extra: pip install 'paperkg[fulltext]'"


def read(source: Source) -> Iterator[Paper | Reject]:
    """The paper that a PDF is.

    Raises:
        SourceError: the extra is not there, or the file is longer than any paper.
    """
    try:
        import pypdfium2
        from pypdfium2 import raw
    except ImportError:
        raise SourceError(f"{source.name}: is a PDF; {_MISSING}") from None
    data = source.stream.read(LONGEST_FILE + 1)
    if len(data) > LONGEST_FILE:
        raise SourceError(f"{source.name}: is longer than {LONGEST_FILE:,} bytes, which no paper is")
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        yield Reject(source.name, 1, _refused(str(error)))
        return
    try:
        yield _paper(document, raw, source)
    except RecordError as error:
        yield Reject(source.name, 1, str(error))
    except pypdfium2.PdfiumError as error:
        yield Reject(source.name, 1, f"is a PDF that is damaged ({error}); get it again")
    finally:
        document.close()


def _refused(error: str) -> str:
    if "password" in error.lower() or "security" in error.lower():
        return "is a PDF that is encrypted; save a copy of it without a password"
    return f"is a PDF that is damaged ({error.rstrip('.')}); get it again"


def _paper(document: Any, raw: Any, source: Source) -> Paper:
    body = BodyWriter()
    pages = len(document)
    if pages > MOST_PAGES:
        body.remark(f"leaves out the pages from {MOST_PAGES + 1} on, of {pages:,}")
    lines: list[PdfLine] = []
    heights: list[float] = []
    for number in range(min(pages, MOST_PAGES)):
        page = document[number]
        heights.append(page.get_height())
        lines += lines_of_page(page, number, raw)
        if number == 0:
            first = _whole_text(page)
        page.close()
    if sum(len(word.text) for line in lines for word in line.words) < _FEW_LETTERS:
        raise RecordError("is a PDF of images, without text; recognise its text first (OCR), for example by ocrmypdf")
    layout = layout_of(lines, heights)
    title = layout.title or (source.known.title if source.known else "")
    if not title:
        raise RecordError("is a PDF of which no title can be told; name the file in the entry of a .bib beside it")
    write_parts(layout, body)
    paper = make_paper(
        f"{source.name}:1",
        title,
        layout.abstract,
        identifiers=[*_identifiers(first, layout), arxiv_id_in_name(source.name)],
        authors=names_among(layout.byline) or None,
    )
    return replace(paper, body=body.parts(), remarks=(*paper.remarks, *body.remarks))


def _whole_text(page: Any) -> str:
    """All text of a page, what stands in its margins and is turned as well."""
    text = page.get_textpage()
    try:
        found: str = text.get_text_bounded()
        return found
    finally:
        text.close()


def _identifiers(first: str, layout: Layout) -> Iterator[str]:
    """The stamp of arXiv and the DOI on the first page."""
    if stamp := _STAMP.search(re.sub(r"\s", "", first)):
        yield stamp.group(1)
    if found := _DOI.search(first):
        yield found.group(1).rstrip(".,;)")
