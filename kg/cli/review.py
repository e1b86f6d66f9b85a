"""``kg review``: what a person should look at, each with the commands that settle it."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from pathlib import Path

import click

from kg.cli.options import DEFAULT_DB, db_option, format_option, overlay_option
from kg.cli.output import Row, print_line, print_rows, print_unfolded, say

__all__ = ["review"]


@click.command()
@click.option(
    "--limit", type=click.IntRange(min=1), default=20, show_default=True, help="At most so many of each kind."
)
@overlay_option
@format_option
@db_option
def review(limit: int, overlay: Path | None, output_format: str, db: Path) -> None:
    """List what a person should look at, each with the command that settles it.

    What touches the most papers comes first; the number before each is how many. Short names that no paper spells out,
    things that several papers say are their own, data that looks like hardware or that nobody measures on; names that
    are spelt so alike that they may be one thing (they are never merged for that alone), papers of which their sources
    do not tell whether they are one, papers that may mean another thing of the same name, and the links that are least
    certain. Exit code 1 when there is nothing.

    \b
    Examples:
      kg review
      kg review --limit 100 --format csv
    """
    from kg.curating import settled_entities
    from kg.questions import review as question
    from kg.store import GraphReader
    from kg.wire import rows as rows_of

    settled = settled_entities(db, overlay)
    with GraphReader(db) as reader:
        found = question.ask(reader, question.ReviewRequest(limit, settled))
    command = _commands(db, overlay)
    rows = [{**_told(row), **_answers(row, command)} for row in rows_of(found)]
    if output_format == "table":
        _print_for_people(rows)
    else:
        print_rows(rows, output_format)
    if not rows:
        say("kg: nothing to review")
        raise SystemExit(1)


def _told(row: Row) -> dict[str, object]:
    return {key: row[key] for key in ("what", "about", "score", "papers")}


def _answers(row: Row, command: Callable[..., str]) -> dict[str, object]:
    """The commands that settle a doubt, either way."""
    entity, into, paper = row["entity"], row["into"], row["paper"]
    if entity is None:
        return {"if_so": command("one-paper", paper, into), "if_not": command("two-papers", paper, into)}
    if row["what"] == "maybe several things":
        apart = f"{entity}-{str(paper).partition('/')[2].replace('/', '-')}"
        one = command("split", entity, row["name"], apart, "--paper", paper)
        return {"if_so": one, "if_not": command("accept", entity)}
    if paper is None and into is None:
        return {"if_so": command("reject", entity), "if_not": command("accept", entity)}
    if paper is None:
        return {"if_so": command("merge", entity, into), "if_not": command("accept", entity)}
    kept = command("accept", entity, "--paper", paper)
    if into is not None:
        return {"if_so": command("split", entity, row["name"], into, "--paper", paper), "if_not": kept}
    return {
        "if_so": kept,
        "if_not": command("reject", entity, "--paper", paper),
    }


def _commands(db: Path, overlay: Path | None) -> Callable[..., str]:
    """How to say a correction of this graph, fit for pasting."""
    where = [] if db == DEFAULT_DB else ["--db", str(db)]
    where += ["--overlay", str(overlay)] if overlay else []
    return lambda *words: shlex.join(["kg", "curate", *words, *where])


def _print_for_people(rows: list[dict[str, object]]) -> None:
    for row in rows:
        print_line((f"{row['papers']:>4}  ", "dim"), (f"{row['what']}: ", "cyan"), str(row["about"]), cut=True)
        for answer, key in (("yes", "if_so"), ("no", "if_not")):
            print_unfolded(f"{answer:3}  {row[key]}", indent=2)
