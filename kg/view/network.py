"""The pyvis network of a small picture: what vis-network draws. How it looks and acts is the page's business."""

from __future__ import annotations

import json
from typing import Any

from pyvis.network import Network

from kg.view.scene import Scene

__all__ = ["build_network"]

_OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "tooltipDelay": 1_000_000, "selectable": True, "selectConnectedEdges": False},
    "nodes": {"shape": "custom", "label": " "},
    "edges": {"smooth": False, "arrows": {"to": {"enabled": False}}, "selectionWidth": 0, "hoverWidth": 0},
}


def build_network(scene: Scene) -> dict[str, Any]:
    """Nodes, ties and options, as the page hands them to vis-network; ids are numbers, so that none can be markup."""
    # Filled directly, as add_edge looks through all edges each time; directed, as parallel edges vanish otherwise.
    network = Network(directed=True)
    network.set_options(json.dumps(_OPTIONS))
    places = [*zip(scene.entities["x"], scene.entities["y"], strict=True)]
    places += [*zip(scene.papers["x"], scene.papers["y"], strict=True)]
    network.nodes.extend({"id": index, "x": x, "y": y} for index, (x, y) in enumerate(places))
    ties = zip(scene.ties["one"], scene.ties["other"], scene.ties["weight"], strict=True)
    network.edges.extend(
        {"id": index, "from": one, "to": other, "weight": weight} for index, (one, other, weight) in enumerate(ties)
    )
    nodes, edges, *_, options = network.get_network_data()
    return {"nodes": nodes, "edges": edges, "options": json.loads(options)}
