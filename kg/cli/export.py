"""``kg export``: the graph for other tools."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import db_option
from kg.cli.output import output_stream
from kg.iris import DEFAULT_BASE

__all__ = ["export"]


@click.command()
@click.option(
    "--format", "output_format", type=click.Choice(["jsonl", "turtle", "graphml"]), required=True, help="What to write."
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    default=Path("-"),
    help="Where to; - is standard output.",
)
@click.option(
    "--base",
    default=DEFAULT_BASE,
    show_default=True,
    metavar="IRI",
    help="The base of the IRIs of papers and entities.",
)
@db_option
def export(output_format: str, output: Path, base: str, db: Path) -> None:
    """Write the graph as JSON lines (a line a paper), Turtle or GraphML.

    \b
    Examples:
      kg export --format jsonl -o outputs/kg.jsonl
      kg export --format turtle | gzip > kg.ttl.gz
    """
    from kg.exporting import write_export
    from kg.store import GraphReader

    with GraphReader(db) as reader, output_stream(output) as stream:
        write_export(reader, output_format, stream, base)
    if str(output) != "-":
        click.echo(f"wrote {output}", err=True)
