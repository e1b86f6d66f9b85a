"""The queries that ship with the project, on the graph of the sample corpus that ships with it."""

from __future__ import annotations

import io
import re
import shlex
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib

from kg.building import build_graph
from kg.rdf import to_rdflib
from kg.rdf.fulltext import MATCHES
from kg.rdf.sparql import Answer, SparqlEngine, literal
from kg.store import GraphReader
from tests.conftest import ROOT, Invoke
from tests.samples import jsonl

QUERIES = ROOT / "examples" / "queries"
FILES = sorted(QUERIES.glob("*.rq"))


@pytest.fixture(scope="module")
def engine(sample_graph: Path) -> Iterator[SparqlEngine]:
    with SparqlEngine(sample_graph) as opened:
        yield opened


def ask(engine: SparqlEngine, query: str, /, **values: str) -> Answer:
    text = (QUERIES / f"{query}.rq").read_text(encoding="utf-8")
    return engine.ask(text, {name: literal(value) for name, value in values.items()})


def test_there_are_enough_of_them() -> None:
    assert len(FILES) >= 18


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_query_begins_with_its_question_and_answers(file: Path, engine: SparqlEngine) -> None:
    text = file.read_text(encoding="utf-8")
    assert re.match(r"# \w.*[?.:]\n", text)
    assert engine.ask(text).count > 0


