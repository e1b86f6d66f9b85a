"""``kg diff``: what is different in another graph."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import format_option
from kg.cli.output import print_answer, print_line

if TYPE_CHECKING:
    from kg.questions.diff import Change

__all__ = ["diff"]

_SHOWN = 20  # of each kind, for people
_SIGNS = {"added": ("+", "green"), "removed": ("-", "red"), "changed": ("~", "yellow")}
_GRAPH = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("before", type=_GRAPH, metavar="BEFORE.db")
@click.argument("after", type=_GRAPH, metavar="AFTER.db")
@click.option("--all", "everything", is_flag=True, help=f"For people too, more than {_SHOWN} of a kind.")
@format_option
def diff(before: Path, after: Path, everything: bool, output_format: str) -> None:
    """List the papers, entities and links that came, went or changed from one graph to another.

    As diff has it, the exit code is 0 when the graphs are the same and 1 when they differ.

    \b
    Examples:
      kg diff monday.db friday.db
      kg diff monday.db friday.db --format json
    """
    from kg.questions import diff as question
    from kg.store import GraphReader

    request = question.DiffRequest(before)
    with GraphReader(after) as reader:
        changes = question.ask(reader, request)
    if output_format == "table":
        _print_for_people(changes, len(changes) if everything else _SHOWN)
    else:
        print_answer(changes, output_format)
    if changes:
        raise SystemExit(1)


def _print_for_people(changes: Sequence[Change], shown: int) -> None:
    for what, plural in (("paper", "papers"), ("entity", "entities"), ("link", "links")):
        of_it = [change for change in changes if change.what == what]
        counts = ", ".join(f"{sum(c.kind == kind for c in of_it)} {kind}" for kind in _SIGNS)
        print_line(f"{plural}: {counts}", style="bold")
        for change in of_it[:shown]:
            sign, style = _SIGNS[change.kind]
            print_line(f"{sign} {_line(change)}", style=style, indent=2, cut=True)
        if len(of_it) > shown:
            print_line(f"... and {len(of_it) - shown} more; --all shows them", style="dim", indent=2)


def _line(change: Change) -> str:
    said = [each for each in (change.before, change.after) if each is not None]
    values = " -> ".join(dict.fromkeys(said))
    return "  ".join(each for each in (change.paper, change.entity, values) if each)
