"""What the reader makes of the items of a text: a small transformer over their vectors, in plain numpy.

The encoder runs once a text and knows nothing of things; what is a thing, and which numbers are results, is settled
later. Then these heads say what the paper does with a thing, of what kind a result is, and what it belongs to. Items
look at one another by self-attention (A. Vaswani et al., "Attention is all you need", 2017), with a bias for distance.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from kg.extraction.items import Floats, Ints, Items, PieceSpan
from kg.model import Relation, ResultKind

__all__ = ["ATTENTION_HEADS", "BLOCKS", "KINDS", "RELATIONS", "SLOTS", "WIDTH", "Heads"]

WIDTH = 128
"""Of the vector of an item."""
BLOCKS = 2
ATTENTION_HEADS = 4
SLOTS = ("on", "of", "metric")
"""The parts of a result that are found among candidates: what it was measured on, what achieved it, in which metric."""
RELATIONS = tuple(Relation)
KINDS = tuple(ResultKind)
_EPSILON = 1e-5  # of the normalisation


class Heads:
    """The networks, by the names that ``kg.training.model`` gives their weights."""

    def __init__(self, weights: Mapping[str, Floats]) -> None:
        self.weights = weights

    def read(self, vectors: Floats, items: Items) -> Floats:
        """(items, width): the vector of each item beside the others, for what is asked of it; ``vectors`` are those of
        the pieces."""
        x = self._linear("span", ends(vectors, items.spans)) + self._linear("feature", items.features)
        x = x + self.weights["item_kind.weight"][items.kinds] + self.weights["place.weight"][items.places]
        x = self._normed("norm", x)
        same = ((items.owners[:, None] == items.owners[None]) & (items.owners[:, None] >= 0)).astype(np.float32)
        for block in range(BLOCKS):
            x = self._block(f"blocks.{block}", x, items.distances, same)
        return x

    def relations(self, read: Floats, items: Items, things: Sequence[int], features: Floats) -> Floats:
        """(things, relations): how likely each relation of the paper to each of some things is, over all its mentions;
        ``features`` are those of these things."""
        mentions, owners = items.mentions_of(things)
        starts = np.searchsorted(owners, np.arange(len(things)))
        most = np.maximum.reduceat(read[mentions], starts, axis=0)
        counts = np.bincount(owners, minlength=len(things))[:, None]
        mean = np.add.reduceat(read[mentions], starts, axis=0) / counts
        joined = np.concatenate([most, mean, features], axis=1).astype(np.float32)
        return _softmax(self._linear("relation", _relu(self._linear("relation_hidden", joined))))

    def kinds(self, read: Floats, items: Items) -> Floats:
        """(values, kinds): how likely each kind of result is."""
        return _softmax(self._linear("kind", read[items.first_value :]))

    def slot(self, slot: str, read: Floats, items: Items, candidates: Sequence[int], owners: Sequence[int]) -> Floats:
        """(values, fillers + 1): how likely each filler fills a slot of each value; the last: none does.

        ``candidates`` are items, ``owners`` for each, ascending from 0, the filler that it stands for.
        """
        number = SLOTS.index(slot)
        values = read[items.first_value :]
        nothing = self._linear(f"nothing.{number}", values)
        if not candidates:
            return np.ones_like(nothing)
        asked = self._linear(f"asked.{number}", values)
        offered = self._linear(f"offered.{number}", read[candidates])
        distances, ranks = items.distances[items.first_value :][:, candidates], items.ranks[:, candidates]
        near = self.weights[f"distance.{number}.weight"][distances] + self.weights[f"rank.{number}.weight"][ranks]
        near = near + self._linear(f"between.{number}", items.between(candidates))
        joined = self._linear(f"joined.{number}", _relu(asked[:, None] + offered[None] + near))[..., 0]
        scores = joined + asked @ offered.T / np.float32(np.sqrt(WIDTH))
        best = np.logaddexp.reduceat(scores, np.searchsorted(owners, np.arange(owners[-1] + 1)), axis=1)
        return _softmax(np.concatenate([best, nothing], axis=1))

    def _block(self, name: str, x: Floats, distances: Ints, same: Floats) -> Floats:
        size, width = len(x), WIDTH // ATTENTION_HEADS
        projected = self._linear(f"{name}.project", x).reshape(size, 3, ATTENTION_HEADS, width).transpose(1, 2, 0, 3)
        near = self.weights[f"{name}.near.weight"][distances].transpose(2, 0, 1)
        scores = projected[0] @ projected[1].transpose(0, 2, 1) / np.float32(np.sqrt(width)) + near
        weights = _softmax(scores + self.weights[f"{name}.same"][:, None, None] * same)
        mixed = (weights @ projected[2]).transpose(1, 0, 2).reshape(size, WIDTH)
        x = self._normed(f"{name}.attention_norm", x + self._linear(f"{name}.output", mixed))
        return self._normed(f"{name}.norm", x + self._linear(f"{name}.down", _relu(self._linear(f"{name}.up", x))))

    def _linear(self, name: str, x: Floats) -> Floats:
        result: Floats = x @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"]
        return result

    def _normed(self, name: str, x: Floats) -> Floats:
        centred = x - x.mean(axis=1, keepdims=True)
        scaled = centred / np.sqrt((centred**2).mean(axis=1, keepdims=True) + np.float32(_EPSILON))
        result: Floats = scaled * self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"]
        return result


def ends(vectors: Floats, spans: Sequence[PieceSpan]) -> Floats:
    """(spans, twice the vectors' width): the first and the last piece of each span."""
    first, last = ([span[0] for span in spans], [span[1] - 1 for span in spans])
    return np.concatenate([vectors[first], vectors[last]], axis=1)


def _relu(x: Floats) -> Floats:
    return np.maximum(x, np.float32(0))


def _softmax(scores: Floats) -> Floats:
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    result: Floats = powers / powers.sum(axis=-1, keepdims=True)
    return result
