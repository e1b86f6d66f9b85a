"""``kg curate list``, ``kg curate undo``: the corrections that were made, and taking one back."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import db_option, format_option, overlay_option
from kg.cli.output import print_rows, print_table, say

if TYPE_CHECKING:
    from kg.linking.overlay import Ruling

__all__ = ["list_rulings", "undo"]


@click.command(name="list")
@overlay_option
@format_option
@db_option
def list_rulings(overlay: Path | None, output_format: str, db: Path) -> None:
    """The corrections of a graph, in the order in which they are applied; exit code 1 when there are none.

    \b
    Examples:
      kg curate list
      kg curate list --format jsonl
    """
    from kg.linking.overlay import default_overlay, read_rulings

    rulings = read_rulings(overlay or default_overlay(db), required=overlay is not None)
    rows = [_row(number, ruling) for number, ruling in enumerate(rulings, 1)]
    if output_format != "table":
        print_rows(rows, output_format)
    elif rows:
        heads = [("", "right"), ("what", "left"), ("about", "left"), ("who", "left"), ("when", "left"), ("why", "cut")]
        print_table(heads, [["" if cell is None else cell for cell in row.values()] for row in rows])
    if not rows:
        say("kg: no corrections yet; 'kg review' lists what to look at")
        raise SystemExit(1)


def _row(number: int, ruling: Ruling) -> dict[str, object]:
    return {
        "number": number,
        "action": ruling.action,
        "about": _about(ruling),
        "by": ruling.by,
        "date": ruling.date,
        "note": ruling.note,
    }


def _about(ruling: Ruling) -> str:
    said = ((each.name, getattr(ruling.rule, each.name)) for each in fields(ruling.rule))
    first, *rest = ((name, value) for name, value in said if value is not None and (name, value) != ("nth", 1))
    return " ".join((str(first[1]), *(f"{name}={value}" for name, value in rest)))


@click.command()
@click.argument("number", type=click.IntRange(min=1), required=False)
@overlay_option
@db_option
def undo(number: int | None, overlay: Path | None, db: Path) -> None:
    """Take back the correction of this NUMBER, as "kg curate list" counts them; the last if none is given.

    \b
    Examples:
      kg curate undo
      kg curate undo 3
    """
    from kg.building import undo_correction
    from kg.cli.progress import reporter
    from kg.linking.overlay import default_overlay, read_rulings

    rules = overlay or default_overlay(db)
    number = number or len(read_rulings(rules)) or 1
    with reporter(quiet=False) as reports:
        ruling = undo_correction(number, db, reports, overlay=overlay)
    say(f"kg: taken back: {ruling.action} {_about(ruling)}; {db} is as it was without it")
