"""The sentence around a place, by its marks alone."""

from __future__ import annotations

import re

__all__ = ["sentence_around"]

_END = re.compile(r"(?<=[.!?])\s+(?=[^\W\d_a-z]|[A-Z(\"'])")


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Start and end of the sentence that spans a place: from the last full stop before it to the next behind it.

    >>> text = "We add. We use FooNet here. It is fast."
    >>> text[slice(*sentence_around(text, 15, 21))]
    'We use FooNet here.'
    """
    first, last = 0, len(text)
    for found in _END.finditer(text):
        if found.end() <= start:
            first = found.end()
        elif found.start() >= end:
            last = found.start()
            break
    return first, last
