"""How often papers name a thing by month, and what rises: shown where the questions for that are there to be asked."""

from __future__ import annotations

from typing import Any

from kg.errors import KgError
from kg.questions import question
from kg.questions.requests import read_request
from kg.server.pages.charts import Bars, bars
from kg.server.pages.visit import Visit

__all__ = ["by_month", "rising"]

_MONTHS = 48
_RISEN = 8


def by_month(visit: Visit, entity_id: str) -> Bars | None:
    """The papers that name a thing, or its family, in each of the last months; None if there are too few."""
    trend = _asked(visit, "trend", names=(entity_id,), exact=visit.flag("exact"))
    if trend is None or not trend.lines:
        return None
    counts = dict(zip(trend.steps, trend.lines[0].papers, strict=True))
    return bars(dict(list(counts.items())[-_MONTHS:])) if any(counts.values()) else None


def rising(visit: Visit) -> Any:
    """What more papers name of late than before, beyond chance; None if nobody can tell."""
    found = _asked(visit, "rising", limit=_RISEN)
    return found if found is not None and found.risen else None


def _asked(visit: Visit, name: str, **words: object) -> Any:
    try:
        asked = question(name)
    except KgError:
        return None
    return asked.ask(visit.reader, read_request(asked.request, words))
