"""``kg entities``, ``kg stats``: looking around."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import db_option, format_option
from kg.cli.output import print_rows, print_table
from kg.model import EntityType

__all__ = ["entities", "stats"]


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
    from kg.query import list_entities
    from kg.store import GraphReader

    shown = limit or (40 if output_format == "table" else None)
    with GraphReader(db) as reader:
        found = list_entities(reader, EntityType(kind) if kind else None, sort=sort, limit=shown, min_papers=min_papers)
    if output_format == "table":
        print_table(
            [("papers", "right"), ("type", "left"), ("name", "left")], [(e.papers, e.type, e.label) for e in found]
        )
    else:
        rows = [
            {"id": e.id, "name": e.label, "type": e.type, "papers": e.papers, "introduced_by": e.introduced_by}
            for e in found
        ]
        print_rows(rows, output_format)
    if not found:
        click.echo("kg: no entity", err=True)
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
    from kg.query import count_graph
    from kg.store import GraphReader

    with GraphReader(db) as reader:
        counts = count_graph(reader)
    rows: list[tuple[str, object]] = [
        ("papers", counts.papers),
        ("records", counts.records),
        ("set aside", counts.rejects),
        ("sources", counts.sources),
        ("first date", counts.first_date or "unknown"),
        ("last date", counts.last_date or "unknown"),
        *((f"{kind} entities", number) for kind, number in counts.entities.items()),
        *((f"{str(relation).replace('_', ' ')} links", number) for relation, number in counts.links.items()),
        ("pieces of evidence", counts.evidence),
        ("results", counts.results),
    ]
    if output_format == "table":
        print_table([("what", "left"), ("count", "right")], rows)
    elif output_format == "csv":
        print_rows([{"what": what, "count": number} for what, number in rows], "csv")
    else:
        flat = {what.replace(" ", "_"): number for what, number in rows}
        print_rows([flat], output_format)
