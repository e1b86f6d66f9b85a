"""From a pile of machine-learning papers to a knowledge graph that you can ask, cite and look at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.version import __version__

if TYPE_CHECKING:
    from kg.api import Graph, build, remove
    from kg.api import open_graph as open

__all__ = ["Graph", "__version__", "build", "open", "remove"]

_LAZY = {"Graph": "Graph", "build": "build", "open": "open_graph", "remove": "remove"}


def __getattr__(name: str) -> Any:
    """Load the interface on first use, so that importing ``kg`` costs nothing."""
    if name in _LAZY:
        from kg import api

        return getattr(api, _LAZY[name])
    raise AttributeError(f"module 'kg' has no attribute {name!r}")
