"""Where work is done: in this process, or in several; the outcome is the same, and in order.

An engine maps a pure function over a stream. Worker processes are started afresh rather than forked (no thread or lock
of ours is copied) and end with the process that started them, however that ends.
"""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from multiprocessing import connection, get_context, parent_process
from threading import Thread
from typing import Generic, Protocol, TypeVar

__all__ = ["Engine", "Processes", "Serial", "WorkersDiedError", "available_cores", "engine_for"]

_BATCH = 16  # items given to a worker at a time: half a second's work of extraction
_AHEAD = 3  # batches a worker that are given out before they are needed, so that none is ever idle
_LOOK_AGAIN = 0.2  # seconds
_ATTEMPTS = 3
_WORTH = 64  # papers a worker: to start one takes the time of about as many

T = TypeVar("T")
U = TypeVar("U")
Work = Callable[[Sequence[T]], Sequence[U]]
"""What is done with some items: one outcome each, in their order. For ``Processes`` it must pickle."""


class Engine(Protocol):
    """Something that does work."""

    def map_in_order(self, work: Work[T, U], items: Iterable[T]) -> Iterator[U]:
        """The outcomes of all items, in their order, as they come."""


class WorkersDiedError(RuntimeError):
    """Processes died several times over the same items, which are its argument."""

    def __init__(self, items: Sequence[object], attempts: int) -> None:
        super().__init__(f"worker processes died {attempts} times over the same {len(items)} items")
        self.items = items
        self.attempts = attempts


def available_cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def engine_for(papers: int, jobs: int) -> Engine:
    """The engine for so many papers: of ``jobs`` processes as many as are worth starting.

    >>> engine_for(50, 8), engine_for(302, 8), engine_for(100_000, 8)
    (Serial(), Processes(jobs=4), Processes(jobs=8))
    """
    worth = min(jobs, papers // _WORTH)
    return Processes(worth) if worth > 1 else Serial()


@dataclass(frozen=True, slots=True)
class Serial:
    """All in this process."""

    def map_in_order(self, work: Work[T, U], items: Iterable[T]) -> Iterator[U]:
        """The outcomes of all items, a batch at a time."""
        stream = iter(items)
        while batch := tuple(islice(stream, _BATCH)):
            yield from work(batch)


@dataclass(slots=True)
class _Batch(Generic[T, U]):
    items: tuple[T, ...]
    outcome: Future[Sequence[U]]


@dataclass(frozen=True, slots=True)
class Processes:
    """So many worker processes."""

    jobs: int

    def map_in_order(self, work: Work[T, U], items: Iterable[T]) -> Iterator[U]:
        """The outcomes of all items.

        A worker that dies (killed, out of memory) costs only the time of its items: they are given to a new one.

        Raises:
            WorkersDiedError: workers died several times over the same items.
        """
        stream = iter(items)
        waiting: deque[_Batch[T, U]] = deque()
        attempts = 0
        pool = _start(self.jobs)
        try:
            while True:
                while len(waiting) < self.jobs * _AHEAD and (batch := tuple(islice(stream, _BATCH))):
                    waiting.append(_Batch(batch, _submit(pool, work, batch)))
                if not waiting:
                    return
                try:
                    found = waiting[0].outcome.result()
                except BrokenProcessPool:
                    attempts += 1
                    if attempts == _ATTEMPTS:
                        raise WorkersDiedError(waiting[0].items, attempts) from None
                    _end(pool)
                    pool = _start(self.jobs)
                    for each in waiting:
                        if each.outcome.exception() is not None:
                            each.outcome = _submit(pool, work, each.items)
                    continue
                waiting.popleft()
                attempts = 0
                yield from found
        finally:
            _end(pool)


def _start(jobs: int) -> ProcessPoolExecutor:
    """A pool whose workers are all started before there is work to die of.

    One that is started while the pool deals with the death of another is not ended with the rest, but waited for.
    """
    pool = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_prepare)
    for _ in range(jobs):
        pool.submit(os.getpid)
    return pool


def _end(pool: ProcessPoolExecutor) -> None:
    """End a pool, also where a worker died in the moment in which there was no more work.

    It may have taken the lock of the queue with it, for which the others then wait for ever.
    """
    workers = list((pool._processes or {}).values())
    pool.shutdown(wait=False, cancel_futures=True)
    while alive := [worker for worker in workers if worker.is_alive()]:
        if any(worker.exitcode for worker in workers):
            for worker in alive:
                worker.kill()
        # Looked at again after a while: the pool's own thread may be first to hear of a death.
        connection.wait([worker.sentinel for worker in alive], timeout=_LOOK_AGAIN)
    pool.shutdown()


def _submit(pool: ProcessPoolExecutor, work: Work[T, U], items: tuple[T, ...]) -> Future[Sequence[U]]:
    """The outcome to come; a pool that is broken already is one of the outcomes."""
    try:
        return pool.submit(work, items)
    except BrokenProcessPool as error:
        broken: Future[Sequence[U]] = Future()
        broken.set_exception(error)
        return broken


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
