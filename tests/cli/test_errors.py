"""How errors reach the user: one line on standard error, an exit code, no traceback."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from kg.store.schema import SCHEMA_VERSION
from tests.conftest import KG, Invoke, Kg, environment
from tests.samples import COMPACT, jsonl

HOSTILE = [
    "'; DROP TABLE link;--",
    '"',
    "*",
    "a\0b",
    "\u202e\u200f",
    "\x1b[31mred",
    "two\nlines",
    "<script>",
    "\udcff",
    " ",
    "%s %d {}",
]


def assert_one_line(stderr: str) -> None:
    assert stderr.startswith("kg: ")
    assert stderr.endswith("\n")
    assert stderr.count("\n") == 1
    assert stderr[:-1].isprintable()


@pytest.mark.parametrize(
    "command", [["papers"], ["show", "x"], ["entities"], ["stats"], ["export", "--format", "jsonl"]], ids=" ".join
)
def test_a_missing_graph_is_one_line_with_the_remedy(invoke: Invoke, command: list[str]) -> None:
    result = invoke(*command, "--db", "none.db")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "kg: none.db: no such graph; make it with 'kg build SOURCE... --db none.db'\n"


def test_the_graph_file_is_named_by_the_environment(
    invoke: Invoke, monkeypatch: pytest.MonkeyPatch, sample_graph: Path
) -> None:
    monkeypatch.setenv("KG_DB", str(sample_graph))
    assert invoke("stats").exit_code == 0


def test_debug_shows_the_traceback(kg_process: Kg) -> None:
    done = kg_process("--debug", "stats", "--db", "none.db")
    assert done.returncode != 0
    assert "Traceback (most recent call last)" in done.stderr
    assert "GraphError" in done.stderr


def test_there_is_no_traceback_otherwise(kg_process: Kg) -> None:
    done = kg_process("stats", "--db", "none.db")
    assert done.returncode == 2
    assert_one_line(done.stderr)


def test_a_graph_of_a_newer_schema_is_one_line(invoke: Invoke, tmp_path: Path, small_source: Path) -> None:
    invoke("build", small_source, "--db", "kg.db")
    connection = sqlite3.connect(tmp_path / "kg.db")
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    connection.close()
    for command in (["stats"], ["build", small_source]):
        result = invoke(*command, "--db", "kg.db")
        assert result.exit_code == 2
        assert_one_line(result.stderr)
        assert "newer kg" in result.stderr


@pytest.mark.parametrize(
    "content", [b"no database at all" * 100, b"SQLite format 3\x00" + b"\xff" * 5000], ids=["text", "damaged"]
)
def test_a_file_that_is_no_graph_is_one_line(invoke: Invoke, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "kg.db").write_bytes(content)
    result = invoke("stats", "--db", "kg.db")
    assert result.exit_code == 2
    assert_one_line(result.stderr)


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize(
    "command",
    [["show"], ["papers", "--benchmark"], ["papers", "--model"], ["papers", "--text"], ["papers", "--since"]],
    ids=" ".join,
)
def test_a_hostile_argument_is_harmless(invoke: Invoke, sample_graph: Path, command: list[str], name: str) -> None:
    before = sample_graph.read_bytes()
    result = invoke(*command, name, "--db", sample_graph)
    assert not isinstance(result.exception, Exception)
    if result.exit_code:
        assert_one_line(result.stderr)
        assert result.exit_code in (1, 2)
    assert sample_graph.read_bytes() == before


@pytest.mark.parametrize("date", ["2024-13", "2023-02-29", "June", "\u0662\u0660\u0662\u0664", ""])
@pytest.mark.parametrize("command", [["build", "x.txt"], ["papers"], ["view"]], ids=" ".join)
def test_a_date_that_is_not_in_the_calendar_is_refused_in_one_line(
    invoke: Invoke, sample_graph: Path, command: list[str], date: str
) -> None:
    result = invoke(*command, "--since", date, "--db", sample_graph)
    assert result.exit_code == 2
    assert f"{date!r} is no date; write 2024, 2024-06 or 2024-06-30" in result.stderr.splitlines()[-1]


@pytest.mark.skipif(sys.platform == "darwin", reason="arguments are UTF-8 there")
def test_an_argument_that_is_not_utf8_is_just_not_found(sample_graph: Path, tmp_path: Path) -> None:
    command: list[str | bytes] = [sys.executable, "-c", KG, "show", b"\xff\xfe", "--db", str(sample_graph)]
    done = subprocess.run(command, cwd=tmp_path, env=environment(), capture_output=True, timeout=60, check=False)
    assert done.returncode == 1
    assert_one_line(done.stderr.decode())


@pytest.mark.parametrize("name", [name for name in HOSTILE if name.strip()])
def test_a_hostile_source_name_is_one_line(invoke: Invoke, name: str) -> None:
    result = invoke("build", name, "--db", "kg.db")
    assert result.exit_code == 2
    assert_one_line(result.stderr)


BAD_SOURCES = {
    "an empty file": (b"", "is empty"),
    "a blank file": (b"\n \n", "is empty"),
    "a binary file": (b"\x7fELF\x00\x01", "is a binary file"),
    "a file without papers": (b"new\n\nSubscribe\n", "holds no paper"),
}


@pytest.mark.parametrize(("content", "said"), BAD_SOURCES.values(), ids=BAD_SOURCES)
def test_a_bad_source_is_one_line_that_names_it(invoke: Invoke, tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "bad.txt").write_bytes(content)
    result = invoke("build", "bad.txt", "--db", "kg.db")
    assert result.exit_code == 2
    assert_one_line(result.stderr)
    assert f"bad.txt: {said}" in result.stderr


@pytest.mark.parametrize(("content", "said"), BAD_SOURCES.values(), ids=BAD_SOURCES)
def test_a_bad_source_among_good_ones_is_one_line_and_skipped(
    invoke: Invoke, tmp_path: Path, content: bytes, said: str, small_source: Path
) -> None:
    (tmp_path / "bad.txt").write_bytes(content)
    result = invoke("build", "bad.txt", small_source, "--db", "kg.db", "-q")
    assert result.exit_code == 2
    assert_one_line(result.stderr)
    assert f"skipped: bad.txt: {said}" in result.stderr
    assert invoke("papers", "--text", "the", "--db", "kg.db").exit_code in (0, 1)


def test_a_folder_without_papers_is_one_line(invoke: Invoke, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    result = invoke("build", "folder", "--db", "kg.db")
    assert result.exit_code == 2
    assert_one_line(result.stderr)


def test_an_address_is_one_line(invoke: Invoke) -> None:
    result = invoke("build", "https://example.org/papers.txt", "--db", "kg.db")
    assert result.exit_code == 2
    assert_one_line(result.stderr)


def test_a_file_that_cannot_be_read_is_one_line(invoke: Invoke, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "gone.txt").symlink_to("nowhere")
    for name in ("pipe.txt", "gone.txt"):
        result = invoke("build", name, "--db", "kg.db")
        assert result.exit_code == 2
        assert_one_line(result.stderr)


def test_a_line_of_200_megabytes_is_set_aside_in_one_line_that_names_it(invoke: Invoke, tmp_path: Path) -> None:
    with (tmp_path / "long.txt").open("wb") as stream:
        for _ in range(201):
            stream.write(b"a" * 1_000_000)
        stream.write(b"\n" + COMPACT.encode())
    result = invoke("build", "long.txt", "--db", "kg.db")
    assert result.exit_code == 0
    assert [line for line in result.stderr.splitlines() if "longer than" in line] == [
        "  set aside: long.txt:1: the line is longer than 1,000,000 bytes"
    ]
    assert "4 entries, 3 papers, 1 set aside" in result.stderr


def test_a_file_in_an_older_encoding_is_read_and_noted_in_one_line(invoke: Invoke, tmp_path: Path) -> None:
    (tmp_path / "latin.txt").write_bytes(COMPACT.replace("Wool comes", "Wöol comes").encode("latin-1"))
    result = invoke("build", "latin.txt", "--db", "kg.db")
    assert result.exit_code == 0
    assert "3 entries, 3 papers, 0 lost" in result.stderr
    (told,) = (line for line in result.stderr.splitlines() if "UTF-8" in line)
    assert told.startswith("  note: latin.txt:3: the file is no UTF-8, and was read as Windows-1252; ")


@pytest.mark.parametrize("options", [[], ["-q"]], ids=["", "quiet"])
def test_a_source_of_which_every_entry_is_set_aside_is_an_error_that_says_why(
    invoke: Invoke, tmp_path: Path, options: list[str]
) -> None:
    (tmp_path / "bad.jsonl").write_text('{"title": ""}\n' * 3 + '{"abstract": "No title."}\n{"title": 5}\n')
    for _ in range(2):
        result = invoke("build", "bad.jsonl", "--db", "kg.db", *options)
        assert result.exit_code == 2
        assert_one_line(result.stderr)
        assert "bad.jsonl: nothing in it can be read, all 5 entries had to be set aside" in result.stderr
        assert "; first: bad.jsonl:1: " in result.stderr


def test_a_source_of_which_nothing_can_be_read_costs_the_others_nothing(
    invoke: Invoke, tmp_path: Path, small_source: Path
) -> None:
    (tmp_path / "bad.jsonl").write_text("torn\n{\n")
    result = invoke("build", "bad.jsonl", small_source, "--db", "kg.db")
    assert result.exit_code == 2
    assert "4 entries, 4 papers, 0 lost" in result.stderr
    assert "kg: skipped: bad.jsonl: " in result.stderr


def test_a_source_without_abstracts_is_told_in_one_line(invoke: Invoke, tmp_path: Path, small_source: Path) -> None:
    (tmp_path / "bare.csv").write_text("title,year\nOn Wool,2024\nOn Milk,2023\n")
    result = invoke("build", "bare.csv", small_source, "--db", "kg.db")
    assert result.exit_code == 0
    assert "  bare.csv: none of 2 records has an abstract\n" in result.stderr


def test_a_title_with_a_script_is_a_title(invoke: Invoke, tmp_path: Path) -> None:
    title = "<script>alert('GSM8K')</script> [bold]and[/bold] \\textbf{more}"
    (tmp_path / "a.jsonl").write_text(jsonl([{"title": title, "abstract": "We evaluate on GSM8K."}]))
    assert invoke("build", "a.jsonl", "--db", "kg.db").exit_code == 0
    assert "<script>alert('GSM8K')</script> [bold]and[/bold] more" in invoke("papers", "--db", "kg.db").stdout


def test_an_export_to_where_nothing_may_be_written_is_one_line(
    invoke: Invoke, tmp_path: Path, sample_graph: Path
) -> None:
    (tmp_path / "file").touch()
    result = invoke("export", "--format", "jsonl", "-o", "file/kg.jsonl", "--db", sample_graph)
    assert result.exit_code == 2
    assert_one_line(result.stderr)


def test_a_missing_or_damaged_gold_file_is_one_line(invoke: Invoke, tmp_path: Path, sample_graph: Path) -> None:
    (tmp_path / "bad.jsonl").write_bytes(b"\xff\n")
    for name in ("none.jsonl", "bad.jsonl"):
        result = invoke("evaluate", name, "--db", sample_graph)
        assert result.exit_code == 2
        assert_one_line(result.stderr)


@pytest.mark.parametrize(
    "arguments",
    [["nothing"], ["papers", "--nothing"], ["papers", "--relation", "likes"], ["papers", "--format", "xml"], ["build"],
     ["export"],     ["entities", "--limit", "0"], ["papers", "--min-confidence", "2"], ["stats", "--db", "/"]],
    ids=" ".join,
)  # fmt: skip
def test_a_wrong_call_is_exit_code_2(invoke: Invoke, arguments: list[str]) -> None:
    result = invoke(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")


def test_a_reader_of_a_pipe_may_stop_early(sample_graph: Path) -> None:
    command = [sys.executable, "-c", KG, "export", "--format", "jsonl", "--db", str(sample_graph)]
    with subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()
