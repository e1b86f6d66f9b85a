"""Items of Zotero's API and of Better BibTeX's JSON, which keep books and articles beside notes and files."""

from __future__ import annotations

import re

from kg.model import Paper
from kg.sources.fields import RecordError, Row, at, make_paper, one_line
from kg.sources.jsonvalues import first_text, plain_text
from kg.sources.markup import without_markup

__all__ = ["is_record", "paper"]

_NO_PAPERS = frozenset(
    "attachment note annotation artwork audioRecording bill case email film hearing instantMessage interview map "
    "podcast radioBroadcast statute tvBroadcast videoRecording".split()
)
_WRITERS = ("author", "presenter", "programmer", "inventor", "podcaster", "contributor")
_VENUES = ("publicationTitle", "proceedingsTitle", "bookTitle", "conferenceName", "encyclopediaTitle", "blogTitle",
           "websiteTitle", "university", "institution")  # fmt: skip
_LABEL = re.compile(r"\s{0,9}(?:doi|arxiv(?: id)?)\s?[:=]\s{0,9}(?=\S)", re.IGNORECASE)


def is_record(row: Row) -> bool:
    """Whether an object is an item of Zotero's, or a collection of such."""
    data = row.get("data")
    if isinstance(data, dict) and "key" in row:
        return "itemType" in data or "parentCollection" in data
    return isinstance(row.get("itemType"), str)


def paper(row: Row, origin: str) -> Paper:
    """The paper of one item.

    Raises:
        RecordError: it has no title, or it is a file, a note, a collection or the like.
    """
    inner = row.get("data")
    data = inner if isinstance(inner, dict) else row
    kind = plain_text(data.get("itemType"))
    if kind in _NO_PAPERS or not kind:
        raise RecordError(f"is no paper: a Zotero {one_line(kind)[:40] or 'collection'!r}")
    lines = plain_text(data.get("extra")).splitlines()[:200]
    return make_paper(
        origin,
        without_markup(plain_text(data.get("title"))),
        without_markup(plain_text(data.get("abstractNote"))),
        identifiers=[data.get("DOI"), data.get("url"), data.get("archiveID"), data.get("reportNumber"),
                     *lines, *(_LABEL.sub("", line) for line in lines if _LABEL.match(line))],
        dates=[data.get("date"), at(row, "meta", "parsedDate")],
        urls=[data.get("url")],
        authors=_writers(data.get("creators")),
        venue=first_text(*(data.get(name) for name in _VENUES)),
        type=kind,
        keywords=data.get("tags"),
    )  # fmt: skip


def _writers(creators: object) -> list[object]:
    """Those who wrote an item; editors and translators did not."""
    people = [each for each in creators if isinstance(each, dict)] if isinstance(creators, list) else []
    for role in _WRITERS:
        if found := [each for each in people if each.get("creatorType") == role]:
            return list(found)
    return []
