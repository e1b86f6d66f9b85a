"""Whose pages may read what is served, beside our own (CORS).

Whoever may ask may also read: of a graph that is served to others, pages of any origin may. A graph that is only for
this machine is another matter. Every page that its owner visits could read it through the browser, which sits inside;
so what is addressed to a name of the machine itself is given only to pages of this machine, and of origins that the
owner allows.
"""

from __future__ import annotations

from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from kg.server.settings import LOOPBACK, Settings

__all__ = ["sharing"]

_HERE = r"https?://(localhost|127\.0\.0\.1|\[::1\])(:[0-9]+)?"
_TOLD = ("content-location", "etag", "kg-truncated", "link", "retry-after")
_METHODS = ("GET", "HEAD", "POST", "OPTIONS")


def sharing(settings: Settings) -> list[Middleware]:
    """The layer around the routes that programs read."""
    return [Middleware(_Sharing, origins=settings.origins)]


class _Sharing:
    def __init__(self, app: ASGIApp, origins: tuple[str, ...]) -> None:
        shared = {"allow_methods": _METHODS, "allow_headers": ("*",), "expose_headers": _TOLD, "max_age": 86_400}
        self._open = CORSMiddleware(app, allow_origins=("*",), **shared)  # type: ignore[arg-type]
        self._narrow = CORSMiddleware(app, allow_origins=origins, allow_origin_regex=_HERE, **shared)  # type: ignore[arg-type]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        here = scope["type"] == "http" and HTTPConnection(scope).url.hostname in _NAMES
        await (self._narrow if here else self._open)(scope, receive, send)


_NAMES = {name.strip("[]") for name in LOOPBACK}
