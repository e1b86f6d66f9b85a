"""``kg view``: the graph to look at."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from kg.cli.options import db_option
from kg.cli.output import say, say_left_out
from kg.model import EntityType
from kg.text.dates import is_date

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
    "--depth",
    type=click.IntRange(1, 3),
    default=1,
    show_default=True,
    help="With --focus: how many steps around it, each over a paper to all that it names.",
)
@click.option(
    "--types",
    metavar="TYPE,...",
    help=f"Only entities of these types (and the focus): {', '.join(EntityType)}.",
    callback=lambda context, option, value: _types(value),
)
@click.option(
    "--min-papers",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="Only what so many papers name (and the focus).",
)
@click.option(
    "--since",
    metavar="DATE",
    help="Only papers of that date or later (2024, 2024-06, 2024-06-30).",
    callback=lambda context, option, value: _date(value),
)
@click.option("--top", type=click.IntRange(min=1), help="Only the so many entities that most papers name.")
@click.option(
    "--renderer",
    type=click.Choice(["auto", "pyvis", "webgl"]),
    default="auto",
    show_default=True,
    help="What draws: pyvis for small graphs, WebGL for large ones.",
)
@db_option
def view(
    output: Path,
    focus: str | None,
    depth: int,
    types: tuple[EntityType, ...],
    min_papers: int,
    since: str | None,
    top: int | None,
    renderer: Literal["auto", "pyvis", "webgl"],
    db: Path,
) -> None:
    """Write one HTML file that shows the graph as a map; it opens anywhere, without a network.

    \b
    Examples:
      kg view
      kg view --focus GRPO --depth 2 -o outputs/grpo.html
      kg view --focus GRPO --types benchmark
      kg view --types method,benchmark --min-papers 2 --since 2024
    """
    from kg.questions.papers import PapersRequest, count_unknown
    from kg.store import GraphReader
    from kg.view import Part, write_view

    with GraphReader(db) as reader:
        drawn = write_view(reader, output, Part(focus, depth, types, min_papers, since, top), renderer=renderer)
        unknown = count_unknown(reader, PapersRequest(since=since))
    say_left_out(unknown)
    drawn_part = _counted(drawn.entities, drawn.papers)
    everything = _counted(drawn.all_entities, drawn.all_papers)
    of = "" if drawn_part == everything else f" (the graph has {everything})"
    say(f"wrote {output}: {drawn_part}{of}; open it in a browser")


def _counted(entities: int, papers: int) -> str:
    entity, paper = "entity" if entities == 1 else "entities", "paper" if papers == 1 else "papers"
    return f"{entities:,} {entity} and {papers:,} {paper}"


def _types(value: str | None) -> tuple[EntityType, ...]:
    names = [name.strip().lower() for name in value.split(",")] if value else []
    try:
        return tuple(EntityType(name) for name in names)
    except ValueError as error:
        raise click.BadParameter(f"{error}; there are {', '.join(EntityType)}") from None


def _date(value: str | None) -> str | None:
    if value is not None and not is_date(value):
        raise click.BadParameter(f"{value!r} is no date; write 2024, 2024-06 or 2024-06-30")
    return value
