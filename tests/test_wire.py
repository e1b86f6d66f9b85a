from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args

import pytest

from kg import wire
from kg.questions import question, questions
from kg.questions.requests import read_request
from kg.store import GraphReader

ASKED: dict[str, dict[str, object]] = {
    "papers": {"benchmark": "GSM8K"},
    "show": {"name": "PPO"},
    "entity": {"name": "GSM8K"},
    "paper": {"name": "Let's Verify Step by Step"},
    "entities": {"limit": 3},
    "related": {"name": "GSM8K"},
    "path": {"start": "GRPO", "end": "GSM8K"},
    "compare": {"left": "GSM8K", "right": "MATH"},
    "trend": {"names": ["GRPO", "PPO"], "by": "year"},
    "rising": {"by": "month", "recent": 3},
    "new": {"limit": 2},
    "stats": {},
    "review": {},
}
KEYS = {
    "papers": "id title date relation entity confidence evidence field start end venue type status",
    "entities": "id name type papers introduced_by",
    "related": "id name type both papers score npmi example example_title",
    "path": "step from from_id from_type relation forward to to_id to_type confidence evidence",
    "compare": "aspect what id left right",
    "rising": "by recent earlier compared false_share undated risen",
    "new": "builds counts papers links results records",
    "trend": "period id name type papers of share",
    "diff": "change what paper entity before after",
    "entity": "entity ancestors members papers_by_relation neighbours results introduced_in leaderboards",
    "paper": "paper links results disagreements derivations",
}


def answer(reader: GraphReader, name: str, /, **words: object) -> Any:
    found = question(name)
    return found.ask(reader, read_request(found.request, words or ASKED[name]))


@pytest.mark.parametrize("name", ASKED)
def test_an_answer_is_made_of_what_json_has_and_nothing_else(reader: GraphReader, name: str) -> None:
    plain = wire.plain(answer(reader, name))
    assert json.loads(json.dumps(plain, allow_nan=False)) == plain
    assert json.loads(wire.encode(answer(reader, name))) == plain


@pytest.mark.parametrize("name", [name for name in KEYS if name != "diff"])
def test_the_keys_are_those_of_the_contract_in_their_order(reader: GraphReader, name: str) -> None:
    rows = wire.rows(answer(reader, name))
    assert rows
    assert all(" ".join(row) == KEYS[name] for row in rows)


def test_changes_have_the_keys_of_the_contract(reader: GraphReader, hostile_graph: Path) -> None:
    rows = wire.rows(answer(reader, "diff", before=str(hostile_graph)))
    assert rows
    assert all(" ".join(row) == KEYS["diff"] for row in rows)


def test_what_is_shown_is_the_profile_of_what_was_found(reader: GraphReader) -> None:
    assert wire.plain(answer(reader, "show", name="GSM8K")) == wire.plain(answer(reader, "entity", name="GSM8K"))
    title = "Let's Verify Step by Step"
    assert wire.plain(answer(reader, "show", name=title)) == wire.plain(answer(reader, "paper", name=title))


def test_results_say_which_entities_they_are_about(reader: GraphReader) -> None:
    named = wire.plain(answer(reader, "entity", name="GSM8K"))
    assert isinstance(named, Mapping)
    results = named["results"]
    assert isinstance(results, list)
    assert {row["on_id"] for row in results if isinstance(row, Mapping)} == {"benchmark/gsm8k"}


def test_nothing_found_is_an_empty_list(reader: GraphReader) -> None:
    assert wire.plain(answer(reader, "papers", relation="introduces", text="zzzz")) == []


@pytest.mark.parametrize("question", questions(), ids=lambda each: each.name)
def test_each_of_our_answers_has_its_shape(question: Any) -> None:
    (kind, *_) = get_args(question.answer) or (question.answer,)
    assert f"{kind.__module__}.{kind.__name__}" in wire._SHAPES
