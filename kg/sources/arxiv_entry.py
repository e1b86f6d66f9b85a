"""Entries of arXiv's feed as programs write them down: ``arxiv.py``, ``feedparser``, LangChain."""

from __future__ import annotations

import re

from kg.model import Paper, PaperStatus
from kg.sources.fields import Row, at, make_paper
from kg.sources.jsonvalues import date_in, first_text, texts_in

__all__ = ["is_record", "paper", "withdrawn"]

_MARKS = ("entry_id", "primary_category", "journal_ref", "arxiv_primary_category", "arxiv_comment", "arxiv_doi")
_WITHDRAWN = re.compile(
    r"(?:this |the )?(?:paper|article|submission|manuscript)? ?(?:has been |is |was )?withdrawn\b", re.I
)


def is_record(row: Row) -> bool:
    """Whether an object is an entry of arXiv's feed."""
    return "title" in row and ("summary" in row or "entry_id" in row) and any(mark in row for mark in _MARKS)


def paper(row: Row, origin: str) -> Paper:
    """The paper of one entry.

    Raises:
        RecordError: it has no title.
    """
    links = [at(each, "href") for each in _list(row.get("links"))]
    comment = first_text(row.get("comment"), row.get("arxiv_comment"))
    return make_paper(
        origin,
        row.get("title"),
        first_text(row.get("summary"), row.get("abstract")),
        identifiers=[
            row.get("entry_id"),
            row.get("id"),
            row.get("doi"),
            row.get("arxiv_doi"),
            row.get("pdf_url"),
            *links,
        ],
        dates=[date_in(row.get("published")), date_in(row.get("updated"))],
        urls=[row.get("entry_id"), row.get("pdf_url")],
        status=PaperStatus.WITHDRAWN if withdrawn(comment) else None,
        authors=row.get("authors"),
        venue=first_text(row.get("journal_ref"), row.get("arxiv_journal_ref")),
        categories=texts_in(row.get("categories")) or [at(each, "term") for each in _list(row.get("tags"))],
    )


def withdrawn(comment: str) -> bool:
    """Whether the comment of a paper on arXiv begins by saying that its authors took it back.

    >>> withdrawn("This paper has been withdrawn by the authors"), withdrawn("12 pages; none withdrawn")
    (True, False)
    """
    return _WITHDRAWN.match(comment.strip()) is not None


def _list(value: object) -> list[object]:
    return value[:50] if isinstance(value, list) else []
