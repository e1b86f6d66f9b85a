"""How well tables are read, on small documents with gold that show the shapes and traps of real ones."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import KgError
from kg.extraction.tables.reading import read_tables
from kg.model import Extraction, Paper
from kg.sources import SourceFile, find_sources, read_source
from tests.conftest import SHARED

FULLTEXT = SHARED / "fulltext"
PRECISION, RECALL = 0.90, 0.85
LATEX = 36  # of the documents

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not (FULLTEXT / "made").is_dir(), reason=f"no full texts at {FULLTEXT}"),
]


def _papers(folder: Path) -> list[Paper]:
    try:
        sources = [source for source in find_sources([str(folder)]) if isinstance(source, SourceFile)]
        read = [paper for source in sources for paper in read_source(source)]
    except KgError:
        return []  # no reader for the format
    return [paper for paper in read if isinstance(paper, Paper) and paper.body]


def _row(paper: Paper, row: object) -> str:
    parts = {part: getattr(row, part) for part in ("of", "on", "metric")}
    named = {part: said.name if said is not None else None for part, said in parts.items()}
    return json.dumps(
        {"paper": paper.title, **named, "split": row.split, "value": row.value, "source": {"kind": "table"}}
    )


def _figures(documents: list[Path], rows: list[str], folder: Path) -> dict[str, dict[str, float]]:
    """What the scorer makes of the rows of some documents."""
    gold, read = folder / "gold.jsonl", folder / "rows.jsonl"
    golds = (json.loads((document / "gold.json").read_text(encoding="utf-8")) for document in documents)
    gold.write_text("".join(json.dumps(each) + "\n" for each in golds), encoding="utf-8")
    read.write_text("\n".join(rows), encoding="utf-8")
    command = [sys.executable, str(FULLTEXT / "score.py"), str(gold), str(read), "--json"]
    figures: dict[str, dict[str, float]] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return figures


def test_rows_of_made_documents_are_right_and_found(tmp_path: Path) -> None:
    papers = {document: _papers(document) for document in sorted((FULLTEXT / "made").iterdir())}
    read = [document for document, found in papers.items() if found]
    if len(read) < len(papers) - LATEX:
        pytest.skip("no readers of full texts")
    rows = [
        _row(paper, row) for document in read for paper in papers[document] for row in read_tables(paper, Extraction())
    ]
    figures = _figures(read, rows, tmp_path)["rows"]
    assert figures["precision"] >= PRECISION
    assert figures["recall"] >= RECALL
