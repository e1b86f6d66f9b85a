"""arXiv's metadata snapshot: JSON lines with ``id title abstract authors categories versions update_date``."""

from __future__ import annotations

from kg.model import Paper, PaperStatus
from kg.sources import jsonl
from kg.sources.arxiv_entry import withdrawn
from kg.sources.fields import Row, at, count_of, make_paper
from kg.sources.jsonvalues import paragraphs, plain_text

__all__ = ["is_record", "paper"]


def is_record(row: Row) -> bool:
    """Whether an object is a line of the snapshot, or of what people make of it."""
    if "id" not in row:
        return False
    whole = "versions" in row or "authors_parsed" in row
    return whole or (("update_date" in row or "categories" in row) and not jsonl.is_record(row))


def paper(row: Row, origin: str) -> Paper:
    """The paper of one line, dated by its first version.

    Raises:
        RecordError: it has no title.
    """
    return make_paper(
        origin,
        row.get("title"),
        paragraphs(row.get("abstract")),
        identifiers=[row.get("id"), row.get("doi")],
        dates=[at(row, "versions", 0, "created"), row.get("update_date")],
        author_count=count_of(row.get("authors_parsed")) or count_of(row.get("authors")),
        status=PaperStatus.WITHDRAWN if withdrawn(plain_text(row.get("comments"))) else None,
        authors=row.get("authors_parsed") or row.get("authors"),
        venue=plain_text(row.get("journal-ref")),
        categories=row.get("categories"),
    )
