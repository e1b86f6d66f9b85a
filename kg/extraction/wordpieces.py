"""What the tagger sees of a text: word pieces with, for each, its shape and what the name list says of its word.

The encoder reads lower case only; shape and name list tell it what that loses and what it never learned.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.model import EntityType

if TYPE_CHECKING:
    from tokenizers import Tokenizer

__all__ = ["COVERAGES", "SHAPES", "Pieces", "coverage_of", "encode", "load_tokenizer"]

SHAPES = 8
COVERAGES = 4
_LONGEST_WORD = 60


@dataclass(frozen=True, slots=True)
class Pieces:
    """Word pieces of a text: vocabulary ids, feature rows (shape x coverage), and character offsets."""

    ids: list[int]
    features: list[int]
    offsets: list[tuple[int, int]]


def load_tokenizer(path: str) -> Tokenizer:
    """The word-piece tokenizer of a file, without the padding and truncation that it may ask for."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(path)
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def encode(tokenizer: Tokenizer, text: str, coverage: bytearray) -> Pieces:
    """The pieces of a text; ``coverage`` has one value (0 to 3) a character, from ``coverage_of``."""
    encoding = tokenizer.encode(text, add_special_tokens=False)
    offsets = encoding.offsets
    features = [_shape(_word_at(text, a, b)) * COVERAGES + coverage[a] for a, b in offsets]
    return Pieces(encoding.ids, features, offsets)


def coverage_of(length: int, matches: Iterable[tuple[int, int, EntityType | None, bool]]) -> bytearray:
    """For each character whether the name list covers it: 0 not, 1 by a name that needs context, 2 by a method or task,
    3 by a thing of another type. ``matches`` are (start, end, type, needs context)."""
    coverage = bytearray(length)
    for start, end, kind, needs_context in matches:
        value = 1 if needs_context else 2 if kind in (EntityType.METHOD, EntityType.TASK) else 3
        for position in range(start, min(end, length)):
            coverage[position] = max(coverage[position], value)
    return coverage


def _word_at(text: str, start: int, end: int) -> str:
    """The run of letters and digits that a piece is part of."""
    low = max(0, start - _LONGEST_WORD)
    while start > low and text[start - 1].isalnum():
        start -= 1
    high = min(len(text), end + _LONGEST_WORD)
    while end < high and text[end].isalnum():
        end += 1
    return text[start:end]


@lru_cache(maxsize=50_000)
def _shape(word: str) -> int:
    """One of eight kinds of case and digit."""
    digits = any(c.isdigit() for c in word)
    capitals = sum(c.isupper() for c in word)
    if not any(c.isalpha() for c in word):
        return 1 if digits else 0
    if digits:
        return 7 if capitals else 6
    if capitals == 0:
        return 2
    if capitals == len(word):
        return 5 if capitals > 1 else 3
    return 3 if capitals == 1 and word[0].isupper() else 4
