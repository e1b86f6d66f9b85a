"""Whose turn it is: few questions are answered at once, some wait, and more are sent away, so that all else goes on.

Waiting takes no thread, of which there are few for all that is served.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

import anyio
from anyio import to_thread

from kg.server.problems import ProblemError

__all__ = ["Turns"]

T = TypeVar("T")


class Turns:
    """At most ``running`` calls at once, and ``waiting`` more, which wait at most ``patience`` seconds."""

    def __init__(self, running: int, waiting: int, patience: float) -> None:
        self._running, self._most, self._patience = running, waiting, patience
        self._waiting = 0
        self._free: anyio.Semaphore | None = None
        self._threads: anyio.CapacityLimiter | None = None

    async def call(self, work: Callable[[], T]) -> T:
        """Do the work in a thread of ours, when it is its turn.

        Raises:
            ProblemError: 503, too many wait already, or it was not its turn for too long.
        """
        async with self._turn():
            if self._threads is None:
                self._threads = anyio.CapacityLimiter(self._running)
            return await to_thread.run_sync(work, limiter=self._threads)

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        if self._free is None:
            self._free = anyio.Semaphore(self._running)
        if self._waiting >= self._most:
            raise _busy()
        self._waiting += 1
        try:
            with anyio.fail_after(self._patience):
                await self._free.acquire()
        except TimeoutError:
            raise _busy() from None
        finally:
            self._waiting -= 1
        try:
            yield
        finally:
            self._free.release()


def _busy() -> ProblemError:
    return ProblemError(503, "too many questions are being answered; ask again later", headers={"retry-after": "10"})
