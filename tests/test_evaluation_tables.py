"""Result rows against annotated tables."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.errors import SourceError
from kg.evaluation.tables import evaluate_tables, holds_tables, load_tables
from tests.conftest import SHARED, Invoke

GOLD: dict[str, Any] = {
    "title": "Tidewater: Replay for Small Reasoners",
    "tables": [
        {
            "rows": [
                {"of": "GRPO", "on": "GSM8K", "split": None, "metric": "accuracy", "value": "75.0"},
                {"of": "Tidewater", "on": "GSM8K", "split": None, "metric": "acc", "metric_alts": ["accuracy"],
                 "value": "78.2"},
                {"of": "Tidewater", "on": "SVAMP-Hard", "split": None, "metric": "accuracy", "value": "83.3"},
                {"of": "Tidewater", "on": "MATH", "split": None, "metric": "accuracy", "value": "11.1"},
                {"of": "Human", "on": "GSM8K", "split": None, "metric": "accuracy", "value": "72.4", "optional": True},
            ]
        }
    ],
}  # fmt: skip


def said(of: str, on: str, number: float, paper: str = "Tidewater: Replay for Small Reasoners") -> dict[str, object]:
    row: dict[str, object] = {"paper": paper, "of": of, "on": on, "metric": "accuracy", "split": None, "number": number}
    return row | {"source": {"kind": "table"}}


def test_cells_rows_and_splits_are_counted() -> None:
    rows = [
        said("GRPO", "GSM8K", 75.0),
        said("Tidewater", "GSM8K", 78.2),
        said("Tidewater", "SVAMP", 83.3),
        said("Qwen", "GSM8K", 72.4),
        said("Qwen", "GSM8K", 1.0),
        said("GRPO", "GSM8K", 75.0, "Another Paper"),
    ]
    figures = evaluate_tables([GOLD], rows)
    assert (figures["cells"].hit, figures["cells"].gold, figures["cells"].predicted) == (3, 4, 4)
    assert (figures["rows"].hit, figures["rows and split"].hit) == (2, 2)


def test_further_rows_of_a_table_that_is_annotated_in_part_are_not_punished() -> None:
    gold = {**GOLD, "tables": [{**GOLD["tables"][0], "truncated": True}]}
    figures = evaluate_tables([gold], [said("GRPO", "MMLU", 1.0), said("Nobody", "MMLU", 1.0)])
    assert figures["cells"].predicted == 1


def test_the_graph_is_measured_by_the_command(full_text_graph: Path, invoke: Invoke, tmp_path: Path) -> None:
    (tmp_path / "tidewater").mkdir()
    (tmp_path / "tidewater" / "gold.json").write_text(json.dumps(GOLD))
    assert holds_tables(tmp_path)
    shown = invoke("evaluate", tmp_path, "--format", "json", "--db", full_text_graph)
    figures = {row["figure"]: row for row in json.loads(shown.stdout)}
    assert (figures["cells"]["hit"], figures["rows"]["hit"]) == (3, 2)


def test_what_is_no_annotation_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="holds no annotated tables"):
        load_tables(tmp_path)
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "gold.json").write_text("{")
    with pytest.raises(SourceError, match="is no JSON"):
        load_tables(tmp_path)
    (tmp_path / "x" / "gold.json").write_text("[]")
    with pytest.raises(SourceError, match="needs 'title'"):
        load_tables(tmp_path)


@pytest.mark.shared
def test_tables_of_made_documents_are_read(tmp_path: Path, invoke: Invoke) -> None:
    made = SHARED / "fulltext" / "made"
    db = tmp_path / "kg.db"
    assert invoke("build", *(path for path in sorted(made.iterdir()) if path.is_dir()), "--db", db, "-q").exit_code == 0
    figures = {
        row["figure"]: row for row in json.loads(invoke("evaluate", made, "--format", "json", "--db", db).stdout)
    }
    assert figures["rows"]["precision"] >= 0.9
    assert figures["rows"]["recall"] >= 0.85
