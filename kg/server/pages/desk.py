"""Where people sign in, correct, and see what was corrected.

A correction is checked against the graph as it is, and then waits in a queue that works it in (``kg.curating.Queue``).
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import fields
from datetime import datetime
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from kg.building import moment_of_building
from kg.curating import Queue, Rules, rulings_of
from kg.errors import KgError
from kg.server.corrections.forms import rule_of
from kg.server.corrections.rates import Rate
from kg.server.corrections.sessions import COOKIE, Sessions, Visitor, from_here
from kg.server.pages.look import Look
from kg.server.pages.visit import Corrections
from kg.server.served import ServedGraph
from kg.server.settings import Settings

__all__ = ["Desk"]

_PRIVATE = {"cache-control": "no-store"}
_NOT_ENABLED = "corrections are not enabled here; start the server with: kg serve --edit"
_SHOWN = 200  # corrections of the list, the last ones
_FIELDS = 40  # of a form


class Desk:
    """Signing in and correcting. Nothing is written unless the settings name who may."""

    def __init__(
        self, served: ServedGraph, settings: Settings, now: Callable[[], datetime] = moment_of_building
    ) -> None:
        self.sessions = Sessions(settings)
        self._settings = settings
        self._look = Look(editable=self.sessions.enabled)
        self._queue = Queue(settings.db, settings.overlay)
        self._now = now
        self._tries, self._all_tries = Rate(10, 60), Rate(60, 60)
        self._corrections = Rate(60, 60)
        served.while_serving(self._working)

    @property
    def corrections(self) -> Corrections:
        """How far what people said is worked in."""
        return Corrections(self._queue.waiting, self._queue.failed)

    @asynccontextmanager
    async def _working(self) -> AsyncIterator[None]:
        """What was said is worked in before the server ends."""
        yield
        await run_in_threadpool(self._queue.finish)

    def routes(self) -> list[Route]:
        """The routes; those that write take forms alone."""
        return [
            Route("/login", self._login, methods=["GET"]),
            Route("/login", self._sign_in, methods=["POST"]),
            Route("/logout", self._sign_out, methods=["POST"]),
            Route("/corrections", self._list, methods=["GET"]),
            Route("/correct", self._correct, methods=["POST"]),
            Route("/corrections/undo", self._undo, methods=["POST"]),
        ]

    # Who it is

    async def _login(self, request: Request) -> Response:
        return self._page("login.html", {"back": _within(request.query_params.get("back", "/")), "refused": None})

    async def _sign_in(self, request: Request) -> Response:
        if not self.sessions.by_token:
            return self._refused(_NOT_ENABLED, 403)
        told = await _form(request)
        back = _within(told.get("back", "/"))
        client = request.client.host if request.client else ""
        if not from_here(request):
            return self._refused("this form was not sent from a page of this server", 403)
        if not (self._tries.allows(client) and self._all_tries.allows("")):
            return self._refused("that were too many tries; wait a minute", 429)
        cookie = self.sessions.sign_in(told.get("name", ""), told.get("token", ""))
        if cookie is None:
            why = "say who you are, and give the token that the server was started with"
            return self._page("login.html", {"back": back, "refused": why}, 403)
        answer = _to(back)
        secure = request.url.scheme == "https"
        answer.set_cookie(COOKIE, cookie, httponly=True, samesite="strict", secure=secure, path="/")
        return answer

    async def _sign_out(self, request: Request) -> Response:
        found = await self._trusted(request)
        if isinstance(found, Response):
            return found
        answer = _to("/")
        answer.delete_cookie(COOKIE, path="/", httponly=True, samesite="strict")
        return answer

    # What they say

    async def _correct(self, request: Request) -> Response:
        found = await self._trusted(request)
        if isinstance(found, Response):
            return found
        visitor, told = found
        return await run_in_threadpool(self._accepted, visitor, told)

    def _accepted(self, visitor: Visitor, told: Mapping[str, str]) -> Response:
        try:
            rule = rule_of(Rules(self._settings.db), told)
            note = told.get("note", "").strip() or None
            self._queue.put(rule, note=note, by=visitor.name, date=self._now().date().isoformat())
        except KgError as error:
            return self._refused(str(error), 400)
        return _to(_within(told.get("back", "/corrections")))

    async def _undo(self, request: Request) -> Response:
        found = await self._trusted(request)
        if isinstance(found, Response):
            return found
        number = found[1].get("number", "")
        try:
            if not (number.isascii() and number.isdigit() and 0 < len(number) < 9):
                raise KgError(f"{number!r} is no number of a correction; take one of the list")
            if self._queue.waiting:
                raise KgError("corrections are being worked in, which moves the numbers; try again when they are")
            self._queue.take_back(int(number))
        except KgError as error:
            return self._refused(str(error), 400)
        return _to("/corrections")

    async def _list(self, request: Request) -> Response:
        return await run_in_threadpool(self._listed, self.sessions.visitor(request))

    def _listed(self, visitor: Visitor | None) -> Response:
        try:
            rulings = rulings_of(self._settings.db, self._settings.overlay)
        except KgError as error:
            return self._refused(str(error), 400)
        rows = [(number, each, _about(each.rule)) for number, each in enumerate(rulings, 1)]
        shown = list(reversed(rows[-_SHOWN:]))
        values = {"rows": shown, "total": len(rows), "visitor": visitor, "corrections": self.corrections}
        return self._page("corrections.html", values)

    async def _trusted(self, request: Request) -> tuple[Visitor, Mapping[str, str]] | Response:
        """Who asks, and what their form says; or why that counts for nothing."""
        if not self.sessions.enabled:
            return self._refused(_NOT_ENABLED, 403)
        visitor = self.sessions.visitor(request)
        if visitor is None:
            return self._refused("sign in to correct", 403)
        told = await _form(request)
        if not self.sessions.trusts(request, visitor, told.get("secret", "")):
            return self._refused("this form is not of your session; open the page anew and send it again", 403)
        if not self._corrections.allows(visitor.name):
            return self._refused("that were too many corrections at once; wait a minute", 429)
        return visitor, told

    def _refused(self, message: str, status: int) -> Response:
        values = {"status": status, "message": message, "suggestions": ()}
        return self._page("error.html", values, status)

    def _page(self, template: str, values: Mapping[str, object], status: int = 200) -> Response:
        return HTMLResponse(self._look.alone(template, values), status, headers=_PRIVATE)


async def _form(request: Request) -> dict[str, str]:
    """The fields of a form, the first of each name."""
    if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        return {}
    body = (await request.body()).decode("utf-8", "replace")
    try:
        pairs = parse_qsl(body, keep_blank_values=True, max_num_fields=_FIELDS)
    except ValueError:
        return {}
    return dict(reversed(pairs))


def _within(back: str) -> str:
    """An address of this site; elsewhere nobody is led."""
    safe = back.startswith("/") and not back.startswith(("//", "/\\")) and back.isprintable() and "\\" not in back
    return back if safe else "/"


def _to(address: str) -> RedirectResponse:
    return RedirectResponse(address, 303, headers=_PRIVATE)


def _about(rule: object) -> list[tuple[str, str]]:
    """What a rule says, part by part."""
    said = ((each.name, getattr(rule, each.name)) for each in fields(rule))  # type: ignore[arg-type]
    return [(name, str(value)) for name, value in said if value is not None and (name, value) != ("nth", 1)]
