"""Readers of one graph for many threads: each question has one to itself, of one moment, and only so much time."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from kg.errors import ClosedError
from kg.lending import Lender
from kg.store.reader import GraphReader

__all__ = ["ReaderPool"]


class ReaderPool:
    """At most ``size`` readers of a graph file, for any number of threads.

    ``seconds`` is what a question may take, without limit if None.

    Raises:
        GraphError: there is no graph at this path.
    """

    def __init__(self, path: Path, *, size: int, seconds: float | None = None) -> None:
        self.path = path
        self._seconds = seconds
        self._lender = Lender(
            lambda: GraphReader(path, shared=True), GraphReader.close, stop=GraphReader.stop, size=size
        )
        self._own: dict[threading.Thread, GraphReader] = {}
        self._lock = threading.Lock()
        self._lent = threading.local()
        with self._lender.lend():  # what is wrong with the file is said at once
            pass

    @contextmanager
    def lend(self) -> Iterator[GraphReader]:
        """A reader for one question, all of one moment and within the time for one; within it, the same again.

        Raises:
            ClosedError: the pool is closed; from a reading, if that happens meanwhile.
            TimeLimitError: the question took longer than it may; from the reading that did.
        """
        reader: GraphReader | None = getattr(self._lent, "reader", None)
        if reader is not None:
            yield reader
            return
        with self._lender.lend() as reader:
            limit = nullcontext() if self._seconds is None else reader.within(self._seconds)
            self._lent.reader = reader
            try:
                with limit, reader.snapshot():
                    yield reader
            finally:
                self._lent.reader = None

    def own(self) -> GraphReader:
        """The reader of this thread, without limits, open until the thread ends or the pool is closed.

        Raises:
            ClosedError: the pool is closed.
        """
        with self._lock:
            if self._lender.closed:
                raise ClosedError
            for thread in [each for each in self._own if not each.is_alive()]:
                self._own.pop(thread).close()
            here = threading.current_thread()
            if here not in self._own:
                self._own[here] = GraphReader(self.path, shared=True)
            return self._own[here]

    def close(self) -> None:
        """Close all readers; what is being asked meanwhile ends with a ``ClosedError``."""
        self._lender.close()
        with self._lock:
            while self._own:
                thread, reader = self._own.popitem()
                reader.stop()
                if thread is threading.current_thread() or not thread.is_alive():
                    reader.close()
