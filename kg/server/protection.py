"""What guards every answer: whom a request may be addressed to, how much it may send, what a browser may load."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.server.settings import Settings

__all__ = ["protection"]

_HEADERS = {
    # All is bundled: a page that asks another host for anything, or runs what stands in a title, is refused.
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
}


def protection(settings: Settings) -> list[Middleware]:
    """The layers around the routes, outermost first."""
    return [
        Middleware(_Headers),
        Middleware(TrustedHostMiddleware, allowed_hosts=list(settings.hosts), www_redirect=False),
        Middleware(_BodyLimit, limit=settings.body_bytes),
    ]


class _Headers:
    """Puts the headers of protection on each answer that has none of its own of that name."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def protected(message: Message) -> None:
            # What has not changed keeps the headers it was sent with, which may be its own.
            if message["type"] == "http.response.start" and message["status"] != 304:
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, protected if scope["type"] == "http" else send)


class _BodyLimit:
    """Answers 413 to a request that announces, or sends, more than it may."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self._app, self._limit = app, limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        announced = dict(scope["headers"]).get(b"content-length", b"0")
        if not announced.isdigit() or int(announced) > self._limit:
            await self._refuse(scope, receive, send)
            return
        chunks = [b""]
        while True:
            message = await receive()
            if message["type"] != "http.request":
                return  # gone before all was sent
            chunks.append(message.get("body", b""))
            if sum(map(len, chunks)) > self._limit:
                await self._refuse(scope, receive, send)
                return
            if not message.get("more_body", False):
                break
        await self._app(scope, _once(b"".join(chunks), receive), send)

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        text = f"a request may send at most {self._limit:,} bytes\n"
        await PlainTextResponse(text, status_code=413)(scope, receive, send)


def _once(body: bytes, receive: Receive) -> Receive:
    """What gives the whole body first, then whatever comes: that the other side has gone."""
    sent = False

    async def replay() -> Message:
        nonlocal sent
        if sent:
            return await receive()
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay
