from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import rdflib

import kg
from kg.errors import ClosedError, GraphError, KgError, NotFoundError, TimeLimitError, UnconnectedError
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


@pytest.mark.parametrize("model", ["Llama-3.1-8B", "Llama-3.1-70B", "GPT-3.5", "GPT-4"])
def test_papers_are_found_by_names_that_they_write_together(tmp_path: Path, model: str) -> None:
    abstract = "We fine-tune Llama-3.1-8B/70B and compare with GPT-3.5/4 on AIME 2024/2025."
    source = tmp_path / "papers.jsonl"
    source.write_text(jsonl([{"title": "Sizes of Planners", "abstract": abstract}]), encoding="utf-8")
    with kg.build([source], tmp_path / "kg.db") as graph:
        assert [hit.paper.title for hit in graph.papers(model=model, benchmark="AIME 2025")] == ["Sizes of Planners"]


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


def test_what_is_named_how_often_what_rises_and_what_is_new_is_asked(sample_graph: Path) -> None:
    with kg.open(sample_graph) as graph:
        trend = graph.trend("GRPO", "PPO", by="year", families=False)
        assert [line.entity.label for line in trend.lines] == ["GRPO", "PPO"]
        assert graph.rising("method", by="year", recent=2, before=2).compared > 0
        assert graph.new(limit=1).counts["papers"] == graph.stats().papers
        with pytest.raises(KgError, match="no time step"):
            graph.trend("GRPO", by="week")


def test_a_feed_has_the_papers_that_match(sample_graph: Path) -> None:
    with kg.open(sample_graph) as graph:
        feed = graph.feed(benchmark="GSM8K")
        assert feed.count(b"<entry>") == len(graph.papers(benchmark="GSM8K"))
        assert graph.feed(benchmark="GSM8K", limit=1).count(b"<entry>") == 1
        with pytest.raises(KgError, match="'sheep' is nothing that a watch can ask"):
            graph.feed(sheep="GSM8K")


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
    assert {base for base in bases if "/paperkg/vocabulary/" not in base} == {"https://e.org/kg"}


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


# Any question, any thread

QUESTIONS: tuple[tuple[str, dict[str, object]], ...] = (
    ("papers", {"benchmark": "GSM8K", "relation": "evaluates_on"}),
    ("papers", {"model": "Qwen", "text": "reasoning"}),
    ("show", {"name": "GRPO"}),
    ("paper", {"name": "Let's Verify Step by Step"}),
    ("entities", {"type": "benchmark"}),
    ("related", {"name": "PPO"}),
    ("path", {"start": "GRPO", "end": "GSM8K"}),
    ("compare", {"left": "GSM8K", "right": "MATH"}),
    ("stats", {}),
)


def test_any_question_is_asked_by_its_name(sample_graph: Path) -> None:
    with kg.open(sample_graph) as graph:
        assert list(graph.ask("papers", benchmark="GSM8K", limit="5")) == graph.papers(benchmark="GSM8K", limit=5)
        assert graph.ask("show", name="PPO").entity == graph.show("PPO") == graph.entity("PPO")
        assert graph.ask("paper", name="Let's Verify Step by Step") == graph.show("Let's Verify Step by Step")
        assert graph.ask("stats") == graph.stats()
        with pytest.raises(KgError, match="'nothing' is no question; ask papers, results, show"):
            graph.ask("nothing")


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (lambda graph: graph.papers(benchmark="GSM8K", relation="uses_it"), "'uses_it' is no relation; use introduces"),
        (lambda graph: graph.entities("modl"), "'modl' is no entity type; use method, model, dataset"),
        (lambda graph: graph.entities(sort="age"), "'age' is no entity order; use papers, name"),
        (lambda graph: graph.related("PPO", "modl"), "'modl' is no entity type"),
        (lambda graph: graph.papers(min_confidence=2), "min_confidence is 2; give 0 to 1"),
        (lambda graph: graph.to_rdflib(evidence="some"), "'some' is no evidence level; use none, sentence, full"),
    ],
)
def test_a_wrong_word_is_answered_with_the_choices(
    sample_graph: Path, asked: Callable[[kg.Graph], object], message: str
) -> None:
    with kg.open(sample_graph) as graph, pytest.raises(KgError, match=message):
        asked(graph)


def test_papers_take_several_names_and_a_confidence(sample_graph: Path) -> None:
    with kg.open(sample_graph) as graph:
        both = {hit.paper.id for hit in graph.papers(benchmark=["GSM8K", "MATH"])}
        each = [{hit.paper.id for hit in graph.papers(benchmark=name)} for name in ("GSM8K", "MATH")]
        assert both == each[0] & each[1] != set()
        assert all((hit.confidence or 0) >= 0.9 for hit in graph.papers(method="PPO", min_confidence=0.9))


def test_every_thread_gets_the_answer_to_its_own_question(sample_graph: Path) -> None:
    with kg.open(sample_graph, readers=3) as graph:
        serial = [graph.ask(name, **words) for name, words in QUESTIONS]

        def ask(number: int) -> bool:
            chosen = number * 7 % len(QUESTIONS)
            name, words = QUESTIONS[chosen]
            sparql = graph.sparql(f"SELECT ({number} AS ?x) {{}}") if number % 5 == 0 else [{"x": number}]
            return graph.ask(name, **words) == serial[chosen] and sparql == [{"x": number}]

        with ThreadPoolExecutor(8) as threads:
            assert all(threads.map(ask, range(200), timeout=120))


def test_the_rows_of_a_graph_are_read_from_any_thread(sample_graph: Path) -> None:
    with kg.open(sample_graph) as graph, ThreadPoolExecutor(4) as threads:
        counts = set(threads.map(lambda _: len(list(graph.reader.links())), range(8), timeout=60))
        assert counts == {len(list(graph.reader.links()))}


def test_a_question_that_takes_longer_than_it_may_is_stopped(sample_graph: Path) -> None:
    with kg.open(sample_graph, timeout=0) as graph, pytest.raises(TimeLimitError, match="took longer than 0 seconds"):
        graph.stats()


def test_a_graph_that_is_closed_says_so(sample_graph: Path) -> None:
    graph = kg.open(sample_graph)
    graph.sparql("ASK {}")
    graph.close()
    graph.close()
    for ask in (graph.stats, lambda: graph.reader, lambda: graph.sparql("ASK {}"), graph.to_networkx):
        with pytest.raises(ClosedError, match="the graph is closed; open it again to ask it"):
            ask()


def test_a_graph_may_be_closed_while_it_is_asked(sample_graph: Path) -> None:
    graph = kg.open(sample_graph, readers=2)

    def ask_until_closed(_: int) -> bool:
        try:
            while True:
                graph.related("GSM8K")
        except ClosedError:
            return True

    with ThreadPoolExecutor(4) as threads:
        asked = [threads.submit(ask_until_closed, each) for each in range(4)]
        graph.close()
        assert all(each.result(60) for each in asked)


def test_the_public_names_are_listed() -> None:
    assert set(kg.__all__) <= set(dir(kg))
    assert "parse" in dir(kg)
