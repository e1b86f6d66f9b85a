"""The main job: read, unify, extract, link, store. Idempotent and resumable.

Each step does only what is not yet done, which the graph file itself tells; a build that was killed goes on where it
stopped and ends in the same graph. Growing, shrinking and linking anew are the same job with another first step.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from kg.building.extract import extract_pending
from kg.building.link import link
from kg.building.report import SourceReport, Tally
from kg.building.unify import unify
from kg.engines import Engine
from kg.errors import GraphError, KgError, SourceError
from kg.extraction.recipe import Recipe
from kg.linking import DEFAULT_MIN_CONFIDENCE, Curation
from kg.linking.overlay import default_overlay, read_overlay
from kg.model import EntityType, Reject
from kg.sources import SourceFile, find_sources, read_source
from kg.sources.stored import stored_sources
from kg.store.lock import build_lock
from kg.store.writer import GraphWriter
from kg.text.dates import is_date

__all__ = ["BuildSummary", "Reporter", "bring_up_to_date", "build_graph", "building", "remove_sources"]

_MIN_CONFIDENCE, _PIPELINE = "min_confidence", "pipeline"  # what users may choose for a graph


@dataclass(frozen=True, slots=True)
class BuildSummary:
    """What a build did, and what the graph holds after it.

    ``entries`` = records stored + ``rejects`` + ``older`` + ``undated``, and records = ``papers`` + ``duplicates``, for
    papers are what the records amount to. ``older`` and ``undated`` were left out by ``since``, the latter because
    nobody can tell their date. ``new`` papers were extracted by this build. ``entities`` counts those that papers name.
    ``sources`` are those that this build read.
    """

    entries: int
    papers: int
    duplicates: int
    older: int
    undated: int
    new: int
    sources_read: int
    sources_unchanged: int
    sources_removed: int
    rejects: tuple[Reject, ...]
    errors: tuple[SourceError, ...]
    sources: tuple[SourceReport, ...]
    entities: dict[EntityType, int]
    seconds: float


class Reporter:
    """What a build tells while it runs. This one keeps silent."""

    def progress(self, step: str, done: int, total: int) -> None:
        """So many papers of a step ("extracting") are done."""

    def say(self, line: str) -> None:
        """Something that a person should know."""


@dataclass(slots=True)
class _Read:
    """What became of the sources."""

    read: int = 0
    unchanged: int = 0
    removed: int = 0
    sources: tuple[SourceReport, ...] = ()
    errors: tuple[SourceError, ...] = ()


def build_graph(
    sources: Iterable[str],
    path: Path,
    reporter: Reporter | None = None,
    min_confidence: float | None = None,
    *,
    jobs: int | Engine = 1,
    since: str | None = None,
    create: bool = True,
    overlay: Path | None = None,
    recipe: Recipe | None = None,
    moment: datetime | None = None,
) -> BuildSummary:
    """Build or grow the graph at ``path`` from files, folders, globs or ``-``.

    Sources that cannot be read, or of which every entry had to be set aside, are reported in the summary and cost
    nothing but themselves. Links of at least
    ``min_confidence`` (0 to 1) are kept: lower finds more, higher errs less; without it what the graph was built with
    before, or 0.4. To change it only links anew.

    ``since`` (``2024``, ``2024-06`` or ``2024-06-30``) takes in only what these sources date from then on. Without
    ``create`` there must be a graph already. ``overlay`` is the file of what people decided, by default the one beside
    the graph, if it is there (see ``kg.linking.overlay``).

    ``jobs`` processes, or an engine of your own, extract where there is enough to do; the graph does not depend on it.
    Processes are started afresh, so a script that asks for several needs the usual ``if __name__ == "__main__":``.

    ``recipe`` is what extracts; without it what the graph was built with before, or the shipped one. Without sources,
    a graph that is there is brought up to date with this version of ``kg``.

    ``moment``, with its time zone, is kept as the time at which what these sources bring came, for those who ask what
    is new; without it, only the order of builds is known. No export depends on it.

    Raises:
        GraphError: the graph file cannot be written, or is not there and not to be made.
        SourceError: none of the sources can be read.
        ExtractionError: processes that extract die again and again.
        CurationError: a rule of the overlay is wrong.
        KgError: ``since`` is no date, or ``moment`` has no time zone.
    """
    started = time.monotonic()
    reporter = reporter or Reporter()
    _curation(path, overlay)  # what is wrong with it is told before the work begins
    if since is not None and not is_date(since):
        raise KgError(f"{since!r} is no date; write 2024, 2024-06 or 2024-06-30")
    with building(path, reporter, create=create, moment=moment) as writer:
        done = _read_sources(writer, sources, since)
        if done.errors and not done.read and not done.unchanged:
            more = f" (and {len(done.errors) - 1} more sources)" if len(done.errors) > 1 else ""
            raise SourceError(f"{done.errors[0]}{more}")
        if min_confidence is not None:
            writer.choose(_MIN_CONFIDENCE, repr(min_confidence))
        if recipe is not None:
            writer.choose(_PIPELINE, recipe.config)
        return _finish(writer, done, overlay, reporter, jobs, started)


def remove_sources(
    sources: Sequence[str],
    path: Path,
    reporter: Reporter | None = None,
    *,
    jobs: int | Engine = 1,
    overlay: Path | None = None,
) -> BuildSummary:
    """Take out of the graph at ``path`` exactly what only these sources contributed.

    A source is named as it was when it was read (file, folder, glob, ``-`` for all that came from standard input), or
    by the name that the graph shows of it. The files need not exist any more.

    Raises:
        GraphError: there is no such graph, or it cannot be written.
        SourceError: a name stands for no source of the graph; nothing is removed then.
        CurationError: a rule of the overlay is wrong.
    """
    started = time.monotonic()
    reporter = reporter or Reporter()
    _curation(path, overlay)
    with building(path, reporter, create=False) as writer:
        stored = writer.sources()
        keys = dict.fromkeys(key for name in sources for key in stored_sources(name, stored))
        writer.remove_sources(keys)
        return _finish(writer, _Read(removed=len(keys)), overlay, reporter, jobs, started)


def _curation(path: Path, overlay: Path | None) -> Curation:
    return read_overlay(overlay or default_overlay(path), required=overlay is not None)


@contextmanager
def building(path: Path, reporter: Reporter, *, create: bool, moment: datetime | None = None) -> Iterator[GraphWriter]:
    """The graph file, open for building by us alone."""
    if not create and not path.exists():
        raise GraphError(f"{path}: no such graph; make it with 'kg build SOURCE... --db {path}'")
    waiting = f"another build is writing to {path}; waiting for it to end"
    with build_lock(path, lambda: reporter.say(waiting)), GraphWriter(path, moment) as writer:
        yield writer


def _finish(
    writer: GraphWriter, done: _Read, overlay: Path | None, reporter: Reporter, jobs: int | Engine, started: float
) -> BuildSummary:
    extracted = bring_up_to_date(writer, overlay, reporter, jobs)
    counts = writer.counts()
    return BuildSummary(
        entries=counts["records"] + counts["rejects"] + counts["older"] + counts["undated"],
        papers=counts["papers"],
        duplicates=counts["records"] - counts["papers"],
        older=counts["older"],
        undated=counts["undated"],
        new=extracted,
        sources_read=done.read,
        sources_unchanged=done.unchanged,
        sources_removed=done.removed,
        rejects=tuple(writer.rejects()),
        errors=done.errors,
        sources=done.sources,
        entities=writer.entity_counts(),
        seconds=time.monotonic() - started,
    )


def bring_up_to_date(
    writer: GraphWriter, overlay: Path | None, reporter: Reporter, jobs: int | Engine, *, undone: bool = False
) -> int:
    """All steps after the sources, each only where something is to do; how many papers were extracted."""
    # Read under the lock, however early it was checked: somebody may have decided something meanwhile.
    curation = _curation(writer.path, overlay)
    unify(writer, curation.papers, reporter.say, undone=undone)
    config = writer.chosen(_PIPELINE)
    recipe = Recipe.shipped() if config is None else Recipe(config)
    extracted = extract_pending(writer, recipe, jobs, partial(reporter.progress, "extracting"), reporter.say)
    chosen = writer.chosen(_MIN_CONFIDENCE)
    least = DEFAULT_MIN_CONFIDENCE if chosen is None else float(chosen)
    link(writer, curation, least, partial(reporter.progress, "linking"), reporter.say, undone=undone)
    return extracted


# Sources


def _read_sources(writer: GraphWriter, names: Iterable[str], since: str | None) -> _Read:
    done, errors, reports = _Read(), [], []
    for source in find_sources(names):
        try:
            if isinstance(source, SourceError):
                raise source
            if report := _read_one(writer, source, since):
                reports.append(report)
                done.read += 1
            else:
                done.unchanged += 1
        except SourceError as error:
            errors.append(error)
    done.errors, done.sources = tuple(errors), tuple(reports)
    return done


def _read_one(writer: GraphWriter, source: SourceFile, since: str | None) -> SourceReport | None:
    """Store a source unless it is stored already; what was read of it, if it had to be.

    One of which nothing can be read changes nothing: what the graph has of it from before stays.
    """
    digest = source.digest()
    state = writer.source_state(source.key)
    if state is not None and state.complete and state.digest == digest and state.since == since:
        return None
    tally = Tally(source.name)
    writer.replace_source(source.key, source.name, digest, tally.counted(read_source(source)), since)
    return tally.report()
