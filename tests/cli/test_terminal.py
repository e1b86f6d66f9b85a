"""Every command on terminals that lack letters, and with texts that terminals would obey."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.building import build_graph
from kg.cli import main
from kg.plugins import offered_commands, offered_exporters
from tests.cli.test_commands import on_terminal
from tests.conftest import KG, environment
from tests.samples import jsonl

TITLE = "Überlegungen – “Σ → 论文” 🙂: FooNet of Erdős"
HOSTILE = "\x1b[31mred\x1b]52;c;cm0=\x07 \u202eevil\u2069 \x9b2J\x08\r"
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
ENCODINGS = ("ascii", "cp1252", "latin-1", "utf-8")

ASKED = {
    "papers": ("papers", "--method", "PPO"),
    "all papers": ("papers",),
    "entities": ("entities",),
    "related": ("related", "PPO", "--min-papers", "1"),
    "path": ("path", "PPO", "title 0"),
    "compare": ("compare", "PPO", "GSM8K"),
    "compare papers": ("compare", "title 0", "title 1"),
    "stats": ("stats",),
    "review": ("review", "--limit", "100"),
    "rows": ("sparql", "SELECT ?paper ?title WHERE { ?paper dcterms:title ?title }"),
    "plugins": ("plugins", "--all"),
}
LISTED = [(command, form) for command in ASKED.values() for form in ("table", "json", "jsonl", "csv")]
OTHERS: tuple[tuple[str, ...], ...] = (
    ("show", "PPO"),
    ("show", "title 0"),
    ("show", "title 1", "--format", "json"),
    ("show", "no such “thing” 论"),
    ("info",),
    ("sparql", "CONSTRUCT WHERE { ?paper dcterms:title ?title }"),
    ("sparql", "ASK { ?paper dcterms:title ?title }"),
    ("validate",),
    ("view", "-o", "Übersicht 论.html"),
    ("build", "papers-论文.jsonl", "no such \x1b[31m Ü.txt"),
    ("add", "papers-论文.jsonl"),
    ("remove", "papers-论文.jsonl"),
    ("curate", "accept", "PPO", "--note", "schön 论"),
    ("export", "--format", "parquet", "-o", "Übersicht 论"),
    ("evaluate", "annotated-论文.jsonl"),
    ("papers", "--relation", "论"),
    ("papers", "--\x1b[31m论"),
    ("--\x1b[31m论",),
    *(("export", "--format", offer.value.name) for offer in offered_exporters() if not offer.value.folder),
)


def papers() -> list[dict[str, str]]:
    return [
        {
            "title": f"title {number} {TITLE}",
            "abstract": f"We propose Foo{number}Net (“新”), and train Llama 2 with PPO. It gets 82.2% on GSM8K. 完",
            "organisation": "Universität 北京",
            "date": "2024",
        }
        for number in range(3)
    ]


@pytest.fixture(scope="module")
def foreign_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph of papers in many scripts, with what no reader of ours lets in: who made the file may be anyone."""
    folder = tmp_path_factory.mktemp("foreign")
    source, graph = folder / "papers-论文.jsonl", folder / "kg.db"
    source.write_text(jsonl(papers()), encoding="utf-8")
    build_graph([str(source)], graph)
    with closing(sqlite3.connect(graph)) as db, db:
        db.execute("UPDATE paper SET title = title || ?, abstract = abstract || ?, organisation = ?", (HOSTILE,) * 3)
        db.execute("UPDATE entity SET label = label || ? WHERE id <> 'method/ppo'", (HOSTILE,))
        db.execute("UPDATE record SET organisation = organisation || id || ?", (HOSTILE,))
    return graph


