from __future__ import annotations

import csv
import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing, suppress
from pathlib import Path

import pytest

from kg.store import GraphReader
from tests.conftest import KG, Invoke, Kg, environment
from tests.samples import COMPACT, SMALL_PAPERS, jsonl

FOUND = {
    "papers": ["papers", "--benchmark", "GSM8K"],
    "entities": ["entities", "--type", "benchmark"],
    "related": ["related", "GSM8K"],
    "path": ["path", "GRPO", "GSM8K"],
    "compare": ["compare", "GSM8K", "PPO"],
    "stats": ["stats"],
}
NOTHING = ["papers", "--benchmark", "GSM8K", "--since", "2999"]


@pytest.fixture
def gold(tmp_path: Path, reader: GraphReader) -> Path:
    paper = next(reader.papers())
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps({"id": "1", "title": paper.title, "entities": [], "results": []}) + "\n")
    return path


@pytest.mark.parametrize("command", FOUND.values(), ids=FOUND)
def test_what_is_found_is_exit_code_0(invoke: Invoke, sample_graph: Path, command: list[str]) -> None:
    result = invoke(*command, "--db", sample_graph)
    assert result.exit_code == 0
    assert result.stdout


@pytest.mark.parametrize("command", FOUND.values(), ids=FOUND)
def test_json_is_one_list_of_objects(invoke: Invoke, sample_graph: Path, command: list[str]) -> None:
    rows = json.loads(invoke(*command, "--format", "json", "--db", sample_graph).stdout)
    assert isinstance(rows, list)
    assert rows
    assert all(isinstance(row, dict) for row in rows)


@pytest.mark.parametrize("command", FOUND.values(), ids=FOUND)
def test_jsonl_is_the_same_an_object_a_line(invoke: Invoke, sample_graph: Path, command: list[str]) -> None:
    rows = json.loads(invoke(*command, "--format", "json", "--db", sample_graph).stdout)
    lines = invoke(*command, "--format", "jsonl", "--db", sample_graph).stdout.splitlines()
    assert [json.loads(line) for line in lines] == rows


@pytest.mark.parametrize("command", [each for each in FOUND.values() if each != ["stats"]], ids=" ".join)
def test_csv_is_the_same_with_a_header(invoke: Invoke, sample_graph: Path, command: list[str]) -> None:
    rows = json.loads(invoke(*command, "--format", "json", "--db", sample_graph).stdout)
    read = list(csv.DictReader(io.StringIO(invoke(*command, "--format", "csv", "--db", sample_graph).stdout)))
    assert read == [{key: "" if value is None else str(value) for key, value in row.items()} for row in rows]


def test_papers_have_the_fields_of_the_contract(invoke: Invoke, sample_graph: Path) -> None:
    for row in json.loads(invoke(*FOUND["papers"], "--format", "json", "--db", sample_graph).stdout):
        assert {"id", "title", "date", "relation", "entity", "confidence", "evidence"} <= row.keys()
        assert row["evidence"]


def test_evaluate_prints_every_format(invoke: Invoke, sample_graph: Path, gold: Path) -> None:
    outputs = {
        form: invoke("evaluate", gold, "--format", form, "--db", sample_graph)
        for form in ("table", "json", "jsonl", "csv")
    }
    assert {result.exit_code for result in outputs.values()} == {0}
    rows = json.loads(outputs["json"].stdout)
    assert [json.loads(line) for line in outputs["jsonl"].stdout.splitlines()] == rows
    assert len(list(csv.DictReader(io.StringIO(outputs["csv"].stdout)))) == len(rows)


@pytest.mark.parametrize(("output_format", "printed"), [("json", "[]\n"), ("jsonl", ""), ("csv", ""), ("table", "")])
def test_nothing_found_is_exit_code_1_and_an_empty_answer(
    invoke: Invoke, sample_graph: Path, output_format: str, printed: str
) -> None:
    result = invoke(*NOTHING, "--format", output_format, "--db", sample_graph)
    assert (result.exit_code, result.stdout, result.stderr) == (1, printed, "kg: no paper matches\n")


@pytest.mark.parametrize("output_format", ["table", "json", "jsonl", "csv"])
def test_who_has_no_date_is_left_out_aloud(invoke: Invoke, small_source: Path, output_format: str) -> None:
    invoke("build", small_source, "--db", "kg.db")
    result = invoke("papers", "--since", "2023-06", "--until", "2024", "--format", output_format, "--db", "kg.db")
    assert "Slow Sums" in result.stdout
    assert "kg: 1 paper has no date and is left out\n" in result.stderr
    assert "1 paper has no date" in invoke("view", "--since", "2024", "--db", "kg.db").stderr


