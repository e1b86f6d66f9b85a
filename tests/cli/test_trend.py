"""``kg trend``: tables that read well, rows for programs, pictures."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from lxml import etree

from tests.conftest import Invoke


def test_a_table_has_a_row_a_step_with_counts_shares_and_bars(invoke: Invoke, sample_graph: Path) -> None:
    done = invoke("trend", "GRPO", "GSM8K", "--by", "year", "--no-families", "--db", sample_graph)
    assert done.exit_code == 0, done.output
    lines = done.stdout.splitlines()
    assert lines[0].startswith("GRPO: ")
    assert lines[2].split() == ["year", "GRPO", "GSM8K", "of"]
    assert all(len(line) <= 80 for line in lines)
    assert "\u2588" in done.stdout


def test_a_dumb_terminal_gets_bars_of_ascii(
    invoke: Invoke, sample_graph: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "dumb")
    done = invoke("trend", "GRPO", "--by", "year", "--db", sample_graph)
    assert done.stdout.isascii()
    assert "#" in done.stdout


def test_many_names_fit_without_bars(invoke: Invoke, sample_graph: Path) -> None:
    names = ("GRPO", "PPO", "GSM8K", "MATH", "Qwen")
    done = invoke("trend", *names, "--by", "year", "--db", sample_graph)
    assert done.exit_code == 0
    assert "\u2588" not in done.stdout


def test_programs_get_a_row_a_step_and_thing(invoke: Invoke, sample_graph: Path) -> None:
    done = invoke("trend", "GRPO", "PPO", "--by", "year", "--format", "json", "--db", sample_graph)
    rows = json.loads(done.stdout)
    assert list(rows[0]) == ["period", "id", "name", "type", "papers", "of", "share"]
    printed = invoke("trend", "GRPO", "PPO", "--by", "year", "--format", "csv", "--db", sample_graph)
    assert len(list(csv.reader(io.StringIO(printed.stdout)))) == len(rows) + 1


def test_a_picture_is_written_to_a_file(invoke: Invoke, sample_graph: Path, tmp_path: Path) -> None:
    done = invoke("trend", "GRPO", "--format", "svg", "-o", "t.svg", "--db", sample_graph)
    assert (done.exit_code, done.stderr.splitlines()[0]) == (0, "wrote t.svg")
    assert etree.parse(tmp_path / "t.svg").getroot().tag.endswith("svg")


def test_papers_of_unknown_date_are_said(invoke: Invoke, small_source: Path) -> None:
    invoke("build", small_source, "--db", "kg.db")
    done = invoke("trend", "GSM8K", "HumanEval", "--by", "month", "--db", "kg.db")
    assert "kg: no month is known of 1 paper (HumanEval: 1)" in done.stderr
    nothing = invoke("trend", "HumanEval", "--db", "kg.db")
    assert (nothing.exit_code, nothing.stdout) == (1, "")


def test_what_rises_comes_with_its_windows_and_how_far_to_trust_it(invoke: Invoke, sample_graph: Path) -> None:
    done = invoke("trend", "--rising", "--by", "year", "--recent", "1", "--before", "1", "--db", sample_graph)
    assert "expected to be chance" in done.stderr
    assert "kg: recent: " in done.stderr
    assert done.exit_code == (0 if done.stdout else 1)


@pytest.mark.parametrize(
    "arguments", ["", "GRPO --rising", "GRPO -o t.csv", "--rising --format svg", "--rising --since 2024"]
)
def test_what_does_not_go_together_is_refused(invoke: Invoke, sample_graph: Path, arguments: str) -> None:
    assert invoke("trend", *arguments.split(), "--db", sample_graph).exit_code == 2
