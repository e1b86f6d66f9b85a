"""What the reader read in a text: probabilities and a vector for each word piece, and heads for what is asked later."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.extraction.heads import Heads
from kg.extraction.items import Floats, PieceSpan
from kg.extraction.proposals import Span
from kg.extraction.tagging import decode

__all__ = ["Reading", "pieces_of"]


def pieces_of(spans: Iterable[Span], offsets: Sequence[Span]) -> list[PieceSpan]:
    """The pieces, by their ``offsets``, of those spans of a text that have any.

    >>> pieces_of([(4, 8), (3, 4)], [(0, 3), (4, 6), (6, 9)])
    [(1, 3)]
    """
    found = []
    for start, end in spans:
        first = bisect_right(offsets, start, key=lambda piece: piece[1])
        last = bisect_left(offsets, end, key=lambda piece: piece[0])
        if first < last:
            found.append((first, last))
    return found


@dataclass(frozen=True, slots=True)
class Reading:
    """One text as the reader read it.

    ``offsets`` are the spans of the pieces in the text, ``sentences`` the numbers of their sentences, ``links`` their
    kinds of link words. ``values`` and ``measures`` are (pieces, 3): outside, begin and inside of a number that is a
    result, and of what is measured. ``vectors`` is (pieces, width of the encoder).
    """

    offsets: Sequence[Span]
    sentences: Sequence[int]
    links: Sequence[int]
    values: Floats
    measures: Floats
    vectors: Floats
    heads: Heads

    def pieces(self, spans: Iterable[Span]) -> list[PieceSpan]:
        """The pieces of those spans of the text that have any."""
        return pieces_of(spans, self.offsets)

    def values_found(self) -> list[tuple[PieceSpan, float]]:
        """The numbers that are results, with the probability of each."""
        return [((start, end), sure) for start, end, _, sure in decode(self.values, ("value",))]

    def measures_found(self) -> list[PieceSpan]:
        """The words that say what is measured."""
        return [(start, end) for start, end, _, _ in decode(self.measures, ("measure",))]

    def span(self, pieces: PieceSpan) -> Span:
        """The place in the text of some pieces."""
        return self.offsets[pieces[0]][0], self.offsets[pieces[1] - 1][1]
