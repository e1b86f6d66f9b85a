"""Pages of Hugging Face's papers, saved as HTML.

The page carries its data as JSON in an attribute (``data-target="DailyPapers"``, ``data-props``); where it does not,
the headings link to the papers, and a title is all there is.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial

from lxml import html

from kg.model import Paper
from kg.sources import huggingface
from kg.sources.fields import RecordError, make_paper
from kg.sources.jsontext import holds_records

__all__ = ["headed", "stated"]

Entry = Callable[[str], Paper]


def stated(page: html.HtmlElement) -> Iterator[Entry]:
    """The papers in the data of a page."""
    for row in _rows(page):
        yield partial(_paper, row)


def headed(page: html.HtmlElement) -> Iterator[Entry]:
    """The papers that headings of a page link to."""
    for link in page.xpath('//h3//a[starts-with(@href, "/papers/")]'):
        yield partial(_headed, link)


def _paper(row: object, origin: str) -> Paper:
    if not isinstance(row, dict):
        raise RecordError("not a JSON object; each paper of the page must be one")
    return huggingface.paper(row, origin)


def _headed(link: html.HtmlElement, origin: str) -> Paper:
    address = f"huggingface.co{link.get('href')}"
    return make_paper(origin, str(link.text_content()), "", identifiers=[address])


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
