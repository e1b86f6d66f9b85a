"""Whether a client has what it would get: entity tags of the graph's state (RFC 9110, section 8.8.3)."""

from __future__ import annotations

import re

from starlette.requests import Request

from kg.version import __version__

__all__ = ["is_fresh", "of_state"]

_TAG = re.compile(r'(?:W/)?("[^"]*")')


def of_state(state: str) -> dict[str, str]:
    """The headers of an answer that holds until the graph, or ``kg``, is another; caches ask again each time."""
    return {"etag": _tag(state), "cache-control": "no-cache"}


def is_fresh(request: Request, state: str) -> bool:
    """Whether the client says that it has the answer of this state."""
    wanted = request.headers.get("if-none-match", "")
    return wanted.strip() == "*" or _tag(state) in _TAG.findall(wanted)


def _tag(state: str) -> str:
    return f'"{state}-{__version__}"'