@pytest.fixture(scope="module")
def undated_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph of two papers of which no source says when they appeared, and one of which one says the year alone."""
    folder = tmp_path_factory.mktemp("undated")
    abstract = "We introduce {0}, a method that uses PPO. We evaluate {0} on GSM8K, where it reaches 81.2% accuracy."
    papers = [{"title": f"{name} for Wool", "abstract": abstract.format(name)} for name in ("FooBar", "BarFoo")]
    papers.append({"title": "BazFoo for Wool", "abstract": abstract.format("BazFoo"), "date": "2024"})
    (folder / "papers.jsonl").write_text(jsonl(papers), encoding="utf-8")
    build_graph([str(folder / "papers.jsonl")], folder / "kg.db")
    return folder / "kg.db"


def plain(term: rdflib.term.Node | None) -> object:
    """A term so that those that mean the same are the same: 81.2 and 81.20 are."""
    if isinstance(term, rdflib.Literal) and term.datatype and not term.ill_typed:
        return term.value
    return term


def plainly(rows: Iterable[Any]) -> list[tuple[object, ...]]:
    return [tuple(map(plain, row)) for row in rows]


@cache
def in_rdflib(path: Path) -> rdflib.Graph:
    with GraphReader(path) as reader:
        return to_rdflib(reader)


@pytest.mark.parametrize("which", ["sample_graph", "undated_graph"])
@pytest.mark.parametrize("file", [f for f in FILES if "kg:matches" not in f.read_text("utf-8")], ids=lambda f: f.stem)
def test_a_query_has_one_answer_here_and_in_rdflib(file: Path, which: str, request: pytest.FixtureRequest) -> None:
    """The same rows in the same order, so that no tie is cut or left to chance."""
    path, text = request.getfixturevalue(which), file.read_text(encoding="utf-8")
    theirs = in_rdflib(path).query(text)
    with SparqlEngine(path) as engine:
        ours = engine.ask(text)
    if ours.kind == "boolean":
        assert ours.boolean() == bool(theirs)
    elif ours.kind == "rows":
        read = rdflib.query.Result.parse(io.BytesIO(ours.serialise("json")), format="json")
        assert plainly(read) == plainly(theirs)
    else:
        here, there = set(plainly(ours.to_rdflib())), set(plainly(theirs))
        # What a description holds is each store's own matter: in rdflib also what leads to what is described.
        assert here <= there if "DESCRIBE" in text else here == there


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_query_that_selects_says_in_which_order(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert re.search(r"^(ASK|CONSTRUCT|DESCRIBE)\b", text, re.MULTILINE) or re.search(r"^ORDER BY ", text, re.MULTILINE)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_query_declares_its_prefixes_for_other_stores(file: Path) -> None:
    ours: dict[ox.NamedNode, Callable[..., ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None]] = {
        MATCHES: lambda *_: None
    }
    ox.Store().query(file.read_text(encoding="utf-8"), custom_functions=ours)


@pytest.mark.parametrize("file", [f for f in FILES if "--bind" in f.read_text(encoding="utf-8")], ids=lambda f: f.stem)
def test_the_other_values_that_a_query_proposes_answer_too(file: Path, sample_graph: Path, invoke: Invoke) -> None:
    line = next(line for line in file.read_text(encoding="utf-8").splitlines() if "--bind" in line)
    proposed = shlex.split(line[line.index("--bind") :])
    assert invoke("sparql", "-f", file, *proposed, "--db", sample_graph).exit_code == 0


def test_the_queries_of_the_page_are_answered(authored_graph: Path) -> None:
    page = (ROOT / "docs" / "sparql.md").read_text(encoding="utf-8")
    by_author, in_order, retracted = re.findall(r"```sparql\n(.*?)```", page, re.DOTALL)
    with SparqlEngine(authored_graph) as engine:
        assert engine.ask(by_author, {"name": literal("Ada Apple")}).values()[0]["title"] == "Counting Sheep"
        names = [row["name"] for row in engine.ask(in_order).values()]
        assert names == ["Ada Apple", "Bo Berry", "Flock Collaboration"]
        assert {row["retracted"] for row in engine.ask(retracted).values()} == {"RETRACTED: Slow Wool"}


def test_top_benchmarks(engine: SparqlEngine) -> None:
    rows = ask(engine, "top-benchmarks").values()
    assert [row["benchmark"] for row in rows[:2]] == ["GSM8K", "MATH"]
    assert rows[0]["papers"] >= rows[1]["papers"] >= 10  # type: ignore[operator]


def test_papers_on_benchmark_includes_what_is_below_it(engine: SparqlEngine) -> None:
    names = {row["benchmark"] for row in ask(engine, "papers-on-benchmark", name="MATH").values()}
    assert {"MATH", "MATH-500"} <= names


def test_who_introduced(engine: SparqlEngine) -> None:
    titles = {row["title"] for row in ask(engine, "who-introduced").values()}
    assert "Proximal Policy Optimization Algorithms" in titles


def test_evidence_offsets_and_sentences_hold_the_name(engine: SparqlEngine) -> None:
    for row in ask(engine, "evidence-of-link").values():
        assert row["exact"] in row["sentence"]  # type: ignore[operator]
        assert row["end"] - row["start"] == len(row["exact"])  # type: ignore[operator, arg-type]


def test_family_lists_descendants_at_every_depth(engine: SparqlEngine) -> None:
    rows = ask(engine, "family").values()
    assert {"Qwen", "Qwen2.5"} <= {row["parent"] for row in rows}


def test_links_to_review_are_the_unsure_ones(engine: SparqlEngine) -> None:
    confidences = [row["confidence"] for row in ask(engine, "links-to-review").values()]
    assert confidences == sorted(confidences)
    assert all(isinstance(each, float) and each < 0.7 for each in confidences)


def test_the_graph_of_methods_used_together_links_methods(engine: SparqlEngine) -> None:
    graph = ask(engine, "co-use-graph").to_rdflib()
    assert any("related" in str(predicate) for predicate in graph.predicates())


def test_full_text_finds_abstracts_too(engine: SparqlEngine) -> None:
    titles = {str(row["title"]) for row in ask(engine, "full-text").values()}
    assert any("reward model" not in title.lower() for title in titles)


def test_linked_papers_with_code_terms_answer_with_all_kinds(engine: SparqlEngine) -> None:
    rows = ask(engine, "linked-papers-with-code").values()
    assert all(row["method"] and row["dataset"] for row in rows)
    assert any(row["task"] for row in rows)
