"""The countries of the map: a shape, a name and a tint for each community.

A country is where its own nodes are denser than those of any other, drawn by the contour lines of the smoothed counts,
so that neighbours share a border and each has a coast. It is named by the entities that tell it from the rest.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import contourpy
import numpy as np
from scipy import ndimage

from kg.view.packing import Array

__all__ = ["TINTS", "Region", "draw_regions", "telling_names"]

TINTS = 6  # as many as view.css has: told apart in both themes, and pale enough for the text on them
_NAMES = 2
_SMALLEST = 4  # nodes that make a country
_MOST = 300  # countries, the largest: each takes a grid of memory

# Where no other reason is given, the numbers below are taste: nothing but the look of coasts and names speaks for them.

# The grid that density is counted on.
_CELLS = 220  # along the longer side: a cell is then about five pixels of a window
_FINEST = 9.0  # units of a cell at least: the diameter of the smallest entity
_SMOOTH = 2.2 * 1.5  # cells, a Gaussian's deviation; the product is not quite the float 3.3
_MARGIN = 8  # cells around the land: room for the coast, which lies within the reach of the smoothing
_TAIL = 3.0  # deviations, beyond which 0.3% of a Gaussian is left

# The coast.
_SHORE = 0.16  # of the density where nodes usually lie: land ends where it is thinner
_ROUNDING = 1.2  # cells, by which borders are smoothed once they are found
_RING = 6  # points, fewer than which are a speck

# The place of a name.
_CORE = 1.5  # the power of the density: the middle is that of the dense part, not of all its capes
_NARROWEST = 4.0  # cells: the width of a sliver, to be divided by
_NAME_HEIGHT, _NAME_WIDTH = 18, 7  # parts of the country's width: discs are blurred as wide and flat as a name is
_NAME_TAIL = 2.5  # deviations of that blur
_ASIDE = 1.5  # how much worse a place above or below the middle is than one beside it, as names are wide
_AWAY = 4  # how much worse being away from the middle is than covering discs
_TINY = 1e-9  # kept from division by zero


@dataclass(frozen=True, slots=True)
class Region:
    """A country: rings of whole-number points (x, y, x, y ...), a name's place, and one of so many tints."""

    name: str
    x: int
    y: int
    tint: int
    nodes: int
    rings: tuple[tuple[int, ...], ...]


def draw_regions(
    points: Array, region_of: Sequence[int], names: Sequence[str], radii: Sequence[float]
) -> tuple[Region, ...]:
    """Draw the regions of nodes; -1 is no region. ``names`` has one for each, ``radii`` those of the first nodes."""
    counts = np.bincount(np.asarray(region_of, dtype=np.int64) + 1, minlength=len(names) + 1)[1:]
    kept = [int(each) for each in np.argsort(-counts, kind="stable")[:_MOST] if counts[each] >= _SMALLEST]
    place = np.full(len(names) + 1, -1)
    place[kept] = np.arange(len(kept))
    region = place[np.asarray(region_of, dtype=np.int64)]  # -1, no region, is the last place
    land = points[region >= 0]
    if not len(land):
        return ()
    cell = max(float(np.ptp(land, axis=0).max()) / _CELLS, _FINEST)
    origin = land.min(axis=0) - _MARGIN * cell
    shape = tuple(int(side) for side in np.ceil((land.max(axis=0) + _MARGIN * cell - origin) / cell)[::-1] + 1)
    at = np.round((points - origin) / cell).astype(np.int64)
    fields = np.zeros((len(kept), *shape), dtype=np.float32)
    inside = region >= 0
    np.add.at(fields, (region[inside], at[inside, 1], at[inside, 0]), 1.0)
    fields = ndimage.gaussian_filter(fields, sigma=(0, _SMOOTH, _SMOOTH), truncate=_TAIL)
    usual = float(np.median(fields.sum(axis=0)[at[inside, 1], at[inside, 0]]))
    best, second = _two_highest(fields)
    discs = np.zeros(shape)
    named = np.flatnonzero(inside[: len(radii)])
    np.add.at(discs, (at[named, 1], at[named, 0]), np.asarray(radii)[named] ** 2)
    found = []
    for index, original in enumerate(kept):
        others = np.where(fields[index] >= best, second, best)
        height = np.minimum(fields[index] - np.maximum(others, 0), fields[index] - _SHORE * usual)
        rings = _rings(ndimage.gaussian_filter(height, _ROUNDING), origin, cell)
        if rings:
            x, y = _quiet_middle(fields[index], height > 0, discs, origin, cell)
            found.append(Region(names[original], x, y, 0, int(counts[original]), rings))
    return _tinted(found)


def _two_highest(fields: Any) -> tuple[Any, Any]:
    if len(fields) == 1:
        return fields[0], np.zeros_like(fields[0])
    top = np.partition(fields, len(fields) - 2, axis=0)
    return top[-1], top[-2]


def _rings(height: Any, origin: Array, cell: float) -> tuple[tuple[int, ...], ...]:
    lines = contourpy.contour_generator(z=height).lines(0.0)
    rings = []
    for line in lines:
        points = np.round(np.asarray(line) * cell + origin).astype(int)
        if len(points) >= _RING:
            rings.append(tuple(int(value) for value in points.ravel()))
    return tuple(sorted(rings, key=lambda ring: (-len(ring), ring)))


def _quiet_middle(field: Any, inside: Any, discs: Any, origin: Array, cell: float) -> tuple[int, int]:
    """A place for the name: near the middle, and where it covers no large disc."""
    rows, columns = np.nonzero(inside)
    middle = np.array(ndimage.center_of_mass(np.asarray(field, dtype=np.float64) ** _CORE))
    width = max(float(np.ptp(columns)), _NARROWEST)
    name = (width / _NAME_HEIGHT, width / _NAME_WIDTH)
    cover = ndimage.gaussian_filter(discs, sigma=name, truncate=_NAME_TAIL)[rows, columns]
    away = ((rows - middle[0]) ** 2 * _ASIDE + (columns - middle[1]) ** 2) / width**2
    place = int(np.argmin(cover / max(float(cover.max()), _TINY) + _AWAY * away))
    return round(float(origin[0] + columns[place] * cell)), round(float(origin[1] + rows[place] * cell))


def _tinted(regions: list[Region]) -> tuple[Region, ...]:
    """Each in the tint that the regions near it use least."""
    done: list[Region] = []
    for each in regions:
        cost = [0.0] * TINTS
        for other in done:
            cost[other.tint] += 1 / (1 + math.dist((each.x, each.y), (other.x, other.y))) ** 2
        tint = min(range(TINTS), key=lambda t: (cost[t], (t - len(done)) % TINTS))
        done.append(Region(each.name, each.x, each.y, tint, each.nodes, each.rings))
    return tuple(done)


def telling_names(
    labels: Sequence[str], region_of: Sequence[int], papers: Sequence[Sequence[int]], paper_regions: Sequence[int]
) -> tuple[str, ...]:
    """A name for each region: the entities that many of its papers name and few others do."""
    total, own = [0] * len(labels), [0] * len(labels)
    for named, region in zip(papers, paper_regions, strict=True):
        for entity in named:
            total[entity] += 1
            own[entity] += region == region_of[entity]
    names: list[list[int]] = [[] for _ in range(max(region_of, default=-1) + 1)]
    for entity, region in enumerate(region_of):
        if region >= 0:
            names[region].append(entity)
    return tuple(
        " · ".join(
            labels[entity]
            for entity in sorted(members, key=lambda e: (-(own[e] ** 2) / max(1, total[e]), labels[e]))[:_NAMES]
        )
        for members in names
    )
