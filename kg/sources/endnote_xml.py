"""Records as EndNote writes them to XML, and as Zotero, Rayyan and others do after it: each text in styles."""

from __future__ import annotations

from kg.model import Paper
from kg.sources.elements import text_at, texts_at
from kg.sources.fields import RecordError, make_paper
from kg.sources.xmltext import Around, Element

__all__ = ["RECORD", "paper"]

RECORD = "record"
_LINKS = tuple(f"urls/{kind}/url" for kind in ("related-urls", "web-urls", "pdf-urls", "text-urls"))


def paper(element: Element, within: Around, origin: str) -> Paper:
    """One record.

    Raises:
        RecordError: it has no title, or is none of EndNote's.
    """
    if element.find("titles") is None:
        raise RecordError("is a 'record' in no format that kg knows; kg reads those of EndNote and OAI-PMH")
    kind = element.find("ref-type")
    year = text_at(element, "dates/year")
    day = text_at(element, "dates/pub-dates/date")
    links = texts_at(element, *_LINKS)
    return make_paper(
        origin,
        text_at(element, "titles/title"),
        text_at(element, "abstract"),
        identifiers=[*texts_at(element, "electronic-resource-num", "accession-num"), *links],
        dates=[day if year in day else f"{day} {year}", year],
        urls=links,
        authors=texts_at(element, "contributors/authors/author"),
        venue=text_at(element, "titles/secondary-title", "periodical/full-title"),
        type=kind.get("name") if kind is not None else None,
        keywords=texts_at(element, "keywords/keyword"),
    )
