"""Where a paper was published, by the names that sources have for it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.identifiers import arxiv_id
from kg.model import PaperType
from kg.sources.fields import one_line
from kg.sources.types import paper_type

__all__ = ["type_at", "venue_of"]

_SERVER = re.compile(r"(?:arxiv|corr|biorxiv|medrxiv|chemrxiv|psyarxiv|techrxiv|ssrn)\b", re.IGNORECASE)


def venue_of(names: Iterable[str | None]) -> str | None:
    """The first name that is one; of a server of preprints its name, without the paper's number on it.

    >>> venue_of(["", "Journal of Sheep"]), venue_of(["arXiv preprint arXiv:2402.01234"])
    ('Journal of Sheep', 'arXiv')
    """
    for name in map(one_line, filter(None, names)):
        if arxiv_id(name):
            return "CoRR" if name.lower().startswith("corr") else "arXiv"
        if name:
            return name
    return None


def type_at(venue: str | None, kinds: list[str]) -> str | None:
    """The type that some words say; but what is an article, or nothing special, on a server of preprints is one.

    >>> type_at("arXiv", ["JOUR"]), type_at("arXiv", ["Review"]), type_at("Journal of Sheep", ["JOUR"])
    ('preprint', 'review', 'article')
    """
    kind = paper_type(kinds)
    if kind in (None, PaperType.ARTICLE, PaperType.OTHER) and _SERVER.match(venue or ""):
        return str(PaperType.PREPRINT)
    return kind
