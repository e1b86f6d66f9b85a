"""Addresses of the web in a text: what stands in one is part of the address and names nothing."""

from __future__ import annotations

import re

__all__ = ["address_spans"]

_ADDRESS = re.compile(
    r"\b(?:(?:https?|ftp)://|www\.)[^\s<>]+|\b(?:[a-z\d-]{1,40}\.){1,4}(?:com|org|net|io|co|ai|edu|dev)/[^\s<>]+", re.I
)


def address_spans(text: str) -> list[tuple[int, int]]:
    """Start and end of each address.

    >>> text = "Code: https://example.org/gsm8k and github.com/a/b."
    >>> [text[start:end] for start, end in address_spans(text)]
    ['https://example.org/gsm8k', 'github.com/a/b.']
    """
    return [match.span() for match in _ADDRESS.finditer(text)]
