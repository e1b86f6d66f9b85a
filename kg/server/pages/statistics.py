"""How much of what the graph holds."""

from __future__ import annotations

from kg.questions import stats
from kg.server.pages.visit import Page, Visit
from kg.wire import rows

__all__ = ["show"]


def show(visit: Visit) -> Page:
    """Counts of everything."""
    counts = stats.ask(visit.reader, stats.StatsRequest())
    return Page("stats.html", {"stats": counts}, rows(counts))
