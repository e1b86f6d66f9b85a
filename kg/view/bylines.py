"""What the page says of a paper under its title: who wrote it, where it appeared, what it is, where its code is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.model import Paper, PaperType
from kg.text.reading import render

__all__ = ["MOST_NAMED", "bylines"]

MOST_NAMED = 5
"""Authors that are named; of the others the page says how many there are. Taste, and bounds for the file."""

_LONGEST = 120  # characters of one name or venue
_WEB = re.compile(r"https?://[^/\s]", re.IGNORECASE)


def bylines(papers: Sequence[Paper]) -> dict[str, list[object]]:
    """By paper: the first authors, how many ``more`` there are, venue, type, status, and addresses of its code."""
    return {
        "authors": [[_line(author.name) for author in paper.authors[:MOST_NAMED]] for paper in papers],
        "more": [_more(paper) for paper in papers],
        "venue": [_line(paper.venue) if paper.venue else None for paper in papers],
        "type": [None if paper.type == PaperType.OTHER else paper.type for paper in papers],
        "status": [paper.status for paper in papers],
        "code": [[link for link in paper.repositories if _WEB.match(link)] for paper in papers],
    }


def _more(paper: Paper) -> int:
    """Some sources name nobody and say how many they are, some name the first alone."""
    return max(len(paper.authors), paper.author_count or 0) - len(paper.authors[:MOST_NAMED])


def _line(text: str) -> str:
    rendered = render(text).text
    return rendered if len(rendered) <= _LONGEST else f"{rendered[: _LONGEST - 1]}\u2026"
