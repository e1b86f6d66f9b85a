"""Papers in saved pages of HTML: in full, of arXiv, of Hugging Face, and of all who tell search engines about them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import BinaryIO

from lxml import html

from kg.errors import SourceError
from kg.model import Paper, Reject
from kg.sources import arxiv_html, huggingface_html, page_metadata
from kg.sources.fields import RecordError
from kg.sources.fulltext import latexml
from kg.sources.htmltext import parse_page

__all__ = ["read"]

_Finder = Callable[[html.HtmlElement], Iterator[Callable[[str], Paper]]]
# The first that finds anything in a page reads it; headings tell least.
_FINDERS: tuple[_Finder, ...] = (
    huggingface_html.stated,
    arxiv_html.found,
    arxiv_html.listed,
    page_metadata.about,
    huggingface_html.headed,
)


def read(stream: BinaryIO, source: str) -> Iterator[Paper | Reject]:
    """One paper or reject for each paper of the page, numbered in its order.

    Raises:
        SourceError: the page is too long to be one, no HTML, or no paper can be seen in it.
    """
    page, remarks = parse_page(stream, source)
    finders: tuple[_Finder, ...] = (partial(latexml.documents, name=source, remarks=remarks), *_FINDERS)
    for find in finders:
        number = 0
        for number, paper in enumerate(find(page), start=1):
            try:
                yield paper(f"{source}:{number}")
            except RecordError as error:
                yield Reject(source, number, str(error))
        if number:
            return
    raise SourceError(
        f"{source}: is a page in HTML that holds no paper that kg can see; save the page of papers itself, "
        "or export BibTeX, RIS or CSV from where it is from"
    )
