from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from tests.conftest import Invoke


def test_results_are_a_leaderboard_for_people(full_text_graph: Path, invoke: Invoke) -> None:
    result = invoke("results", "--benchmark", "GSM8K", "--metric", "accuracy", "--db", full_text_graph)
    lines = result.stdout.splitlines()
    assert lines[0].startswith("GSM8K  accuracy, higher is better  2 papers")
    assert lines[2].split()[:5] == ["1", "80.1", "(0.801)", "Undertow", "*"]
    assert "arxiv/2501.00011" in lines[3]
    assert "Table 1" in lines[3]
    assert "0.771" in lines[4]
    assert max(map(len, lines)) <= 80


def test_results_over_time_are_what_was_best(full_text_graph: Path, invoke: Invoke) -> None:
    result = invoke("results", "--benchmark", "GSM8K", "--metric", "accuracy", "--over-time", "--db", full_text_graph)
    assert 0 < result.stdout.index("Tidewater") < result.stdout.index("Undertow")
    assert "GRPO" not in result.stdout


def test_results_for_programs_are_rows_with_their_source(full_text_graph: Path, invoke: Invoke) -> None:
    result = invoke("results", "--benchmark", "SVAMP", "--format", "jsonl", "--db", full_text_graph)
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    own = next(row for row in rows if row["own"])
    assert own["paper"] == "Tidewater: Replay for Small Reasoners"
    assert (own["of"], own["on"], own["metric"], own["value"], own["better"]) == (
        "Tidewater",
        "SVAMP",
        "accuracy",
        "83.3",
        "higher",
    )
    assert own["source"]["kind"] == "table"
    assert (own["source"]["row"], own["source"]["column"], own["source"]["cell"]) == (
        "Tidewater (ours)",
        "SVAMP",
        "83.3",
    )
    assert own["source"]["table"] == "Table 1"
    table = list(csv.DictReader(io.StringIO(invoke("results", "--format", "csv", "--db", full_text_graph).stdout)))
    assert {"paper", "of", "on", "metric", "value", "source"} <= set(table[0])


def test_no_result_is_said_with_exit_code_one(full_text_graph: Path, invoke: Invoke) -> None:
    result = invoke("results", "--benchmark", "GSM8K", "--split", "dev", "--db", full_text_graph)
    assert (result.exit_code, "no result matches" in result.stderr) == (1, True)


def test_a_benchmark_is_shown_with_its_leaderboard_first(full_text_graph: Path, invoke: Invoke) -> None:
    shown = invoke("show", "GSM8K", "--db", full_text_graph).stdout
    assert shown.index("Undertow") < shown.index("evaluates on")
    boards = json.loads(invoke("show", "GSM8K", "--format", "json", "--db", full_text_graph).stdout)["leaderboards"]
    assert boards[0]["standings"][0]["result"]["of"] == "Undertow"
