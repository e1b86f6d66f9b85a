"""Where everything goes: computed once, here, so that the page opens still and looks the same every time.

Entities are placed first, by how often papers name them together: an energy model that keeps communities apart (LinLog,
Noack 2007, "Energy Models for Graph Clustering"), started from the communities that Louvain finds. Labels count as part
of what must not overlap. Each paper then goes to the middle of what it names, the rarer the more telling, and
small dots give way to big ones. All arithmetic is on arrays in a fixed order, and coordinates are whole numbers.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import networkx as nx
import numpy as np
import numpy.typing as npt

__all__ = ["Box", "Layout", "place"]

Array = npt.NDArray[np.float64]

_SEED = 7
_GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))
_ASPECT = 1.7  # screens are wider than high
_WORK = 8_000_000  # pairs to look at in all rounds of one pass: keeps big pictures affordable


@dataclass(frozen=True, slots=True)
class Box:
    """The room that a node and its label take: half widths around a centre ``below`` the node's own."""

    half_width: float
    half_height: float
    below: float = 0.0


@dataclass(frozen=True, slots=True)
class Layout:
    """Whole-number coordinates, y downwards, and the community (by index, the largest first) of each entity."""

    entities: tuple[tuple[int, int], ...]
    papers: tuple[tuple[int, int], ...]
    communities: tuple[int, ...]


def place(boxes: Sequence[Box], papers: Sequence[Sequence[int]], paper_radius: float = 5.0) -> Layout:
    """Place entities, given the room that each takes, and papers, each given as the entities that it names."""
    if not boxes:
        return Layout((), tuple(_whole(_spiral(len(papers), 12.0))), ())
    weights = _together(len(boxes), papers)
    communities = _communities(weights)
    centres = _spread(_settle(_start(communities, weights), weights, communities), boxes)
    dots = _papers(centres, boxes, papers, paper_radius)
    return Layout(tuple(_whole(centres)), tuple(_whole(dots)), tuple(communities))


def _whole(points: Array) -> list[tuple[int, int]]:
    return [(round(float(x)), round(float(y))) for x, y in points]


def _spiral(count: int, step: float) -> Array:
    """Points at even distances around the origin, like the seeds of a sunflower."""
    index = np.arange(count, dtype=np.float64)
    radius, angle = step * np.sqrt(index + 0.5), index * _GOLDEN_ANGLE
    return np.column_stack((radius * np.cos(angle), radius * np.sin(angle)))


def _together(count: int, papers: Sequence[Sequence[int]]) -> Array:
    """How closely entities belong together: shared papers, of which long lists prove less, relative to their fame."""
    shared = np.zeros((count, count))
    for named in papers:
        for i in named:
            for j in named:
                if i != j:
                    shared[i, j] += 1 / (len(named) - 1)
    fame = np.maximum(shared.sum(axis=1), 1.0)
    return np.asarray(shared / np.sqrt(np.outer(fame, fame)))


def _communities(weights: Array) -> list[int]:
    # Whole numbers as nodes: their order in sets, unlike that of strings, is the same in every process.
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(weights)))
    graph.add_weighted_edges_from(
        (int(i), int(j), float(weights[i, j])) for i, j in zip(*np.nonzero(weights), strict=True)
    )
    found = sorted(
        (sorted(each) for each in nx.community.louvain_communities(graph, seed=_SEED)), key=lambda c: (-len(c), c)
    )
    of = {node: index for index, members in enumerate(found) for node in members}
    return [of[node] for node in range(len(weights))]


def _start(communities: list[int], weights: Array) -> Array:
    """Communities around the middle, the largest innermost; within each, the best connected innermost."""
    centres = _spiral(max(communities) + 1, 6.0)
    rank = np.argsort(-weights.sum(axis=1), kind="stable")
    points = np.zeros((len(communities), 2))
    for community, centre in enumerate(centres):
        members = [node for node in rank if communities[node] == community]
        points[members] = centre + _spiral(len(members), 1.0)
    return points


