"""Two things side by side."""

from __future__ import annotations

from kg.questions import compare
from kg.server.pages.visit import Page, Visit
from kg.wire import rows

__all__ = ["show"]


def show(visit: Visit) -> Page:
    """Two entities, or two papers; a form where one of them is still to be named."""
    left, right = visit.text("a"), visit.text("b")
    values: dict[str, object] = {"left": left, "right": right, "found": None}
    if left is None or right is None:
        return Page("compare.html", values)
    found = compare.ask(visit.reader, compare.CompareRequest(left, right))
    return Page("compare.html", {**values, "found": found}, rows(found))
