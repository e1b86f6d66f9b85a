"""``kg show``, ``kg entities``, ``kg stats``: looking around."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import db_option, format_option
from kg.cli.output import console, print_rows, print_table
from kg.errors import NotFoundError
from kg.model import EntityType

if TYPE_CHECKING:
    from kg.query import EntityProfile, PaperProfile

__all__ = ["entities", "show", "stats"]

_PAPERS_SHOWN = 8
_VALUE_SHOWN = 40  # characters, where sources differ


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
@db_option
def show(name: str, kind: str | None, output_format: str, db: Path) -> None:
    """Show all about one entity or one paper.

    NAME is any spelling of an entity, a paper's id, its title, or words that only its title has.

    \b
    Examples:
      kg show GRPO
      kg show "Let's Verify Step by Step"
    """
    from kg.query import find_entities, profile_entity, profile_paper
    from kg.store import GraphReader

    with GraphReader(db) as reader:
        try:
            found = find_entities(reader, name, EntityType(kind) if kind else None)
        except NotFoundError as not_an_entity:
            try:
                _show_paper(profile_paper(reader, name), output_format)
            except NotFoundError as not_a_paper:
                raise (not_a_paper if not_a_paper.suggestions else not_an_entity) from None
            return
        profile = profile_entity(reader, found[0])
        if profile is not None:
            _show_entity(profile, output_format)
        if len(found) > 1:
            click.echo(f"kg: {name!r} is also {', '.join(found[1:])}; name one by that", err=True)


def _show_entity(profile: EntityProfile, output_format: str) -> None:
    if output_format == "json":
        from dataclasses import asdict

        print_rows(asdict(profile), "json")  # type: ignore[arg-type]
        return
    from rich.text import Text

    out, entity = console(), profile.entity
    out.print(Text.assemble((entity.label, "bold"), f"  {entity.type}", (f"  {entity.id}", "dim")))
    _print_list("also called", entity.aliases)
    _print_list("family", profile.ancestors)
    _print_list("members", [f"{m.label} ({m.papers})" for m in profile.members if m.papers][:12])
    for relation, papers in profile.papers_by_relation.items():
        out.print()
        out.print(
            Text(f"{str(relation).replace('_', ' ')}: {len(papers)} paper{'s' * (len(papers) != 1)}", style="cyan")
        )
        for _, title in papers[:_PAPERS_SHOWN]:
            out.print(Text(f"  {title}"), overflow="ellipsis", no_wrap=True)
        if len(papers) > _PAPERS_SHOWN:
            out.print(Text(f"  ... and {len(papers) - _PAPERS_SHOWN} more", style="dim"))
    if profile.results:
        out.print()
        out.print(Text("results", style="cyan"))
        for row in profile.results[:_PAPERS_SHOWN]:
            parts = (row.value, row.metric, row.on and f"on {row.on}", row.of and f"by {row.of}")
            out.print(Text(f"  {'  '.join(part for part in parts if part)}"), overflow="ellipsis", no_wrap=True)
    if profile.neighbours:
        out.print()
        _print_list("often with", [f"{n.label} ({n.papers})" for n in profile.neighbours])


def _print_list(heading: str, values: tuple[str, ...] | list[str]) -> None:
    from rich.text import Text

    if values:
        console().print(Text.assemble((f"{heading}: ", "cyan"), ", ".join(values)))


def _show_paper(profile: PaperProfile, output_format: str) -> None:
    if output_format == "json":
        from dataclasses import asdict

        print_rows(asdict(profile), "json")  # type: ignore[arg-type]
        return
    from rich.text import Text

    from kg.text.latex import render

    out, paper = console(), profile.paper
    out.print(Text(render(paper.title).text, style="bold"))
    facts = (paper.id, paper.date, paper.organisation, paper.author_count and f"{paper.author_count} authors")
    out.print(Text("  ".join(str(fact) for fact in facts if fact), style="dim"))
    out.print()
    print_table(
        [("relation", "left"), ("type", "left"), ("entity", "left"), ("sure", "right")],
        [(link.relation, link.type, link.entity, f"{link.confidence:.2f}") for link in profile.links],
    )
    if profile.results:
        out.print()
        print_table(
            [("result", "right"), ("metric", "left"), ("on", "left"), ("by", "left")],
            [(r.value, r.metric or "", r.on or "", r.of or "") for r in profile.results],
        )
    out.print()
    out.print(Text(render(paper.abstract).text))
    out.print()
    _print_list("read in", paper.sources)
    for conflict in profile.disagreements:
        out.print(Text(f"sources differ on {conflict.field.replace('_', ' ')}", style="yellow"))
        for value, places in conflict.values:
            out.print(Text(f"  {_shortened(value)}  ({', '.join(places)})"), overflow="ellipsis", no_wrap=True)


def _shortened(value: str) -> str:
    return value if len(value) <= _VALUE_SHOWN else f"{value[: _VALUE_SHOWN - 4]} ... [{len(value)} characters]"


@click.command()
@click.option("--type", "kind", type=click.Choice([str(t) for t in EntityType]), help="Only entities of this type.")
@click.option(
    "--sort",
    type=click.Choice(["papers", "name"]),
    default="papers",
    show_default=True,
    help="The most named first, or by name.",
)
@click.option("--limit", type=click.IntRange(min=1), help="At most so many; in a table 40 if not given.")
@format_option
@db_option
def entities(kind: str | None, sort: str, limit: int | None, output_format: str, db: Path) -> None:
    """List the things that papers name, with the number of papers.

    \b
    Examples:
      kg entities --type benchmark
      kg entities --sort name --format csv
    """
    from kg.query import list_entities
    from kg.store import GraphReader

    shown = limit or (40 if output_format == "table" else None)
    with GraphReader(db) as reader:
        found = list_entities(reader, EntityType(kind) if kind else None, sort=sort, limit=shown)
    if output_format == "table":
        print_table(
            [("papers", "right"), ("type", "left"), ("name", "left")], [(e.papers, e.type, e.label) for e in found]
        )
    else:
        rows = [
            {"id": e.id, "name": e.label, "type": e.type, "papers": e.papers, "introduced_by": e.introduced_by}
            for e in found
        ]
        print_rows(rows, output_format)
    if not found:
        click.echo("kg: no entity", err=True)
        raise SystemExit(1)


@click.command()
@format_option
@db_option
def stats(output_format: str, db: Path) -> None:
    """Count what the graph holds.

    \b
    Example:
      kg stats --format json
    """
    from kg.query import count_graph
    from kg.store import GraphReader

    with GraphReader(db) as reader:
        counts = count_graph(reader)
    rows: list[tuple[str, object]] = [
        ("papers", counts.papers),
        ("records", counts.records),
        ("set aside", counts.rejects),
        ("sources", counts.sources),
        ("first date", counts.first_date or "unknown"),
        ("last date", counts.last_date or "unknown"),
        *((f"{kind} entities", number) for kind, number in counts.entities.items()),
        *((f"{str(relation).replace('_', ' ')} links", number) for relation, number in counts.links.items()),
        ("pieces of evidence", counts.evidence),
        ("results", counts.results),
    ]
    if output_format == "table":
        print_table([("what", "left"), ("count", "right")], rows)
    elif output_format == "csv":
        print_rows([{"what": what, "count": number} for what, number in rows], "csv")
    else:
        flat = {what.replace(" ", "_"): number for what, number in rows}
        print_rows([flat], output_format)
