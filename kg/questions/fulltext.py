"""Words that people type, as a query of the full-text index."""

from __future__ import annotations

import re

from kg.errors import KgError

__all__ = ["full_text_query"]


def full_text_query(words: str) -> str:
    """The FTS5 query for papers in which every word occurs; quoted, so that nothing in it is read as FTS5 syntax.

    Raises:
        KgError: there is no word in it.
    """
    quoted = [f'"{word}"' for word in re.findall(r"\w+", words)]
    if not quoted:
        raise KgError(f"{words!r} holds no word to search for")
    return " ".join(quoted)
