"""GEXF: read by networkx, and held against the rules of the 1.2 schema."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import networkx as nx

from kg.exports.gexf import write_gexf
from kg.exports.networkx import to_networkx
from kg.store import GraphReader

NS = "{http://www.gexf.net/1.2draft}"
# Element -> (attributes that must be there, attributes that may be, children).
SCHEMA: dict[str, tuple[set[str], set[str], set[str]]] = {
    "gexf": ({"version"}, {"variant"}, {"meta", "graph"}),
    "meta": (set(), {"lastmodifieddate"}, {"creator", "keywords", "description"}),
    "creator": (set(), set(), set()),
    "description": (set(), set(), set()),
    "graph": (set(), {"defaultedgetype", "idtype", "mode"}, {"attributes", "nodes", "edges"}),
    "attributes": ({"class"}, {"mode"}, {"attribute"}),
    "attribute": ({"id", "title", "type"}, set(), {"default", "options"}),
    "nodes": (set(), {"count"}, {"node"}),
    "edges": (set(), {"count"}, {"edge"}),
    "node": ({"id"}, {"label"}, {"attvalues"}),
    "edge": ({"id", "source", "target"}, {"label", "type", "weight"}, {"attvalues"}),
    "attvalues": (set(), set(), {"attvalue"}),
    "attvalue": ({"for", "value"}, set(), set()),
}
LEXICAL = {
    "string": re.compile(r"(?s).*\Z"),
    "long": re.compile(r"-?\d+\Z"),
    "double": re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?\Z"),
    "boolean": re.compile(r"(true|false)\Z"),
}


def gexf(path: Path) -> bytes:
    stream = io.BytesIO()
    with GraphReader(path) as reader:
        write_gexf(reader, stream)
    return stream.getvalue()


def legal(text: str) -> str:
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "\ufffd", text)


def token(text: str) -> str:
    """As ``xs:token`` wants it."""
    return re.sub("[ \t\n\r]+", " ", text).strip(" ")


def test_it_keeps_the_rules_of_the_schema(any_graph: Path) -> None:
    root = ET.fromstring(gexf(any_graph))
    assert (root.tag, root.get("version")) == (f"{NS}gexf", "1.2")
    for element in root.iter():
        name = element.tag.removeprefix(NS)
        required, optional, children = SCHEMA[name]
        assert required <= set(element.keys()) <= required | optional
        assert {child.tag.removeprefix(NS) for child in element} <= children
        label = element.get("label")
        assert label is None or label == token(label)


def test_ids_are_unique_and_every_edge_has_its_ends(any_graph: Path) -> None:
    root = ET.fromstring(gexf(any_graph))
    nodes = [node.get("id") for node in root.iter(f"{NS}node")]
    edges = list(root.iter(f"{NS}edge"))
    assert len(set(nodes)) == len(nodes) > 0
    assert len({edge.get("id") for edge in edges}) == len(edges) > 0
    assert {edge.get(end) for edge in edges for end in ("source", "target")} <= set(nodes)


def test_values_are_of_the_declared_types(any_graph: Path) -> None:
    root = ET.fromstring(gexf(any_graph))
    for columns in root.iter(f"{NS}attributes"):
        types = {column.get("id"): column.get("type", "") for column in columns}
        for element in root.iter(f"{NS}{columns.get('class')}"):
            values = [(value.get("for"), value.get("value", "")) for value in element.iter(f"{NS}attvalue")]
            assert len(dict(values)) == len(values)
            assert all(LEXICAL[types[of]].match(value) for of, value in values)


def test_networkx_reads_the_same_graph(any_graph: Path) -> None:
    loaded = nx.read_gexf(io.BytesIO(gexf(any_graph)))
    with GraphReader(any_graph) as reader:
        ours = to_networkx(reader)

    def values(data: dict[str, object], *without: str) -> dict[str, object]:
        return {k: legal(v) if isinstance(v, str) else v for k, v in data.items() if k not in without}

    assert set(loaded.nodes) == set(ours.nodes)
    for node, data in ours.nodes(data=True):
        assert values(loaded.nodes[node], "label") == values(data, "label")
        assert loaded.nodes[node]["label"] == token(legal(data["label"]))
    assert set(loaded.edges()) == set(ours.edges())
    read, wanted = (
        sorted((source, target, sorted(values(data, "id").items())) for source, target, data in graph.edges(data=True))
        for graph in (loaded, ours)
    )
    assert read == wanted


def test_it_is_the_same_bytes_twice(sample_graph: Path) -> None:
    assert gexf(sample_graph) == gexf(sample_graph)
