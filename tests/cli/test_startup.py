"""What a command must not import to start at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import run_python

HEAVY = tuple("spacy pyvis rdflib networkx pandas numpy pyoxigraph pyshacl requests lxml bibtexparser".split())
PROGRAM = f"""
import sys
from kg.cli import main
try:
    main(sys.argv[1:], prog_name="kg")
finally:
    print("loaded:", [name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)
"""
COMMANDS = """
import sys
from kg.cli import main
try:
    main(sys.argv[1:], prog_name="kg")
finally:
    print("loaded:", *(name for name in sys.modules if name.startswith("kg.")), file=sys.stderr)
"""


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["--version"],
        ["build", "--help"],
        ["papers", "--benchmark", "GSM8K"],
        ["papers", "--format", "json"],
        ["show", "PPO"],
        ["entities"],
        ["related", "GSM8K"],
        ["path", "GRPO", "GSM8K"],
        ["compare", "GRPO", "PPO"],
        ["trend", "GRPO", "--by", "year"],
        ["watch", "run", "--help"],
        ["stats", "--format", "csv"],
        ["export", "--format", "jsonl"],
        ["export", "--format", "ntriples"],
        ["export", "--format", "turtle"],
        ["validate", "--help"],
    ],
    ids=" ".join,
)
def test_nothing_heavy_is_imported(arguments: list[str], sample_graph: Path) -> None:
    options = [] if {"--help", "--version"} & set(arguments) else ["--db", str(sample_graph)]
    done = run_python("-c", PROGRAM, *arguments, *options)
    assert done.returncode == 0
    assert done.stderr.splitlines()[-1] == "loaded: []"


@pytest.mark.parametrize("arguments", [["--help"], ["--version"]], ids=" ".join)
def test_to_list_the_commands_imports_none_of_them(arguments: list[str]) -> None:
    done = run_python("-c", COMMANDS, *arguments)
    assert done.returncode == 0
    loaded = set(done.stderr.splitlines()[-1].removeprefix("loaded: ").split())
    ours = "kg.builtin kg.cli kg.cli.main kg.errors kg.hookspecs kg.plugins kg.text kg.text.terminal kg.version"
    assert loaded <= set(ours.split())