@pytest.mark.parametrize(
    "command",
    [
        ["show", "GSM8"],
        ["papers", "--benchmark", "GSM8"],
        ["papers", "--dataset", "gsm8"],
        ["related", "GSM8"],
        ["path", "PPO", "GSM8"],
        ["compare", "PPO", "GSM8"],
    ],
    ids=" ".join,
)
def test_an_unknown_name_is_exit_code_1_with_suggestions(
    invoke: Invoke, sample_graph: Path, command: list[str]
) -> None:
    result = invoke(*command, "--db", sample_graph)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"kg: nothing in the graph is called '{command[-1]}'; did you mean GSM8K")


def test_words_of_several_titles_suggest_those(invoke: Invoke, sample_graph: Path) -> None:
    result = invoke("show", "for Large Language Models", "--db", sample_graph)
    assert result.exit_code == 1
    assert "did you mean" in result.stderr
    assert "for Large Language Models" in result.stderr.partition("did you mean")[2]


@pytest.mark.parametrize("name", ["GSM8K", "Training Verifiers to Solve Math Word Problems"])
def test_a_type_asks_for_an_entity_of_that_type_only(invoke: Invoke, sample_graph: Path, name: str) -> None:
    result = invoke("show", name, "--type", "metric", "--db", sample_graph)
    assert (result.exit_code, result.stdout) == (1, "")


def test_the_beginning_of_an_entity_s_name_is_no_title(invoke: Invoke, sample_graph: Path) -> None:
    result = invoke("show", "MetaMat", "--db", sample_graph)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "did you mean MetaMath" in result.stderr


@pytest.mark.parametrize("lost", ["UPDATE record SET paper_id = NULL", "UPDATE record SET paper_id = 'title/gone'"])
def test_a_title_is_found_while_a_build_has_records_at_hand(
    invoke: Invoke, sample_graph: Path, tmp_path: Path, lost: str
) -> None:
    graph = tmp_path / "kg.db"
    shutil.copy(sample_graph, graph)
    with closing(sqlite3.connect(graph)) as db, db:
        db.execute(lost)
    result = invoke("show", "Training Verifiers to Solve Math Word Problems", "--db", graph)
    assert result.exit_code == 0


def test_several_filters_must_all_hold(invoke: Invoke, sample_graph: Path) -> None:
    def ids(*options: str) -> set[str]:
        return {
            row["id"] for row in json.loads(invoke("papers", *options, "--format", "json", "--db", sample_graph).stdout)
        }

    assert ids("--benchmark", "GSM8K", "--method", "PPO") == ids("--benchmark", "GSM8K") & ids("--method", "PPO")
    assert ids("--method", "GRPO", "--method", "PPO") == ids("--method", "GRPO") & ids("--method", "PPO")


@pytest.mark.parametrize("name", ["PPO", "Proximal Policy Optimization", "method/ppo"])
def test_show_tells_all_about_an_entity(invoke: Invoke, sample_graph: Path, name: str) -> None:
    out = invoke("show", name, "--db", sample_graph).stdout
    assert out.startswith("PPO  method  method/ppo\n")
    assert "Proximal Policy Optimization" in out
    assert "uses: " in out


def test_show_tells_all_about_a_paper(invoke: Invoke, sample_graph: Path) -> None:
    result = invoke("show", "Pushing the Limits of Mathematical", "--db", sample_graph)
    assert result.exit_code == 0
    assert result.stdout.startswith("DeepSeekMath: Pushing the Limits")


@pytest.mark.parametrize("name", ["PPO", "Pushing the Limits of Mathematical"])
def test_show_as_json_is_one_object(invoke: Invoke, sample_graph: Path, name: str) -> None:
    assert isinstance(json.loads(invoke("show", name, "--format", "json", "--db", sample_graph).stdout), dict)


STATED: dict[str, object] = {
    "title": "Counting Sheep, Again",
    "abstract": "We evaluate on GSM8K.",
    "arxiv": "2402.01234",
    "doi": "10.1234/sheep",
    "authors": [f"Ada {first}{second}son" for first in "ABCDE" for second in "aeiouyx"],
    "venue": "Journal of Flocks",
    "type": "journal-article",
    "url": "https://example.org/" + "sheep/" * 20,
    "code": "https://github.com/owner/sheep",
    "categories": ["cs.CL"],
    "keywords": ["wool"],
}


