"""Leaderboards: what papers report on a thing, in one metric and split, ranked and over time."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.responses import RedirectResponse, Response

from kg.questions.leaderboard import Standing
from kg.questions.standings import BoardRequest, ask
from kg.server.pages import charts
from kg.server.pages.address import results_address
from kg.server.pages.visit import Page, Visit
from kg.wire import Row, plain

__all__ = ["show"]

_ORDERS = {
    "rank": lambda each: each.rank,
    "system": lambda each: (each.claim.of or "").casefold(),
    "date": lambda each: each.claim.date or "",
    "confidence": lambda each: each.claim.confidence,
}


def show(visit: Visit) -> Page | Response:
    """The board of ``metric`` and ``split``, the fullest if neither is said; ``own`` keeps what papers propose."""
    found = ask(visit.reader, BoardRequest(visit.name, visit.query.get("metric"), visit.query.get("split")))
    if found.on.id != visit.name:
        return RedirectResponse(results_address(found.on.id, **dict(visit.query.items())), 302)
    standings: Sequence[Standing] = found.board.standings if found.board else ()
    standings = _filtered(visit, standings)
    order = visit.one_of("sort", [f"{sign}{name}" for name in _ORDERS for sign in ("", "-")])
    standings = _ordered(standings, order)
    paging = visit.paging().of(len(standings))
    shown = standings[paging.skip : paging.skip + paging.size]
    values = {
        "boards": found,
        "board": found.board,
        "shown": shown,
        "order": order,
        "chart": charts.frontier(found.board) if found.board else None,
        "wanted": visit.text("system"),
    }
    return Page("leaderboard.html", values, [_row(each) for each in shown], plain(found.board), paging)


def _filtered(visit: Visit, standings: Sequence[Standing]) -> Sequence[Standing]:
    wanted = (visit.text("system") or "").casefold()
    since = visit.text("since")
    return [
        each
        for each in standings
        if (not visit.flag("own") or each.claim.own)
        and (not wanted or wanted in f"{each.claim.of} {each.claim.base or ''} {each.claim.title}".casefold())
        and (since is None or (each.claim.date or "") >= since)
    ]


def _ordered(standings: Sequence[Standing], order: str) -> Sequence[Standing]:
    name = order.lstrip("-")
    return sorted(standings, key=_ORDERS[name], reverse=order.startswith("-"))


def _row(standing: Standing) -> Row:
    claim = standing.claim
    return {
        "rank": standing.rank,
        "score": standing.score,
        "system": claim.of,
        "base": claim.base,
        "setting": claim.setting,
        "own": claim.own,
        "value": claim.value,
        "unit": claim.unit,
        "std": claim.deviation,
        "date": claim.date,
        "paper": claim.title,
        "id": claim.paper_id,
        "confidence": claim.confidence,
        "evidence": claim.sentence if claim.cell is None else claim.cell,
        "table": claim.table,
        "others": len(standing.others),
    }
