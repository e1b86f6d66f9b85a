"""Addresses within the site, from ids and names that may hold anything, and what stands behind the question mark."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote, urlencode

__all__ = ["author_address", "entity_address", "paper_address", "results_address", "web_address", "with_query"]

_STEPS = re.compile(r"(?:^|/)\.{0,2}(?:/|$)")
"""Segments that browsers resolve, or that are empty: a path that has some would lead elsewhere."""
_WEB = re.compile(r"https?://[^\s/]", re.IGNORECASE)


def entity_address(entity_id: str, **query: object) -> str:
    """The page of an entity.

    >>> entity_address("method/a b"), entity_address("method/../x")
    ('/entity/method/a%20b', '/entity?name=method%2F..%2Fx')
    """
    return _page("entity", entity_id, query)


def paper_address(paper_id: str, **query: object) -> str:
    """The page of a paper."""
    return _page("paper", paper_id, query)


def author_address(name: str, **query: object) -> str:
    """The page of somebody who wrote papers."""
    return with_query(f"/author/{quote(name, safe='', errors='replace').replace('.', '%2E')}", query)


def results_address(entity_id: str, **query: object) -> str:
    """The leaderboards of what is measured on."""
    return _page("results", entity_id, query)


def with_query(path: str, query: Mapping[str, object] | Iterable[tuple[str, object]]) -> str:
    """A path and what stands behind it, without what is None.

    >>> with_query("/papers", {"text": "a&b", "page": None})
    '/papers?text=a%26b'
    """
    pairs = query.items() if isinstance(query, Mapping) else query
    told = urlencode([(name, str(value)) for name, value in pairs if value is not None], errors="replace")
    return f"{path}?{told}" if told else path


def web_address(address: str) -> str | None:
    """An address from outside if it leads to the web: no other scheme becomes a link.

    >>> web_address("javascript:alert(1)"), web_address("https://example.org/")
    (None, 'https://example.org/')
    """
    return address if _WEB.match(address) else None


def _page(kind: str, name: str, query: Mapping[str, object]) -> str:
    if _STEPS.search(name):
        return with_query(f"/{kind}", {"name": name, **query})
    return with_query(f"/{kind}/{quote(name, safe='/', errors='replace')}", query)