@pytest.fixture
def stated(invoke: Invoke) -> str:
    """A graph of two papers that were retracted, of which one says so in its title."""
    other: dict[str, object] = {"title": "Retracted: Counting Wolves", "arxiv": None, "doi": "10.1234/wolves"}
    Path("stated.jsonl").write_text(jsonl([STATED, STATED | other]))
    invoke("build", "stated.jsonl", "--db", "kg.db")
    with closing(sqlite3.connect("kg.db")) as db, db:
        db.execute("UPDATE paper SET status = 'retracted'")
    return "kg.db"


def test_show_leads_to_where_a_thing_is_at_home(invoke: Invoke, small_source: Path, tmp_path: Path) -> None:
    db = tmp_path / "kg.db"
    invoke("build", small_source, "--db", db)
    with closing(sqlite3.connect(db)) as graph, graph:
        for column, address in (
            ("introduced_in", "https://arxiv.org/abs/2402.00002"),
            ("homepages", "https://example.org/\x1b[31mppo"),
            ("exact_matches", "https://example.org/same"),
        ):
            graph.execute(f"UPDATE entity SET {column} = ? WHERE id = 'method/ppo'", (json.dumps([address]),))
    lines = invoke("show", "PPO", "--db", db).stdout.splitlines()
    assert "introduced in: https://arxiv.org/abs/2402.00002  Slow Sums" in lines
    assert "same as: https://example.org/same" in lines
    assert [line for line in lines if line.startswith("homepage: https://example.org/") and "\x1b" not in line]
    shown = json.loads(invoke("show", "PPO", "--format", "json", "--db", db).stdout)
    assert shown["introduced_in"] == [
        {"address": "https://arxiv.org/abs/2402.00002", "paper_id": "arxiv/2402.00002", "title": "Slow Sums"}
    ]
    assert shown["entity"]["exact_matches"] == ["https://example.org/same"]


def test_show_tells_what_sources_state_of_a_paper(invoke: Invoke, stated: str) -> None:
    shown = invoke("show", "2402.01234", "--db", stated).stdout
    assert shown.startswith("RETRACTED  Counting Sheep, Again\narxiv/2402.01234  doi/10.1234/sheep  2024-02  article\n")
    lines = shown.splitlines()
    for line in ("in: Journal of Flocks", "keywords: wool", "categories: cs.CL", f"at: {STATED['url']}"):
        assert line in lines
    assert "code: https://github.com/owner/sheep" in lines
    told = " ".join(shown.split())
    assert "by: Ada Aason, Ada Aeson, " in told
    assert "Ada Bison, and 25 more in: " in told


def test_a_retracted_paper_is_marked_where_papers_are_listed(invoke: Invoke, stated: str) -> None:
    found = ("papers", "--author", "a. bison", "--venue", "flocks", "--category", "cs", "--keyword", "Wool")
    lines = invoke(*found, "--type", "article", "--db", stated).stdout.splitlines()
    assert "RETRACTED  Counting Sheep, Again  2024-02" in lines
    assert "Retracted: Counting Wolves" in lines
    row = json.loads(invoke(*found, "--format", "json", "--db", stated).stdout)[0]
    assert (row["status"], row["type"], row["venue"]) == ("retracted", "article", "Journal of Flocks")


def test_entities_are_at_most_as_many_as_asked(invoke: Invoke, sample_graph: Path) -> None:
    out = invoke("entities", "--limit", "3", "--format", "jsonl", "--db", sample_graph).stdout
    assert len(out.splitlines()) == 3


def test_build_says_what_it_did_on_standard_error(invoke: Invoke, small_source: Path) -> None:
    result = invoke("build", small_source, "--db", "new/kg.db")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.startswith(
        "4 entries, 4 papers, 0 lost\n1 sources read, 0 unchanged; 4 papers newly extracted, 0 as they were, "
        "0 duplicates merged\nnamed: "
    )


def test_build_draws_a_bar_with_rate_and_time_left_on_a_terminal_only(small_source: Path) -> None:
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", KG, "build", str(small_source), "--db", str(small_source.with_name("kg.db"))]
    with subprocess.Popen(command, stderr=theirs, env=environment(TERM="xterm")) as process:
        os.close(theirs)
        shown = b""
        with suppress(OSError):  # the terminal's end
            while block := os.read(ours, 4096):
                shown += block
    os.close(ours)
    assert process.returncode == 0
    assert b"extracting" in shown
    assert b"4/4" in shown


