from __future__ import annotations

import io
import re
from pathlib import Path

import networkx as nx

from kg.exports.graphml import write_graphml
from kg.exports.networkx import to_networkx
from kg.iris import entity_iri, paper_iri
from kg.store import GraphReader

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


def test_links_and_families_are_the_edges(reader: GraphReader) -> None:
    graph = to_networkx(reader)
    links = {(paper_iri(e.paper_id), entity_iri(e.entity_id), str(e.relation), e.confidence) for e in reader.links()}
    broader = {(entity_iri(e.id), entity_iri(p), "broader", None) for e in reader.entities() for p in e.broader}
    assert {(a, b, d["relation"], d.get("confidence")) for a, b, d in graph.edges(data=True)} == links | broader


def test_every_node_has_kind_and_label(reader: GraphReader) -> None:
    assert all(data["kind"] and data["label"] for _, data in to_networkx(reader).nodes(data=True))


def legal(data: dict[str, object]) -> dict[str, object]:
    """What XML cannot hold is replaced."""
    return {k: re.sub(NO_XML, "\ufffd", v) if isinstance(v, str) else v for k, v in data.items()}


def test_graphml_loads_into_the_same_graph(any_graph: Path) -> None:
    loaded = nx.read_graphml(io.BytesIO(graphml(any_graph)), force_multigraph=True)
    with GraphReader(any_graph) as reader:
        ours = to_networkx(reader)
    assert dict(loaded.nodes(data=True)) == {node: legal(data) for node, data in ours.nodes(data=True)}
    edges = [sorted((a, b, sorted(legal(d).items())) for a, b, d in graph.edges(data=True)) for graph in (loaded, ours)]
    assert edges[0] == edges[1]


def test_graphml_declares_whole_numbers_as_long(sample_graph: Path) -> None:
    kinds = dict(re.findall(r'attr.name="(\w+)" attr.type="(\w+)"', graphml(sample_graph).decode()))
    assert {kinds[name] for name in ("author_count", "upvotes", "papers")} == {"long"}


def test_graphml_is_the_same_bytes_twice(sample_graph: Path) -> None:
    assert graphml(sample_graph) == graphml(sample_graph)
