"""Articles in JATS (https://jats.nlm.nih.gov/), as publishers and PubMed Central have them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.model import Paper
from kg.sources.elements import element_text, text_at, texts_at
from kg.sources.fields import RecordError, make_paper
from kg.sources.fulltext.body import BodyWriter
from kg.sources.fulltext.jats_body import write_body
from kg.sources.xmltext import Around, Element

__all__ = ["ARTICLE", "LEFT_OUT", "paper"]

ARTICLE = "article"
LEFT_OUT = ("sub-article", "response", "ref-list", "permissions", "trans-abstract")
# Abstracts that are none: pictures, teasers and what editors wrote.
_BESIDE = frozenset("graphical teaser toc key-points editor executive-summary plain-language-summary".split())
_JOURNAL = ("front/journal-meta/journal-title-group/journal-title", "front/journal-meta/journal-title")
_DATES = ("epub", "pub", "ppub", "collection", "")  # the best first


def paper(element: Element, within: Around, origin: str) -> Paper:
    """One article, by its ``front``, with its body where it has one.

    Raises:
        RecordError: it has none, or no title.
    """
    meta = element.find("front/article-meta")
    meta = element.find("front-stub") if meta is None else meta
    if meta is None:
        raise RecordError("is an 'article' in no format that kg knows; kg reads JATS, with its 'front'")
    doi = [each.text for each in meta.iterfind("article-id") if each.get("pub-id-type") in ("doi", "arxiv")]
    body = BodyWriter()
    write_body(element, body)
    found = make_paper(
        origin,
        _title(meta),
        _abstract(meta),
        identifiers=doi,
        dates=list(_dates(meta)),
        authors=[_author(each) for each in meta.iterfind("contrib-group/contrib") if _is_author(each)],
        venue=text_at(element, *_JOURNAL),
        type=element.get("article-type"),
        keywords=texts_at(meta, "kwd-group/kwd"),
    )
    return replace(found, body=body.parts(), remarks=(*found.remarks, *body.remarks))


def _title(meta: Element) -> str:
    found = meta.find("title-group/article-title")
    return element_text(found)


def _abstract(meta: Element) -> str:
    """The abstract proper, of several."""
    found = [each for each in meta.iterfind("abstract") if each.get("abstract-type") not in _BESIDE]
    return element_text(found[0]) if found else ""


def _is_author(contributor: Element) -> bool:
    return contributor.get("contrib-type", "author") == "author"


def _author(element: Element) -> dict[str, object]:
    orcid = [each.text for each in element.iterfind("contrib-id") if each.get("contrib-id-type") == "orcid"]
    return {
        "given": text_at(element, "name/given-names", "name-alternatives/name/given-names"),
        "family": text_at(element, "name/surname", "name-alternatives/name/surname"),
        "name": text_at(element, "string-name", "collab"),
        "orcid": orcid[0] if orcid else None,
    }


def _dates(meta: Element) -> Iterator[str]:
    """The dates of publication, those on the web first."""
    found = list(meta.iterfind("pub-date"))
    for kind in _DATES:
        for date in found:
            if (date.get("pub-type") or date.get("date-type") or "") == kind:
                parts = [text_at(date, name) for name in ("year", "month", "day")]
                yield "-".join(parts[: parts.index("")] if "" in parts else parts)
