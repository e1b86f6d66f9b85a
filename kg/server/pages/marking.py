"""Text of a paper with all that it names marked: pieces as people read them, each with what it names."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from kg.questions.paper import PaperLink, PaperProfile
from kg.text.reading import render

__all__ = ["Piece", "marked", "sentence_pieces"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; with the link that it proves, or as a ``result``, if it is marked."""

    text: str
    link: PaperLink | None = None
    result: bool = False


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    link: PaperLink | None


def marked(profile: PaperProfile, place: int) -> tuple[Piece, ...]:
    """The passage at a place. Where marks overlap, the longest is kept."""
    names = (
        _Mark(each.anchor.start, each.anchor.end, link)
        for link in profile.links
        for each in link.evidence
        if each.anchor.place == place
    )
    numbers = (
        _Mark(each.anchor.start, each.anchor.end, None) for each in profile.results if each.anchor.place == place
    )
    return _pieces(profile.paper.text_at(place), (*names, *numbers))


def sentence_pieces(sentence: str, start: int, end: int) -> tuple[str, str, str]:
    """A sentence as it is read: before what is proved, that, and behind it; the offsets are into the sentence."""
    before, mention, after = (render(part).text for part in (sentence[:start], sentence[start:end], sentence[end:]))
    return before, mention, after


def _pieces(stored: str, marks: Iterable[_Mark]) -> tuple[Piece, ...]:
    rendered = render(stored)
    text, starts = rendered.text, rendered.starts

    def read(offset: int) -> int:
        return offset if starts is None else bisect_left(starts, offset)

    pieces, at = list[Piece](), 0
    for mark in _apart(marks):
        start, end = max(read(mark.start), at), read(mark.end)
        if start >= end:
            continue
        if start > at:
            pieces.append(Piece(text[at:start]))
        pieces.append(Piece(text[start:end], mark.link, mark.link is None))
        at = end
    pieces.append(Piece(text[at:]))
    return tuple(piece for piece in pieces if piece.text)


def _apart(marks: Iterable[_Mark]) -> list[_Mark]:
    kept: list[_Mark] = []
    for mark in sorted(marks, key=lambda each: (each.start - each.end, each.link is None, each.start)):
        if all(mark.end <= other.start or other.end <= mark.start for other in kept):
            kept.append(mark)
    return sorted(kept, key=lambda each: each.start)
