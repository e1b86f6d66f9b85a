"""Saved pages of HTML, parsed as a whole, and the texts of their elements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree, html

from kg.errors import SourceError

__all__ = ["LONGEST_PAGE", "parse_page", "text_in"]

LONGEST_PAGE = 32_000_000
"""Bytes: a month of papers takes about 2 million."""

_UNREAD = frozenset(("script", "style", "noscript", "template", "button"))
_PARAGRAPHS = frozenset(("p", "br", "div", "li", "section"))
# What MathJax makes of a formula, beside the formula itself, which it keeps in a script.
_RENDERED = re.compile(r"(?:^|\s)(?:MathJax(?:_\w{1,20})?|mjx-\w{1,20})(?:\s|$)")
_SPACE = re.compile(r"\s+")
_BREAK = "\v"


def parse_page(stream: BinaryIO, source: str) -> tuple[html.HtmlElement, tuple[str, ...]]:
    """The page that a stream holds, and what of it could not be read.

    Raises:
        SourceError: it is too long to be a page, or no HTML at all.
    """
    data = stream.read(LONGEST_PAGE + 1)
    if len(data) > LONGEST_PAGE:
        raise SourceError(f"{source}: is longer than {LONGEST_PAGE:,} bytes, which no page of papers is")
    # Not "huge": deeper than 256 elements is no page, and costs of a depth without bounds grow with its square.
    parser = html.HTMLParser(encoding="utf-8", huge_tree=False)
    try:
        page = html.document_fromstring(data.decode("utf-8", "replace").encode(), parser=parser)
    except etree.LxmlError as error:
        raise SourceError(f"{source}: is no HTML that can be read ({error})") from None
    limits = [entry for entry in parser.error_log if entry.type_name == "ERR_RESOURCE_LIMIT"]
    return page, tuple(
        f"the page breaks off for the parser in line {entry.line} ({entry.message})" for entry in limits[:1]
    )


def text_in(element: html.HtmlElement | None) -> str:
    """The text that a reader of the page sees in an element, a line a paragraph; formulas as TeX.

    >>> text_in(html.fromstring('<div><p>We count <b>sheep</b><br>slowly.</p><script>x()</script></div>'))
    'We count sheep\\n\\nslowly.'
    """
    if element is None:
        return ""
    lines = "".join(_pieces(element)).split(_BREAK)
    return "\n\n".join(filter(None, (_SPACE.sub(" ", line).strip() for line in lines)))


def _pieces(element: html.HtmlElement) -> Iterator[str]:
    skipped: html.HtmlElement | None = None
    for event, each in etree.iterwalk(element, events=("start", "end", "comment", "pi")):
        if event == "start" and skipped is None:
            name = each.tag if isinstance(each.tag, str) else ""
            if name == "script" and str(each.get("type")).startswith("math/tex"):
                yield f"${(each.text or '').strip()}$"
            if name in _UNREAD or name.startswith("mjx-") or _RENDERED.search(each.get("class") or ""):
                skipped = each
            else:
                yield (_BREAK if name in _PARAGRAPHS else "") + (each.text or "")
        elif event != "start":
            if skipped is None and event == "end" and each.tag in _PARAGRAPHS:
                yield _BREAK
            if each is skipped:
                skipped = None
            if skipped is None and each is not element:
                yield each.tail or ""
