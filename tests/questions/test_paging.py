"""Long lists in parts: no row twice, none left out, and how many there are in all."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.questions import questions

ASKED: list[tuple[str, dict[str, object]]] = [
    ("papers", {}),
    ("papers", {"benchmark": "GSM8K"}),
    ("papers", {"relation": "introduces", "since": "2024"}),
    ("papers", {"text": "reasoning", "entity": ["GSM8K"], "exact": True}),
    ("results", {}),
    ("results", {"benchmark": "GSM8K", "min_confidence": 0.5}),
    ("entities", {}),
    ("entities", {"type": "benchmark", "min_papers": 2, "sort": "name"}),
]


@pytest.mark.parametrize(("name", "words"), ASKED)
def test_pages_make_up_the_whole(sample_graph: Path, name: str, words: dict[str, object]) -> None:
    with kg.open(sample_graph) as graph:
        whole = graph.ask(name, **words)
        assert graph.count(name, **words, limit=1, offset=2) == len(whole)
        pages = [graph.ask(name, **words, limit=7, offset=start) for start in range(0, len(whole) + 7, 7)]
        assert whole == sum(pages, ())
        assert whole


def test_questions_that_count_take_a_limit_and_an_offset() -> None:
    for each in questions():
        assert (each.count is not None) is ({"limit", "offset"} <= set(each.request.__dataclass_fields__)), each.name


def test_what_cannot_tell_without_answering_says_so(sample_graph: Path) -> None:
    with kg.open(sample_graph) as graph:
        assert graph.count("stats") is None
        with pytest.raises(kg.KgError):
            graph.ask("papers", offset=-1)


def test_leaderboards_are_the_same_by_name(sample_graph: Path) -> None:
    with kg.open(sample_graph) as graph:
        assert list(graph.ask("leaderboards", benchmark="GSM8K")) == graph.leaderboards("GSM8K") != []
