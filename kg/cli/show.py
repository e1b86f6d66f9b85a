"""``kg show``: all about one thing."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import db_option
from kg.cli.output import print_line, print_object, print_table, print_text, print_unfolded, say, title_parts
from kg.cli.results import print_board
from kg.model import EntityType, text_of
from kg.text.reading import render

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.questions.entity import EntityProfile
    from kg.questions.paper import PaperProfile
    from kg.questions.results import ResultRow

__all__ = ["show"]

_BOARDS_SHOWN = 1
_VALUE_SHOWN = 40  # characters, where sources differ
_AUTHORS_SHOWN, _SUBJECTS_SHOWN, _ADDRESSES_SHOWN = 10, 20, 5


@click.command()
@click.argument("name")
@click.option("--type", "kind", type=click.Choice([str(t) for t in EntityType]), help="Only a thing of this type.")
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="How to print: for people, or for programs.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=8,
    show_default=True,
    help="At most so many papers a relation, and results.",
)
@db_option
def show(name: str, kind: str | None, limit: int, output_format: str, db: Path) -> None:
    """Show all about one entity or one paper.

    NAME is any spelling of an entity, or a paper's id, arXiv id, DOI, address or title, or words that only its title
    has.

    \b
    Examples:
      kg show GRPO
      kg show "Let's Verify Step by Step"
      kg show https://arxiv.org/abs/2402.03300
    """
    from kg.questions import show as question
    from kg.store import GraphReader

    with GraphReader(db) as reader:
        found = question.ask(reader, question.ShowRequest(name, EntityType(kind) if kind else None))
    if output_format == "json":
        from kg.wire import plain

        print_object(plain(found))
    elif found.paper is not None:
        _show_paper(found.paper)
    elif found.entity is not None:
        _show_entity(found.entity, limit)
    if found.others:
        say(f"kg: {name!r} is also {', '.join(found.others)}; name one by that")


def _show_entity(profile: EntityProfile, limit: int) -> None:
    entity = profile.entity
    print_line((entity.label, "bold"), f"  {entity.type}", (f"  {entity.id}", "dim"))
    _print_list("also called", entity.aliases)
    _print_list("family", profile.ancestors)
    _print_list("members", [f"{m.label} ({m.papers})" for m in profile.members if m.papers][:12])
    _print_addresses(profile)
    for board in profile.boards[:_BOARDS_SHOWN]:
        print_line()
        print_board(board, limit)
    if len(profile.boards) > _BOARDS_SHOWN:
        more = len(profile.boards) - _BOARDS_SHOWN
        print_line(f"... and {more} more boards: kg results --benchmark {shlex.quote(entity.label)}", style="dim")
    for relation, papers in profile.papers_by_relation.items():
        count = f"{len(papers)} paper{'s' * (len(papers) != 1)}"
        _print_lines(f"{str(relation).replace('_', ' ')}: {count}", [render(title).text for _, title in papers], limit)
    if not profile.boards:
        _print_lines("results", [_result(row) for row in profile.results], limit)
    if profile.neighbours:
        print_line()
        _print_list("often with", [f"{n.label} ({n.papers})" for n in profile.neighbours])


def _print_addresses(profile: EntityProfile) -> None:
    """Where the vocabulary says that more is to be found."""
    for paper in profile.introduced_in:
        print_unfolded(f"introduced in: {paper.address}" + (f"  {render(paper.title).text}" if paper.title else ""))
    for heading, addresses in (("homepage", profile.entity.homepages), ("same as", profile.entity.exact_matches)):
        for address in addresses:
            print_unfolded(f"{heading}: {address}")


def _result(row: ResultRow) -> str:
    parts = (row.value, row.metric, row.on and f"on {row.on}", row.of and f"by {row.of}", f"({render(row.title).text})")
    return "  ".join(part for part in parts if part)


def _print_lines(heading: str, lines: list[str], limit: int) -> None:
    if not lines:
        return
    print_line()
    print_line(heading, style="cyan")
    for line in lines[:limit]:
        print_line(line, indent=2, cut=True)
    if len(lines) > limit:
        print_line(f"... and {len(lines) - limit} more", style="dim", indent=2)


def _print_list(heading: str, values: tuple[str, ...] | list[str]) -> None:
    if values:
        print_line((f"{heading}: ", "cyan"), ", ".join(values))


def _show_paper(profile: PaperProfile) -> None:
    paper = profile.paper
    print_line(*title_parts(paper))
    count = paper.author_count and not paper.authors and f"{paper.author_count} authors"
    doi = paper.doi and not paper.id.startswith("doi/") and f"doi/{paper.doi}"
    facts = (paper.id, doi, paper.date, paper.type and paper.type.replace("-", " "), paper.organisation, count)
    print_line("  ".join(str(fact) for fact in facts if fact), style="dim")
    _print_list("by", _some([author.name for author in paper.authors], _AUTHORS_SHOWN))
    _print_list("in", (paper.venue,) if paper.venue else ())
    print_line()
    print_table(
        [("relation", "left"), ("type", "left"), ("entity", "left"), ("sure", "right")],
        [(link.relation, link.type, link.entity, f"{link.confidence:.2f}") for link in profile.links],
    )
    if profile.results:
        print_line()
        print_table(
            [("result", "right"), ("metric", "left"), ("on", "left"), ("by", "left")],
            [(r.value, *(text_of(slot) or "" for slot in (r.metric, r.on, r.of))) for r in profile.results],
        )
    print_line()
    print_text(render(paper.abstract).text)
    print_line()
    _print_list("keywords", _some(paper.keywords, _SUBJECTS_SHOWN))
    _print_list("categories", _some(paper.categories, _SUBJECTS_SHOWN))
    for heading, addresses in (("code", paper.repositories), ("at", paper.urls)):
        for address in _some(addresses, _ADDRESSES_SHOWN):
            print_unfolded(f"{heading}: {address}")
    _print_list("read in", paper.sources)
    for conflict in profile.disagreements:
        print_line(f"sources differ on {conflict.field.replace('_', ' ')}", style="yellow")
        for value, places in conflict.values:
            print_line(f"{_shortened(value)}  ({', '.join(places)})", indent=2, cut=True)


def _some(values: Sequence[str], most: int) -> list[str]:
    """The first of them, and how many more there are."""
    return list(values) if len(values) <= most else [*values[:most], f"and {len(values) - most} more"]


def _shortened(value: str) -> str:
    return value if len(value) <= _VALUE_SHOWN else f"{value[: _VALUE_SHOWN - 4]} ... [{len(value)} characters]"
