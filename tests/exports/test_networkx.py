from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from kg.exports.graphml import node_id, write_graphml
from kg.exports.networkx import to_networkx
from kg.iris import entity_iri, paper_iri
from kg.questions.derived import entity_relations
from kg.store import GraphReader

NS = "{http://graphml.graphdrawing.org/xmlns}"
NO_XML = "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"


def graphml(path: Path) -> bytes:
    stream = io.BytesIO()
    with GraphReader(path) as reader:
        write_graphml(reader, stream)
    return stream.getvalue()


def test_papers_and_entities_are_the_nodes(reader: GraphReader) -> None:
    papers = {paper_iri(paper.id) for paper in reader.papers()}
    entities = {entity_iri(entity.id) for entity in reader.entities()}
    assert set(to_networkx(reader).nodes) == papers | entities


def test_links_and_relations_of_entities_are_the_edges(reader: GraphReader) -> None:
    graph = to_networkx(reader)
    links = {(paper_iri(e.paper_id), entity_iri(e.entity_id), str(e.relation), e.confidence) for e in reader.links()}
    relations = {
        (entity_iri(one), entity_iri(other), str(relation), None)
        for one, relation, other in entity_relations(reader)
        if relation != "introduced_by"
    }
    assert {(a, b, d["relation"], d.get("confidence")) for a, b, d in graph.edges(data=True)} == links | relations


def test_every_node_has_kind_and_label(reader: GraphReader) -> None:
    assert all(data["kind"] and data["label"] for _, data in to_networkx(reader).nodes(data=True))


def legal(data: dict[str, object]) -> dict[str, object]:
    """What XML cannot hold is replaced."""
    return {k: re.sub(NO_XML, "\ufffd", v) if isinstance(v, str) else v for k, v in data.items()}


def test_graphml_loads_into_the_same_graph(any_graph: Path) -> None:
    loaded = nx.read_graphml(io.BytesIO(graphml(any_graph)), force_multigraph=True)
    with GraphReader(any_graph) as reader:
        ours = to_networkx(reader)
    iris = {node: data.pop("iri") for node, data in loaded.nodes(data=True)}
    loaded = nx.relabel_nodes(loaded, iris)
    assert dict(loaded.nodes(data=True)) == {node: legal(data) for node, data in ours.nodes(data=True)}
    assert legal(loaded.graph) == legal(ours.graph) | {"node_default": {}, "edge_default": {}}
    edges = [sorted((a, b, sorted(legal(d).items())) for a, b, d in graph.edges(data=True)) for graph in (loaded, ours)]
    assert edges[0] == edges[1]


def test_graphml_names_nodes_as_its_schema_has_it(any_graph: Path) -> None:
    root = ET.fromstring(graphml(any_graph))
    names = [node.get("id", "") for node in root.iter(f"{NS}node")]
    assert len(set(names)) == len(names) > 0
    assert all(re.fullmatch(r"[A-Za-z0-9.:_-]+", name) for name in names)  # of xs:NMTOKEN
    keys = [key.get("id") for key in root.iter(f"{NS}key")]
    assert len(set(keys)) == len(keys)
    assert {data.get("key") for data in root.iter(f"{NS}data")} <= set(keys)
    ends = {edge.get(end) for edge in root.iter(f"{NS}edge") for end in ("source", "target")}
    assert ends <= set(names)


@given(st.lists(st.text(st.characters(codec="utf-8")) | st.text("/%_~.5FE2a:"), min_size=2, max_size=5, unique=True))
def test_no_two_nodes_of_graphml_have_one_name(ids: list[str]) -> None:
    iris = {entity_iri(each) for each in ids}
    assert len({node_id(iri) for iri in iris}) == len(iris)


def test_graphml_declares_whole_numbers_as_long(sample_graph: Path) -> None:
    kinds = dict(re.findall(r'attr.name="(\w+)" attr.type="(\w+)"', graphml(sample_graph).decode()))
    assert {kinds[name] for name in ("author_count", "upvotes", "papers")} == {"long"}


def test_graphml_is_the_same_bytes_twice(sample_graph: Path) -> None:
    assert graphml(sample_graph) == graphml(sample_graph)
