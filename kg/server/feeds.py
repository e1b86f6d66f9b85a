"""Feeds: ``/feed.atom?benchmark=GSM8K`` has the papers that came last of those that match, for readers of feeds.

It takes what ``Graph.papers`` takes, but no limit. A name that stands for nothing yet has an empty feed. Readers ask
often, so what has not changed is not made anew.
"""

from __future__ import annotations

import hashlib
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from kg.errors import ClosedError, GraphError, KgError, TimeLimitError
from kg.server.served import ServedGraph
from kg.server.settings import Settings

__all__ = ["routes"]

_MEDIA_TYPE = "application/atom+xml"
_MOST = 200  # papers of a feed
_OURS = frozenset(("limit", "base", "address"))


def routes(served: ServedGraph, settings: Settings) -> list[BaseRoute]:
    """``/feed.atom``."""

    async def feed(request: Request) -> Response:
        return await run_in_threadpool(_feed, request, served, settings)

    return [Route("/feed.atom", feed)]


def _feed(request: Request, served: ServedGraph, settings: Settings) -> Response:
    state = f"{served.state()} {request.url}"
    tag = f'"{hashlib.sha256(state.encode()).hexdigest()[:20]}"'
    headers = {"etag": tag, "cache-control": "no-cache"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if taken := _OURS.intersection(request.query_params):
        return PlainTextResponse(f"{', '.join(sorted(taken))}: nothing that can be asked here\n", 400)
    try:
        with served.graph() as graph:
            document = graph.feed(limit=_MOST, base=settings.base, address=str(request.url), **_words(request))
    except (ClosedError, GraphError):
        return PlainTextResponse("the graph cannot be read now; ask again later\n", 503)
    except KgError as error:
        return PlainTextResponse(f"{error}\n", 503 if isinstance(error, TimeLimitError) else 400)
    return Response(document, headers=headers, media_type=_MEDIA_TYPE)


def _words(request: Request) -> dict[str, Any]:
    """What is asked, by name: a text, or several where a name is given several times."""
    given = request.query_params
    return {name: values[0] if len(values := given.getlist(name)) == 1 else tuple(values) for name in given}
