"""``kg evaluate``: the graph against annotated papers."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import db_option, format_option
from kg.cli.output import print_rows, print_table

__all__ = ["evaluate"]


@click.command()
@click.argument("gold", type=click.Path(path_type=Path, dir_okay=False), metavar="GOLD.jsonl")
@format_option
@db_option
def evaluate(gold: Path, output_format: str, db: Path) -> None:
    """Measure precision, recall and F1 on annotated papers that the graph holds.

    \b
    Example:
      kg evaluate gold.jsonl --db outputs/kg.db
    """
    from kg.evaluation import evaluate_rows, load_gold
    from kg.exports.jsonl import paper_rows
    from kg.store import GraphReader

    rows = load_gold(gold)
    with GraphReader(db) as reader:
        figures = evaluate_rows(rows, paper_rows(reader))
    if output_format == "table":
        print_table(
            [
                ("figure", "left"),
                ("P", "right"),
                ("R", "right"),
                ("F1", "right"),
                ("hit", "right"),
                ("gold", "right"),
                ("found", "right"),
            ],
            [
                (name, f"{f.precision:.3f}", f"{f.recall:.3f}", f"{f.f1:.3f}", f.hit, f.gold, f.predicted)
                for name, f in figures.items()
            ],
        )
    else:
        print_rows(
            [
                {"figure": name, "precision": round(f.precision, 4), "recall": round(f.recall, 4), "f1": round(f.f1, 4),
                 "hit": f.hit, "gold": f.gold, "predicted": f.predicted}
                for name, f in figures.items()
            ],
            output_format,
        )  # fmt: skip