def test_build_says_nothing_when_quiet(invoke: Invoke, small_source: Path) -> None:
    result = invoke("build", small_source, "--db", "kg.db", "-q")
    assert (result.exit_code, result.output) == (0, "")


def test_build_tells_every_time_what_is_set_aside(invoke: Invoke, small_source: Path) -> None:
    small_source.write_text(small_source.read_text() + "torn\n" * 12)
    for _ in range(2):
        result = invoke("build", small_source, "--db", "kg.db")
        assert result.exit_code == 0
        assert "16 entries, 4 papers, 12 set aside\n" in result.stderr
        assert "  set aside: 12 x not JSON: Expecting value" in result.stderr
        assert "; first: small.jsonl:5: not JSON: Expecting value: line 1" in result.stderr


def test_build_reads_standard_input(invoke: Invoke) -> None:
    result = invoke("build", "-", "--db", "kg.db", input=COMPACT.encode())
    assert result.exit_code == 0
    assert "3 entries, 3 papers, 0 lost" in result.stderr


def test_export_writes_data_to_standard_output_and_talk_to_standard_error(invoke: Invoke, sample_graph: Path) -> None:
    piped = invoke("export", "--format", "jsonl", "--db", sample_graph)
    assert piped.stderr == ""
    to_file = invoke("export", "--format", "jsonl", "-o", "new/folder/kg.jsonl", "--db", sample_graph)
    assert (to_file.stdout, to_file.stderr) == ("", "wrote new/folder/kg.jsonl\n")
    assert Path("new/folder/kg.jsonl").read_bytes() == piped.stdout_bytes


def test_export_keeps_the_old_file_when_it_fails(invoke: Invoke, tmp_path: Path, sample_graph: Path) -> None:
    (tmp_path / "kg.ttl").write_text("old")
    result = invoke("export", "--format", "turtle", "--base", "no iri", "-o", "kg.ttl", "--db", sample_graph)
    assert result.exit_code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["kg.ttl"]
    assert (tmp_path / "kg.ttl").read_text() == "old"


def test_export_writes_into_a_pipe_and_does_not_replace_it(invoke: Invoke, tmp_path: Path, sample_graph: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    read: list[bytes] = []
    thread = threading.Thread(target=lambda: read.append((tmp_path / "pipe").read_bytes()), daemon=True)
    thread.start()
    result = invoke("export", "--format", "jsonl", "-o", "pipe", "--db", sample_graph)
    thread.join(timeout=20)
    assert result.exit_code == 0
    assert (tmp_path / "pipe").is_fifo()
    assert len(read[0].splitlines()) == 67


@pytest.mark.parametrize("variable", ["NO_COLOR", "TERM"])
def test_output_has_no_colour_when_piped(sample_graph: Path, tmp_path: Path, variable: str) -> None:
    value = {"NO_COLOR": "1", "TERM": "xterm-256color"}[variable]
    command = [sys.executable, "-c", "from kg.cli import main; main()", "show", "PPO", "--db", str(sample_graph)]
    done = subprocess.run(
        command, env=environment(**{variable: value}), capture_output=True, timeout=60, check=True, cwd=tmp_path
    )
    assert b"\x1b" not in done.stdout


def on_terminal(command: list[str], **variables: str) -> bytes:
    """What a command prints to a terminal."""
    import pty

    ours, theirs = pty.openpty()
    with subprocess.Popen(
        command, env=environment(TERM="xterm-256color", **variables), stdout=theirs, stderr=theirs
    ) as process:
        os.close(theirs)
        chunks = []
        while True:
            try:
                chunk = os.read(ours, 65536)
            except OSError:  # Linux: the other end is closed
                break
            if not chunk:
                break
            chunks.append(chunk)
        process.wait()
    os.close(ours)
    return b"".join(chunks)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_output_on_a_terminal_has_colour_unless_no_color_is_set(sample_graph: Path) -> None:
    command = [sys.executable, "-c", "from kg.cli import main; main()", "show", "PPO", "--db", str(sample_graph)]
    assert b"\x1b[36m" in on_terminal(command)
    assert b"\x1b[36m" not in on_terminal(command, NO_COLOR="1")


def test_the_installed_command_is_this_one(kg_process: Kg, small_source: Path) -> None:
    assert kg_process("build", str(small_source), "--db", "kg.db").returncode == 0
    papers = json.loads(kg_process("papers", "--format", "json", "--db", "kg.db").stdout)
    assert {paper["title"] for paper in papers} == {paper["title"] for paper in SMALL_PAPERS}
