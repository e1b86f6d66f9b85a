"""What the reader sees of a text: word pieces with, for each, its shape and what the name list says of its word.

The encoder reads lower case only; shape and name list tell it what that loses and what it never learned.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.model import EntityType

if TYPE_CHECKING:
    from tokenizers import Tokenizer

__all__ = ["COVERAGES", "SHAPES", "Pieces", "coverage_of", "encode", "load_tokenizer"]

SHAPES = 8
COVERAGES = 4
_LONGEST_WORD = 60  # characters of a word on either side of a piece that count
_RUN = re.compile(r"[^\W_]+")


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
    words = _words_of(text, offsets)
    features = [_shape(word) * COVERAGES + coverage[start] for word, (start, _) in zip(words, offsets, strict=True)]
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


def _words_of(text: str, offsets: Iterable[tuple[int, int]]) -> Iterator[str]:
    """For each piece, in the order of the text, the letters and digits that it is part of or touches."""
    runs = [run.span() for run in _RUN.finditer(text)]
    runs.append((len(text) + 1, len(text) + 1))
    before = behind = 0
    for start, end in offsets:
        while runs[before][1] < start:
            before += 1
        while runs[behind][1] <= end:
            behind += 1
        first, last = runs[before][0], runs[behind][1]
        if first < start:
            start = max(first, start - _LONGEST_WORD)
        if runs[behind][0] <= end:
            end = min(last, end + _LONGEST_WORD)
        yield text[start:end]


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
