"""Which parts of a full text are read for what the paper does, and in which pieces."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from itertools import pairwise

from kg.extraction.passages import Piece
from kg.extraction.sources.sentences import sentence_starts
from kg.model import BODY, Part, PassageKind

__all__ = ["LONGEST_READ", "pieces_of"]

LONGEST_READ = 120_000
"""Characters of a body that are read: more than the experiments of any paper, less than what takes minutes."""

_LONGEST_PIECE = 1_400  # characters: what the reader takes in at once, as it does an abstract
_SHORTEST = 40  # characters; less says nothing


def pieces_of(body: Sequence[Part]) -> Iterator[Piece]:
    """What is read of a body: the sections on experiments, and captions. Related work and appendices are not."""
    left = LONGEST_READ
    for place in _read_places(body):
        for piece in _pieces(place, body[place - BODY]):
            left -= len(piece.text)
            if left < 0:
                return
            yield piece


def _read_places(body: Sequence[Part]) -> list[int]:
    sections = [
        place for place, part in enumerate(body, BODY) if part.kind is PassageKind.SECTION and not _is_others(part)
    ]
    on_experiments = [place for place in sections if _says(body[place - BODY], "experiments")]
    captions = [
        place for place, part in enumerate(body, BODY) if part.kind is PassageKind.CAPTION and not _is_others(part)
    ]
    # Where no title is of the usual words, nothing tells which sections are on experiments.
    return sorted((on_experiments or sections) + captions)


def _is_others(part: Part) -> bool:
    return part.appendix or _says(part, "others")


def _says(part: Part, words: str) -> bool:
    return any(_words(words).search(title.casefold()) for title in part.heading)


@cache
def _words(name: str) -> re.Pattern[str]:
    file = resources.files("kg.extraction.fulltext") / "sections.toml"
    words = tomllib.loads(file.read_text(encoding="utf-8"))[name]
    return re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + ")")


def _pieces(place: int, part: Part) -> Iterator[Piece]:
    """Whole sentences, as many as make a piece."""
    start, end = 0, 0
    for first, last in pairwise([*sentence_starts(part.text), len(part.text)]):
        if end > start and last - start > _LONGEST_PIECE:
            yield from _piece(place, part, start, end)
            start = first
        end = last
    yield from _piece(place, part, start, end)


def _piece(place: int, part: Part, start: int, end: int) -> Iterator[Piece]:
    text = part.text[start:end]
    if len(text.strip()) >= _SHORTEST:
        yield Piece(place, part.kind, start, text[:_LONGEST_PIECE])
