"""Pages of arXiv saved as HTML: lists of new and recent papers, and answers of its search."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

from lxml import html

from kg.model import Paper
from kg.sources.feeds import withdrawn
from kg.sources.fields import make_paper
from kg.sources.htmltext import text_in

__all__ = ["details", "found", "listed"]

Entry = Callable[[str], Paper]

_CODE = re.compile(r"\(([a-z-]{2,20}(?:\.[A-Za-z-]{2,20})?)\)")
_LABEL = re.compile(r"\A\s{0,99}(?:Title|Authors?|Comments|Subjects|Journal-ref|DOI|Abstract):\s{0,99}", re.IGNORECASE)
_SUBMITTED = re.compile(r"(?:v1 submitted|Submitted)\s{1,9}(\d{1,2} \w{3,9},? \d{4})")
_LESS = re.compile(r"\s*△\s*Less\s*\Z")


def listed(page: html.HtmlElement) -> Iterator[Entry]:
    """The papers of a list, as at arxiv.org/list/cs.CL/new: each a term with its id and a definition with the rest."""
    for term in page.xpath("//dl/dt[.//a[contains(@href, '/abs/')]]"):
        rest = term.getnext()
        if rest is not None and rest.tag == "dd" and rest.xpath(".//*[contains(@class, 'list-title')]"):
            yield partial(_of_list, term, rest)


def found(page: html.HtmlElement) -> Iterator[Entry]:
    """The papers of an answer of arxiv.org/search."""
    for item in page.xpath("//li[contains(@class, 'arxiv-result')]"):
        yield partial(_of_search, item)


def details(page: html.HtmlElement) -> dict[str, object]:
    """What the page of one paper says beside its ``<meta>``, as arguments of ``make_paper``."""
    comment = text_in(_first(page, "//td[contains(@class, 'comments')]"))
    return {
        "categories": _codes(text_in(_first(page, "//td[contains(@class, 'subjects')]"))),
        "venue": text_in(_first(page, "//td[contains(@class, 'jref')]")),
        "status": withdrawn(comment),
    }


def _of_list(term: html.HtmlElement, rest: html.HtmlElement, origin: str) -> Paper:
    links = [_absolute(address) for address in term.xpath(".//a[contains(@href, '/abs/')]/@href")[:1]]
    return make_paper(
        origin,
        _part(rest, "list-title"),
        text_in(_first(rest, "./p | .//p[contains(@class, 'mathjax')]")),
        identifiers=[*links, text_in(term)[:200], _part(rest, "list-doi")],
        urls=links,
        status=withdrawn(_part(rest, "list-comments")),
        authors=_names(rest, "list-authors"),
        venue=_part(rest, "list-journal-ref"),
        categories=_codes(_part(rest, "list-subjects")),
    )


def _of_search(item: html.HtmlElement, origin: str) -> Paper:
    links = [
        _absolute(link)
        for link in item.xpath(".//p[contains(@class, 'list-title')]//a[contains(@href, '/abs/')]/@href")
    ]
    whole = _first(item, ".//*[contains(@class, 'abstract-full')]")
    short = _first(item, ".//*[contains(@class, 'abstract-short')]") if whole is None else whole
    submitted = _SUBMITTED.search(text_in(item)[-5_000:])
    doi = item.xpath(".//a[contains(@href, 'doi.org/')]/@href")
    return make_paper(
        origin,
        text_in(_first(item, ".//p[contains(concat(' ', @class, ' '), ' title ')]")),
        _LESS.sub("", text_in(short)),
        identifiers=[*links, *doi],
        dates=[submitted.group(1)] if submitted else (),
        urls=links,
        status=withdrawn(_LABEL.sub("", text_in(_first(item, ".//p[contains(@class, 'comments')]")))),
        authors=_names(item, "authors"),
        categories=[tag for tag in map(str.strip, item.xpath(".//span[contains(@class, 'tag')]/text()"))
                    if tag != "doi" and _CODE.fullmatch(f"({tag})")],
    )  # fmt: skip


def _first(element: html.HtmlElement, path: str) -> html.HtmlElement | None:
    return next(iter(element.xpath(path)), None)


def _part(element: html.HtmlElement, name: str) -> str:
    """A part of an entry by its class, without the label before it."""
    return _LABEL.sub("", text_in(_first(element, f".//*[contains(@class, '{name}')]")))


def _names(element: html.HtmlElement, name: str) -> object:
    """The names in a part, which are links; where they are not, the text."""
    part = _first(element, f".//*[contains(@class, '{name}')]")
    links = [] if part is None else [text_in(link) for link in part.iter("a")]
    return [link for link in links if not link.startswith(("(", "et al"))] or _LABEL.sub("", text_in(part))


def _codes(text: str) -> list[str]:
    return list(dict.fromkeys(_CODE.findall(text)))


def _absolute(address: str) -> str:
    return f"https://arxiv.org{address}" if address.startswith("/") else address
