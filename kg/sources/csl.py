"""Items of CSL-JSON, as Zotero, citeproc and doi.org write them (https://docs.citationstyles.org)."""

from __future__ import annotations

from kg.model import Paper
from kg.sources.fields import Row, make_paper
from kg.sources.jsonvalues import date_in, first_text, paragraphs, plain_text
from kg.sources.markup import without_markup

__all__ = ["is_record", "paper"]

_MARKS = ("issued", "container-title", "citation-key", "collection-title", "event-title", "original-date")
_TYPES = frozenset(
    "article article-journal article-magazine article-newspaper book broadcast chapter classic collection dataset "
    "document entry entry-dictionary entry-encyclopedia manuscript paper-conference periodical post post-weblog "
    "report review review-book software speech standard thesis webpage".split()
)


def is_record(row: Row) -> bool:
    """Whether an object is an item of CSL-JSON."""
    if "title" not in row or "itemType" in row:
        return False
    return isinstance(row.get("issued"), dict) or (
        any(mark in row for mark in _MARKS) and plain_text(row.get("type")) in _TYPES
    )


def paper(row: Row, origin: str) -> Paper:
    """The paper of one item. Its arXiv id stands in a number, a note or an address.

    Raises:
        RecordError: it has no title.
    """
    archived = f"{plain_text(row.get('archive'))}:{plain_text(row.get('archive_location'))}"
    return make_paper(
        origin,
        without_markup(plain_text(row.get("title"))),
        without_markup(paragraphs(row.get("abstract"))),
        identifiers=[
            row.get("DOI"),
            plain_text(row.get("URL")),
            plain_text(row.get("number")),
            archived,
            *plain_text(row.get("note")).splitlines()[:50],
        ],
        dates=[date_in(row.get(name)) for name in ("issued", "available-date", "submitted", "event-date")],
        urls=[plain_text(row.get("URL"))],
        authors=row.get("author"),
        venue=first_text(row.get("container-title"), row.get("event-title"), row.get("event")),
        type=_type(row),
        keywords=row.get("keyword"),
        categories=row.get("categories"),
    )


def _type(row: Row) -> str:
    """The type; CSL calls preprints articles, too, and those have no journal."""
    kind = plain_text(row.get("type"))
    if kind != "article" or row.get("container-title"):
        return kind
    said = (plain_text(row.get(name)).lower() for name in ("publisher", "archive", "genre", "number"))
    return "preprint" if any("rxiv" in text or "preprint" in text for text in said) else ""
