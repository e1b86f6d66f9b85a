"""A list of values as one parameter: SQLite binds a bounded number of them, and a family may be larger."""

from __future__ import annotations

import json
from collections.abc import Iterable

__all__ = ["LISTED", "listed"]

LISTED = "(SELECT value FROM json_each(?))"
"""``x IN <LISTED>``: one of the values that ``listed`` packs into the parameter."""


def listed(values: Iterable[str]) -> str:
    """The parameter of ``LISTED``."""
    return json.dumps(list(values))
