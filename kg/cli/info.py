"""``kg info``: what is at work, to be told with a question or a fault."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import db_option
from kg.cli.output import print_object, print_table

__all__ = ["info"]


@click.command()
@db_option
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="How to print: for people, or for programs.",
)
def info(db: Path, output_format: str) -> None:
    """Say which versions of everything are at work, and of what a graph was made.

    Of the graph only if there is one. The answer names no folder of this machine but the graph file as it was given.

    \b
    Examples:
      kg info
      kg info --db outputs/kg.db --format json
    """
    from kg.info import describe_graph, describe_installation

    facts: dict[str, object] = describe_installation()
    if db.exists():
        facts["graph"] = describe_graph(db)
    if output_format == "json":
        print_object(facts)
        return
    lines = [(key, value) for key, value in facts.items() if not isinstance(value, dict)]
    for part, values in facts.items():
        if isinstance(values, dict):
            lines += [(f"{part} {key}", value) for key, value in values.items()]
    print_table([("what", "left"), ("which", "left")], [(key, _told(value)) for key, value in lines])


def _told(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return "none" if value is None else str(value)
