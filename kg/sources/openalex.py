"""Works of OpenAlex, whose abstracts come as an index from each word to its places."""

from __future__ import annotations

import re

from kg.model import Paper
from kg.sources.fields import RecordError, Row, at, count_of, make_paper, one_line, text_of
from kg.text.markup import without_markup

__all__ = ["is_record", "paper"]


def is_record(row: Row) -> bool:
    """Whether an object is a work of OpenAlex."""
    identifier = row.get("id")
    return (
        "abstract_inverted_index" in row
        or (isinstance(identifier, str) and "openalex.org/" in identifier)
        or ("display_name" in row and "authorships" in row)
    )


def paper(row: Row, origin: str) -> Paper:
    """The paper of one work.

    Raises:
        RecordError: it has no title, or it is not a work but an author, a source or the like.
    """
    identifier = one_line(text_of(row.get("id")))
    if re.search(r"openalex\.org/[ASIFPTCK]\d", identifier, re.IGNORECASE):
        raise RecordError(f"is no work: {identifier[:60]}")
    locations = row.get("locations")
    places = [
        row.get("primary_location"),
        row.get("best_oa_location"),
        *(locations if isinstance(locations, list) else ()),
    ]
    return make_paper(
        origin,
        without_markup(text_of(row.get("title")) or text_of(row.get("display_name"))),
        without_markup(_abstract(row.get("abstract_inverted_index")) or text_of(row.get("abstract"))),
        identifiers=[
            row.get("doi"),
            at(row, "ids", "doi"),
            at(row, "ids", "arxiv"),
            *(at(place, key) for place in places for key in ("landing_page_url", "pdf_url")),
        ],
        dates=[row.get("publication_date"), row.get("publication_year")],
        author_count=count_of(row.get("authors_count")) or count_of(row.get("authorships")),
    )


def _abstract(index: object) -> str:
    """The words of an inverted index in the order of their places.

    >>> _abstract({"sheep": [1, 3], "We": [0], "count": [2], "!": "nowhere"})
    'We sheep count sheep'
    """
    if not isinstance(index, dict):
        return ""
    placed = [
        (place, word)
        for word, places in index.items()
        if isinstance(places, list)
        for place in places
        if isinstance(place, int)
    ]
    return " ".join(word for _, word in sorted(placed))
