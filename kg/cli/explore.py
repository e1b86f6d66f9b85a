"""``kg entities``, ``kg stats``: looking around."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import db_option, format_option
from kg.cli.output import print_answer, print_rows, print_table, say
from kg.model import EntityType

__all__ = ["entities", "stats"]

_SHOWN = 40  # entities, for people who did not say how many


@click.command()
@click.option("--type", "kind", type=click.Choice([str(t) for t in EntityType]), help="Only entities of this type.")
@click.option(
    "--sort",
    type=click.Choice(["papers", "name"]),
    default="papers",
    show_default=True,
    help="The most named first, or by name.",
)
@click.option("--limit", type=click.IntRange(min=1), help="At most so many; in a table 40 if not given.")
@click.option("--min-papers", type=click.IntRange(min=1), default=1, help="Only what so many papers name.")
@format_option
@db_option
def entities(kind: str | None, sort: str, limit: int | None, min_papers: int, output_format: str, db: Path) -> None:
    """List the things that papers name, with the number of papers.

    \b
    Examples:
      kg entities --type benchmark
      kg entities --type method --min-papers 5
      kg entities --sort name --format csv
    """
    from kg.questions import entities as question
    from kg.store import GraphReader

    shown = limit or (_SHOWN if output_format == "table" else None)
    request = question.EntitiesRequest(
        EntityType(kind) if kind else None, question.EntityOrder(sort), limit=shown, min_papers=min_papers
    )
    with GraphReader(db) as reader:
        found = question.ask(reader, request)
    if output_format == "table":
        print_table(
            [("papers", "right"), ("type", "left"), ("name", "left")], [(e.papers, e.type, e.label) for e in found]
        )
    else:
        print_answer(found, output_format)
    if not found:
        say("kg: no entity")
        raise SystemExit(1)


@click.command()
@format_option
@db_option
def stats(output_format: str, db: Path) -> None:
    """Count what the graph holds.

    \b
    Example:
      kg stats --format json
    """
    from kg.questions import stats as question
    from kg.store import GraphReader

    with GraphReader(db) as reader:
        counts = question.ask(reader, question.StatsRequest())
    if output_format in ("json", "jsonl"):
        print_answer(counts, output_format)
        return
    # As people read it, a count a line.
    from kg.wire import rows

    lines = [(what.replace("_", " "), count) for what, count in rows(counts)[0].items()]
    if output_format == "table":
        print_table([("what", "left"), ("count", "right")], lines)
    else:
        print_rows([{"what": what, "count": count} for what, count in lines], output_format)
