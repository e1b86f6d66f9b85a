"""Pages of Hugging Face's papers, saved as HTML.

The page carries its data as JSON in an attribute (``data-target="DailyPapers"``, ``data-props``); where it does not,
the headings link to the papers, and a title is all there is.
"""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator
from typing import BinaryIO

from lxml import etree, html

from kg.errors import SourceError
from kg.model import Paper, Reject
from kg.sources import huggingface
from kg.sources.fields import RecordError, make_paper
from kg.sources.jsontext import holds_records

__all__ = ["LONGEST_PAGE", "read"]

LONGEST_PAGE = 32_000_000
"""Bytes: a month of papers takes about 2 million."""


def read(stream: BinaryIO, source: str) -> Iterator[Paper | Reject]:
    """One paper or reject for each paper of the page, numbered in its order.

    Raises:
        SourceError: the page is too long to be one, or no paper can be seen in it.
    """
    data = stream.read(LONGEST_PAGE + 1)
    if len(data) > LONGEST_PAGE:
        raise SourceError(f"{source}: is longer than {LONGEST_PAGE:,} bytes, which no page of papers is")
    page = _parse(data, source)
    number = 0
    for number, row in enumerate(_rows(page), start=1):
        try:
            yield _paper(row, f"{source}:{number}")
        except RecordError as error:
            yield Reject(source, number, str(error))
    if number == 0:
        number = yield from _headings(page, source)
    if number == 0:
        raise SourceError(
            f"{source}: is a page in HTML that holds no paper that kg can see; save the page of papers itself, "
            "or export BibTeX, RIS or CSV from where it is from"
        )


def _parse(data: bytes, source: str) -> html.HtmlElement:
    # Not "huge": deeper than 256 elements is no page, and costs of a depth without bounds grow with its square.
    parser = html.HTMLParser(encoding="utf-8", huge_tree=False)
    try:
        return html.document_fromstring(data.decode("utf-8", "replace").encode(), parser=parser)
    except etree.LxmlError as error:
        raise SourceError(f"{source}: is no HTML that can be read ({error})") from None


def _paper(row: object, origin: str) -> Paper:
    if not isinstance(row, dict):
        raise RecordError("not a JSON object; each paper of the page must be one")
    return huggingface.paper(row, origin)


def _rows(page: html.HtmlElement) -> Iterator[object]:
    """The objects in the page's data: those of its list of papers, or else the one paper that it is about."""
    nodes = page.xpath('//*[@data-target="DailyPapers"]') or page.xpath("//*[@data-props]")
    for properties in (_properties(node.get("data-props")) for node in nodes):
        if holds_records(properties):
            yield from next(properties[key] for key in ("dailyPapers", "papers", "results") if key in properties)
        elif isinstance(properties.get("paper"), dict):
            yield properties


def _properties(text: str | None) -> dict[str, list[object]]:
    try:
        value = json.loads(text or "{}")
    except (ValueError, RecursionError):
        # The headings further down may still be whole.
        return {}
    return value if isinstance(value, dict) else {}


def _headings(page: html.HtmlElement, source: str) -> Generator[Paper | Reject, None, int]:
    number = 0
    for number, link in enumerate(page.xpath('//h3//a[starts-with(@href, "/papers/")]'), start=1):
        try:
            address = f"huggingface.co{link.get('href')}"
            yield make_paper(f"{source}:{number}", str(link.text_content()), "", identifiers=[address])
        except RecordError as error:
            yield Reject(source, number, str(error))
    return number
