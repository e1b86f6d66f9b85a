"""``kg info``: what is at work, in a table and as JSON."""

from __future__ import annotations

import json
import sqlite3
import sys
from pathlib import Path

from kg import __version__
from kg.extraction.recipe import Recipe
from tests.conftest import Invoke


def facts(invoke: Invoke, *arguments: str | Path) -> dict[str, object]:
    result = invoke("info", "--format", "json", *arguments)
    assert result.exit_code == 0, result.output
    found: dict[str, object] = json.loads(result.output)
    return found


def test_versions_of_everything_are_told_without_a_graph(invoke: Invoke) -> None:
    found = facts(invoke)
    assert found["kg"] == __version__
    assert str(found["python"]).endswith(".".join(map(str, sys.version_info[:3])))
    assert found["sqlite"] == sqlite3.sqlite_version
    assert "+".join(found["extraction"].values()) == Recipe.shipped().version
    assert found["plugins"] == []
    assert "graph" not in found


def test_a_graph_tells_what_made_it(invoke: Invoke, sample_graph: Path) -> None:
    found = facts(invoke, "--db", sample_graph)["graph"]
    assert isinstance(found, dict)
    assert (found["file"], found["papers"], found["extracted"]) == (str(sample_graph), 67, 67)
    assert found["extractions"] == [Recipe.shipped().version]
    assert found["current"] is True
    assert found["settings"] == []


def test_a_setting_is_told_when_it_was_chosen(invoke: Invoke, small_source: Path) -> None:
    assert invoke("build", small_source, "--db", "kg.db", "--min-confidence", "0.6").exit_code == 0
    found = facts(invoke, "--db", "kg.db")["graph"]
    assert isinstance(found, dict)
    assert found["settings"] == ["min_confidence = 0.6"]


def test_a_chosen_pipeline_is_told_by_its_digest(invoke: Invoke, small_source: Path, tmp_path: Path) -> None:
    chosen = Recipe.shipped().without("kg_reader")
    (tmp_path / "mine.cfg").write_text(chosen.config, encoding="utf-8")
    assert invoke("build", small_source, "--db", "kg.db", "--pipeline", "mine.cfg").exit_code == 0
    found = facts(invoke, "--db", "kg.db")["graph"]
    assert isinstance(found, dict)
    assert found["settings"] == [f"pipeline = {chosen.version.rpartition('+')[2]}"]
    assert found["current"] is True


def test_the_table_has_all_that_json_has_and_no_folder(invoke: Invoke, small_source: Path) -> None:
    assert invoke("build", small_source, "--db", "kg.db").exit_code == 0
    result = invoke("info", "--db", "kg.db")
    assert result.exit_code == 0
    assert str(Path.cwd()) not in result.output
    assert str(Path(sys.prefix)) not in result.output
    for name, value in facts(invoke, "--db", "kg.db").items():
        for key in value if isinstance(value, dict) else [""]:
            assert f"\n{name} {key}".rstrip() in result.output


def test_what_is_no_graph_is_an_error(invoke: Invoke, tmp_path: Path) -> None:
    (tmp_path / "other.db").write_text("no database")
    result = invoke("info", "--db", "other.db")
    assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1)
