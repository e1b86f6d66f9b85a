"""Papers that match what stands in the address, a page at a time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg.model import EntityType, PaperType
from kg.questions import papers
from kg.questions.paper_order import PaperOrder
from kg.questions.papers import HitPage, PapersRequest
from kg.questions.requests import read_request
from kg.server.pages.visit import Page, Paging, Visit
from kg.wire import rows

__all__ = ["hits_of", "show"]

_WORDS = ("text", "relation", "since", "until", "venue", "type", "category", "keyword", "min_confidence")
_NAMES = (*map(str, EntityType), "entity", "author")


def show(visit: Visit) -> Page:
    """The papers that match all filters of the address, which are the fields of ``kg.questions.papers``."""
    asked: dict[str, object] = {name: word for name in _WORDS if (word := visit.text(name)) is not None}
    for name in _NAMES:
        if given := tuple(each.strip() for each in visit.query.getlist(name) if each.strip()):
            asked[name] = given
    page, paging, order = hits_of(visit, asked)
    values = {
        "page": page,
        "order": order,
        "asked": asked,
        "paper_types": list(PaperType),
        "orders": orders_of(asked),
    }
    return Page("papers.html", values, rows(page.hits), paging=paging)


def hits_of(visit: Visit, asked: Mapping[str, Any]) -> tuple[HitPage, Paging, PaperOrder]:
    """One page of the papers that are asked for, in the order that the address says."""
    order = visit.choice("sort", PaperOrder) or PaperOrder.NEWEST
    if order is PaperOrder.SUREST and order not in orders_of(asked):
        order = PaperOrder.NEWEST
    paging = visit.paging()
    words = {**asked, "exact": visit.flag("exact"), "limit": paging.size, "offset": paging.skip}
    request = read_request(PapersRequest, words)
    page = papers.ask_page(visit.reader, request, order)
    return page, paging.of(page.total), order


def orders_of(asked: Mapping[str, Any]) -> list[PaperOrder]:
    """The orders that make sense: by certainty only where links are asked for."""
    linked = any(name in asked for name in ("relation", *(each for each in _NAMES if each != "author")))
    return [each for each in PaperOrder if linked or each is not PaperOrder.SUREST]
