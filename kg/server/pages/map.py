"""The map: the page of ``kg view``, of what lies around a thing, or of what most papers name."""

from __future__ import annotations

import re
from html import unescape
from threading import Lock

from starlette.responses import Response

from kg.model import EntityType
from kg.server.pages.address import entity_address
from kg.server.pages.visit import BusyError, Visit
from kg.text.characters import storable

__all__ = ["show"]

_TOP, _MOST = 300, 5_000  # entities
_SECONDS = 60.0  # a layout takes longer than other answers
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
_ONE_AT_A_TIME = Lock()
"""A layout takes all of a core, and a map of a large graph much memory."""


def show(visit: Visit) -> Response:
    """The map of the ``top`` entities that most papers name, or of those around ``focus``."""
    from kg.view import Part, draw_view

    focus, kind = visit.text("focus"), visit.choice("type", EntityType)
    part = Part(focus, visit.number("depth", 1, 2), (kind,) if kind else (), top=visit.number("top", _TOP, _MOST))
    back = entity_address(focus) if focus else "/"
    if not _ONE_AT_A_TIME.acquire(timeout=visit.settings.seconds):
        raise BusyError("another map is being drawn; try again in a few seconds")
    try:
        with visit.reader.within(_SECONDS):
            html, _ = draw_view(visit.reader, part, renderer="webgl", back=back)
    finally:
        _ONE_AT_A_TIME.release()
    headers = {"content-security-policy": _policy(html), "cache-control": "no-cache"}
    return Response(storable(html).encode(), media_type="text/html; charset=utf-8", headers=headers)


def _policy(html: str) -> str:
    """The page's own policy, which names its scripts by their hashes, and that it may not be framed."""
    found = _POLICY.search(html)
    stated = unescape(found[1]) if found else "default-src 'none'"
    return f"{stated}; frame-ancestors 'none'"
