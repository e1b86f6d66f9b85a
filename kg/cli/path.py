"""``kg path``: how two things hang together."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import db_option, format_option
from kg.cli.output import console, print_answer

if TYPE_CHECKING:
    from rich.text import Text

    from kg.questions.path import PathStep
    from kg.questions.things import Thing

__all__ = ["path"]


@click.command()
@click.argument("a")
@click.argument("b")
@format_option
@db_option
def path(a: str, b: str, output_format: str, db: Path) -> None:
    """Show a shortest path between two entities or papers, every step with the sentence that proves it.

    Steps go from paper to entity, from an entity to its family, or back. Of paths equally short, the surest is shown.
    Exit code 1 when nothing connects the two.

    \b
    Examples:
      kg path GRPO GSM8K
      kg path "Let's Verify Step by Step" PPO --format json
    """
    from kg.questions import path as question
    from kg.store import GraphReader

    with GraphReader(db) as reader:
        found = question.ask(reader, question.PathRequest(a, b))
    if output_format != "table":
        print_answer(found, output_format)
        return
    out = console()
    out.print(_heading(found.start))
    for step in found.steps:
        _print_step(step)
    count = len(found.steps)
    click.echo(f"{count} step{'s' * (count != 1)}" if count else "both names stand for this", err=True)


def _print_step(step: PathStep) -> None:
    from rich.padding import Padding
    from rich.text import Text

    from kg.text.reading import render

    out = console()
    relation = str(step.relation).replace("_", " ")
    # Read from the top down: "<-" for what the lower of the two says of the upper.
    arrow = Text(f"  {'->' if step.forward else '<-'} {relation}", style="cyan")
    if step.confidence is not None:
        arrow.append(f"  {step.confidence:.2f}", style="dim")
    out.print(arrow)
    if step.evidence is not None and step.evidence.passage == "abstract":
        out.print(Padding(Text(f"\u201c{render(step.evidence.sentence).text}\u201d", style="italic"), (0, 0, 0, 5)))
    out.print(_heading(step.target))


def _heading(thing: Thing) -> Text:
    from rich.text import Text

    return Text.assemble((thing.label, "bold"), f"  {thing.date or ''}" if thing.is_paper else f"  {thing.kind}")
