"""Selections of any size, with fields of research planted in them: a graph file of that size would take long."""

from __future__ import annotations

import random
from pathlib import Path

from kg.model import Entity, EntityType, Paper, Relation
from kg.store.reader import Link
from kg.view.bylines import bylines
from kg.view.details import Texts
from kg.view.page import Renderer, render_page
from kg.view.scene import Scene, build_scene
from kg.view.selection import DrawnEntity, Selection

__all__ = ["made_up", "write_made_up"]

_KINDS, _RELATIONS = list(EntityType), list(Relation)
_OWN = 0.3  # of a paper's names are its alone


def made_up(nodes: int, fields: int = 12, seed: int = 7) -> Selection:
    """About so many nodes, two in five papers, each of one field and now and then naming a thing of another."""
    rng = random.Random(seed)
    papers = tuple(
        Paper(f"On thing {number}", "", f"{number:06}", date=f"20{16 + number % 10}-{1 + number % 12:02}-01")
        for number in range(nodes * 17 // 40)
    )
    shared = max(4, nodes // 25)
    links, fame = [], dict[int, int]()
    fresh = shared
    for paper in papers:
        field = rng.randrange(fields)
        named = dict[int, Relation]()
        for _ in range(3 + rng.randrange(4)):
            if rng.random() < _OWN and fresh < nodes - len(papers):
                named[fresh] = Relation.INTRODUCES
                fresh += 1
            else:
                rank = min(int(rng.paretovariate(0.9)) - 1, shared // fields - 1)
                home = field if rng.random() < 0.9 else rng.randrange(fields)
                named[max(rank, 0) * fields + home] = rng.choice(_RELATIONS)
        for entity, relation in sorted(named.items()):
            fame[entity] = fame.get(entity, 0) + 1
            links.append(Link(paper.id, f"{_KINDS[entity % 6]}/e{entity:06}", relation, 0.9))
    entities = sorted(fame, key=lambda entity: (-fame[entity], entity))
    drawn = tuple(
        DrawnEntity(
            Entity(f"{_KINDS[each % 6]}/e{each:06}", _KINDS[each % 6], f"Thing {each}", (f"E{each}",)), fame[each]
        )
        for each in entities
    )
    return Selection(
        drawn, papers, tuple(links), (), len(drawn), len(papers), {each.entity.id: each.entity for each in drawn}
    )


def texts_of(selection: Selection) -> Texts:
    """One sentence for each paper, with its first word marked."""
    index = {paper.id: position for position, paper in enumerate(selection.papers)}
    nothing = tuple(() for _ in selection.entities)
    return Texts(
        tuple(paper.title for paper in selection.papers),
        bylines(selection.papers),
        tuple(f"https://doi.org/10.1/{paper.id}" for paper in selection.papers),
        nothing,
        nothing,
        nothing,
        tuple(f"Thing number {paper.id} does better than all that came before it." for paper in selection.papers),
        {
            "sentence": [index[link.paper_id] for link in selection.links],
            "start": [0] * len(selection.links),
            "end": [5] * len(selection.links),
        },
        (),
    )


def write_made_up(path: Path, nodes: int, renderer: Renderer = "webgl") -> Scene:
    """Write the view of a made-up selection."""
    selection = made_up(nodes)
    scene = build_scene(selection)
    path.write_text(render_page(scene, texts_of(selection), renderer), encoding="utf-8")
    return scene
