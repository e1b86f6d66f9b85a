"""``kg view``: the graph to look at."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import db_option

__all__ = ["view"]


@click.command()
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("outputs/kg.html"),
    show_default=True,
    help="The HTML file to write.",
)
@click.option("--focus", metavar="NAME", help="Only what lies around this entity.")
@click.option(
    "--top",
    type=click.IntRange(min=1),
    default=150,
    show_default=True,
    help="Draw the so many entities that most papers name.",
)
@db_option
def view(output: Path, focus: str | None, top: int, db: Path) -> None:
    """Write one HTML file that shows the graph; it opens anywhere, without a network.

    \b
    Examples:
      kg view
      kg view --focus GRPO -o outputs/grpo.html
    """
    from kg.store import GraphReader
    from kg.view import write_view

    with GraphReader(db) as reader:
        drawn = write_view(reader, output, focus=focus, top=top)
    click.echo(f"wrote {output}: {drawn.entities} entities and {drawn.papers} papers; open it in a browser", err=True)
