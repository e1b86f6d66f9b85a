"""Works of OpenAlex, whose abstracts come as an index from each word to its places."""

from __future__ import annotations

import re

from kg.model import Paper, PaperStatus
from kg.sources.fields import RecordError, Row, at, count_of, make_paper, one_line, text_of
from kg.sources.jsonvalues import first_text, plain_text, texts_in
from kg.sources.markup import without_markup

__all__ = ["is_record", "paper"]

_ENTITY = re.compile(r"openalex\.org/(?:[a-z-]{1,20}/)?(?P<letter>[ASIFPTCK])\d", re.IGNORECASE)
_KINDS = {"A": "author", "S": "source", "I": "institution", "F": "funder", "P": "publisher", "T": "topic",
          "C": "concept", "K": "keyword"}  # fmt: skip
_REPOSITORIES = frozenset(("repository", "metadata"))  # sources that only keep what appeared elsewhere


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
    if match := _ENTITY.search(identifier):
        raise RecordError(f"is no paper: an OpenAlex {_KINDS[match['letter'].upper()]!r}")
    locations = row.get("locations")
    places = [
        row.get("primary_location"),
        row.get("best_oa_location"),
        *(locations if isinstance(locations, list) else ()),
    ]
    addresses = [plain_text(at(place, key)) for place in places for key in ("landing_page_url", "pdf_url")]
    authorships = row.get("authorships")
    return make_paper(
        origin,
        without_markup(text_of(row.get("title")) or text_of(row.get("display_name"))),
        without_markup(_abstract(row.get("abstract_inverted_index")) or plain_text(row.get("abstract"))),
        identifiers=[row.get("doi"), at(row, "ids", "doi"), at(row, "ids", "arxiv"), *addresses],
        dates=[row.get("publication_date"), row.get("publication_year")],
        urls=addresses,
        status=PaperStatus.RETRACTED if row.get("is_retracted") is True else None,
        author_count=count_of(row.get("authors_count")) or count_of(authorships),
        authors=[_author(each) for each in authorships] if isinstance(authorships, list) else None,
        venue=_venue(places),
        type=[plain_text(row.get("type")), plain_text(row.get("type_crossref"))],
        categories=[plain_text(at(topic, "display_name")) for topic in _topics(row)],
        keywords=texts_in(row.get("keywords")),
    )


def _author(authorship: object) -> dict[str, object]:
    """The author's name and ORCID."""
    return {
        "name": first_text(at(authorship, "author", "display_name"), at(authorship, "raw_author_name")),
        "orcid": at(authorship, "author", "orcid"),
    }


def _venue(places: list[object]) -> str:
    """Where the work was published, before where it is kept."""
    sources = [at(place, "source") for place in places]
    published = [source for source in sources if plain_text(at(source, "type")) not in _REPOSITORIES]
    return first_text(*(at(source, "display_name") for source in published))


def _topics(row: Row) -> list[object]:
    """OpenAlex' classification; concepts, which came before topics, where there are none."""
    for key in ("topics", "concepts"):
        if isinstance(found := row.get(key), list) and found:
            return found[:20]
    return [row.get("primary_topic")]


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
