"""Pieces of SQL that several questions share.

A list of values goes as one parameter, because SQLite binds a bounded number of them and a family may be larger.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from kg.model import Relation

__all__ = ["ANY_OF", "STRENGTH", "any_of"]

ANY_OF = "(SELECT value FROM json_each(?))"
"""``x IN <ANY_OF>``: x is one of the values that ``any_of`` packs into the parameter."""

STRENGTH = "CASE link.relation " + " ".join(f"WHEN '{each}' THEN {each.strength}" for each in Relation) + " END"
"""``Relation.strength`` of a link, to order by."""


def any_of(values: Iterable[str]) -> str:
    """The parameter of ``ANY_OF``."""
    return json.dumps(list(values))
