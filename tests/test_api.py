from __future__ import annotations

import sys
from pathlib import Path

import pytest
import rdflib

import kg
from kg.errors import GraphError, KgError, NotFoundError, UnconnectedError
from tests.conftest import run_python
from tests.samples import SMALL_PAPERS, jsonl


def test_a_graph_is_built_and_opened_in_one_call(tmp_path: Path, small_source: Path) -> None:
    with kg.build([small_source], tmp_path / "kg.db") as graph:
        assert graph.stats().papers == len(SMALL_PAPERS)


def test_papers_are_asked_for_by_keyword(sample_graph: Path) -> None:
    with kg.open(sample_graph) as graph:
        hits = graph.papers(benchmark="GSM8K", relation="evaluates_on", since="2024")
        assert hits
        assert all(hit.entity == "GSM8K" for hit in hits)


def test_papers_match_all_that_is_given(sample_graph: Path) -> None:
    with kg.open(sample_graph) as graph:
        both = {hit.paper.id for hit in graph.papers(benchmark="GSM8K", method="PPO")}
        assert both == {h.paper.id for h in graph.papers(benchmark="GSM8K")} & {
            h.paper.id for h in graph.papers(method="PPO")
        }


def test_an_unknown_name_raises_with_suggestions(sample_graph: Path) -> None:
    with kg.open(sample_graph) as graph, pytest.raises(NotFoundError) as caught:
        graph.papers(benchmark="GSM8")
    assert "GSM8K" in caught.value.suggestions


def test_an_entity_is_profiled_by_any_of_its_names(sample_graph: Path) -> None:
    with kg.open(sample_graph) as graph:
        assert graph.entity("Proximal Policy Optimization").entity.label == "PPO"


def test_what_goes_with_a_name_is_found(sample_graph: Path) -> None:
    with kg.open(sample_graph) as graph:
        found = graph.related("GSM8K", "benchmark", limit=3)
        assert [row.entity.label for row in found][:1] == ["MATH"]
        assert len(found) <= 3


def test_a_path_leads_from_one_name_to_the_other(sample_graph: Path) -> None:
    with kg.open(sample_graph) as graph:
        path = graph.path("GRPO", "GSM8K")
        assert (path.steps[0].source.label, path.steps[-1].target.label) == ("GRPO", "GSM8K")


def test_a_path_that_is_not_there_raises(tmp_path: Path) -> None:
    (tmp_path / "two.jsonl").write_text(
        jsonl([{"title": "Sums", "abstract": "We use GSM8K."}, {"title": "Code", "abstract": "We use HumanEval."}])
    )
    with (
        kg.build([tmp_path / "two.jsonl"], tmp_path / "kg.db") as graph,
        pytest.raises(UnconnectedError, match="nothing in the graph connects 'GSM8K' and 'HumanEval'"),
    ):
        graph.path("GSM8K", "HumanEval")


def test_two_names_are_compared(sample_graph: Path) -> None:
    with kg.open(sample_graph) as graph:
        both = {hit.paper.id for hit in graph.papers(benchmark="GSM8K", method="PPO")}
        assert graph.compare("GSM8K", "PPO").both == len(both)


def test_entities_are_listed_by_type(sample_graph: Path) -> None:
    with kg.open(sample_graph) as graph:
        assert {entity.type for entity in graph.entities("benchmark")} == {"benchmark"}
        assert len(graph.entities()) > len(graph.entities("benchmark"))


def test_opening_a_graph_that_is_not_there_raises(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="no such graph"):
        kg.open(tmp_path / "kg.db")


def test_a_data_frame_has_a_row_a_link(sample_graph: Path) -> None:
    pytest.importorskip("pandas")
    with kg.open(sample_graph) as graph:
        frame = graph.to_dataframe()
        assert list(frame.columns) == ["paper", "title", "date", "entity", "type", "relation", "confidence"]
        assert len(frame) == len(list(graph.reader.links()))


def test_a_data_frame_without_pandas_says_what_to_install(sample_graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with kg.open(sample_graph) as graph, pytest.raises(KgError, match=r"pip install 'paperkg\[pandas\]'"):
        graph.to_dataframe()


def test_networkx_and_rdflib_have_all_papers_and_entities(sample_graph: Path) -> None:
    with kg.open(sample_graph) as graph:
        network, rdf = graph.to_networkx(), graph.to_rdflib()
        nodes = {data["kind"] for _, data in network.nodes(data=True)}
        assert "paper" in nodes
        assert set(network.nodes) <= {str(subject) for subject in rdf.subjects()}


def test_rdflib_gets_as_much_evidence_as_is_asked_for(sample_graph: Path) -> None:
    with kg.open(sample_graph) as graph:
        sizes = [len(graph.to_rdflib(evidence=level)) for level in ("none", "sentence", "full")]
        bases = {str(subject).partition("#")[0] for subject in graph.to_rdflib(base="https://e.org/kg#").subjects()}
    assert sizes == sorted(set(sizes))
    assert bases == {"https://e.org/kg"}


def test_importing_kg_loads_nothing_heavy() -> None:
    heavy = ("spacy", "rdflib", "networkx", "pyvis", "pandas", "sqlite3", "click")
    assert run_python("-c", f"import sys, kg; print([m for m in {heavy} if m in sys.modules])").stdout == "[]\n"


@pytest.mark.parametrize("name", kg.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(kg, name)


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'kg' has no attribute 'nothing'"):
        kg.nothing  # noqa: B018


def test_sparql_gives_rows_a_boolean_or_a_graph(sample_graph: Path) -> None:
    with kg.open(sample_graph) as graph:
        rows = graph.sparql("SELECT ?title { ?p kg:evaluatesOn/foaf:name ?name; dcterms:title ?title }", name="GSM8K")
        assert {"title": "Mistral 7B"} in rows  # type: ignore[operator]
        assert graph.sparql("ASK { ?p dcterms:date ?d FILTER(STR(?d) > ?since) }", since="2025") is True
        assert graph.sparql("ASK { ?p dcterms:title ?title }", title="x' } UNION { ?s ?p ?o } #") is False
        described = graph.sparql("DESCRIBE ?e { ?e foaf:name ?name }", name="GRPO")
        assert isinstance(described, rdflib.Graph)
        assert len(graph.sparql("SELECT ?p { ?p a kg:Paper }", max_rows=3)) == 3  # type: ignore[arg-type]


def test_sparql_that_cannot_be_answered_raises(sample_graph: Path) -> None:
    with kg.open(sample_graph) as graph, pytest.raises(KgError, match="not SPARQL: line 1"):
        graph.sparql("SELECT ?p {")


def test_a_source_is_removed_again(tmp_path: Path, small_source: Path, sample_source: Path) -> None:
    kg.build([sample_source, small_source], tmp_path / "kg.db").close()
    with kg.remove([small_source], tmp_path / "kg.db") as graph:
        assert graph.stats().papers == 67
