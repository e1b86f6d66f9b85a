"""A bounded number of things that are dear to make, each lent to one thread at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar

from kg.errors import ClosedError

__all__ = ["Lender"]

T = TypeVar("T")


class Lender(Generic[T]):
    """Things made when they are first needed, kept for the next who asks, and ended together.

    ``fit`` is asked of each before it is lent again and when it comes back: what is not is ended. Who asks when all
    ``size`` are lent waits, and is served in the order of asking. ``stop`` makes whoever has one of them end soon; it
    may be called from any thread.
    """

    def __init__(
        self,
        make: Callable[[], T],
        end: Callable[[T], None],
        *,
        stop: Callable[[T], None],
        fit: Callable[[T], bool] = lambda thing: True,
        size: int,
    ) -> None:
        self._make, self._end, self._stop, self._fit, self._size = make, end, stop, fit, size
        self._idle: list[T] = []
        self._lent: list[T] = []
        self._waiting: list[object] = []
        self._making = 0
        self._changed = threading.Condition()
        self.closed = False

    @contextmanager
    def lend(self) -> Iterator[T]:
        """One of the things, for us alone while inside.

        Raises:
            ClosedError: all have been ended.
        """
        thing = self._take()
        try:
            yield thing
        finally:
            self._give_back(thing)

    def close(self) -> None:
        """End all; who has one is made to stop, and it is ended when it comes back."""
        with self._changed:
            self.closed = True
            idle, self._idle = self._idle, []
            for thing in self._lent:
                self._stop(thing)
            self._changed.notify_all()
        for thing in idle:
            self._end(thing)

    def _take(self) -> T:
        unfit: list[T] = []
        try:
            with self._turn():
                while self._idle:
                    thing = self._idle.pop()
                    if self._fit(thing):
                        self._lent.append(thing)
                        return thing
                    unfit.append(thing)
                self._making += 1
        finally:
            for thing in unfit:
                self._end(thing)
        return self._take_new()

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Our turn, under the lock, when something is idle or may be made: first come, first served."""
        ticket = object()
        with self._changed:
            self._waiting.append(ticket)
            try:
                while not self.closed and (self._waiting[0] is not ticket or not self._has_some()):
                    self._changed.wait()
                if self.closed:
                    raise ClosedError
                yield
            finally:
                self._waiting.remove(ticket)
                self._changed.notify_all()

    def _has_some(self) -> bool:
        return bool(self._idle) or len(self._lent) + self._making < self._size

    def _take_new(self) -> T:
        """Made outside the lock: it takes long, and others may give theirs back meanwhile."""
        thing: T | None = None
        try:
            thing = self._make()
        finally:
            with self._changed:
                self._making -= 1
                if thing is not None and not self.closed:
                    self._lent.append(thing)
                self._changed.notify_all()
        if self.closed and thing not in self._lent:
            self._end(thing)
            raise ClosedError
        return thing

    def _give_back(self, thing: T) -> None:
        with self._changed:
            self._lent.remove(thing)
            keep = not self.closed and self._fit(thing)
            if keep:
                self._idle.append(thing)
            self._changed.notify_all()
        if not keep:
            self._end(thing)
