"""Entries of feeds: Atom, as arXiv's API answers, and RSS of all versions, as arXiv and journals have it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.identifiers import arxiv_id, doi
from kg.model import Paper, PaperStatus
from kg.sources.elements import element_text, text_at, texts_at
from kg.sources.fields import RecordError, make_paper
from kg.sources.markup import without_markup
from kg.sources.xmltext import Around, Element, local

__all__ = ["ENTRY", "ITEMS", "atom_paper", "rss_paper", "withdrawn"]

_ATOM = "{http://www.w3.org/2005/Atom}"
_ARXIV = "{http://arxiv.org/schemas/atom}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_ENCODED = "{http://purl.org/rss/1.0/modules/content/}encoded"

ENTRY = f"{_ATOM}entry"
"""An entry of Atom."""

ITEMS = ("item", "{http://purl.org/rss/1.0/}item", "{http://my.netscape.com/rdf/simple/0.9/}item")
"""An item of RSS 2.0, 1.0 and 0.9."""

# arXiv announces "arXiv:2402.01234v1 Announce Type: new  Abstract: We ..." (https://info.arxiv.org/help/rss.html), and
# until 2024 put the id behind the title: "Sheep. (arXiv:2402.01234v1 [cs.LG] UPDATED)".
_ANNOUNCED = re.compile(
    r"\s*arXiv:(?P<id>\S{1,40})\s{1,20}Announce Type:\s{0,20}(?P<type>[a-z-]{1,30})\s{1,20}(?:Abstract:)?", re.I
)
_BEHIND_TITLE = re.compile(r"\.? \((?P<id>arXiv:[^\s()]{1,40})(?: \[[\w.-]{1,30}\])?(?: UPDATED)?\)\Z")
_FIRST_ANNOUNCED = ("", "new")  # the others bear the day of a revision, or of another list's
_OAI = re.compile(r"oai:arxiv\.org:", re.IGNORECASE)
_CODE = re.compile(r"[a-z-]{2,20}(?:\.[A-Za-z-]{2,20})?\Z")  # of arXiv's categories, among codes of others
_WITHDRAWN = re.compile(
    r"[^.]{0,80}\b(?:withdrawn (?:by|due|because|from)|(?:has|have) been withdrawn)\b", re.IGNORECASE
)
_RELATED = ("", "alternate", "related")  # links that lead to the paper
# What posts and podcasts have, and papers do not.
_OF_POSTS = frozenset(("enclosure", "commentRss", "comments", "duration", "episodeType"))
_OF_PAPERS = ("prismstandard.org", "/modules/prism/")
_NAME_OF_MAIL = re.compile(r"\S+@\S+ \((?P<name>[^()]{1,200})\)\Z")  # as RSS 2.0 has authors
# Paragraphs of journals' feeds that say where a paper appeared, before its abstract or instead of one.
_IMPRINT = re.compile(
    r"(?:abstract|summary)\W{0,3}\Z|(?:publication date|published|source|authors?|author\(s\)|doi|journal|volume|"
    r"article history|highlights) ?:|[^.:]{0,200}(?:,? (?:published online|volume \d|vol\. \d|earlyview|early view|"
    r"ahead of print|early access|accepted article)\b)|(?:[^.:]{0,100} )?doi:\s?10\.",
    re.IGNORECASE,
)  # fmt: skip
_LONGEST_IMPRINT = 400  # characters


def withdrawn(comment: str) -> PaperStatus | None:
    """Whether a comment of arXiv's says that the paper was withdrawn.

    >>> withdrawn("This paper has been withdrawn by the author due to an error"), withdrawn("12 pages")
    (<PaperStatus.WITHDRAWN: 'withdrawn'>, None)
    """
    return PaperStatus.WITHDRAWN if _WITHDRAWN.match(comment) else None


def atom_paper(entry: Element, within: Around, origin: str) -> Paper:
    """The paper of one entry of Atom.

    Raises:
        RecordError: it has no title, or is an error that arXiv's API answers with.
    """
    identifier = text_at(entry, f"{_ATOM}id")
    if "/api/errors" in identifier:
        raise RecordError(f"arXiv answers with an error: {text_at(entry, f'{_ATOM}summary').strip()[:200]}")
    links = [link.get("href", "") for link in entry.iterfind(f"{_ATOM}link") if link.get("rel", "") in _RELATED]
    told, abstract = _announced(_typed(entry, f"{_ATOM}summary") or _typed(entry, f"{_ATOM}content"))
    terms = [each.get("term", "") for path in (f"{_ARXIV}primary_category", f"{_ATOM}category")
             for each in entry.iterfind(path)]  # fmt: skip
    return make_paper(
        origin,
        _typed(entry, f"{_ATOM}title"),
        abstract,
        identifiers=[_OAI.sub("", identifier), *told, *texts_at(entry, "{*}doi", "{*}DOI"), *links],
        dates=_dates(entry, (f"{_ATOM}published", f"{_ATOM}updated")),
        urls=links,
        status=withdrawn(text_at(entry, f"{_ARXIV}comment")),
        authors=_authors(texts_at(entry, f"{_ATOM}author/{_ATOM}name") or texts_at(entry, f"{_DC}creator")),
        venue=text_at(entry, f"{_ARXIV}journal_ref", "{*}publicationName"),
        categories=_categories(terms, any(arxiv_id(_OAI.sub("", each)) for each in (identifier, *links))),
    )


def rss_paper(item: Element, within: Around, origin: str) -> Paper:
    """The paper of one item of RSS.

    Raises:
        RecordError: it has no title, or is a post of a blog or an episode of a podcast.
    """
    space = item.tag[: -len(local(item.tag))]
    title = " ".join(without_markup(text_at(item, f"{space}title", f"{_DC}title")).split())
    behind = _BEHIND_TITLE.search(title[-200:])
    told, abstract = _announced(_described(item, space))
    links = texts_at(item, f"{space}link", "{*}link", f"{space}guid")
    about = [value for key, value in item.attrib.items() if local(key) == "about"]
    identifiers = [
        _OAI.sub("", each) for each in texts_at(item, "{*}doi", "{*}DOI", f"{_DC}identifier", f"{space}guid")
    ]
    identifiers = [*identifiers, *told, *([behind["id"]] if behind else ()), *links, *about]
    if _is_post(item) and not any(arxiv_id(each) or doi(each) for each in identifiers):
        raise RecordError("is a post or an episode, with comments or media, and no paper")
    return make_paper(
        origin,
        title[: -len(behind.group())] if behind else title,
        abstract,
        identifiers=identifiers,
        dates=_dates(item, ("{*}publicationDate", f"{_DC}date", f"{space}pubDate", "{*}published", "{*}coverDate")),
        urls=links or about,
        authors=_authors(texts_at(item, f"{_DC}creator") or texts_at(item, f"{space}author", "{*}author/{*}name")),
        venue=text_at(item, "{*}publicationName", f"{_DC}source"),
        type=text_at(item, f"{_DC}type", "{*}aggregationType"),
        categories=_categories(texts_at(item, f"{space}category"), bool(told or behind)),
        keywords=texts_at(item, f"{_DC}subject", "{*}keyword"),
    )


def _typed(entry: Element, path: str) -> str:
    """A text of Atom, which says whether it is HTML."""
    found = entry.find(path)
    text = element_text(found)
    return without_markup(text) if found is not None and found.get("type", "").endswith("html") else text


def _announced(text: str) -> tuple[list[str], str]:
    """What stands before an abstract that arXiv announces, as identifiers, and the abstract."""
    match = _ANNOUNCED.match(text)
    return ([f"arXiv:{match['id']}"], text[match.end() :]) if match else ([], text)


def _dates(entry: Element, paths: Sequence[str]) -> list[str]:
    """The dates at paths; none of an announcement that is not of the first version."""
    kind = text_at(entry, f"{_ARXIV}announce_type").strip()
    return texts_at(entry, *paths) if kind in _FIRST_ANNOUNCED else []


def _authors(names: list[str]) -> object:
    """Names in elements of their own, or all in one, which may be links or addresses of mail with names behind."""
    if len(names) != 1:
        return names
    name = without_markup(names[0])
    mail = _NAME_OF_MAIL.match(name)
    return mail["name"] if mail else name


def _categories(terms: list[str], of_arxiv: bool) -> list[str]:
    return [term for term in terms if _CODE.match(term)] if of_arxiv else terms


def _described(item: Element, space: str) -> str:
    """The abstract of an item: the longest text that describes it, without what says where the paper appeared."""
    texts = texts_at(item, f"{space}description", _ENCODED, f"{_DC}description", "{*}abstract", f"{_ATOM}summary")
    paragraphs = ([part.strip() for part in without_markup(text).split("\n\n")] for text in texts)
    return max(("\n\n".join(filter(_is_abstract, parts)) for parts in paragraphs), key=len, default="")


def _is_abstract(paragraph: str) -> bool:
    return len(paragraph) > _LONGEST_IMPRINT or not _IMPRINT.match(paragraph)


def _is_post(item: Element) -> bool:
    names = [child.tag for child in item]
    of_papers = any(mark in name for name in names for mark in _OF_PAPERS)
    return not of_papers and not _OF_POSTS.isdisjoint(map(local, names))
