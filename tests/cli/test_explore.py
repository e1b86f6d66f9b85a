from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from kg.cli.output import print_rows, print_table
from kg.store import GraphReader
from tests.conftest import Invoke
from tests.samples import HOSTILE_TEXTS

LINES = [["related", "GSM8K"], ["path", "GRPO", "GSM8K"], ["compare", "GSM8K", "PPO"], ["show", "PPO"]]


@pytest.mark.parametrize("command", LINES, ids=" ".join)
def test_tables_fit_a_terminal(invoke: Invoke, sample_graph: Path, command: list[str]) -> None:
    out = invoke(*command, "--db", sample_graph).stdout
    assert max(map(len, out.splitlines())) <= 80


def test_related_can_find_nothing(invoke: Invoke, sample_graph: Path) -> None:
    result = invoke("related", "GSM8K", "--min-papers", "1000", "--db", sample_graph)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "kg: nothing goes with 'GSM8K' in 1000 papers or more\n"


def test_path_reads_from_the_one_to_the_other(invoke: Invoke, sample_graph: Path) -> None:
    result = invoke("path", "PPO", "GSM8K", "--db", sample_graph)
    lines = result.stdout.splitlines()
    assert (lines[0], lines[-1], result.stderr) == ("PPO  method", "GSM8K  benchmark", "2 steps\n")
    assert any(line.startswith("  <- uses  ") for line in lines)
    assert any(line.startswith("  -> evaluates on  ") for line in lines)


def test_path_to_itself_has_no_steps(invoke: Invoke, sample_graph: Path) -> None:
    result = invoke("path", "PPO", "ppo", "--db", sample_graph)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "PPO  method\n", "both names stand for this\n")
    assert invoke("path", "PPO", "ppo", "--format", "json", "--db", sample_graph).stdout == "[]\n"


def test_path_that_is_not_there_is_exit_code_1(invoke: Invoke, tmp_path: Path) -> None:
    papers = [
        {"title": "Of Sums", "abstract": "We evaluate on GSM8K."},
        {"title": "Of Code", "abstract": "We evaluate on HumanEval."},
    ]
    (tmp_path / "two.jsonl").write_text("".join(json.dumps(paper) + "\n" for paper in papers))
    invoke("build", "two.jsonl", "--db", "kg.db")
    result = invoke("path", "GSM8K", "HumanEval", "--db", "kg.db")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "kg: nothing in the graph connects 'GSM8K' and 'HumanEval'\n"


def test_compare_of_a_paper_and_an_entity_is_exit_code_2(invoke: Invoke, sample_graph: Path) -> None:
    result = invoke("compare", "PPO", "Pushing the Limits of Mathematical", "--db", sample_graph)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "name two papers or two entities" in result.stderr


def test_entities_that_many_papers_name(invoke: Invoke, sample_graph: Path) -> None:
    rows = json.loads(invoke("entities", "--min-papers", "3", "--format", "json", "--db", sample_graph).stdout)
    assert rows
    assert min(row["papers"] for row in rows) == 3


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
@pytest.mark.parametrize("command", ["related", "path", "compare", "show"])
def test_hostile_names_are_just_not_found(invoke: Invoke, sample_graph: Path, command: str, text: str) -> None:
    names = [text, "PPO"] if command in ("path", "compare") else [text]
    result = invoke(command, *names, "--db", sample_graph)
    assert result.exit_code == 1
    assert result.stderr.startswith("kg: nothing in the graph is called")
    assert len(result.stderr.splitlines()) == 1


def test_hostile_titles_and_names_are_printed(invoke: Invoke, hostile_graph: Path) -> None:
    with GraphReader(hostile_graph) as reader:
        papers = [paper.id for paper in reader.papers()]
    for paper in papers[1:]:
        for output_format in ("table", "json", "jsonl", "csv"):
            for command in ("path", "compare"):
                result = invoke(command, papers[0], paper, "--format", output_format, "--db", hostile_graph)
                assert result.exit_code == 0
                assert "\x1b" not in result.stdout


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "\x1b[0m=1"])
def test_csv_holds_no_formula(capsys: pytest.CaptureFixture[str], text: str) -> None:
    print_rows([{"name": text, "number": -1.5, "list": ["=1"]}], "csv")
    row = next(csv.DictReader(io.StringIO(capsys.readouterr().out, newline="")))
    shown = text.replace("\r", " ").replace("\x1b[0m", "")  # no table passes on what a terminal obeys
    assert row == {"name": f"'{shown}", "number": "-1.5", "list": '["=1"]'}


@pytest.mark.parametrize("output_format", ["json", "jsonl"])
def test_formats_for_programs_hold_the_text_as_it_is(capsys: pytest.CaptureFixture[str], output_format: str) -> None:
    print_rows([{"name": "=1+1"}], output_format)
    rows = json.loads(capsys.readouterr().out)
    assert rows in ([{"name": "=1+1"}], {"name": "=1+1"})


def test_a_column_that_gives_way_stays_on_its_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    print_table([("n", "right"), ("title", "cut")], [(1, "x" * 100), (2, "y")])
    lines = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
    assert lines == ["n  title", "1  " + "x" * 36 + "\u2026", "2  y"]
