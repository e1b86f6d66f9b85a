"""The names that people give to the columns of a table of papers, and to the keys of JSON of their own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from kg.model import DESCRIBED

__all__ = ["Column", "column_of", "places_of"]

Column = str
"""What a column holds: ``title``, ``abstract``, ``identifier``, ``date``, or a field of ``DESCRIBED``."""

_SYNONYMS: dict[Column, str] = {
    "title": "title, titles, paper title, article title, document title, name, paper name, paper, primary title, ti",
    "abstract": "abstract, abstracts, abstract note, paper abstract, summary, summaries, description, ab",
    "identifier": (
        "arxiv, arxiv id, entry id, arxiv url, arxiv link, eprint, doi, paper doi, item doi, di, id, paper id, url, "
        "urls, link, paper url, paper link, pdf, pdf url, pdf link, url abs, url pdf, source link, external id, href"
    ),
    "date": (
        "date, published, published at, published date, date published, publication date, cover date, year, "
        "publication year, pub year, py, pubdate, update date, submitted, submission date, created, release date, "
        "last revised date, revised date"
    ),
    **{field.name: ", ".join(field.names) for field in DESCRIBED},
}


def _squash(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.lower())


_COLUMNS: dict[str, tuple[Column, int]] = {
    _squash(name): (column, rank) for column, names in _SYNONYMS.items() for rank, name in enumerate(names.split(","))
}


@lru_cache(maxsize=1024)
def _look_up(name: str) -> tuple[Column, int] | None:
    return _COLUMNS.get(_squash(name[:80]))


def column_of(name: str) -> Column | None:
    """What a column is by its name, however it is written; None for one that is of no use.

    >>> column_of("Paper Title"), column_of("arXiv_ID"), column_of("publishedAt"), column_of("shoe size")
    ('title', 'identifier', 'date', None)
    """
    found = _look_up(name)
    return found[0] if found else None


@lru_cache(maxsize=256)
def places_of(names: tuple[str, ...]) -> Mapping[Column, Sequence[int]]:
    """For each thing, the places of its columns, the one whose name says it most plainly first.

    >>> places_of(("Name", "Title", "Year", "URL", "DOI", "Date"))
    {'title': [1, 0], 'date': [5, 2], 'identifier': [4, 3]}
    """
    ranked = sorted((found[1], place, found[0]) for place, name in enumerate(names) if (found := _look_up(name)))
    places: dict[Column, list[int]] = {}
    for _, place, column in ranked:
        places.setdefault(column, []).append(place)
    return places
