"""``kg build``: the main job."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import db_option
from kg.cli.output import one_line

if TYPE_CHECKING:
    from kg.building import BuildSummary, Progress

__all__ = ["build"]

_REJECTS_SHOWN = 10


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@db_option
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    help="Keep links at least this sure: lower finds more, higher errs less. By default as before, or 0.45.",
)
@click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
def build(sources: tuple[str, ...], db: Path, min_confidence: float | None, quiet: bool) -> None:
    """Read papers, find what they name, and build or grow the graph.

    SOURCE is a file, a folder, a glob, or - for standard input. A second run does only what is new; a run that was
    interrupted goes on where it stopped. A source that cannot be read is skipped and makes the exit code 2.

    \b
    Examples:
      kg build papers.txt
      kg build saved-pages/ more.jsonl --db my.db
      cat papers.jsonl | kg build -
    """
    from kg.building import build_graph

    with _progress(quiet=quiet) as progress:
        summary = build_graph(sources, db, progress, min_confidence)
    if not quiet:
        _report(summary, db)
    for error in summary.errors:
        click.echo(f"kg: skipped: {one_line(error)}", err=True)
    if summary.errors:
        # As grep has it: what could be done is done, and the exit code says that something could not.
        raise SystemExit(2)


def _progress(*, quiet: bool) -> AbstractContextManager[Progress | None]:
    """A bar with rate and time left, on a terminal only."""
    return nullcontext() if quiet or not sys.stderr.isatty() else _Bar()


class _Bar(AbstractContextManager["Progress | None"]):
    def __enter__(self) -> Progress:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        self._bar = Progress(
            TextColumn("reading papers"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
        )
        self._task = self._bar.add_task("", total=None)
        self._bar.start()
        return lambda done, total: self._bar.update(self._task, completed=done, total=total)

    def __exit__(self, *_: object) -> None:
        self._bar.stop()


def _report(summary: BuildSummary, db: Path) -> None:
    click.echo(
        f"{summary.entries} entries, {summary.papers} papers, {len(summary.rejects)} set aside"
        if summary.rejects
        else f"{summary.entries} entries, {summary.papers} papers, 0 lost",
        err=True,
    )
    for reject in summary.rejects[:_REJECTS_SHOWN]:
        click.echo(f"  set aside: {one_line(reject)}", err=True)
    if len(summary.rejects) > _REJECTS_SHOWN:
        click.echo(f"  ... and {len(summary.rejects) - _REJECTS_SHOWN} more", err=True)
    sources = f"{summary.sources_read} sources read, {summary.sources_unchanged} unchanged"
    click.echo(f"{sources}; {summary.new} papers newly extracted; {summary.seconds:.1f} s; graph in {db}", err=True)
