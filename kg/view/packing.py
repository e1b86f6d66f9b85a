"""Discs on a plane: those that are tied drawn together, none on top of another, all of them around the middle.

Circle packing by relaxation, as force layouts do it (Fruchterman and Reingold 1991), with collisions instead of a
repulsion that reaches everywhere: a map is filled evenly, and the cost of many discs is that of their near neighbours.
All arithmetic is on arrays in a fixed order.

Some numbers below are measured, on the sample (475 nodes) and on made-up graphs of 2,000 and 20,000. The others are
taste: nothing but the look of the map speaks for them.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

__all__ = ["GOLDEN", "Array", "pack", "separate", "sunflower", "turn_towards"]

Array = npt.NDArray[np.float64]

GOLDEN = 3 - math.sqrt(5)
"""The golden angle, in half turns: the turn from one seed of a sunflower to the next (Vogel 1979)."""
_GOLDEN_ANGLE = math.pi * GOLDEN

# Kept from division by zero; too small to move what is rounded to whole units.
_TINY = 1e-9
_NO_PULL = 1e-12

# Where packing starts: seeds so far apart, in mean radii of a disc, that the discs lie loosely and can pass each other.
_START = 1.1
_START_LOOSE = 1.8

# Packing itself. Measured on the communities of the sample: the deepest overlap is 0.72 of a mean radius after 40
# rounds, 0.48 after 160 and 0.40 after 320; `separate` does the rest.
_ROUNDS = 160
_COOLING = 1.5  # taste: above 1, so that much moves early and the end is long and calm
_PULL = 0.35  # taste: of the gap between two that are tied, closed in a warm round; ties must not outdo collisions
_GRAVITY = 0.02  # taste: of the way to the middle, gone in a round; just enough to close holes
_GRAVITY_LEFT = 0.3  # taste: of the gravity, when all else is cold
_PUSH = 0.55  # taste: of an overlap; half of it undoes it between two, and a disc has several neighbours

# Separating. Measured: of 270 overlaps on the sample 2 are left, of 4,516 among 2,000 nodes 279, none deeper than 2
# units, which is less than the air that the layout adds around things; 80 rounds would leave 1 and 21.
_SEPARATING_ROUNDS = 40
_GRAZE = 0.5  # units: an overlap that rounding to whole units may make or undo
_SHARE = 0.7  # of an overlap, undone in a round; all of it leaves fewer but deeper: of 20,000 nodes 9.7 units, not 6.5
_SMALL = 0.8  # of all discs: whatever it is, the pairs are the same; with half or 0.95 the search takes up to 1.5 times


def sunflower(count: int, step: float = 1.0, inner: float = 0.0) -> Array:
    """Points at even distances around a hole of the inner radius, like the seeds of a sunflower."""
    index = np.arange(count, dtype=np.float64) + 0.5  # half a step, so that the middle is no seed (Vogel 1979)
    radius = np.sqrt(inner**2 + step**2 * index)
    return np.column_stack((radius * np.cos(index * _GOLDEN_ANGLE), radius * np.sin(index * _GOLDEN_ANGLE)))


def pack(radii: Array, pull: Array, *, flat: float = 1.0, rounds: int = _ROUNDS) -> Array:
    """Centres for a few hundred discs: ``pull`` says how strongly each pair is tied, ``flat`` how wide the whole is."""
    count = len(radii)
    if count == 1:
        return np.zeros((1, 2))
    points = np.empty((count, 2))
    spacing = _START * float(np.sqrt((radii**2).mean())) * _START_LOOSE
    points[np.argsort(-radii, kind="stable")] = sunflower(count, spacing)
    need = radii[:, None] + radii[None, :]
    mass = radii**2
    give = mass[None, :] / (mass[:, None] + mass[None, :])  # the lighter of two gives way
    strength = pull / np.maximum(pull.sum(axis=1, keepdims=True), _NO_PULL)
    lean = np.array([1.0, flat**2])
    for step in range(rounds):
        warmth = (1 - step / rounds) ** _COOLING
        gap = points[:, None, :] - points[None, :, :]
        distance = np.sqrt((gap**2).sum(axis=2)) + _TINY
        way = gap / distance[:, :, None]
        reach = np.maximum(distance - need, 0.0) * strength
        together = -_PULL * warmth * (way * reach[:, :, None]).sum(axis=1)
        move = together - _GRAVITY * (_GRAVITY_LEFT + warmth) * points * lean
        overlap = np.maximum(need - distance, 0.0) * give
        np.fill_diagonal(overlap, 0.0)
        move += _PUSH * (way * overlap[:, :, None]).sum(axis=1)
        length = np.sqrt((move**2).sum(axis=1, keepdims=True)) + _TINY
        points = points + move * np.minimum(1.0, float(radii.mean()) / length)  # at most a mean radius in a round
    return np.asarray(points - np.average(points, axis=0, weights=mass))


def turn_towards(points: Array, targets: Array, weights: Array) -> Array:
    """The points turned around the origin so that each looks, as far as can be, towards its target."""
    own, aim = points[:, 0] + 1j * points[:, 1], targets[:, 0] + 1j * targets[:, 1]
    straight, mirrored = np.sum(weights * own.conj() * aim), np.sum(weights * own * aim)
    if max(abs(straight), abs(mirrored)) < _TINY:
        return points
    best = own * straight / abs(straight) if abs(straight) >= abs(mirrored) else own.conj() * mirrored / abs(mirrored)
    return np.column_stack((best.real, best.imag))


def separate(points: Array, radii: Array, weight: Array, rounds: int = _SEPARATING_ROUNDS) -> Array:
    """Push discs apart that overlap; of two, the heavier moves less, and what weighs infinitely much never moves."""
    points = points.copy()
    if len(points) < 2:
        return points
    mobility = 1 / weight
    for _ in range(rounds):
        one, other = _touching(points, radii)
        gap = points[one] - points[other]
        distance = np.sqrt((gap**2).sum(axis=1)) + _TINY
        overlap = radii[one] + radii[other] - distance
        hit = (overlap > _GRAZE) & (mobility[one] + mobility[other] > 0)
        if not hit.any():
            break
        one, other, gap = one[hit], other[hit], gap[hit]
        share = _SHARE * overlap[hit] / (mobility[one] + mobility[other]) / distance[hit]
        push = gap * share[:, None]
        for axis in (0, 1):
            points[:, axis] += np.bincount(one, push[:, axis] * mobility[one], len(points))
            points[:, axis] -= np.bincount(other, push[:, axis] * mobility[other], len(points))
    return points


def _touching(points: Array, radii: Array) -> tuple[Any, Any]:
    """Pairs of discs near enough to overlap: small ones among themselves, then each of the few large with all."""
    small = float(np.quantile(radii, _SMALL))
    large = np.flatnonzero(radii > small)
    tree = cKDTree(points)
    pairs = tree.query_pairs(2 * small, output_type="ndarray")
    if len(pairs):
        pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
    near = tree.query_ball_point(points[large], radii[large] + float(radii.max()), return_sorted=True)
    lengths = [len(each) for each in near]
    one = np.repeat(large, lengths)
    other = np.concatenate([np.asarray(each, dtype=np.int64) for each in near]) if len(large) else np.zeros(0, np.int64)
    # A pair with a large disc may stand in both lists, or twice in the second: once is enough.
    fresh = (radii[other] <= small) | (one < other)
    far = np.maximum(radii[pairs[:, 0]], radii[pairs[:, 1]]) <= small if len(pairs) else np.zeros(0, bool)
    return np.concatenate((pairs[far, 0], one[fresh])), np.concatenate((pairs[far, 1], other[fresh]))
