"""``kg build``: the main job."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import db_option, jobs_option, overlay_option, quiet_option
from kg.cli.output import say

if TYPE_CHECKING:
    from kg.building import BuildSummary, Reason

__all__ = ["build", "finish"]

_REASONS_SHOWN = 10


@click.command()
@click.argument("sources", nargs=-1, metavar="SOURCE...")
@db_option
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    help="Keep links at least this sure: lower finds more, higher errs less. By default as before, or 0.4.",
)
@click.option(
    "--since", metavar="DATE", help="Take in only papers dated from then on (2024, 2024-06, 2024-06-30), none undated."
)
@click.option(
    "--pipeline",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Extract by this configuration (spaCy's), from now on. By default as before, or the shipped one.",
)
@overlay_option
@jobs_option
@quiet_option
def build(
    sources: tuple[str, ...],
    db: Path,
    min_confidence: float | None,
    since: str | None,
    pipeline: Path | None,
    overlay: Path | None,
    jobs: int,
    quiet: bool,
) -> None:
    """Read papers, find what they name, and build or grow the graph.

    SOURCE is a file, a folder, a glob, or - for standard input. A second run does only what is new; a run that was
    interrupted goes on where it stopped. A source that cannot be read is skipped and makes the exit code 2. Without a
    SOURCE, a graph that is there is brought up to date with this version of kg.

    \b
    Examples:
      kg build papers.txt
      kg build saved-pages/ more.jsonl --db my.db
      kg build snapshot.jsonl --since 2024-06
      cat papers.jsonl | kg build -
    """
    from kg.building import build_graph, moment_of_building
    from kg.cli.progress import reporter
    from kg.extraction.recipe import Recipe

    if not sources and not db.exists():
        raise click.UsageError(
            f"name the papers to build from, as 'kg build papers.txt'; there is no graph at {db} yet"
        )
    recipe = Recipe.read(pipeline) if pipeline else None
    with reporter(quiet=quiet) as reports:
        summary = build_graph(
            sources, db, reports, min_confidence,
            jobs=jobs, since=since, overlay=overlay, recipe=recipe, moment=moment_of_building(),
        )  # fmt: skip
    finish(summary, db, quiet=quiet)


def finish(summary: BuildSummary, db: Path, *, quiet: bool) -> None:
    """Print what was done; exit code 2 if some source had to be skipped."""
    if not quiet:
        _report(summary, db)
    for error in summary.errors:
        say(f"kg: skipped: {error}")
    if summary.errors:
        # As grep has it: what could be done is done, and the exit code says that something could not.
        raise SystemExit(2)


def _report(summary: BuildSummary, db: Path) -> None:
    lost = f"{len(summary.rejects)} set aside" if summary.rejects else "0 lost"
    lines = [f"{summary.entries} entries, {summary.papers} papers, {lost}", *_set_aside(summary), *_remarks(summary)]
    if summary.older:
        lines.append(f"{summary.older} entries left out, older than asked for")
    if summary.undated:
        lines.append(f"{summary.undated} entries left out, nobody can tell their date")
    sources = f"{summary.sources_read} sources read, {summary.sources_unchanged} unchanged"
    if summary.sources_removed:
        sources = f"{summary.sources_removed} sources removed"
    papers = f"{summary.new} papers newly extracted, {summary.papers - summary.new} as they were"
    lines.append(f"{sources}; {papers}, {summary.duplicates} duplicates merged")
    named = ", ".join(_count(number, kind) for kind, number in summary.entities.items() if number)
    lines.append(f"named: {named or 'nothing'}")
    lines.append(f"{summary.seconds:.1f} s; graph in {db}")
    for line in lines:
        say(line)


def _set_aside(summary: BuildSummary) -> Iterator[str]:
    from kg.building import reasons_of

    return _shown("set aside", reasons_of(summary.rejects))


def _remarks(summary: BuildSummary) -> Iterator[str]:
    """What the sources that were read leave open."""
    for source in summary.sources:
        yield from _shown("note", source.remarks)
        if source.records and source.without_abstract == source.records:
            yield f"  {source.name}: none of {_count(source.records, 'record')} has an abstract"
    without = [source for source in summary.sources if source.without_abstract < source.records]
    if lacking := sum(source.without_abstract for source in without):
        yield f"  {_count(lacking, 'record')} without an abstract"


def _shown(what: str, reasons: Sequence[Reason]) -> Iterator[str]:
    yield from (f"  {what}: {reason}" for reason in reasons[:_REASONS_SHOWN])
    if rest := sum(reason.count for reason in reasons[_REASONS_SHOWN:]):
        yield f"  ... and {rest:,} more, for other reasons"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'s' * (number != 1)}"
