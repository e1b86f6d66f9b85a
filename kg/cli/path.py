"""``kg path``: how two things hang together."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import db_option, format_option
from kg.cli.output import Part, print_answer, print_line, say

if TYPE_CHECKING:
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
    print_line(*_heading(found.start))
    for step in found.steps:
        _print_step(step)
    count = len(found.steps)
    say(f"{count} step{'s' * (count != 1)}" if count else "both names stand for this")


def _print_step(step: PathStep) -> None:
    from kg.text.reading import render

    relation = str(step.relation).replace("_", " ")
    # Read from the top down: "<-" for what the lower of the two says of the upper.
    sure = "" if step.confidence is None else f"  {step.confidence:.2f}"
    print_line((f"{'->' if step.forward else '<-'} {relation}", "cyan"), (sure, "cyan dim"), indent=2)
    if step.evidence is not None and step.evidence.passage != "title":
        print_line(f"\u201c{render(step.evidence.sentence).text}\u201d", style="italic", indent=5)
    print_line(*_heading(step.target))


def _heading(thing: Thing) -> tuple[Part, Part]:
    return (thing.label, "bold"), f"  {thing.date or ''}" if thing.is_paper else f"  {thing.kind}"
