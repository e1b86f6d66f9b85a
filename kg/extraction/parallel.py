"""Extraction in several processes: the same outcome as in one, sooner.

An extraction is a pure function of its paper, so papers may be read anywhere and in any company; they come back in
order. Workers are started afresh rather than forked (no thread or lock of ours is copied), load the pipeline once, and
end with the process that started them, however that ends.
"""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import cache
from itertools import islice
from multiprocessing import connection, get_context, parent_process
from threading import Thread
from typing import TYPE_CHECKING

from kg.errors import ExtractionError
from kg.model import Extraction, Paper

if TYPE_CHECKING:
    from kg.extraction.pipeline import Extractor

__all__ = ["available_cores", "extract_in_processes", "worthwhile_jobs"]

_BATCH = 16  # papers given to a worker at a time: half a second's work
_AHEAD = 3  # batches a worker that are given out before they are needed, so that none is ever idle
_ATTEMPTS = 3
_WORTH = 64  # papers a worker: to start one takes the time of about as many

Extracted = tuple[Paper, Extraction]


@dataclass(slots=True)
class _Batch:
    papers: tuple[Paper, ...]
    outcome: Future[list[Extracted]]


def available_cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def worthwhile_jobs(papers: int, jobs: int) -> int:
    """How many of ``jobs`` processes are worth starting for so many papers.

    >>> worthwhile_jobs(50, 8), worthwhile_jobs(302, 8), worthwhile_jobs(100_000, 8)
    (1, 4, 8)
    """
    return max(1, min(jobs, papers // _WORTH))


def extract_in_processes(papers: Iterable[Paper], jobs: int) -> Iterator[Extracted]:
    """Extract from a stream of papers in ``jobs`` processes; results come in the order of the papers.

    A worker that dies (killed, out of memory) costs only the time of its papers: they are given to a new one.

    Raises:
        ExtractionError: workers died several times over the same papers.
    """
    stream = iter(papers)
    waiting: deque[_Batch] = deque()
    attempts = 0
    pool = _start(jobs)
    try:
        while True:
            while len(waiting) < jobs * _AHEAD and (batch := tuple(islice(stream, _BATCH))):
                waiting.append(_Batch(batch, _submit(pool, batch)))
            if not waiting:
                return
            try:
                found = waiting[0].outcome.result()
            except BrokenProcessPool:
                attempts += 1
                if attempts == _ATTEMPTS:
                    raise ExtractionError(_died(waiting[0].papers)) from None
                pool.shutdown()
                pool = _start(jobs)
                for each in waiting:
                    if each.outcome.exception() is not None:
                        each.outcome = _submit(pool, each.papers)
                continue
            waiting.popleft()
            attempts = 0
            yield from found
    finally:
        pool.shutdown(cancel_futures=True)


def _start(jobs: int) -> ProcessPoolExecutor:
    """A pool whose workers are all started before there is work to die of.

    One that is started while the pool deals with the death of another is not ended with the rest, but waited for.
    """
    pool = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_prepare)
    for _ in range(jobs):
        pool.submit(os.getpid)
    return pool


def _submit(pool: ProcessPoolExecutor, papers: tuple[Paper, ...]) -> Future[list[Extracted]]:
    """The outcome to come; a pool that is broken already is one of the outcomes."""
    try:
        return pool.submit(_work, papers)
    except BrokenProcessPool as error:
        broken: Future[list[Extracted]] = Future()
        broken.set_exception(error)
        return broken


def _died(papers: tuple[Paper, ...]) -> str:
    return (
        f"processes that extract died {_ATTEMPTS} times over the papers from {papers[0].id} to {papers[-1].id}, most "
        "often for want of memory; run the build again with --jobs 1, it goes on where it stopped"
    )


# In the workers


def _prepare() -> None:
    """An interrupt is the main process's to handle; and when that one is gone, nobody wants the work."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ["OMP_NUM_THREADS"] = "1"
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


@cache
def _extractor() -> Extractor:
    from kg.extraction.pipeline import Extractor

    return Extractor()


def _work(papers: tuple[Paper, ...]) -> list[Extracted]:
    return list(_extractor().extract(papers))
