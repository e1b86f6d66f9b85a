"""The names that people give to the columns of a table of papers, and to the fields of JSON of their own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Literal

__all__ = ["Field", "field_of", "places_of"]

Field = Literal["title", "abstract", "identifier", "date", "authors", "author_count", "organisation", "upvotes"]

_SYNONYMS: dict[Field, str] = {
    "title": "title, titles, paper title, article title, document title, name, paper name, paper, primary title, ti",
    "abstract": "abstract, abstracts, abstract note, paper abstract, summary, summaries, description, ab",
    "identifier": (
        "arxiv, arxiv id, entry id, arxiv url, arxiv link, eprint, doi, paper doi, item doi, di, id, paper id, url, "
        "urls, link, paper url, paper link, pdf, pdf url, pdf link, url abs, url pdf, source link, external id, href"
    ),
    "date": (
        "date, published, published at, published date, date published, publication date, cover date, year, "
        "publication year, pub year, py, pubdate, update date, submitted, submission date, created, release date"
    ),
    "authors": "authors, author, author names, author full names, authors list, creators, au",
    "author_count": "author count, number of authors, num authors, n authors",
    "organisation": "organisation, organization, organisations, organizations, affiliation, affiliations, institution",
    "upvotes": "upvotes, votes, likes",
}


def _squash(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.lower())


_FIELDS: dict[str, tuple[Field, int]] = {
    _squash(name): (field, rank) for field, names in _SYNONYMS.items() for rank, name in enumerate(names.split(","))
}


@lru_cache(maxsize=1024)
def _look_up(name: str) -> tuple[Field, int] | None:
    return _FIELDS.get(_squash(name[:80]))


def field_of(name: str) -> Field | None:
    """What a column is by its name, however it is written; None for one that is of no use.

    >>> field_of("Paper Title"), field_of("arXiv_ID"), field_of("publishedAt"), field_of("shoe size")
    ('title', 'identifier', 'date', None)
    """
    found = _look_up(name)
    return found[0] if found else None


@lru_cache(maxsize=256)
def places_of(names: tuple[str, ...]) -> Mapping[Field, Sequence[int]]:
    """For each field, the places of its columns, the one whose name says it most plainly first.

    >>> places_of(("Name", "Title", "Year", "URL", "DOI", "Date"))
    {'title': [1, 0], 'date': [5, 2], 'identifier': [4, 3]}
    """
    ranked = sorted((found[1], place, found[0]) for place, name in enumerate(names) if (found := _look_up(name)))
    places: dict[Field, list[int]] = {}
    for _, place, field in ranked:
        places.setdefault(field, []).append(place)
    return places
