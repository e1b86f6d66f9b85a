"""A thing that papers name: what it is, its family, who introduced it, and the papers, with their evidence."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from kg.errors import KgError
from kg.model import DATA, Relation
from kg.questions import overview, related
from kg.questions.standings import BoardRequest, results_page
from kg.questions.standings import ask as ask_boards
from kg.server.pages import charts
from kg.server.pages.address import entity_address
from kg.server.pages.over_time import by_month
from kg.server.pages.papers import hits_of, orders_of
from kg.server.pages.visit import Page, Visit
from kg.wire import plain, rows

__all__ = ["show"]

_RELATED, _RESULTS, _STANDINGS = 12, 8, 10


def show(visit: Visit) -> Page | Response:
    """The page of an entity; any of its names leads to the address with its id."""
    if not visit.name.strip():
        raise KgError("no entity is named; search for one, or open one of a list")
    seen = overview.ask(visit.reader, overview.OverviewRequest(visit.name, visit.flag("exact")))
    entity = seen.entity
    if entity.id != visit.name:
        return RedirectResponse(entity_address(entity.id, **dict(visit.query.items())), 302)
    relation = visit.choice("relation", Relation)
    asked = {"entity": (entity.id,), "since": visit.text("since"), "until": visit.text("until")}
    if relation is not None:
        asked["relation"] = relation
    page, paging, order = hits_of(visit, asked)
    values = {"seen": seen, "entity": entity, "relation": relation, "page": page, "order": order}
    if visit.format in ("csv", "jsonl"):
        return Page("entity.html", values, rows(page.hits), paging=paging)
    request = related.RelatedRequest(entity.id, limit=_RELATED)
    values["related"] = related.companions(visit.reader, request, visit.counts())
    values["orders"] = orders_of(asked)
    values["months"] = by_month(visit, entity.id)
    values["boards"] = boards = ask_boards(visit.reader, BoardRequest(entity.id)) if entity.type in DATA else None
    values["standings"] = boards.board.standings[:_STANDINGS] if boards and boards.board else ()
    values["chart"] = charts.frontier(boards.board) if boards and boards.board else None
    values["claims"] = results_page(visit.reader, entity.id, limit=_RESULTS)
    answer = {
        "entity": plain(seen),
        "papers": rows(page.hits),
        "total": page.total,
        "related": plain(values["related"]),
    }
    return Page("entity.html", values, rows(page.hits), answer, paging)
