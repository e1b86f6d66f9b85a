"""The paper that a page is about, by what the page states for search engines: ``citation_*``, Dublin Core, JSON-LD.

Publishers, proceedings and repositories put these there for Google Scholar
(https://scholar.google.com/intl/en/scholar/inclusion.html) and for others (https://schema.org/ScholarlyArticle).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from lxml import html

from kg.identifiers import arxiv_id, doi
from kg.model import Paper
from kg.sources.arxiv_html import details
from kg.sources.fields import make_paper
from kg.sources.htmltext import text_in
from kg.sources.jsonvalues import first_text, plain_text, texts_in
from kg.sources.markup import without_markup

__all__ = ["about"]

Entry = Callable[[str], Paper]

_LONGEST_JSON = 2_000_000  # characters
_ARTICLES = frozenset(("ScholarlyArticle", "MedicalScholarlyArticle", "TechArticle"))
_WITHIN = ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item", "about")
_DEEPEST = 5
_VENUES = (
    "citation_journal_title", "citation_conference_title", "citation_conference", "citation_inbook_title",
    "citation_book_title", "prism.publicationname", "dc.source", "dcterms.ispartof",
)  # fmt: skip
_DATES = (
    "citation_publication_date", "citation_online_date", "citation_date", "citation_cover_date", "dc.date.issued",
    "dcterms.issued", "dc.date", "dcterms.date", "prism.publicationdate", "citation_year", "article:published_time",
)  # fmt: skip
_ABSTRACTS = ("citation_abstract", "dcterms.abstract", "dc.description.abstract", "dc.description")
_LINKS = ("citation_abstract_html_url", "citation_public_url", "citation_fulltext_html_url", "citation_pdf_url")
_HEADING = re.compile(
    r"\A\s{0,99}(?:[Aa]bstract|ABSTRACT|[Ss]ummary|SUMMARY)\s{0,9}(?:[:.\n\u2014-]\s{0,99}|(?=[A-Z]))"
)
_CUT_OFF = re.compile(r"(?:\.\.\.|…)\s*\Z")
# Where pages show the abstract: in an element of that name, or below a heading of that word.
_SHOWN = (
    "//blockquote[contains(@class, 'abstract')] | //*[@id='abstract' or @id='Abs1-content' or @id='abstracts'] | "
    "//*[contains(concat(' ', normalize-space(@class), ' '), ' abstract ') or contains(@class, 'acl-abstract') or "
    "contains(@class, 'abstractSection') or contains(@class, 'abstract-content') or contains(@class, 'abstract-text')]",
    "//*[self::h2 or self::h3 or self::h4 or self::h5][normalize-space()='Abstract']/following-sibling::*[1]",
)
_SHORTEST_SHOWN = 80  # characters


def about(page: html.HtmlElement) -> Iterator[Entry]:
    """The paper that the page is about; of JSON-LD also several, where it is about a list."""
    stated = _Stated(page)
    linked = list(_articles(page))
    if stated.is_of_paper:
        yield partial(_of_tags, stated, linked[0] if len(linked) == 1 else {}, page)
    else:
        for article in linked:
            yield partial(_of_json, article)


class _Stated:
    """What the page's ``<meta>`` state, by their names, which differ in case."""

    def __init__(self, page: html.HtmlElement) -> None:
        self._values: dict[str, list[str]] = {}
        for tag in page.iter("meta"):
            name, content = tag.get("name") or tag.get("property"), tag.get("content")
            if name and content and content.strip():
                self._values.setdefault(name.strip().lower().replace("dc:", "dc."), []).append(content.strip())

    @property
    def is_of_paper(self) -> bool:
        """Whether these are the marks of one paper's page; Dublin Core alone is on pages of all kinds."""
        if self.first("citation_title"):
            return True
        named = [*self.all("dc.identifier"), *self.all("citation_doi"), *self.all("prism.doi")]
        return bool(
            self.first("dc.title") and self.first("dc.creator") and any(doi(each) or arxiv_id(each) for each in named)
        )

    def all(self, name: str) -> list[str]:
        """All values of a name."""
        return self._values.get(name, [])

    def first(self, *names: str) -> str:
        """The first value of the first name that has one."""
        return next((values[0] for name in names if (values := self.all(name))), "")


