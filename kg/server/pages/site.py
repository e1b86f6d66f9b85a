"""From a page to an answer: its template, or its rows as data; kept as long as the graph stays as it is."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import ExitStack
from functools import cache

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.errors import GoneError, GraphError, KgError, NotFoundError, TimeLimitError
from kg.server.corrections.sessions import Visitor
from kg.server.pages.desk import Desk
from kg.server.pages.kept import Counts, Kept
from kg.server.pages.look import Look
from kg.server.pages.visit import FORMATS, BusyError, Page, Visit
from kg.server.served import ServedGraph
from kg.server.settings import Settings
from kg.version import __version__
from kg.wire import encode
from kg.wire.lines import csv_lines, json_lines

__all__ = ["Handler", "Site"]

Handler = Callable[[Visit], "Page | Response"]

_MEDIA = {
    "html": "text/html; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "jsonl": "application/x-ndjson",
}
_FRESH = {"cache-control": "no-cache", "vary": "cookie"}
_UNREADABLE = "the graph cannot be read just now; try again, or tell whoever runs this server"
"""What is wrong with a file is for whoever runs the server: it names places of that machine."""
_LONGEST = 16_000  # characters of an address that is answered: a query may be long


class Site:
    """Answers for pages of one graph; those for visitors who may correct are made anew each time."""

    def __init__(self, served: ServedGraph, settings: Settings, desk: Desk) -> None:
        self._served, self._settings, self._desk = served, settings, desk
        self._look = Look(editable=desk.sessions.enabled)
        self._kept = Kept()
        self._counts = Counts()

    def route(self, path: str, show: Handler) -> Route:
        """The route of a page."""

        async def answer(request: Request) -> Response:
            return await self._answer(request, show)

        return Route(path, answer, methods=["GET"], name=path)

    async def _answer(self, request: Request, show: Handler) -> Response:
        state = self._served.state()
        name, form = _name_and_format(request)
        if len(str(request.url)) > _LONGEST:
            return self._refused(KgError("the address is too long; ask for less"), form)
        visitor = self._desk.sessions.visitor(request)
        if visitor is not None:  # what they see has their secrets in it, and is for nobody else
            made = await run_in_threadpool(self._made, request, show, name, form, visitor)
            made.headers["cache-control"] = "no-store"
            return made
        key = f"{state} {__version__} {form} {request.url.path}?{request.url.query}"
        tag = f'"{hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:24]}"'
        if _has(request.headers, tag):
            return Response(status_code=304, headers={"etag": tag, **_FRESH})
        found = self._kept.get(key)
        if found is None:
            found = await run_in_threadpool(self._made, request, show, name, form)
            if found.status_code == 200:
                found.headers["etag"] = tag
                self._kept.put(key, found)
        return found

    def _made(self, request: Request, show: Handler, name: str, form: str, visitor: Visitor | None = None) -> Response:
        try:
            if form not in FORMATS:
                raise KgError(f"{form!r} is no format of pages; use {', '.join(FORMATS)}")
            state = self._served.state()
            with self._served.graph() as graph, ExitStack() as stack:
                lend = cache(lambda: stack.enter_context(graph.moment()))
                visit = Visit(
                    request.url.path, name, request.query_params, form, self._settings, self._served.sparql, lend,
                    lambda: self._counts.of(state, lend()), visitor, self._desk.corrections,
                )  # fmt: skip
                page = show(visit)
                return page if isinstance(page, Response) else self._shown(visit, page)
        except KgError as error:
            return self._refused(error, form)

    def _shown(self, visit: Visit, page: Page) -> Response:
        headers = dict(_FRESH)
        if page.paging is not None:
            headers["x-total-count"] = str(page.paging.total)
            if page.paging.number < page.paging.last:
                headers["link"] = f'<{visit.here(page=page.paging.number + 1)}>; rel="next"'
        status = 200 if page.error is None else _status(page.error)
        return Response(self._body(visit, page), status, media_type=_MEDIA[visit.format], headers=headers)

    def _body(self, visit: Visit, page: Page) -> bytes:
        if visit.format == "csv":
            return csv_lines(page.rows)
        if visit.format == "jsonl":
            return json_lines(page.rows)
        if visit.format == "json":
            return encode(page.rows if page.answer is None else page.answer)
        return self._look.page(page, visit)

    def _refused(self, error: KgError, form: str) -> Response:
        status = _status(error)
        message = _UNREADABLE if isinstance(error, GraphError) else str(error)
        if form in FORMATS[1:]:
            return Response(encode({"error": message}), status, media_type="application/json")
        suggestions = error.suggestions if isinstance(error, NotFoundError) else ()
        values = {"status": status, "message": message, "suggestions": suggestions}
        return Response(self._look.alone("error.html", values), status, media_type=_MEDIA["html"])


def _status(error: KgError) -> int:
    if isinstance(error, GoneError):
        return 410
    if isinstance(error, NotFoundError):
        return 404
    return 503 if isinstance(error, TimeLimitError | GraphError | BusyError) else 400


def _name_and_format(request: Request) -> tuple[str, str]:
    """What the address names, and the format: as it says behind the question mark, or at the end of its path."""
    name = request.path_params.get("name", request.query_params.get("name", ""))
    asked = request.query_params.get("format")
    if asked:
        return name, asked
    path, _, ending = request.url.path.rpartition(".")
    if path and ending in FORMATS[1:]:
        return name.removesuffix(f".{ending}"), ending
    return name, "html"


def _has(headers: Headers, tag: str) -> bool:
    stated = headers.get("if-none-match", "")
    return stated == "*" or tag in (each.strip().removeprefix("W/") for each in stated.split(","))
