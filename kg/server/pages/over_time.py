"""How often papers name a thing by month, and what rises."""

from __future__ import annotations

from kg.questions import rising as rises
from kg.questions import trend
from kg.questions.rising import Rising
from kg.server.pages.charts import Bars, bars
from kg.server.pages.visit import Visit

__all__ = ["by_month", "rising"]

_MONTHS = 48
_RISEN = 8


def by_month(visit: Visit, entity_id: str) -> Bars | None:
    """The papers that name a thing, or its family, in each of the last months; None if there are too few."""
    found = trend.ask(visit.reader, trend.TrendRequest((entity_id,), exact=visit.flag("exact")))
    counts = dict(zip(found.steps, found.lines[0].papers, strict=True))
    return bars(dict(list(counts.items())[-_MONTHS:])) if any(counts.values()) else None


def rising(visit: Visit) -> Rising | None:
    """What more papers name of late than before, beyond chance; None if nothing does."""
    found = rises.ask(visit.reader, rises.RisingRequest(limit=_RISEN))
    return found if found.risen else None
