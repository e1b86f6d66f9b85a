"""Where everything goes: computed once, here, so that the page opens still and looks the same every time.

A map is made from the top down. Entities that several papers name are its towns: they are sorted into communities, the
communities placed like discs of the room that they need, then, inside each, its own parts in the same way, down to
the towns. Each paper goes to the middle of what it names, and what it alone names around it. Papers that share nothing
with any other are islands off the coast.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kg.questions.communities import Matrix, Whole, communities, naming, ties
from kg.view.packing import GOLDEN, Array, pack, separate, sunflower, turn_towards

__all__ = ["PAPER_RADIUS", "Layout", "place"]

# Lengths are in units of the map, which are pixels at a scale of 1. Where no other reason is given, a number is taste:
# nothing but the look of the map speaks for it.

PAPER_RADIUS = 4.0  # smaller than any entity (see scene.py), and still to be hit by a pointer
_FLAT = 1.35  # how much wider than high the map is: as a window is beside the card of filters
_AIR = 5.0  # between any two things
_BARE_STEP = 20.0  # between papers where no entity is drawn

_FEW = 60  # so few entities are all towns: a small map has room for each to be placed by its ties
_TOGETHER = 90  # so many discs are packed at once, as all pairs are looked at in each round
_LUMP = 0.9  # of a community in one part: it has no parts then, and is cut into even ones

# Room: how much more than its own area a thing takes.
_SATELLITE_AIR = 1.6  # of the air, around what one paper alone names
_SLACK = 1.08  # for a town with all that is around it
_FILL = 1.2  # for discs in a disc: a sixth of it stays empty; of equal discs no packing leaves less than 9% (Thue 1910)

_COUNTRY_ROUNDS = 300  # about twice what a community gets: this is done once, and is what one sees first
_CROWD_STEP = 2.2  # mean radii between the countries that are too many to pack: just apart

_JITTER = 9  # from where a paper would lie, as papers that name the same would lie on each other
_INLAND = 0.95  # of the land; what lies farther out is a spit, past which islands may lie
_SEA = 40  # between the coast and the first islands
_ISLAND_STEP = 62.0  # between islands: a paper, and what it names around it
_SPIRAL = 0.9  # of the air, that what is around a paper winds outwards by

# Who gives way to whom where things overlap: a weight of the radius to this power, and more for towns, whose places
# mean something.
_HEAVINESS = 3
_TOWN_WEIGHT = 6


@dataclass(frozen=True, slots=True)
class Layout:
    """Whole-number coordinates, y downwards, and the region of each node; -1 off the coast."""

    entities: tuple[tuple[int, int], ...]
    papers: tuple[tuple[int, int], ...]
    entity_regions: tuple[int, ...]
    paper_regions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Homes:
    """Where each node belongs: each paper in a town (-1 for islands), each entity that is no town at a paper."""

    towns: Whole
    town_of: Whole
    paper_of: Whole


def place(papers: Sequence[Sequence[int]], radii: Sequence[float], rooms: Sequence[float]) -> Layout:
    """Place entities, given their radii and the radius of the room that each needs with its label, and papers, each
    given as the entities that it names."""
    size = np.asarray(radii, dtype=np.float64)
    if not len(size):
        return Layout((), tuple(_whole(sunflower(len(papers), _BARE_STEP))), (), (-1,) * len(papers))
    names = naming(papers, len(size))
    tied = ties(names)
    fame = np.asarray(names.sum(axis=0)).ravel()
    towns = np.flatnonzero((fame != 1) | (len(size) <= _FEW))
    community = np.full(len(size), -1)
    community[towns] = communities(tied[towns][:, towns])
    homes = _homes(papers, towns, community, fame, len(size))
    community_of_paper = np.where(homes.town_of >= 0, community[homes.town_of], -1)
    satellites = np.flatnonzero(homes.paper_of >= 0)
    community[satellites] = community_of_paper[homes.paper_of[satellites]]

    points = np.zeros((len(size), 2))
    points[towns] = _towns(towns, community, tied, _room(homes, np.asarray(rooms, dtype=np.float64), size))
    dots = _dots(papers, points, np.where(homes.paper_of < 0, community, -1), community_of_paper, fame)
    dots, points = _islands(points, dots, homes, size)
    points, dots = _settle(points, dots, homes, size)
    return Layout(
        tuple(_whole(points)),
        tuple(_whole(dots)),
        tuple(map(int, community)),
        tuple(map(int, community_of_paper)),
    )


def _whole(points: Array) -> list[tuple[int, int]]:
    return [(round(float(x)), round(float(y))) for x, y in points]


def _homes(papers: Sequence[Sequence[int]], towns: Whole, community: Whole, fame: Array, entities: int) -> _Homes:
    """A paper belongs to the community that most of its towns are in, and there to the town that tells most."""
    is_town = np.zeros(entities, dtype=bool)
    is_town[towns] = True
    town_of, paper_of = np.full(len(papers), -1), np.full(entities, -1)
    for paper, named in enumerate(papers):
        votes: dict[int, float] = {}
        for entity in named:
            if is_town[entity]:
                votes[int(community[entity])] = votes.get(int(community[entity]), 0.0) + 1 / math.sqrt(fame[entity])
            else:
                paper_of[entity] = paper
        if votes:
            home = min(votes, key=lambda each: (-votes[each], each))
            town_of[paper] = min(
                (entity for entity in named if is_town[entity] and community[entity] == home),
                key=lambda entity: (fame[entity], entity),
            )
    return _Homes(towns, town_of, paper_of)


def _room(homes: _Homes, rooms: Array, size: Array) -> Array:
    """The radius that each town needs for itself, its papers and what these alone name."""
    area = rooms**2
    satellites = np.flatnonzero(homes.paper_of >= 0)
    of_paper = np.full(len(homes.town_of), (PAPER_RADIUS + _AIR) ** 2)
    np.add.at(of_paper, homes.paper_of[satellites], (size[satellites] + _SATELLITE_AIR * _AIR) ** 2)
    settled = homes.town_of >= 0
    np.add.at(area, homes.town_of[settled], of_paper[settled])
    return np.asarray(np.sqrt(area) * _SLACK)


def _towns(towns: Whole, community: Whole, tied: Matrix, room: Array) -> Array:
    """Communities first, as discs; each is then turned to look at what it is tied to."""
    if not len(towns):
        return np.zeros((0, 2))
    groups = [towns[community[towns] == each] for each in range(int(community[towns].max()) + 1)]
    reach = np.array([_disc(room[group]) for group in groups])
    member = {int(town): place for place, group in enumerate(groups) for town in group}
    centres = _discs(reach, _between(groups, tied), flat=_FLAT)
    points = np.zeros((len(community), 2))
    for group, centre in zip(groups, centres, strict=True):
        inside = tied[group][:, group]
        outward = tied[group].tocoo()
        aim, weight = np.zeros((len(group), 2)), np.zeros(len(group))
        for row, column, value in zip(outward.row, outward.col, outward.data, strict=True):
            other = member.get(int(column))
            if other is not None and groups[other] is not group:
                aim[row] += value * (centres[other] - centre)
                weight[row] += value
        points[group] = centre + turn_towards(_arrange(room[group], inside), aim, np.where(weight > 0, 1.0, 0.0))
    return np.asarray(points[towns])


def _disc(radii: Array) -> float:
    """The radius of a disc that holds discs."""
    return float(np.sqrt((radii**2).sum() * _FILL)) if len(radii) > 1 else float(radii.sum())


def _between(groups: list[Whole], tied: Matrix) -> Array:
    """How closely groups are tied."""
    index = np.full(tied.shape[0], -1)
    for place, group in enumerate(groups):
        index[group] = place
    entries = tied.tocoo()
    one, other = index[entries.row], index[entries.col]
    kept = (one >= 0) & (other >= 0) & (one != other)
    weights = np.zeros((len(groups), len(groups)))
    np.add.at(weights, (one[kept], other[kept]), entries.data[kept])
    return weights


def _arrange(room: Array, tied: Matrix) -> Array:
    """The members of one community around its middle: at once if they are few, else part by part."""
    if len(room) <= _TOGETHER:
        return pack(room, np.asarray(tied.todense()))
    part = communities(tied)
    groups = [np.flatnonzero(part == each) for each in range(int(part.max()) + 1)]
    if len(groups) == 1 or len(groups[0]) > _LUMP * len(room):
        groups = list(np.array_split(np.arange(len(room)), math.ceil(len(room) / _TOGETHER)))
    centres = _discs(np.array([_disc(room[group]) for group in groups]), _between(groups, tied))
    points = np.zeros((len(room), 2))
    for group, centre in zip(groups, centres, strict=True):
        points[group] = centre + _arrange(room[group], tied[group][:, group])
    return points


def _discs(radii: Array, pull: Array, flat: float = 1.0) -> Array:
    """Packed, however many: the large ones by their ties, the crowd of small ones around them."""
    order = np.argsort(-radii, kind="stable")
    first, rest = order[: 2 * _TOGETHER], order[2 * _TOGETHER :]
    points = np.zeros((len(radii), 2))
    points[first] = pack(radii[first], pull[np.ix_(first, first)], flat=flat, rounds=_COUNTRY_ROUNDS)
    if len(rest):
        inner = _extent(points[first], radii[first])
        step = _CROWD_STEP * float(radii[rest].mean())
        points[rest] = sunflower(len(rest), step, inner) * _stretch(flat)
    return points


def _stretch(flat: float) -> Array:
    """What makes a disc so much wider than high, at the same area."""
    return np.array([flat**0.5, flat**-0.5])


def _extent(points: Array, radii: Array) -> float:
    return float((np.sqrt((points**2).sum(axis=1)) + radii).max()) if len(points) else 0.0


def _dots(
    papers: Sequence[Sequence[int]], points: Array, community_of_town: Whole, community_of_paper: Whole, fame: Array
) -> Array:
    """Each paper amid what it names in its own community, the rarer the more telling; no two in one spot."""
    dots = np.zeros((len(papers), 2))
    jitter = sunflower(len(papers), 1.0)
    jitter = jitter / np.maximum(np.sqrt((jitter**2).sum(axis=1, keepdims=True)), 1e-9)  # a direction
    for paper, named in enumerate(papers):
        if community_of_paper[paper] >= 0:
            own = [each for each in named if community_of_town[each] == community_of_paper[paper]]
            telling = 1 / fame[own]
            dots[paper] = (points[own] * telling[:, None]).sum(axis=0) / telling.sum() + _JITTER * jitter[paper]
    return dots


def _islands(points: Array, dots: Array, homes: _Homes, size: Array) -> tuple[Array, Array]:
    """Papers that share nothing lie around the coast; what one paper alone names lies around that paper."""
    satellites = np.flatnonzero(homes.paper_of >= 0)
    alone = np.flatnonzero(homes.town_of < 0)
    if len(alone):
        land = np.concatenate((points[homes.towns], dots[homes.town_of >= 0]))
        flat = _stretch(_FLAT)
        away = np.sqrt(((land / flat) ** 2).sum(axis=1))
        inner = float(np.quantile(away, _INLAND)) + _SEA if len(land) else 0.0
        dots[alone] = sunflower(len(alone), _ISLAND_STEP, inner) * flat
    around: dict[int, int] = {}
    for entity in satellites:
        paper = int(homes.paper_of[entity])
        place = around.get(paper, 0)
        around[paper] = place + 1
        angle = place * math.pi * GOLDEN + paper
        distance = PAPER_RADIUS + size[entity] + _AIR * (1 + _SPIRAL * math.sqrt(place))
        points[entity] = dots[paper] + distance * np.array([math.cos(angle), math.sin(angle)])
    return dots, points


def _settle(points: Array, dots: Array, homes: _Homes, size: Array) -> tuple[Array, Array]:
    """Nothing on top of anything: small things give way to large ones."""
    everything = np.concatenate((points, dots))
    radii = np.concatenate((size + _AIR / 2, np.full(len(dots), PAPER_RADIUS + _AIR / 2)))
    weight = radii**_HEAVINESS
    weight[homes.towns] *= _TOWN_WEIGHT
    settled = separate(everything, radii, weight)
    return settled[: len(points)], settled[len(points) :]