def _settle(points: Array, weights: Array, communities: list[int]) -> Array:
    """Let linked entities attract and all repel one another, ever more gently."""
    count = len(points)
    if count < 3:
        return points * 10
    same = np.equal.outer(communities, communities)
    pull = np.where(same, weights, 0.15 * weights)
    mass = 1.0 + np.sqrt(weights.sum(axis=1))
    push = np.outer(mass, mass) * 0.6
    rounds = max(40, min(400, _WORK // count**2))
    for step in range(rounds):
        gap = points[:, None, :] - points[None, :, :]
        square = (gap**2).sum(axis=2) + 0.01
        distance = np.sqrt(square)
        force = push / square - 4 * pull * np.log1p(distance) / distance
        np.fill_diagonal(force, 0.0)
        move = (gap * force[:, :, None]).sum(axis=1) - 0.05 * mass[:, None] * points
        length = np.sqrt((move**2).sum(axis=1, keepdims=True)) + 1e-9
        limit = 3.0 * (1 - step / rounds) ** 2 + 0.01
        points = points + move / length * np.minimum(length, limit)
    return points


def _spread(points: Array, boxes: Sequence[Box]) -> Array:
    """Turn the picture to lie flat, scale it to the room that the boxes need, and part those that overlap."""
    points = points - points.mean(axis=0)
    (xx, xy), (_, yy) = points.T @ points
    angle = -0.5 * math.atan2(2 * xy, xx - yy)
    turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    points = points @ turn.T
    points = points * _drawn_in(np.sqrt((points**2).sum(axis=1)))[:, None]
    room = sum(4 * box.half_width * box.half_height for box in boxes) * 1.8
    extent = np.maximum(points.std(axis=0), 1e-6) * 3.5
    points = points * np.sqrt(room) / extent * np.array([_ASPECT**0.5, _ASPECT**-0.5])
    halves = np.array([(box.half_width + 5, box.half_height + 4) for box in boxes])
    offset = np.array([(0.0, box.below) for box in boxes])
    return np.asarray(_part(points + offset, halves, [1.0] * len(boxes)) - offset)


def _drawn_in(distances: Array) -> Array:
    """Factors that bring the few far ones nearer: empty space around them would make all else small."""
    usual = float(np.quantile(distances, 0.85))
    nearer = (usual + 0.35 * (distances - usual)) / np.maximum(distances, 1e-9)
    return np.asarray(np.where(distances > usual, nearer, 1.0))


def _part(centres: Array, halves: Array, mobility: Sequence[float]) -> Array:
    """Push overlapping boxes apart, one pair after the other, along the shorter way; what has no mobility stays."""
    centres = centres.copy()
    need = halves[:, None, :] + halves[None, :, :]
    for _ in range(max(20, min(400, _WORK // max(1, len(centres)) ** 2))):
        hit = (np.abs(centres[:, None, :] - centres[None, :, :]) < need - 0.5).all(axis=2)
        pairs = [
            (int(i), int(j)) for i, j in zip(*np.nonzero(np.triu(hit, 1)), strict=True) if mobility[i] + mobility[j]
        ]
        if not pairs:
            break
        points = centres.tolist()
        for i, j in pairs:
            gap = [points[i][axis] - points[j][axis] for axis in (0, 1)]
            overlap = [float(need[i, j, axis]) - abs(gap[axis]) for axis in (0, 1)]
            axis = 0 if overlap[0] < _ASPECT * overlap[1] else 1
            if overlap[axis] > 0:
                push = math.copysign(overlap[axis], gap[axis]) / (mobility[i] + mobility[j])
                points[i][axis] += push * mobility[i]
                points[j][axis] -= push * mobility[j]
        centres = np.array(points)
    return centres


def _papers(centres: Array, boxes: Sequence[Box], papers: Sequence[Sequence[int]], radius: float) -> Array:
    """Each paper amid what it names; those that name but one thing in a ring around it."""
    named_by = np.zeros(len(boxes))
    for named in papers:
        named_by[list(named)] += 1
    alone = [0] * len(boxes)
    points = np.zeros((len(papers), 2))
    for index, named in enumerate(papers):
        if len(named) == 1:
            (only,) = named
            reach = max(boxes[only].half_width, boxes[only].half_height) + 14 + 5 * math.sqrt(alone[only])
            angle = alone[only] * _GOLDEN_ANGLE
            points[index] = centres[only] + reach * np.array([math.cos(angle), math.sin(angle)])
            alone[only] += 1
        elif named:
            telling = 1 / named_by[list(named)]
            middle = (centres[list(named)] * telling[:, None]).sum(axis=0) / telling.sum()
            angle = index * _GOLDEN_ANGLE
            points[index] = middle + radius * np.array([math.cos(angle), math.sin(angle)])
    offset = np.array([(0.0, box.below) for box in boxes])
    everything = np.concatenate((centres + offset, points))
    halves = np.concatenate(
        (np.array([(box.half_width, box.half_height) for box in boxes]), np.full((len(papers), 2), radius + 2))
    )
    mobility = [0.0] * len(boxes) + [1.0] * len(papers)
    return _part(everything, halves, mobility)[len(boxes) :]
