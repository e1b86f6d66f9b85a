"""Discs on a plane: those that are tied drawn together, none on top of another, all of them around the middle.

Circle packing by relaxation, as force layouts do it (Fruchterman and Reingold 1991), with collisions instead of a
repulsion that reaches everywhere: a map is filled evenly, and the cost of many discs is that of their near neighbours.
All arithmetic is on arrays in a fixed order.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

__all__ = ["Array", "pack", "separate", "sunflower", "turn_towards"]

Array = npt.NDArray[np.float64]

_GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))


def sunflower(count: int, step: float = 1.0, inner: float = 0.0) -> Array:
    """Points at even distances around a hole of the inner radius, like the seeds of a sunflower."""
    index = np.arange(count, dtype=np.float64) + 0.5
    radius = np.sqrt(inner**2 + step**2 * index)
    return np.column_stack((radius * np.cos(index * _GOLDEN_ANGLE), radius * np.sin(index * _GOLDEN_ANGLE)))


def pack(radii: Array, pull: Array, *, flat: float = 1.0, rounds: int = 160) -> Array:
    """Centres for a few hundred discs: ``pull`` says how strongly each pair is tied, ``flat`` how wide the whole is."""
    count = len(radii)
    if count == 1:
        return np.zeros((1, 2))
    points = np.empty((count, 2))
    points[np.argsort(-radii, kind="stable")] = sunflower(count, 1.1 * float(np.sqrt((radii**2).mean())) * 1.8)
    need = radii[:, None] + radii[None, :]
    mass = radii**2
    give = mass[None, :] / (mass[:, None] + mass[None, :])  # the lighter of two gives way
    strength = pull / np.maximum(pull.sum(axis=1, keepdims=True), 1e-12)
    lean = np.array([1.0, flat**2])
    for step in range(rounds):
        warmth = (1 - step / rounds) ** 1.5
        gap = points[:, None, :] - points[None, :, :]
        distance = np.sqrt((gap**2).sum(axis=2)) + 1e-9
        way = gap / distance[:, :, None]
        reach = np.maximum(distance - need, 0.0) * strength
        move = -0.35 * warmth * (way * reach[:, :, None]).sum(axis=1) - 0.02 * (0.3 + warmth) * points * lean
        overlap = np.maximum(need - distance, 0.0) * give
        np.fill_diagonal(overlap, 0.0)
        move += 0.55 * (way * overlap[:, :, None]).sum(axis=1)
        longest = np.sqrt((move**2).sum(axis=1, keepdims=True)) + 1e-9
        points = points + move * np.minimum(1.0, float(radii.mean()) / longest)
    return np.asarray(points - np.average(points, axis=0, weights=mass))


def turn_towards(points: Array, targets: Array, weights: Array) -> Array:
    """The points turned around the origin so that each looks, as far as can be, towards its target."""
    own, aim = points[:, 0] + 1j * points[:, 1], targets[:, 0] + 1j * targets[:, 1]
    straight, mirrored = np.sum(weights * own.conj() * aim), np.sum(weights * own * aim)
    if max(abs(straight), abs(mirrored)) < 1e-9:
        return points
    best = own * straight / abs(straight) if abs(straight) >= abs(mirrored) else own.conj() * mirrored / abs(mirrored)
    return np.column_stack((best.real, best.imag))


def separate(points: Array, radii: Array, weight: Array, rounds: int = 40) -> Array:
    """Push discs apart that overlap; of two, the heavier moves less, and what weighs infinitely much never moves."""
    points = points.copy()
    if len(points) < 2:
        return points
    mobility = 1 / weight
    for _ in range(rounds):
        one, other = _touching(points, radii)
        gap = points[one] - points[other]
        distance = np.sqrt((gap**2).sum(axis=1)) + 1e-9
        overlap = radii[one] + radii[other] - distance
        hit = (overlap > 0.5) & (mobility[one] + mobility[other] > 0)
        if not hit.any():
            break
        one, other, gap = one[hit], other[hit], gap[hit]
        share = 0.7 * overlap[hit] / (mobility[one] + mobility[other]) / distance[hit]
        push = gap * share[:, None]
        for axis in (0, 1):
            points[:, axis] += np.bincount(one, push[:, axis] * mobility[one], len(points))
            points[:, axis] -= np.bincount(other, push[:, axis] * mobility[other], len(points))
    return points


def _touching(points: Array, radii: Array) -> tuple[Any, Any]:
    """Pairs of discs near enough to overlap: small ones among themselves, then each of the few large with all."""
    small = float(np.quantile(radii, 0.8))
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