@pytest.fixture
def run(foreign_graph: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run a command in this process on a copy of that graph, on a terminal of an encoding."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "kg.db").write_bytes(foreign_graph.read_bytes())
    monkeypatch.setenv("KG_DB", "kg.db")
    Path("papers-论文.jsonl").write_text(jsonl(papers()), encoding="utf-8")
    Path("annotated-论文.jsonl").write_text(jsonl([{"id": "1", "title": TITLE, "entities": [], "results": []}]))
    return lambda command, encoding: CliRunner(charset=encoding).invoke(main, command)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("command", [*((*command, "--format", form) for command, form in LISTED), *OTHERS], ids=ascii)
def test_no_command_fails_for_want_of_letters_or_passes_on_what_a_terminal_obeys(
    run: Callable[..., Result], command: tuple[str, ...], encoding: str
) -> None:
    result = run(command, encoding)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert "Traceback" not in result.output
    assert not OBEYED.search(result.stderr_bytes.decode(encoding))
    if command[0] not in ("export", "sparql") or "table" in command:  # documents are as they are
        assert not OBEYED.search(result.stdout_bytes.decode("utf-8" if "csv" in command else encoding))


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("form", ["json", "jsonl", "csv"])
def test_what_programs_read_is_exact_whatever_the_terminal(
    run: Callable[..., Result], form: str, encoding: str
) -> None:
    printed = run(("papers", "--format", form), encoding).stdout_bytes.decode("utf-8")
    if form == "csv":
        rows = list(csv.DictReader(io.StringIO(printed)))
    else:
        rows = json.loads(printed) if form == "json" else [json.loads(line) for line in printed.splitlines()]
    told = TITLE + ("red evil " if form == "csv" else HOSTILE)
    assert [row["title"].rstrip() for row in rows] == [f"title {number} {told}".rstrip() for number in range(3)]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_table_is_no_wider_than_the_terminal(
    run: Callable[..., Result], encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    for command in (("papers",), ("show", "PPO"), ("show", "title 0"), ("compare", "PPO", "GSM8K"), ("entities",)):
        lines = run(command, encoding).stdout_bytes.decode(encoding).splitlines()
        assert lines
        assert max(map(len, lines)) <= 60


@pytest.mark.parametrize("name", ["", *(offer.value.name for offer in offered_commands())])
def test_help_is_printed_on_every_terminal(name: str) -> None:
    result = CliRunner(charset="ascii").invoke(main, [*name.split(), "--help"])
    assert result.exit_code == 0
    assert result.stdout_bytes.isascii()


@pytest.mark.parametrize(
    "variables",
    [
        {"PYTHONIOENCODING": "cp1252"},
        {"PYTHONIOENCODING": "ascii:strict"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "POSIX"},
    ],
    ids=str,
)
def test_the_program_runs_where_nothing_is_utf8(foreign_graph: Path, variables: dict[str, str], tmp_path: Path) -> None:
    source = foreign_graph.with_name("papers-论文.jsonl")
    commands: list[list[str | Path]] = [
        ["build", source, "--jobs", "2"], ["papers"], ["show", "PPO"], ["entities", "--format", "csv"],
        ["sparql", "SELECT ?t WHERE { ?p dcterms:title ?t }"], ["export", "--format", "turtle"],
    ]  # fmt: skip
    for command in commands:
        done = subprocess.run(
            [sys.executable, "-c", KG, *command],
            env=environment(KG_DB="kg.db", **variables),
            cwd=tmp_path,
            capture_output=True,
            timeout=120,
            check=False,
        )
        assert (done.returncode, b"Traceback" in done.stderr) == (0, False), done.stderr


def test_a_folder_s_name_reaches_the_shell_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.cli.output import print_path

    below = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(below, encoding="ascii"))
    print_path(Path(os.fsdecode(b"caf\xe9 \x1b[31m")))
    assert below.getvalue() == b"caf\xe9 \x1b[31m\n"


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize("form", ["turtle", "ntriples", "jsonld", "rdfxml"])
def test_a_document_on_a_terminal_is_harmless_too(foreign_graph: Path, form: str) -> None:
    query = "CONSTRUCT WHERE { ?paper dcterms:title ?title }"
    command = [sys.executable, "-c", KG, "sparql", query, "--format", form, "--db", str(foreign_graph)]
    shown = on_terminal(command).decode().replace("\r\n", "\n")
    assert TITLE in shown
    assert not OBEYED.search(shown)
