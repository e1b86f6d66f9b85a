"""All things of a type, or of all, that papers name."""

from __future__ import annotations

from kg.model import EntityType
from kg.questions import entities, naming
from kg.server.pages.visit import Page, Visit
from kg.wire import rows

__all__ = ["show"]

_ORDERS = ("papers", "name")


def show(visit: Visit) -> Page:
    """Entities, by how many papers name them or by name; of one type, named by some papers at least."""
    kind = visit.choice("type", EntityType)
    order = visit.one_of("sort", _ORDERS)
    least = visit.number("min_papers", 1, 10**9)
    paging = visit.paging()
    found = naming.ask_page(
        visit.reader,
        entities.EntitiesRequest(kind, entities.EntityOrder(order), paging.size, least),
        skip=paging.skip,
        begins=visit.text("begins"),
    )
    paging = paging.of(found.total)
    values = {"kind": kind, "order": order, "least": least, "found": found.entities}
    return Page("entities.html", values, rows(found.entities), paging=paging)
