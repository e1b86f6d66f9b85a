from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.building import build_graph
from kg.model import EntityRelation
from kg.questions.derived import builds_on, entity_relations, introduced_by, measured_by
from kg.questions.paper import PaperRequest, ask
from kg.store import GraphReader
from tests.samples import jsonl

PAPERS = (
    {
        "title": "FooNet: A Method for Sums",
        "abstract": "We propose FooNet, a method that builds on PPO. We fine-tune Qwen2.5-7B with DPO and GRPO. "
        "FooNet reaches a BLEU score of 81.2% on GSM8K.",
        "arxiv": "2501.00001",
    },
    {
        "title": "Slow Sums",
        "abstract": "We train with PPO and DPO and evaluate on MATH-500. GPT-4 reaches a BLEU score of 50.1% on GSM8K.",
        "arxiv": "2501.00002",
    },
)


@pytest.fixture(scope="module")
def derived_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("derived")
    (folder / "papers.jsonl").write_text(jsonl(PAPERS), encoding="utf-8")
    build_graph([str(folder / "papers.jsonl")], folder / "kg.db")
    return folder / "kg.db"


@pytest.fixture
def derived(derived_graph: Path) -> Iterator[GraphReader]:
    with GraphReader(derived_graph) as reader:
        yield reader


def test_an_entity_is_introduced_by_the_papers_that_introduce_it(derived: GraphReader) -> None:
    assert ("method/foonet", "arxiv/2501.00001") in list(introduced_by(derived))


def test_a_new_method_builds_on_what_its_paper_says_and_not_on_all_that_it_uses(derived: GraphReader) -> None:
    assert list(builds_on(derived)) == [("method/foonet", "method/ppo")]


def test_what_a_thing_builds_on_is_proved_by_the_sentence_that_says_so(derived: GraphReader) -> None:
    (stated,) = ask(derived, PaperRequest("FooNet: A Method for Sums")).derivations
    assert (stated.entity_id, stated.other_id) == ("method/foonet", "method/ppo")
    assert stated.sentence == "We propose FooNet, a method that builds on PPO."


def test_nothing_builds_on_itself_or_twice_on_the_same(reader: GraphReader) -> None:
    pairs = list(builds_on(reader))
    assert len(pairs) == len(set(pairs))
    assert all(new != old for new, old in pairs)
    assert pairs == sorted(pairs)


def test_a_benchmark_is_measured_by_the_metrics_of_results_on_it(derived: GraphReader) -> None:
    assert list(measured_by(derived)) == [("benchmark/gsm8k", "metric/bleu")]


def test_entity_relations_are_all_of_these_and_the_families(derived: GraphReader) -> None:
    relations = list(entity_relations(derived))
    assert {relation for _, relation, _ in relations} == set(EntityRelation) - {EntityRelation.USED_TOGETHER}
    assert ("model/qwen2.5-7b", EntityRelation.BROADER, "model/qwen2.5") in relations
    assert len(relations) == len(set(relations))


def test_what_a_result_names_is_what_its_paper_links(derived: GraphReader) -> None:
    (result,) = ask(derived, PaperRequest("Slow Sums")).results
    assert [slot and slot.entity_id for slot in (result.metric, result.on, result.of)] == [
        "metric/bleu",
        "benchmark/gsm8k",
        "model/gpt-4",
    ]
