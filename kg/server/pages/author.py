"""Somebody who wrote papers: those papers, what they name, and with whom."""

from __future__ import annotations

from kg.questions import author
from kg.server.pages import charts
from kg.server.pages.papers import hits_of, orders_of
from kg.server.pages.visit import Page, Visit
from kg.wire import plain, rows

__all__ = ["show"]


def show(visit: Visit) -> Page:
    """The page of a name, or an ORCID: nobody knows from a name alone who it is, which the page says."""
    profile = author.ask(visit.reader, author.AuthorRequest(visit.name))
    asked = {"author": (visit.name,)}
    page, paging, order = hits_of(visit, asked)
    values = {
        "profile": profile,
        "page": page,
        "order": order,
        "orders": orders_of(asked),
        "chart": charts.bars(profile.years),
    }
    answer = {"author": plain(profile), "papers": rows(page.hits), "total": page.total}
    return Page("author.html", values, rows(page.hits), answer, paging)
