"""The projection on entities: who is used with whom, what builds on what, in every format of nodes and edges."""

from __future__ import annotations

import io
import itertools
import logging
from collections import defaultdict
from pathlib import Path

import networkx as nx
import pytest

from kg.building import build_graph
from kg.errors import KgError
from kg.exporting import write_export, write_export_folder
from kg.exports import entity_graph
from kg.exports.elements import Edge, Elements, elements
from kg.exports.entity_graph import EDGE_ATTRIBUTES, NODE_ATTRIBUTES
from kg.exports.networkx import to_networkx
from kg.iris import entity_iri
from kg.model import Relation
from kg.questions.derived import builds_on
from kg.store import GraphReader
from tests.samples import jsonl

OWN = {Relation.INTRODUCES, Relation.EVALUATES_ON, Relation.TRAINS_ON, Relation.USES, Relation.ADDRESSES}


@pytest.fixture
def projected(reader: GraphReader) -> Elements:
    return elements(reader, projection="entities")


def used_together(graph: Elements) -> dict[tuple[str, str], Edge]:
    return {(e.source, e.target): e for e in graph.edges() if e.attributes["relation"] == "used_together"}


def test_entities_are_tied_by_the_papers_that_use_both(projected: Elements, reader: GraphReader) -> None:
    used = defaultdict(list)
    for link in reader.links():
        if link.relation in OWN:
            used[link.paper_id].append(entity_iri(link.entity_id))
    papers: dict[tuple[str, str], int] = defaultdict(int)
    for things in used.values():
        for pair in itertools.combinations(sorted(things), 2):
            papers[pair] += 1
    assert {pair: e.attributes["papers"] for pair, e in used_together(projected).items()} == dict(papers)
    assert all(e.attributes["weight"] == e.attributes["papers"] for e in projected.edges())


def test_what_builds_on_what_is_there_in_its_direction(projected: Elements, reader: GraphReader) -> None:
    built = {(e.source, e.target) for e in projected.edges() if e.attributes["relation"] == "builds_on"}
    assert built == {(entity_iri(one), entity_iri(other)) for one, other in builds_on(reader)}
    assert built


def test_only_what_papers_name_is_a_node_and_has_a_community(projected: Elements, reader: GraphReader) -> None:
    nodes = {node.id: node.attributes for node in projected.nodes()}
    assert set(nodes) == {entity_iri(link.entity_id) for link in reader.links()}
    communities = [attributes["community"] for attributes in nodes.values()]
    assert set(communities) == set(range(len(set(communities))))
    assert communities.count(0) == max(communities.count(each) for each in communities)
    assert {end for edge in projected.edges() for end in (edge.source, edge.target)} <= set(nodes)


def test_attributes_are_of_the_declared_types(projected: Elements) -> None:
    for element, declared in [(n, NODE_ATTRIBUTES) for n in projected.nodes()] + [
        (e, EDGE_ATTRIBUTES) for e in projected.edges()
    ]:
        assert all(type(value) is declared[name] for name, value in element.attributes.items())


def test_years_are_those_of_the_papers_where_they_are_known(tmp_path: Path) -> None:
    texts = [("2019", "a"), ("2023-05-06", "b"), (None, "c")]
    rows = [
        {
            "title": f"Sums {name}",
            "abstract": "We train PPO. We evaluate on GSM8K.",
            "date": date,
            "doi": f"10.1/{name}",
        }
        for date, name in texts
    ]
    rows.append({"title": "Sums d", "abstract": "We evaluate on MATH and use DPO.", "doi": "10.1/d"})
    (tmp_path / "a.jsonl").write_text(jsonl(rows), encoding="utf-8")
    build_graph([str(tmp_path / "a.jsonl")], tmp_path / "kg.db")
    with GraphReader(tmp_path / "kg.db") as reader:
        graph = elements(reader, projection="entities")
        (tie,) = (e for pair, e in used_together(graph).items() if pair[0].endswith("/gsm8k"))
        assert tie.attributes["papers"] == 3
        assert (tie.attributes["first_year"], tie.attributes["last_year"]) == (2019, 2023)
        years = {node.id: node.attributes.get("first_year") for node in graph.nodes()}
        assert years[entity_iri("benchmark/gsm8k")] == 2019
        assert years[entity_iri("method/dpo")] is None


