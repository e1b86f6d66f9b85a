"""News as an Atom feed (RFC 4287): an entry a paper, whose id is the paper's IRI and which is updated when more of it
comes."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

from kg.iris import DEFAULT_BASE, paper_iri, safe_iri
from kg.text.characters import carriable
from kg.text.terminal import one_line
from kg.version import __version__
from kg.watching.html import paper_body
from kg.watching.news import PaperNews
from kg.watching.words import address_of, title_of

__all__ = ["atom_feed", "feed_id"]

_ATOM = "http://www.w3.org/2005/Atom"
_UNKNOWN = "1970-01-01T00:00:00Z"  # an entry must say when it was updated (RFC 4287, 4.1.2)


def feed_id(name: str, base: str = DEFAULT_BASE) -> str:
    """The id of a feed, the same wherever it is made.

    >>> feed_id("sheep")
    'urn:uuid:7731a03b-aee1-5373-a262-d4323c438fea'
    """
    return f"urn:uuid:{uuid5(NAMESPACE_URL, base + 'watch/' + name)}"


def atom_feed(
    title: str, papers: Sequence[tuple[str, PaperNews]], *, base: str = DEFAULT_BASE, address: str | None = None
) -> bytes:
    """A feed of papers, each with the name of the watch that found it, the last that came first; ``address`` is where
    it is served. A paper that several watches found is one entry, of the first."""
    feed = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})
    entries: dict[str, tuple[str, PaperNews]] = {}
    for watch, news in papers:
        entries.setdefault(news.paper.id, (watch, news))
    ordered = sorted(entries.values(), key=lambda entry: _updated(entry[1]), reverse=True)
    _put(feed, "id", feed_id(title, base))
    _put(feed, "title", title)
    _put(feed, "updated", max((_updated(news) for _, news in ordered), default=_UNKNOWN))
    _put(etree.SubElement(feed, f"{{{_ATOM}}}author"), "name", "kg")
    _put(feed, "generator", "kg", version=__version__)
    if address and (link := safe_iri(address)):
        _put(feed, "link", rel="self", type="application/atom+xml", href=link)
    for watch, news in ordered:
        _entry(feed, watch, news, base)
    return etree.tostring(feed, encoding="utf-8", xml_declaration=True, pretty_print=True)  # type: ignore[no-any-return]


def _entry(feed: etree._Element, watch: str, news: PaperNews, base: str) -> None:
    entry = etree.SubElement(feed, f"{{{_ATOM}}}entry")
    _put(entry, "id", paper_iri(news.paper.id, base))
    _put(entry, "title", title_of(news.paper))
    _put(entry, "updated", _updated(news))
    if news.first_came:
        _put(entry, "published", news.first_came)
    for author in news.paper.authors:
        if name := one_line(author.name).strip():
            _put(etree.SubElement(entry, f"{{{_ATOM}}}author"), "name", name)
    if link := address_of(news.paper):
        _put(entry, "link", rel="alternate", href=link)
    _put(entry, "category", term=watch)
    _put(entry, "content", str(paper_body(news)), type="html")


def _updated(news: PaperNews) -> str:
    """When the last of a paper's records came; where nobody knows, the day of its date, and else the beginning of the
    epoch."""
    if news.last_came:
        return news.last_came
    date = news.paper.date
    return f"{date}{'-01-01'[len(date) - 10 :] if len(date) < 10 else ''}T00:00:00Z" if date else _UNKNOWN


def _put(parent: etree._Element, tag: str, text: str | None = None, /, **attributes: str) -> None:
    element = etree.SubElement(
        parent, f"{{{_ATOM}}}{tag}", {name: carriable(value) for name, value in attributes.items()}
    )
    if text is not None:
        element.text = carriable(text)
