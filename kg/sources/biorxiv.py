"""Preprints in the collections of bioRxiv's and medRxiv's API."""

from __future__ import annotations

from kg.model import Paper, PaperStatus
from kg.sources.fields import Row, make_paper
from kg.sources.jsonvalues import plain_text
from kg.sources.markup import without_markup

__all__ = ["is_record", "paper"]


def is_record(row: Row) -> bool:
    """Whether an object is a preprint of theirs, or one of the list of those that were published since."""
    return "jatsxml" in row or "author_corresponding" in row or "preprint_title" in row


def paper(row: Row, origin: str) -> Paper:
    """The preprint of one object: ``published`` is the DOI of another record.

    Raises:
        RecordError: it has no title.
    """

    def field(name: str) -> str:
        return plain_text(row.get(name)) or plain_text(row.get(f"preprint_{name}"))

    withdrawn = "withdrawn" in field("type").lower()
    return make_paper(
        origin,
        without_markup(field("title")),
        without_markup(field("abstract")),
        identifiers=[field("doi")],
        dates=[field("date")],
        status=PaperStatus.WITHDRAWN if withdrawn else None,
        authors=row.get("authors") or row.get("preprint_authors"),
        venue=field("server") or plain_text(row.get("preprint_platform")),
        type="preprint",
        categories=[field("category")],
    )
