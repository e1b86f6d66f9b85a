"""What the server is told when it starts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kg.iris import DEFAULT_BASE

__all__ = ["LOOPBACK", "Settings"]

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
"""The hosts that a browser may name when nobody has said more: any other is a name that leads here from elsewhere."""


@dataclass(frozen=True, slots=True)
class Settings:
    """``db`` is the graph file; ``base`` the base of its IRIs.

    ``hosts`` are the names that requests may be addressed to (without port; ``*`` is any). ``seconds`` is what one
    question may take, ``sparql_seconds`` and ``sparql_rows`` bound a query, ``body_bytes`` what a request may send.
    ``sparql_bytes`` is how large an answer may be, ``sparql_memory`` what the queries of one process may take.
    ``readers`` questions are answered at once, and ``sparql_workers`` queries; ``sparql_waiting`` more queries wait, at
    most ``sparql_patience`` seconds. ``prepare`` makes ready for queries when the server starts, not with the first of
    them: it takes a minute for ten thousand papers.

    ``edit_token`` allows corrections by those who know it; None allows none. ``user_header`` is the header in which a
    proxy in front tells who asks, and whom it lets in may correct: only for a server that nobody reaches but through
    it. ``overlay`` is the file of corrections, by default the one beside the graph.

    ``origins`` are the origins (``https://example.org``; ``*`` is any) whose pages may read the API and SPARQL also
    when they are addressed to this machine by a name of its own; see ``kg.server.origins``.
    """

    db: Path
    base: str = DEFAULT_BASE
    hosts: tuple[str, ...] = LOOPBACK
    seconds: float = 10.0
    sparql_seconds: float = 30.0
    sparql_rows: int = 10_000
    body_bytes: int = 1_000_000
    readers: int = 8
    edit_token: str | None = None
    user_header: str | None = None
    overlay: Path | None = None
    sparql_bytes: int = 50_000_000
    sparql_memory: int = 2_000_000_000
    sparql_workers: int = 2
    sparql_waiting: int = 16
    sparql_patience: float = 30.0
    origins: tuple[str, ...] = ()
    prepare: bool = False
