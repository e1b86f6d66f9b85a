"""Results as the file of a model's repository."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
import yaml

import kg
from kg.errors import KgError
from kg.exports.eval_results import eval_results
from kg.model import PassageKind, ResultKind
from kg.questions.results import Claim
from kg.store import GraphReader

CLAIM = Claim(
    paper_id="arxiv/2401.00001", title='A "title": # no comment\u2028- x', date="2024-01-05", value="70.0", number=70.0,
    unit=None, kind=ResultKind.ABSOLUTE, of="FooNet", of_id="method/foonet", on="GSM8K", on_id="benchmark/gsm8k",
    on_name="GSM8K", metric="accuracy", metric_id="metric/accuracy", metric_name="accuracy", split=None, suite=None,
    setting="5-shot", base=None, own=True, deviation=None, better="higher", scale=None, confidence=0.9,
    passage=PassageKind.TABLE, place=4, start=0, end=4, sentence="70.0", row="FooNet", column="GSM8K", cell="70.0",
    table="Table 1", label=None, caption="",
)  # fmt: skip


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphReader]:
    folder = tmp_path_factory.mktemp("results")
    paper = {"title": "FooNet", "abstract": "FooNet has an accuracy of 70.0 on GSM8K.", "arxiv": "2401.00001"}
    (folder / "papers.jsonl").write_text(json.dumps(paper), encoding="utf-8")
    kg.build([folder / "papers.jsonl"], folder / "kg.db").close()
    with GraphReader(folder / "kg.db") as reader:
        yield reader


def test_an_entry_has_the_benchmark_at_the_hub_the_value_and_where_it_stands(reader: GraphReader) -> None:
    made = eval_results(reader, [CLAIM], "main")
    assert yaml.safe_load(made.text) == [
        {
            "dataset": {"id": "openai/gsm8k", "task_id": "main"},
            "value": 70.0,
            "date": "2024-01-05",
            "source": {"url": "https://arxiv.org/abs/2401.00001", "name": CLAIM.title},
            "notes": "accuracy; 5-shot; Table 1, row FooNet, column GSM8K",
        }
    ]
    assert (made.written, made.left_out) == (1, 0)


def test_what_is_no_score_or_not_at_the_hub_is_left_out_and_counted(reader: GraphReader) -> None:
    gain = replace(CLAIM, kind=ResultKind.GAIN)
    elsewhere = replace(CLAIM, on_id=None)
    made = eval_results(reader, [gain, elsewhere])
    assert (yaml.safe_load(made.text), made.written, made.left_out) == ([], 0, 2)


def test_results_of_several_systems_are_no_file_of_one(reader: GraphReader) -> None:
    with pytest.raises(KgError, match=r"several systems \(FooNet, BarNet\); name one"):
        eval_results(reader, [CLAIM, replace(CLAIM, of="BarNet", of_id="method/barnet")])