def test_papers_with_long_lists_tie_nothing_and_that_is_said(
    reader: GraphReader, projected: Elements, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(entity_graph, "LONGEST_LIST", 3)
    with caplog.at_level(logging.WARNING):
        shorter = elements(reader, projection="entities")
    left_out = shorter.facts["papers_with_long_lists"]
    assert isinstance(left_out, int)
    assert left_out > 0
    assert f"{left_out} papers that use more than 3 things tie none of them" in caplog.text
    assert len(used_together(shorter)) < len(used_together(projected))


def test_of_too_many_pairs_the_strongest_are_kept_and_that_is_said(
    reader: GraphReader, projected: Elements, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    everything = used_together(projected)
    monkeypatch.setattr(entity_graph, "MOST_PAIRS", 5)
    with caplog.at_level(logging.WARNING):
        fewer = elements(reader, projection="entities")
    kept = used_together(fewer)
    assert list(kept) == [pair for pair in everything if pair in kept]
    strengths = sorted((int(str(e.attributes["papers"])) for e in everything.values()), reverse=True)
    assert sorted((int(str(e.attributes["papers"])) for e in kept.values()), reverse=True) == strengths[:5]
    assert fewer.facts["pairs_left_out"] == len(everything) - 5
    assert f"left out the {len(everything) - 5} pairs" in caplog.text


def test_pairs_added_up_in_pieces_are_the_same(
    reader: GraphReader, projected: Elements, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entity_graph, "_AT_ONCE", 10)
    assert list(elements(reader, projection="entities").edges()) == list(projected.edges())


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_networkx_reads_the_same_graph(name: str, any_graph: Path) -> None:
    stream = io.BytesIO()
    with GraphReader(any_graph) as reader:
        write_export(reader, name, stream, projection="entities")
        ours = to_networkx(reader, projection="entities")
    stream.seek(0)
    loaded = nx.read_graphml(stream, force_multigraph=True) if name == "graphml" else nx.read_gexf(stream)
    if name == "graphml":
        loaded = nx.relabel_nodes(loaded, {node: data["iri"] for node, data in loaded.nodes(data=True)})
    for graph in (loaded, ours):
        assert {data["weight"] for _, _, data in graph.edges(data=True)} <= set(map(float, range(1, 100)))
    assert sorted(loaded.edges(data="relation")) == sorted(ours.edges(data="relation"))
    assert sorted(loaded.nodes(data="community")) == sorted(ours.nodes(data="community"))


@pytest.mark.parametrize("name", ["graphml", "gexf", "cytoscape"])
def test_it_is_the_same_bytes_twice(name: str, reader: GraphReader) -> None:
    first, second = io.BytesIO(), io.BytesIO()
    write_export(reader, name, first, projection="entities")
    write_export(reader, name, second, projection="entities")
    assert first.getvalue() == second.getvalue() != b""


def test_neo4j_and_parquet_are_folders_of_nodes_and_edges(reader: GraphReader, tmp_path: Path) -> None:
    write_export_folder(reader, "csv", tmp_path / "csv", projection="entities")
    assert {path.name for path in (tmp_path / "csv").iterdir()} == {"entities.csv", "ties.csv", "README.md"}
    header, *rows = (tmp_path / "csv" / "ties.csv").read_text(encoding="utf-8").splitlines()
    assert header == ":START_ID(Entity),:END_ID(Entity),:TYPE,weight:double,papers:long,first_year:long,last_year:long"
    pq = pytest.importorskip("pyarrow.parquet")
    write_export_folder(reader, "parquet", tmp_path / "parquet", projection="entities")
    nodes, edges = (pq.read_table(tmp_path / "parquet" / f"{name}.parquet") for name in ("nodes", "edges"))
    graph = to_networkx(reader, projection="entities")
    assert (nodes.num_rows, edges.num_rows) == (graph.number_of_nodes(), graph.number_of_edges())
    assert len(rows) == edges.num_rows
    assert nodes.column_names == ["id", *NODE_ATTRIBUTES]
    assert edges.column_names == ["source", "target", *EDGE_ATTRIBUTES]


def test_a_graph_of_nothing_has_an_empty_projection(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(jsonl([{"title": "Of sheep", "abstract": "They graze."}]), encoding="utf-8")
    build_graph([str(tmp_path / "a.jsonl")], tmp_path / "kg.db")
    with GraphReader(tmp_path / "kg.db") as reader:
        graph = to_networkx(reader, projection="entities")
        assert (graph.number_of_nodes(), graph.number_of_edges()) == (0, 0)


def test_an_unknown_projection_is_refused(reader: GraphReader) -> None:
    with pytest.raises(KgError, match="'authors' is no projection; use entities"):
        to_networkx(reader, projection="authors")
    with pytest.raises(KgError, match="turtle has no option --projection"):
        write_export(reader, "turtle", io.BytesIO(), projection="entities")
