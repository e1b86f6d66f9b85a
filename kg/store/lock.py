"""One build at a time on one graph: a lock beside the file, which the system lets go when its holder ends, anyhow.

A build is many transactions, and what one step tells the next must not change between them; SQLite's own locks hold for
one transaction only. Readers need no lock and take none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from kg.errors import GraphError

__all__ = ["build_lock"]


@contextmanager
def build_lock(path: Path, on_wait: Callable[[], None]) -> Iterator[None]:
    """Hold the graph file at ``path`` for building; ``on_wait`` is called if another build has to end first.

    Raises:
        GraphError: the lock file cannot be written beside the graph.
    """
    target = path.resolve()
    lock = FileLock(target.with_name(target.name + ".lock"))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            on_wait()
            lock.acquire()
    except OSError as error:
        raise GraphError(
            f"{path}: cannot be locked ({error.strerror}); check the folder, its rights and space"
        ) from None
    try:
        yield
    finally:
        lock.release()
