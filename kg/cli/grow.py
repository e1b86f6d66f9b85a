"""``kg add``, ``kg remove``: a graph that grows and shrinks."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.build import finish
from kg.cli.options import db_option, jobs_option, overlay_option, quiet_option

__all__ = ["add", "remove"]


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@db_option
@overlay_option
@jobs_option
@quiet_option
def add(sources: tuple[str, ...], db: Path, overlay: Path | None, jobs: int, quiet: bool) -> None:
    """Add papers to a graph that is there already.

    Does what kg build does, but makes no new graph, so that a misspelt --db is an error.

    \b
    Example:
      kg add papers-of-june.jsonl
    """
    from kg.building import build_graph, moment_of_building
    from kg.cli.progress import reporter

    moment = moment_of_building()
    with reporter(quiet=quiet) as reports:
        summary = build_graph(sources, db, reports, jobs=jobs, create=False, overlay=overlay, moment=moment)
    finish(summary, db, quiet=quiet)


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@db_option
@overlay_option
@jobs_option
@quiet_option
def remove(sources: tuple[str, ...], db: Path, overlay: Path | None, jobs: int, quiet: bool) -> None:
    """Take out of the graph exactly what only these sources contributed.

    SOURCE is a file, folder or glob as it was given to kg build, whether it still exists or not; the name of a source
    as kg show prints it; or - for all that came from standard input. If one is no source of the graph, nothing is
    removed.

    \b
    Examples:
      kg remove papers-of-june.jsonl
      kg remove saved-pages/
    """
    from kg.building import remove_sources
    from kg.cli.progress import reporter

    with reporter(quiet=quiet) as reports:
        summary = remove_sources(sources, db, reports, jobs=jobs, overlay=overlay)
    finish(summary, db, quiet=quiet)
