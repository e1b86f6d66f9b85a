"""From a pile of machine-learning papers to a knowledge graph that you can ask, cite and look at."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from kg.version import __version__

if TYPE_CHECKING:
    from kg.api import Graph, build, remove
    from kg.api import open_graph as open
    from kg.choices import parse
    from kg.errors import KgError, NotFoundError
    from kg.model import EntityType, Relation

__all__ = [
    "EntityType",
    "Graph",
    "KgError",
    "NotFoundError",
    "Relation",
    "__version__",
    "build",
    "open",
    "parse",
    "remove",
]

_LAZY = {
    "EntityType": "kg.model:EntityType",
    "Graph": "kg.api:Graph",
    "KgError": "kg.errors:KgError",
    "NotFoundError": "kg.errors:NotFoundError",
    "Relation": "kg.model:Relation",
    "build": "kg.api:build",
    "open": "kg.api:open_graph",
    "parse": "kg.choices:parse",
    "remove": "kg.api:remove",
}


def __getattr__(name: str) -> Any:
    """Load the interface on first use, so that importing ``kg`` costs nothing."""
    if name in _LAZY:
        module, _, attribute = _LAZY[name].partition(":")
        return getattr(import_module(module), attribute)
    raise AttributeError(f"module 'kg' has no attribute {name!r}")


def __dir__() -> list[str]:
    """What is loaded, and what will be on first use."""
    return sorted({*globals(), *__all__})
