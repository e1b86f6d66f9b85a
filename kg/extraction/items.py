"""The spans of a text that the reader compares: mentions of things, words for what is measured, and numbers.

What a mention means, and to what a number belongs, depends on the others: on who is named beside it, how far away, in
which order. So all of them are given to the heads at once, with what lies between each two.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kg.extraction.link_words import LINK_WORDS
from kg.model import EntityType

__all__ = ["BETWEEN", "DISTANCES", "ITEM_KINDS", "PLACES", "RANKS", "Floats", "Ints", "ItemThing", "Items", "PieceSpan"]

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

PieceSpan = tuple[int, int]
"""First word piece, and the piece after the last."""

_TYPES = tuple(EntityType)
_MEASURE, _VALUE = len(_TYPES), len(_TYPES) + 1
ITEM_KINDS = len(_TYPES) + 2
PLACES = 32
"""Numbers of sentences that are told apart; later ones count as the last."""

_REACHES = 8  # distances are told apart by powers of two, on either side
_SIDES = 4  # the sentence of the one, the one before, an earlier one, a later one
_MOST_BETWEEN = 4  # 0, 1, 2, and more
DISTANCES = 2 * _REACHES * _SIDES
RANKS = _MOST_BETWEEN**2
BETWEEN = 2 * LINK_WORDS
"""Link words between a number and another item behind it, then those between one and another item before it."""


@dataclass(frozen=True, slots=True)
class ItemThing:
    """A thing by the pieces of its mentions, with what is known of it without the reader."""

    type: EntityType
    spans: Sequence[PieceSpan]
    features: Floats


@dataclass(frozen=True, slots=True)
class Items:
    """The items of one text: the mentions of its things, thing by thing, then the measures, then the values.

    ``kinds``, ``places`` (numbers of sentences), ``features`` (one row an item, zero for what is no mention) and
    ``owners`` (the number of the thing, -1 for none) say what an item is; ``distances`` (items, items) how far another
    stands and on which side; ``ranks`` (values, others) how many values and how many others stand between. ``links``
    (pieces + 1, kinds) counts the link words before each piece.
    """

    spans: Sequence[PieceSpan]
    kinds: Ints
    places: Ints
    features: Floats
    owners: Ints
    distances: Ints
    ranks: Ints
    links: Ints
    measures: int
    values: int

    @classmethod
    def of(
        cls,
        things: Sequence[ItemThing],
        measures: Sequence[PieceSpan],
        values: Sequence[PieceSpan],
        sentences: Sequence[int],
        links: Sequence[int],
        features: int,
    ) -> Items:
        """The items of some things, measures and values; ``sentences`` has the number of the sentence of each piece,
        ``links`` its kind of link word, ``features`` how many features a thing has."""
        mentions = [(span, number) for number, thing in enumerate(things) for span in thing.spans]
        others = len(measures) + len(values)
        spans = [*(span for span, _ in mentions), *measures, *values]
        kinds = [_TYPES.index(things[number].type) for _, number in mentions]
        known = np.array([things[number].features for _, number in mentions], dtype=np.float32)
        empty = np.zeros((others, features), dtype=np.float32)
        return cls(
            spans,
            np.array([*kinds, *[_MEASURE] * len(measures), *[_VALUE] * len(values)], dtype=np.int64),
            np.array([min(sentences[start], PLACES - 1) for start, _ in spans], dtype=np.int64),
            np.concatenate([known.reshape(-1, features), empty]),
            np.array([*(number for _, number in mentions), *[-1] * others], dtype=np.int64),
            _distances(spans, sentences),
            _ranks(values, spans[: len(spans) - len(values)]),
            _counted(links),
            len(measures),
            len(values),
        )

    @property
    def first_measure(self) -> int:
        """The number of the item behind the last mention."""
        return len(self.spans) - self.measures - self.values

    @property
    def first_value(self) -> int:
        """The number of the item behind the last measure."""
        return len(self.spans) - self.values

    def between(self, others: Sequence[int]) -> Floats:
        """(values, others, ``BETWEEN``): which link words stand between each value and some other items of its
        sentence."""
        values, places = self._bounds(range(self.first_value, len(self.spans))), self._bounds(others)
        behind = places[None, :, 0] >= values[:, None, 0]
        first = np.where(behind, values[:, None, 1], places[None, :, 1])
        last = np.where(behind, places[None, :, 0], values[:, None, 0])
        near = self.places[self.first_value :, None] == self.places[list(others)][None]
        found = (self.links[np.maximum(first, last)] > self.links[first]) & near[..., None]
        sides = (found & behind[..., None], found & ~behind[..., None])
        return np.concatenate(sides, axis=-1).astype(np.float32)

    def _bounds(self, items: Sequence[int]) -> Ints:
        return np.array([self.spans[item] for item in items], dtype=np.int64).reshape(-1, 2)

    def mentions_of(self, things: Sequence[int]) -> tuple[list[int], list[int]]:
        """The items that are mentions of some things, thing by thing, and for each the place of its thing."""
        place = {thing: number for number, thing in enumerate(things)}
        found = sorted((place[owner], n) for n, owner in enumerate(self.owners.tolist()) if owner in place)
        return [n for _, n in found], [number for number, _ in found]


def _distances(spans: Sequence[PieceSpan], sentences: Sequence[int]) -> Ints:
    starts = _starts(spans)
    away = starts[None] - starts[:, None]
    reach = np.minimum(np.log2(np.abs(away) + 1).astype(np.int64), _REACHES - 1)
    own = np.array(sentences, dtype=np.int64)[starts] if len(starts) else starts
    apart = own[None] - own[:, None]
    side = np.select([apart == 0, apart == -1, apart < -1], [0, 1, 2], default=3)
    result: Ints = np.where(away > 0, _REACHES + reach, _REACHES - 1 - reach) * _SIDES + side
    return result


def _ranks(values: Sequence[PieceSpan], others: Sequence[PieceSpan]) -> Ints:
    places, starts = _starts(values), _starts(others)
    low = np.minimum(starts[None], places[:, None])
    high = np.maximum(starts[None], places[:, None])
    between_values, between_others = (_between(np.unique(each), low, high) for each in (places, starts))
    return between_values * _MOST_BETWEEN + between_others


def _counted(links: Sequence[int]) -> Ints:
    kinds = np.array(links, dtype=np.int64)[:, None] == np.arange(1, LINK_WORDS + 1)
    return np.concatenate([np.zeros((1, LINK_WORDS), dtype=np.int64), kinds.cumsum(axis=0)])


def _between(sorted_places: Ints, low: Ints, high: Ints) -> Ints:
    found = np.searchsorted(sorted_places, high, side="left") - np.searchsorted(sorted_places, low, side="right")
    result: Ints = np.clip(found, 0, _MOST_BETWEEN - 1)
    return result


def _starts(spans: Sequence[PieceSpan]) -> Ints:
    return np.array([start for start, _ in spans], dtype=np.int64)
