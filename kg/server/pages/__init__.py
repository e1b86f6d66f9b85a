"""The pages of ``kg serve``: made on the server, a module a page, with the same rows as CSV and JSON at their address.

A page is a function from a ``Visit`` to a ``Page``: it asks a few questions, and a template shows the answers. What is
sorted, filtered and leafed through stands in the address, so that what one sees can be sent to others.
"""

from __future__ import annotations

from importlib.resources import files

from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles

from kg.server.pages import (
    author,
    comparison,
    entities,
    entity,
    home,
    leaderboard,
    map,
    paper,
    papers,
    query,
    review,
    search,
    statistics,
)
from kg.server.pages.desk import Desk
from kg.server.pages.site import Site
from kg.server.served import ServedGraph
from kg.server.settings import Settings

__all__ = ["routes"]

_PAGES = (
    ("/", home.show),
    ("/search", search.show),
    ("/suggest", search.suggest),
    ("/entities", entities.show),
    ("/entity/{name:path}", entity.show),
    ("/entity", entity.show),
    ("/papers", papers.show),
    ("/paper/{name:path}", paper.show),
    ("/paper", paper.show),
    ("/author/{name:path}", author.show),
    ("/results/{name:path}", leaderboard.show),
    ("/compare", comparison.show),
    ("/review", review.show),
    ("/stats", statistics.show),
    ("/map", map.show),
    ("/query", query.show),
)
_FORMATS = ("csv", "json", "jsonl")
_LISTS = ("/entities", "/papers", "/search", "/compare", "/review", "/stats", "/query")


def routes(served: ServedGraph, settings: Settings) -> list[BaseRoute]:
    """The routes of all pages and of what they load; to be put behind more particular ones."""
    desk = Desk(served, settings)
    site = Site(served, settings, desk)
    static = StaticFiles(directory=str(files("kg.server.pages") / "static"))
    return [
        Mount("/static", app=static, name="static"),
        *desk.routes(),
        *(site.route(path, show) for path, show in _PAGES),
        *(site.route(f"{path}.{form}", show) for path, show in _PAGES if path in _LISTS for form in _FORMATS),
    ]
