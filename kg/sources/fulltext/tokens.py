"""Text that a program parted into tokens, as people write it."""

from __future__ import annotations

import re

__all__ = ["untokenized"]

_BEFORE = re.compile(r"\s+(?=[,.;:!?%)\]}](?:\s|\Z)|'(?:s|re|ve|ll|d|t)\b|n't\b)")
_BEHIND = re.compile(r"(?<=[(\[{])\s+")
_BETWEEN = re.compile(r"(?<=\w)\s([-/+@_&])\s(?=\w)")


def untokenized(text: str) -> str:
    """Words without the blanks before marks, within brackets and around hyphens that a tokenizer puts there.

    >>> untokenized("FS - LSTM ( no ext . emb )"), untokenized("w / o dropout , 3 %")
    ('FS-LSTM (no ext. emb)', 'w/o dropout, 3%')
    """
    return _BETWEEN.sub(r"\1", _BEHIND.sub("", _BEFORE.sub("", text)))
