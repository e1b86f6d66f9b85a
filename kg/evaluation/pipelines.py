"""A pipeline against annotated papers: it extracts their texts, which are linked into a graph and scored."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from kg.errors import SourceError
from kg.evaluation.figures import Row, evaluate_rows
from kg.evaluation.tallies import Figure

if TYPE_CHECKING:
    from kg.extraction.recipe import Recipe

__all__ = ["evaluate_recipe"]


def evaluate_recipe(gold: Sequence[Row], recipe: Recipe, *, jobs: int = 1) -> dict[str, Figure]:
    """The figures of a recipe on annotated papers, by name as ``evaluate_rows`` gives them.

    Raises:
        SourceError: an annotated paper has no abstract, so there is nothing to extract from.
        ExtractionError: the pipeline cannot be made.
    """
    from kg.building import build_graph
    from kg.exports.jsonl import paper_rows
    from kg.store import GraphReader

    with TemporaryDirectory() as folder:
        source, db = Path(folder) / "gold.jsonl", Path(folder) / "kg.db"
        source.write_text("".join(json.dumps(_text(row)) + "\n" for row in gold), encoding="utf-8")
        build_graph([str(source)], db, jobs=jobs, recipe=recipe)
        with GraphReader(db) as reader:
            return evaluate_rows(gold, paper_rows(reader))


def _text(row: Row) -> dict[str, str]:
    """What a pipeline may see of an annotated paper."""
    if not isinstance(row.get("abstract"), str):
        raise SourceError(f"the annotated paper {row['title']!r} has no 'abstract' to extract from; add it")
    return {"title": str(row["title"]), "abstract": str(row["abstract"])}
