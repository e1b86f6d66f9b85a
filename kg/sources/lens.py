"""Scholarly works of The Lens."""

from __future__ import annotations

from kg.model import Paper
from kg.sources.fields import Row, at, count_of, make_paper
from kg.sources.jsonvalues import date_in, plain_text, texts_in
from kg.sources.markup import without_markup

__all__ = ["is_record", "paper"]


def is_record(row: Row) -> bool:
    """Whether an object is a work of The Lens."""
    return "lens_id" in row


def paper(row: Row, origin: str) -> Paper:
    """The paper of one work.

    Raises:
        RecordError: it has no title.
    """
    ids = row.get("external_ids")
    urls = row.get("source_urls")
    return make_paper(
        origin,
        without_markup(plain_text(row.get("title"))),
        without_markup(plain_text(row.get("abstract"))),
        identifiers=[
            f"{plain_text(each.get('type'))}:{plain_text(each.get('value'))}"
            for each in (ids if isinstance(ids, list) else [])
            if isinstance(each, dict)
        ],
        dates=[date_in(row.get("date_published")), row.get("year_published")],
        urls=[plain_text(at(each, "url")) for each in (urls[:20] if isinstance(urls, list) else [])],
        authors=row.get("authors"),
        author_count=count_of(row.get("author_count")),
        venue=plain_text(at(row, "source", "title")),
        type=row.get("publication_type"),
        categories=texts_in(row.get("fields_of_study")),
        keywords=texts_in(row.get("keywords")),
    )
