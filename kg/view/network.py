"""The pyvis network: what is drawn, how large, where. Colours and behaviour are the page's business."""

from __future__ import annotations

import json
import math
import textwrap
from collections import defaultdict

from pyvis.network import Network

from kg.model import EntityRelation
from kg.view.layout import Box, place
from kg.view.selection import Selection, paper_node

__all__ = ["build_network"]

_PAPER_RADIUS = 5
_LINE = 18  # characters in a line of a label
_LINES = 3
_OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "tooltipDelay": 120, "selectConnectedEdges": False, "zoomSpeed": 0.6},
    "nodes": {"shape": "dot", "borderWidth": 1.5, "scaling": {"label": {"drawThreshold": 1, "maxVisible": 26}}},
    "edges": {"smooth": False, "arrows": {"to": {"enabled": False}}, "selectionWidth": 0, "hoverWidth": 0},
}


def build_network(selection: Selection) -> Network:
    """A network with entities as circles (area by papers), papers as dots, and the links and families between them.

    Nodes carry ``kind`` (an entity type, or ``paper``), edges ``relation``.
    """
    # Edges go in as dicts, as add_edge looks through all edges each time. Directed, so that parallel ones survive.
    network = Network(directed=True)
    network.set_options(json.dumps(_OPTIONS))
    most = max((each.papers for each in selection.entities), default=1)
    scale = min(1.0, 11 / math.sqrt(max(1, most)))
    fames = [scale * math.sqrt(each.papers) for each in selection.entities]
    labels = [wrap_label(each.entity.label) for each in selection.entities]
    index = {each.entity.id: position for position, each in enumerate(selection.entities)}
    named: dict[str, list[int]] = defaultdict(list)
    for link in selection.links:
        named[link.paper_id].append(index[link.entity_id])
    layout = place(
        [_box(label, fame) for label, fame in zip(labels, fames, strict=True)],
        [named[paper.id] for paper in selection.papers],
        _PAPER_RADIUS,
    )
    for each, label, fame, (x, y), community in zip(
        selection.entities, labels, fames, layout.entities, layout.communities, strict=True
    ):
        network.nodes.append(
            {
                "id": each.entity.id,
                "kind": each.entity.type.value,
                "label": label,
                "x": x,
                "y": y,
                "size": round(_radius(fame), 1),
                "font": {"size": _font(fame)},
                "community": community,
            }
        )
    for paper, (x, y) in zip(selection.papers, layout.papers, strict=True):
        node = {"id": paper_node(paper.id), "kind": "paper", "label": "", "x": x, "y": y, "size": _PAPER_RADIUS}
        network.nodes.append(node)
    _add_edges(network, selection)
    return network


def _add_edges(network: Network, selection: Selection) -> None:
    """Links first, in the order of the selection, so that a link's position is its edge's id."""
    drawn = {each.entity.id for each in selection.entities}
    ends = [(paper_node(link.paper_id), link.entity_id, str(link.relation)) for link in selection.links]
    ends += [
        (each.entity.id, parent, str(EntityRelation.BROADER))
        for each in selection.entities
        for parent in each.entity.broader
        if parent in drawn
    ]
    for position, (source, target, relation) in enumerate(ends):
        network.edges.append({"id": position, "from": source, "to": target, "relation": relation})


def wrap_label(label: str) -> str:
    """A label in short lines, cut where it would fill the picture.

    >>> wrap_label("reward hacking mitigation")
    'reward hacking\\nmitigation'
    """
    return "\n".join(textwrap.wrap(label, _LINE, max_lines=_LINES, placeholder=" …")) or "?"


def _radius(fame: float) -> float:
    return 4 + 5 * fame


def _font(fame: float) -> int:
    return round(10 + 4 * fame)


def _box(label: str, fame: float) -> Box:
    """A circle with its label below."""
    lines = label.split("\n")
    radius, font = _radius(fame), _font(fame)
    text = len(lines) * font * 1.2
    width = max(map(len, lines)) * font * 0.6
    return Box(max(radius, width / 2), radius + text / 2, text / 2)
