"""Sorted rows a group at a time, so that tables can be read side by side in little memory."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter
from typing import Any

__all__ = ["Groups"]


class Groups:
    """Rows sorted by their first column, handed out a group at a time to who asks in that same order.

    >>> groups = Groups([("a", 1), ("a", 2), ("c", 3)])
    >>> groups.take("a"), groups.take("b"), groups.take("c")
    ([('a', 1), ('a', 2)], [], [('c', 3)])
    """

    def __init__(self, rows: Iterable[tuple[Any, ...]]) -> None:
        self._groups = groupby(rows, key=itemgetter(0))
        self._key: str | None = None
        self._rows: Iterable[tuple[Any, ...]] = ()
        self._advance()

    def _advance(self) -> None:
        self._key, self._rows = next(self._groups, (None, ()))

    def take(self, key: str) -> list[tuple[Any, ...]]:
        """The rows of this key; those of smaller keys that nobody asked for are passed over."""
        # SQLite compares text by its UTF-8 bytes, which is the order of code points, as in Python.
        while self._key is not None and self._key < key:
            self._advance()
        if self._key != key:
            return []
        rows = list(self._rows)
        self._advance()
        return rows
