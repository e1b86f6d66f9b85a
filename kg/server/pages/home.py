"""The start: what the graph holds, what is newest in it, and what most papers name."""

from __future__ import annotations

from kg.questions import naming, papers, stats
from kg.server.pages.over_time import rising
from kg.server.pages.visit import Page, Visit
from kg.wire import plain

__all__ = ["show"]

_NEWEST, _TOP = 8, 8


def show(visit: Visit) -> Page:
    """Counts, the newest papers, and of each type what most papers name."""
    counts = stats.ask(visit.reader, stats.StatsRequest())
    newest = papers.ask(visit.reader, papers.PapersRequest(limit=_NEWEST))
    tops = naming.most_named(visit.reader, _TOP)
    answer = {
        "stats": plain(counts),
        "newest": plain(newest),
        "most_named": {str(kind): plain(found) for kind, found in tops.items()},
    }
    return Page("home.html", {"stats": counts, "newest": newest, "tops": tops, "rising": rising(visit)}, answer=answer)
