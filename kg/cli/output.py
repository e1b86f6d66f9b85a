"""Rows on standard output, in the format that was asked for."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["Row", "console", "print_rows", "print_table"]

Row = Mapping[str, object]


def print_rows(rows: Sequence[Row], output_format: str) -> None:
    """Print rows for programs: ``json`` is one list, ``jsonl`` a row a line, ``csv`` with a header."""
    if output_format == "json":
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2, default=str))
    elif output_format == "jsonl":
        for row in rows:
            click.echo(json.dumps(row, ensure_ascii=False, default=str))
    elif rows:
        text = io.StringIO()
        writer = csv.DictWriter(text, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows({key: _cell(value) for key, value in row.items()} for row in rows)
        click.echo(text.getvalue(), nl=False)


def _cell(value: object) -> object:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict | tuple) else value


def console() -> Console:
    """A console for people: as wide as the terminal, without colour when piped or with ``NO_COLOR``."""
    from rich.console import Console

    return Console(highlight=False, soft_wrap=False)


def print_table(columns: Sequence[tuple[str, str]], rows: Sequence[Sequence[object]]) -> None:
    """A table for people; ``columns`` are (heading, "left" or "right")."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading, justify in columns:
        table.add_column(heading, justify="right" if justify == "right" else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(str(cell)) for cell in row))
    console().print(table)
