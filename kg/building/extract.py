"""Papers to extractions: those that have none of the present version, through an engine, stored batch by batch."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from kg.engines import Engine, WorkersDiedError, engine_for
from kg.errors import ExtractionError
from kg.extraction.recipe import Recipe, changes
from kg.model import Extraction, Paper
from kg.store.writer import GraphWriter

if TYPE_CHECKING:
    from kg.extraction.pipeline import Extractor

__all__ = ["Extract", "extract_pending"]

_BATCH = 64  # papers a transaction


@dataclass(frozen=True)
class Extract:
    """The work of an engine: to extract by a recipe. Each process makes the pipeline once."""

    recipe: Recipe

    def __call__(self, papers: Sequence[Paper]) -> list[Extraction]:
        """One extraction a paper, in their order."""
        return [found for _, found in _extractor(self.recipe).extract(papers)]


@cache
def _extractor(recipe: Recipe) -> Extractor:
    from kg.extraction.pipeline import Extractor  # only when there is something to extract: spaCy takes time to load

    return Extractor(recipe)


def extract_pending(
    writer: GraphWriter,
    recipe: Recipe,
    engine: Engine | int,
    progress: Callable[[int, int], None],
    say: Callable[[str], None],
) -> int:
    """Extract the papers that have no extraction by this recipe; how many. ``engine`` may be a number of processes.

    Raises:
        ExtractionError: processes that extract died again and again.
    """
    version = recipe.version
    total = writer.count_pending(version)
    if total == 0:
        writer.extracted(version)
        return 0
    writer.extracting(version)
    for line in _why_anew(writer.pending_reasons(version), version):
        say(line)
    chosen = engine_for(total, engine) if isinstance(engine, int) else engine
    stream = _extractions(chosen, recipe, writer.pending(version))
    done = 0
    progress(done, total)
    while batch := list(islice(stream, _BATCH)):
        writer.store_extractions(version, batch)
        done += len(batch)
        progress(done, total)
    writer.extracted(version)
    return done


def _extractions(engine: Engine, recipe: Recipe, papers: Iterable[Paper]) -> Iterator[tuple[Paper, Extraction]]:
    given: deque[Paper] = deque()

    def stream() -> Iterator[Paper]:
        for paper in papers:
            given.append(paper)
            yield paper

    try:
        for found in engine.map_in_order(Extract(recipe), stream()):
            yield given.popleft(), found
    except WorkersDiedError as error:
        raise ExtractionError(_died(error)) from None


def _died(error: WorkersDiedError) -> str:
    first, last = (paper.id for paper in (error.items[0], error.items[-1]) if isinstance(paper, Paper))
    return (
        f"processes that extract died {error.attempts} times over the papers from {first} to {last}, most "
        "often for want of memory; run the build again with --jobs 1, it goes on where it stopped"
    )


def _why_anew(counts: dict[str, int], version: str) -> Iterator[str]:
    for before, papers in sorted(counts.items()):
        why = "their text changed" if before == version else changes(before, version)
        yield f"extracting {papers} paper{'s' * (papers != 1)} anew: {why}"
