"""The main job: read, unify, extract, link, store. Idempotent and resumable.

Each step does only what is not yet done, which the graph file itself tells; a build that was killed goes on where it
stopped and ends in the same graph.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import SourceError
from kg.extraction.parallel import extract_in_processes, worthwhile_jobs
from kg.extraction.version import extraction_version
from kg.linking import Linker
from kg.model import EntityType, Extraction, Paper, Reject
from kg.sources import SourceFile, find_sources, read_source
from kg.store.lock import build_lock
from kg.store.writer import GraphWriter
from kg.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from kg.extraction.pipeline import Extractor

__all__ = ["BuildSummary", "Reporter", "build_graph"]

_BATCH = 64  # papers a transaction


@dataclass(frozen=True, slots=True)
class BuildSummary:
    """What a build did, and what the graph holds after it.

    ``entries`` = records stored + ``rejects``, and records = ``papers`` + ``duplicates``, for papers are what the
    records amount to. ``new`` of them were extracted by this build. ``entities`` counts those that papers name.
    """

    entries: int
    papers: int
    duplicates: int
    new: int
    sources_read: int
    sources_unchanged: int
    rejects: tuple[Reject, ...]
    errors: tuple[SourceError, ...]
    entities: dict[EntityType, int]
    seconds: float


class Reporter:
    """What a build tells while it runs. This one keeps silent."""

    def progress(self, step: str, done: int, total: int) -> None:
        """So many papers of a step ("extracting") are done."""

    def say(self, line: str) -> None:
        """Something that a person should know."""


def build_graph(
    sources: Iterable[str],
    path: Path,
    reporter: Reporter | None = None,
    min_confidence: float | None = None,
    *,
    jobs: int = 1,
) -> BuildSummary:
    """Build or grow the graph at ``path`` from files, folders, globs or ``-``.

    Sources that cannot be read are reported in the summary and cost nothing but themselves. Links of at least
    ``min_confidence`` (0 to 1) are kept: lower finds more, higher errs less; without it what the graph was built with
    before, or 0.45. To change it only links anew.

    ``jobs`` processes extract where there is enough to do; the graph does not depend on their number. They are started
    afresh, so a script that asks for several needs the usual ``if __name__ == "__main__":`` around its work.

    Raises:
        GraphError: the graph file cannot be written.
        SourceError: none of the sources can be read.
        ExtractionError: processes that extract die again and again.
    """
    started = time.monotonic()
    reporter = reporter or Reporter()
    with _building(path, reporter) as writer:
        read, unchanged, errors = _read_sources(writer, sources)
        if errors and not read and not unchanged:
            more = f" (and {len(errors) - 1} more sources)" if len(errors) > 1 else ""
            raise SourceError(f"{errors[0]}{more}")
        if not writer.is_unified():
            writer.unify()
        extracted = _extract(writer, reporter, jobs)
        threshold = writer.min_confidence() if min_confidence is None else min_confidence
        if not writer.is_linked(threshold):
            writer.link(Linker(load_vocabulary()), threshold)
        counts = writer.counts()
        return BuildSummary(
            entries=counts["records"] + counts["rejects"],
            papers=counts["papers"],
            duplicates=counts["records"] - counts["papers"],
            new=extracted,
            sources_read=read,
            sources_unchanged=unchanged,
            rejects=tuple(writer.rejects()),
            errors=tuple(errors),
            entities=writer.entity_counts(),
            seconds=time.monotonic() - started,
        )


@contextmanager
def _building(path: Path, reporter: Reporter) -> Iterator[GraphWriter]:
    """The graph file, open for building by us alone."""
    waiting = f"another build is writing to {path}; waiting for it to end"
    with build_lock(path, lambda: reporter.say(waiting)), GraphWriter(path) as writer:
        yield writer


def _read_sources(writer: GraphWriter, names: Iterable[str]) -> tuple[int, int, list[SourceError]]:
    read, unchanged, errors = 0, 0, []
    for source in find_sources(names):
        try:
            if isinstance(source, SourceError):
                raise source
            if _read_one(writer, source):
                read += 1
            else:
                unchanged += 1
        except SourceError as error:
            errors.append(error)
    return read, unchanged, errors


def _read_one(writer: GraphWriter, source: SourceFile) -> bool:
    """Store a source unless it is stored already; whether it had to be."""
    digest = source.digest()
    state = writer.source_state(source.key)
    if state is not None and state.complete and state.digest == digest:
        return False
    writer.replace_source(source.key, source.name, digest, read_source(source))
    return True


def _extract(writer: GraphWriter, reporter: Reporter, jobs: int) -> int:
    version = extraction_version()
    total = writer.count_pending(version)
    if total == 0:
        return 0
    stream = _extractions(writer.pending(version), worthwhile_jobs(total, jobs))
    done = 0
    reporter.progress("extracting", done, total)
    while batch := list(islice(stream, _BATCH)):
        writer.store_extractions(version, batch)
        done += len(batch)
        reporter.progress("extracting", done, total)
    return done


def _extractions(papers: Iterable[Paper], jobs: int) -> Iterator[tuple[Paper, Extraction]]:
    return extract_in_processes(papers, jobs) if jobs > 1 else _make_extractor().extract(papers)


def _make_extractor() -> Extractor:
    """Only now: a build with nothing to extract must not pay for importing spaCy."""
    from kg.extraction.pipeline import Extractor

    return Extractor()
