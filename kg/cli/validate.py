"""``kg validate``: the graph against its shapes."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from kg.cli.options import db_option, format_option
from kg.cli.output import print_line, print_rows, print_unfolded

__all__ = ["validate"]

_SHOWN = 50  # faults that a table lists; the other formats list all


@click.command()
@format_option
@db_option
@click.pass_context
def validate(context: click.Context, output_format: str, db: Path) -> None:
    """Check the graph against the SHACL shapes.

    Exits with 0 when it conforms, with 1 when it does not.

    \b
    Examples:
      kg validate
      kg validate --format jsonl > faults.jsonl
    """
    from kg.rdf.validate import validate_graph
    from kg.store import GraphReader

    with GraphReader(db) as reader:
        faults = list(validate_graph(reader))
    if output_format != "table":
        print_rows([asdict(fault) for fault in faults], output_format)
    elif not faults:
        print_line("the graph conforms to its shapes")
    else:
        for fault in faults[:_SHOWN]:
            print_unfolded(f"{fault.focus}: {fault.message}{_found(fault.path, fault.value)}")
        if len(faults) > _SHOWN:
            print_line(f"... and {len(faults) - _SHOWN} more; see all with --format jsonl")
        print_line(f"{len(faults)} fault{'s' if len(faults) > 1 else ''}: the graph does not conform to its shapes")
    if faults:
        context.exit(1)


def _found(path: str, value: str) -> str:
    parts = [part for part in (path, value) if part]
    return f" Found: {' '.join(parts)}" if parts else ""
