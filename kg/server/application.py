"""The ASGI application: the routes of every part, behind one protection."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from kg.server import api, feeds, linked_data, mcp, pages, sparql
from kg.server.pages.nowhere import nowhere
from kg.server.protection import protection
from kg.server.served import ServedGraph
from kg.server.settings import Settings

__all__ = ["application"]


def application(settings: Settings) -> Starlette:
    """The application that serves one graph.

    Raises:
        GraphError: there is no graph at ``settings.db``.
    """
    served = ServedGraph(settings)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        if settings.prepare:
            served.sparql.begin()
        async with AsyncExitStack() as stack:
            for run in served.running:
                await stack.enter_async_context(run())
            yield
        served.close()

    async def health(_: Request) -> JSONResponse:
        return JSONResponse({"status": "ok", "state": served.state()})

    # Pages come last: their addresses are the widest.
    parts = (api, feeds, linked_data, mcp, sparql, pages)
    routes = [Route("/health", health), *(route for part in parts for route in part.routes(served, settings))]
    return Starlette(
        routes=routes,
        middleware=protection(settings),
        lifespan=lifespan,
        exception_handlers={404: nowhere},
    )
