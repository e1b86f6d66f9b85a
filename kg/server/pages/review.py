"""What a person should look at first, the doubts that touch the most papers before all others."""

from __future__ import annotations

from kg.curating import settled_entities
from kg.questions import review
from kg.server.pages.visit import Page, Visit
from kg.wire import rows

__all__ = ["show"]

_EACH = 100  # of each kind of doubt


def show(visit: Visit) -> Page:
    """The queue, of one kind of doubt or all."""
    limit = visit.number("limit", _EACH, 10_000)
    settled = settled_entities(visit.settings.db, visit.settings.overlay)
    queue = rows(review.ask(visit.reader, review.ReviewRequest(limit, settled)))
    kinds = sorted({str(row["what"]) for row in queue})
    wanted = visit.text("what")
    queue = [row for row in queue if wanted in (None, row["what"])]
    paging = visit.paging().of(len(queue))
    shown = queue[paging.skip : paging.skip + paging.size]
    return Page("review.html", {"queue": shown, "kinds": kinds, "what": wanted, "limit": limit}, shown, paging=paging)
