"""``kg headings``."""

from __future__ import annotations

import click

from kg.hookspecs import Head, Source
from kg.model import Paper
from kg_plugin_markdown.reading import read_list


@click.command()
@click.argument("file", type=click.File("rb"))
def headings(file: click.utils.LazyFile) -> None:
    """List the papers of a reading list in Markdown.

    \b
    Example:
      kg headings list.md
    """
    for row in read_list(Source(file.name, file, Head(b""))):  # type: ignore[arg-type]
        click.echo(row.title if isinstance(row, Paper) else str(row))
