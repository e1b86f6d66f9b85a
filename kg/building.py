"""The main job: read, unify, extract, link, store. Idempotent and resumable.

Each step does only what is not yet done, which the graph file itself tells; a build that was killed goes on where it
stopped and ends in the same graph.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import SourceError
from kg.extraction.version import extraction_version
from kg.linking import Linker
from kg.model import Reject
from kg.sources import SourceFile, find_sources, read_source
from kg.store.writer import GraphWriter
from kg.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from kg.extraction.pipeline import Extractor

__all__ = ["BuildSummary", "build_graph"]

_BATCH = 64  # papers a transaction

Progress = Callable[[int, int], None]
"""Called with (papers extracted, papers to extract)."""


@dataclass(frozen=True, slots=True)
class BuildSummary:
    """What a build did. ``entries`` = records stored + ``rejects``; ``papers`` are what the records amount to."""

    entries: int
    papers: int
    new: int
    sources_read: int
    sources_unchanged: int
    rejects: tuple[Reject, ...]
    errors: tuple[SourceError, ...]
    seconds: float


def build_graph(
    sources: Iterable[str], path: Path, progress: Progress | None = None, min_confidence: float | None = None
) -> BuildSummary:
    """Build or grow the graph at ``path`` from files, folders, globs or ``-``.

    Sources that cannot be read are reported in the summary and cost nothing but themselves. Links of at least
    ``min_confidence`` (0 to 1) are kept: lower finds more, higher errs less; without it what the graph was built with
    before, or 0.45. To change it only links anew.

    Raises:
        GraphError: the graph file cannot be written.
        SourceError: none of the sources can be read.
    """
    started = time.monotonic()
    with GraphWriter(path) as writer:
        read, unchanged, errors = _read_sources(writer, sources)
        if errors and not read and not unchanged:
            more = f" (and {len(errors) - 1} more sources)" if len(errors) > 1 else ""
            raise SourceError(f"{errors[0]}{more}")
        if not writer.is_unified():
            writer.unify()
        extracted = _extract(writer, progress)
        threshold = writer.min_confidence() if min_confidence is None else min_confidence
        if not writer.is_linked(threshold):
            writer.link(Linker(load_vocabulary()), threshold)
        counts = writer.counts()
        return BuildSummary(
            entries=counts["records"] + counts["rejects"],
            papers=counts["papers"],
            new=extracted,
            sources_read=read,
            sources_unchanged=unchanged,
            rejects=tuple(writer.rejects()),
            errors=tuple(errors),
            seconds=time.monotonic() - started,
        )


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


def _extract(writer: GraphWriter, progress: Progress | None) -> int:
    version = extraction_version()
    total = writer.count_pending(version)
    if total == 0:
        return 0
    extractor = _make_extractor()
    stream = extractor.extract(writer.pending(version))
    done = 0
    while batch := list(islice(stream, _BATCH)):
        writer.store_extractions(version, batch)
        done += len(batch)
        if progress is not None:
            progress(done, total)
    return done


def _make_extractor() -> Extractor:
    """Only now: a build with nothing to extract must not pay for importing spaCy."""
    from kg.extraction.pipeline import Extractor

    return Extractor()
