"""Cytoscape.js JSON: the shape of https://js.cytoscape.org/#notation/elements-json."""

from __future__ import annotations

import io
import json
from pathlib import Path

from kg.exports.cytoscape import write_cytoscape
from kg.exports.elements import edges, nodes
from kg.store import GraphReader


def cyjs(path: Path) -> bytes:
    stream = io.BytesIO()
    with GraphReader(path) as reader:
        write_cytoscape(reader, stream)
    return stream.getvalue()


def test_ids_are_unique_over_nodes_and_edges_and_every_edge_has_its_ends(any_graph: Path) -> None:
    elements = json.loads(cyjs(any_graph))["elements"]
    node_ids = [node["data"]["id"] for node in elements["nodes"]]
    edge_ids = [edge["data"]["id"] for edge in elements["edges"]]
    assert len({*node_ids, *edge_ids}) == len(node_ids) + len(edge_ids)
    assert {edge["data"][end] for edge in elements["edges"] for end in ("source", "target")} <= set(node_ids)


def test_elements_hold_all_attributes_as_they_are(any_graph: Path) -> None:
    elements = json.loads(cyjs(any_graph))["elements"]
    with GraphReader(any_graph) as reader:
        for element, node in zip(elements["nodes"], nodes(reader), strict=True):
            expected = {k: list(v) if isinstance(v, tuple) else v for k, v in node.attributes.items()}
            assert element == {"data": expected | {"id": node.id, "name": node.attributes["label"]}}
        for element, edge in zip(elements["edges"], edges(reader), strict=True):
            data = element["data"]
            assert edge.attributes.items() <= data.items()
            assert (data["source"], data["target"], data["interaction"]) == (
                edge.source,
                edge.target,
                edge.attributes["relation"],
            )


def test_no_element_is_taken_for_a_compound_node_or_a_style(any_graph: Path) -> None:
    elements = json.loads(cyjs(any_graph))["elements"]
    for element in (*elements["nodes"], *elements["edges"]):
        assert list(element) == ["data"]
        assert "parent" not in element["data"]


def test_a_column_is_of_one_type(any_graph: Path) -> None:
    # Cytoscape desktop makes a typed table of the data; a column of two types is refused.
    elements = json.loads(cyjs(any_graph))["elements"]
    for part in elements.values():
        types: dict[str, set[type]] = {}
        for element in part:
            for name, value in element["data"].items():
                types.setdefault(name, set()).add(type(value))
        assert all(len(found) == 1 for found in types.values())


def test_it_is_the_same_bytes_twice(sample_graph: Path) -> None:
    assert cyjs(sample_graph) == cyjs(sample_graph)
