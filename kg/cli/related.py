"""``kg related``: what goes together."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import db_option, format_option
from kg.cli.output import print_answer, print_table, say
from kg.model import EntityType

__all__ = ["related"]


@click.command()
@click.argument("name")
@click.option("--type", "kind", type=click.Choice([str(t) for t in EntityType]), help="Only entities of this type.")
@click.option(
    "--min-papers", type=click.IntRange(min=1), default=2, show_default=True, help="Only with so many papers in common."
)
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="At most so many.")
@click.option("--exact", is_flag=True, help="This very thing, not its family.")
@format_option
@db_option
def related(
    name: str, kind: str | None, min_papers: int, limit: int, exact: bool, output_format: str, db: Path
) -> None:
    """List the entities that the same papers name as NAME, more often than chance has it.

    Ranked by the log-likelihood ratio ("score"); "npmi" is 1 for what never goes alone and 0 for what goes together by
    chance. "both" of the "papers" that name the entity also name NAME or its family. Exit code 1 when there is none.

    \b
    Examples:
      kg related GSM8K
      kg related GRPO --type benchmark --format csv
    """
    from kg.questions import related as question
    from kg.store import GraphReader

    request = question.RelatedRequest(name, EntityType(kind) if kind else None, min_papers, limit, exact)
    with GraphReader(db) as reader:
        found = question.ask(reader, request)
    if output_format == "table" and found:
        columns = [("both", "right"), ("papers", "right"), ("score", "right"), ("npmi", "right"), ("type", "left")]
        print_table(
            [*columns, ("name", "left"), ("for example", "cut")],
            [
                (r.shared, r.papers, f"{r.score:.1f}", f"{r.npmi:.2f}", r.entity.kind, r.entity.label, r.example.label)
                for r in found
            ],
        )
    elif output_format != "table":
        print_answer(found, output_format)
    if not found:
        say(f"kg: nothing goes with {name!r} in {min_papers} papers or more")
        raise SystemExit(1)
