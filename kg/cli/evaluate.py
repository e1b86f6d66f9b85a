"""``kg evaluate``: the graph, or pipelines side by side, against annotated papers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import db_option, format_option, jobs_option
from kg.cli.output import print_line, print_rows, print_table

if TYPE_CHECKING:
    from kg.evaluation import Figure

__all__ = ["evaluate"]

_GRAPH = "graph"


@click.command()
@click.argument("gold", type=click.Path(path_type=Path), metavar="GOLD")
@click.option(
    "--pipeline",
    "pipelines",
    type=click.Path(path_type=Path, dir_okay=False),
    multiple=True,
    metavar="FILE.cfg",
    help="Extract the annotated texts by this configuration (spaCy's) instead of asking the graph; may be repeated.",
)
@jobs_option
@format_option
@db_option
def evaluate(gold: Path, pipelines: tuple[Path, ...], jobs: int, output_format: str, db: Path) -> None:
    """Measure precision, recall and F1 on annotated papers, of a graph or of pipelines.

    Of the papers that the graph holds, or, with --pipeline, of the annotated texts as each pipeline reads them. GOLD is
    a file of annotated abstracts, or, for result tables of full texts, a folder of documents with a gold.json each.

    \b
    Examples:
      kg evaluate gold.jsonl --db outputs/kg.db
      kg evaluate gold.jsonl --pipeline mine.cfg --pipeline theirs.cfg
      kg evaluate tables/ --db outputs/kg.db
    """
    from kg.evaluation import load_gold
    from kg.evaluation.pipelines import evaluate_recipe
    from kg.evaluation.tables import holds_tables, load_tables
    from kg.extraction.recipe import Recipe

    if not pipelines and holds_tables(gold):
        _print(_figures_of_tables(load_tables(gold), db), output_format)
        return
    rows = load_gold(gold)
    if pipelines:
        recipes = {str(path): Recipe.read(path) for path in pipelines}
        figures = {name: evaluate_recipe(rows, recipe, jobs=jobs) for name, recipe in recipes.items()}
    else:
        figures = {_GRAPH: _figures_of_graph(rows, db)}
    if output_format == "table":
        for name, each in figures.items():
            if len(figures) > 1:
                print_line(name)
            _print_table(each)
        if len(figures) > 1:
            _print_side_by_side(figures)
    else:
        print_rows([row for name, each in figures.items() for row in _plain(name, each)], output_format)


def _print(figures: dict[str, Figure], output_format: str) -> None:
    if output_format == "table":
        _print_table(figures)
    else:
        print_rows(_plain(_GRAPH, figures), output_format)


def _figures_of_tables(gold: list[Mapping[str, object]], db: Path) -> dict[str, Figure]:
    from kg.evaluation.tables import evaluate_tables
    from kg.questions.results import ResultsRequest, ask
    from kg.store import GraphReader
    from kg.wire import rows as rows_of

    with GraphReader(db) as reader:
        return evaluate_tables(gold, rows_of(ask(reader, ResultsRequest(tables=True))))


def _figures_of_graph(gold: list[Mapping[str, object]], db: Path) -> dict[str, Figure]:
    from kg.evaluation import evaluate_rows
    from kg.exports.jsonl import paper_rows
    from kg.store import GraphReader

    with GraphReader(db) as reader:
        return evaluate_rows(gold, paper_rows(reader))


def _print_table(figures: Mapping[str, Figure]) -> None:
    columns = [(name, "left" if name == "figure" else "right") for name in "figure P R F1 hit gold found".split()]
    print_table(
        columns,
        [
            (name, f"{f.precision:.3f}", f"{f.recall:.3f}", f"{f.f1:.3f}", f.hit, f.gold, f.predicted)
            for name, f in figures.items()
        ],
    )


def _print_side_by_side(figures: Mapping[str, Mapping[str, Figure]]) -> None:
    """F1 of each pipeline in a column of its own."""
    first = next(iter(figures.values()))
    columns = [("F1", "left"), *((Path(name).name, "right") for name in figures)]
    print_table(columns, [(name, *(f"{each[name].f1:.3f}" for each in figures.values())) for name in first])


def _plain(pipeline: str, figures: Mapping[str, Figure]) -> list[dict[str, object]]:
    of = {} if pipeline == _GRAPH else {"pipeline": pipeline}
    return [
        {**of, "figure": name, "precision": round(f.precision, 4), "recall": round(f.recall, 4), "f1": round(f.f1, 4),
         "hit": f.hit, "gold": f.gold, "predicted": f.predicted}
        for name, f in figures.items()
    ]  # fmt: skip