def _of_tags(stated: _Stated, article: Mapping[str, object], page: html.HtmlElement, origin: str) -> Paper:
    links = [link for name in _LINKS for link in stated.all(name)]
    authors = stated.all("citation_author") or stated.all("dc.creator")
    number = stated.first("citation_arxiv_id")
    of_arxiv = details(page) if number else {}
    return make_paper(
        origin,
        without_markup(stated.first("citation_title", "dc.title")),
        _abstract(stated, article, page),
        identifiers=[
            number,
            *stated.all("citation_doi"),
            *stated.all("prism.doi"),
            *stated.all("dc.identifier"),
            *links,
        ],
        dates=[stated.first(name) for name in _DATES],
        urls=[f"https://arxiv.org/abs/{number}"] if number else links,
        **{
            "authors": authors if len(authors) > 1 else "".join(authors) or stated.first("citation_authors"),
            "venue": stated.first(*_VENUES),
            "type": stated.first("citation_article_type", "dc.type"),
            "keywords": _keywords([*stated.all("citation_keywords"), *stated.all("citation_keyword")]),
            **{name: value for name, value in of_arxiv.items() if value},
        },  # type: ignore[arg-type]
    )


def _abstract(stated: _Stated, article: Mapping[str, object], page: html.HtmlElement) -> str:
    """The abstract that the page states, or shows; one that was cut off only if there is no other."""
    said = [without_markup(stated.first(name)) for name in _ABSTRACTS] + [_described(article)]
    shown = [text_in(each) for path in _SHOWN for each in page.xpath(path)[:10]]
    texts = [_HEADING.sub("", text) for text in (*said, *(text for text in shown if len(text) >= _SHORTEST_SHOWN))]
    whole = [text for text in texts if text.strip() and not _CUT_OFF.search(text)]
    return next(iter(whole or filter(str.strip, texts)), "")


def _keywords(values: list[str]) -> object:
    return values if len(values) > 1 else "".join(values)


def _articles(page: html.HtmlElement) -> Iterator[Mapping[str, object]]:
    """The scholarly articles that the page's JSON-LD is about; not those that it cites."""
    for script in page.xpath("//script[@type='application/ld+json']"):
        text = script.text or ""
        if len(text) <= _LONGEST_JSON:
            try:
                yield from _within(json.loads(text, strict=False))
            except (ValueError, RecursionError):
                continue


def _within(value: object, depth: int = 0) -> Iterator[Mapping[str, object]]:
    if isinstance(value, list) and depth < _DEEPEST:
        for each in value:
            yield from _within(each, depth + 1)
    elif isinstance(value, dict):
        kind = value.get("@type")
        if not _ARTICLES.isdisjoint(
            kind if isinstance(kind, list) and all(isinstance(k, str) for k in kind) else [str(kind)]
        ):
            yield value
        elif depth < _DEEPEST:
            for name in _WITHIN:
                yield from _within(value.get(name), depth + 1)


def _described(article: Mapping[str, object]) -> str:
    return without_markup(first_text(article.get("abstract"), article.get("description")))


def _of_json(article: Mapping[str, object], origin: str) -> Paper:
    links = [plain_text(article.get(name)) for name in ("url", "@id", "mainEntityOfPage")]
    return make_paper(
        origin,
        without_markup(first_text(article.get("headline"), article.get("name"), article.get("title"))),
        _described(article),
        identifiers=[*texts_in(article.get("identifier")), *texts_in(article.get("sameAs")), *links],
        dates=[plain_text(article.get(name)) for name in ("datePublished", "dateCreated", "dateModified")],
        urls=links,
        authors=article.get("author") or article.get("creator"),
        venue=_venue(article.get("isPartOf")),
        keywords=article.get("keywords"),
    )


def _venue(part_of: object, depth: int = 0) -> str:
    """The name of what an article is part of; of an issue or a volume, of the journal that this is part of."""
    if not isinstance(part_of, dict) or depth == _DEEPEST:
        return plain_text(part_of)
    return _venue(part_of.get("isPartOf"), depth + 1) or plain_text(part_of.get("name"))
