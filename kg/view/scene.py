"""What is drawn, as columns of numbers and names: small to store, quick to read, the same for every renderer."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from kg.model import EntityType, Relation
from kg.questions.communities import backbone, naming, ties
from kg.view.layout import place
from kg.view.regions import Region, draw_regions, telling_names
from kg.view.selection import Selection, paper_node

__all__ = ["Scene", "build_scene"]

# Lengths are in units of the map, which are pixels at a scale of 1. What has no other reason is taste.
_LARGEST = 46.0  # radius
_SMALLEST = 4.5  # a little larger than a paper
_GROWTH = 6.0  # radius of what one paper names, before it is made smaller; less where fame would outgrow the largest
_LABEL = 16  # characters of a label that claim room on the map; the page breaks lines at 18
_LETTER, _LINE = 7.5, 18  # a letter's width and a line's height in the page's font
_AROUND = 8  # a node and its label


@dataclass(frozen=True, slots=True)
class Scene:
    """Entities, then papers, as nodes by index. Types and relations are indices into their lists.

    ``ties`` are the closest pairs of entities, as columns; ``links`` go from papers (counted from 0) to entities.
    """

    types: tuple[str, ...]
    relations: tuple[str, ...]
    entities: dict[str, list[object]]
    papers: dict[str, list[object]]
    links: dict[str, list[object]]
    ties: dict[str, list[object]]
    regions: tuple[Region, ...]
    focus: int | None
    all_entities: int
    all_papers: int


def build_scene(selection: Selection) -> Scene:
    """Lay the selection out."""
    index = {each.entity.id: position for position, each in enumerate(selection.entities)}
    paper_index = {paper.id: position for position, paper in enumerate(selection.papers)}
    named: dict[str, list[int]] = defaultdict(list)
    for link in selection.links:
        named[link.paper_id].append(index[link.entity_id])
    papers = [named[paper.id] for paper in selection.papers]
    radii = _radii([each.papers for each in selection.entities])
    labels = [each.entity.label for each in selection.entities]
    layout = place(papers, radii, [_room(label, radius) for label, radius in zip(labels, radii, strict=True)])
    names = telling_names(labels, layout.entity_regions, papers, layout.paper_regions)
    points = np.array([*layout.entities, *layout.papers], dtype=np.float64).reshape(-1, 2)
    closest = backbone(ties(naming(papers, len(labels))))
    kinds, relations = list(EntityType), list(Relation)
    return Scene(
        types=tuple(map(str, kinds)),
        relations=tuple(map(str, relations)),
        entities={
            "id": [each.entity.id for each in selection.entities],
            "label": list(labels),
            "aliases": [each.entity.aliases for each in selection.entities],
            "type": [kinds.index(each.entity.type) for each in selection.entities],
            "papers": [each.papers for each in selection.entities],
            "radius": [round(radius, 1) for radius in radii],
            "region": list(layout.entity_regions),
            "x": [x for x, _ in layout.entities],
            "y": [y for _, y in layout.entities],
        },
        papers={
            "id": [paper_node(paper.id) for paper in selection.papers],
            "date": [paper.date for paper in selection.papers],
            "region": list(layout.paper_regions),
            "x": [x for x, _ in layout.papers],
            "y": [y for _, y in layout.papers],
        },
        links={
            "paper": [paper_index[link.paper_id] for link in selection.links],
            "entity": [index[link.entity_id] for link in selection.links],
            "relation": [relations.index(link.relation) for link in selection.links],
            "confidence": [round(100 * link.confidence) for link in selection.links],
        },
        ties={
            "one": [one for one, _, _ in closest],
            "other": [other for _, other, _ in closest],
            "weight": [round(weight, 3) for _, _, weight in closest],
        },
        regions=draw_regions(points, [*layout.entity_regions, *layout.paper_regions], names, radii),
        focus=index.get(selection.focus[0]) if selection.focus else None,
        all_entities=selection.all_entities,
        all_papers=selection.all_papers,
    )


def _radii(fame: list[int]) -> list[float]:
    """Discs whose area grows with the papers, up to a limit; what one paper names is small."""
    scale = min(_GROWTH, _LARGEST / math.sqrt(max([1, *fame])))
    return [max(_SMALLEST, scale * math.sqrt(papers) - 1) for papers in fame]


def _room(label: str, radius: float) -> float:
    """The radius of a disc with the area of the node and its label."""
    text = min(len(label), _LABEL) * _LETTER * _LINE
    return math.sqrt(radius**2 + text / math.pi) + _AROUND
