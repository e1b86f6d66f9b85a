"""The graph's triples in a store that answers SPARQL: in memory when small or wanted so, else on disk and kept.

The store on disk stands beside the graph file, in ``<graph>.rdf/``. It is a copy, never the truth: it holds for the
exact state of the graph file, the version of the mapping and the base, which its folder is named after, and may be
deleted at any time. It is written under a temporary name and then renamed, so that several processes may read and make
it at once; whoever uses a folder holds a lock on it, and folders that hold for nothing any more and that nobody uses
are removed.
"""

from __future__ import annotations

import fcntl
import hashlib
import io
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.rdf.serialise import ntriples_chunks
from kg.store import GraphReader

if TYPE_CHECKING:
    from typing_extensions import Buffer

__all__ = ["cache_folder", "graph_state", "open_store"]

MEMORY_PAPERS = 100
"""Up to so many papers the triples are loaded into memory each time: that takes about 0.1 s."""

_TOLD_PAPERS = 2000  # from so many on it takes seconds to make a store, which users are told

_FAILURES = (OSError, RuntimeError)  # the latter is how the library reports files that it cannot make sense of

Notify = Callable[[str], None]


def open_store(reader: GraphReader, base: str, notify: Notify = lambda _: None, *, in_memory: bool = False) -> ox.Store:
    """A store with all triples of the graph, to be read only; ``notify`` is told when a copy on disk takes long.

    In memory it answers two to four times as fast, but is made anew by each process.
    """
    papers = reader.rows("SELECT count(*) FROM paper")[0][0]
    if in_memory or papers <= MEMORY_PAPERS:
        return _in_memory(reader, base)
    try:
        return _on_disk(reader, base, notify if papers >= _TOLD_PAPERS else lambda _: None)
    except _FAILURES:
        # A folder that cannot be written, a full disk: the copy is never necessary.
        return _in_memory(reader, base)


def cache_folder(graph: Path) -> Path:
    """Where the copies of a graph are kept."""
    return graph.with_name(graph.name + ".rdf")


def graph_state(graph: Path) -> str:
    """What changes whenever the graph file does: the identity, size and times of the file and of its log."""
    parts = []
    for path in (graph, graph.with_name(graph.name + "-wal")):
        with suppress(FileNotFoundError):
            found = path.stat()
            if found.st_size:  # a reader leaves an empty log behind
                parts.append((found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns))
    return repr(parts)


def _in_memory(reader: GraphReader, base: str) -> ox.Store:
    store = ox.Store()
    _fill(store, reader, base)
    return store


def _fill(store: ox.Store, reader: GraphReader, base: str) -> None:
    lines = io.BufferedReader(_Pieces(ntriples_chunks(reader, base)))
    store.bulk_load(lines, ox.RdfFormat.N_TRIPLES)


class _Pieces(io.RawIOBase):
    """Pieces of bytes as a file to read."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int:
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = memoryview(piece)
        target = memoryview(buffer).cast("B")
        count = min(len(target), len(self._rest))
        target[:count], self._rest = self._rest[:count], self._rest[count:]
        return count


def _on_disk(reader: GraphReader, base: str, notify: Notify) -> ox.Store:
    folder = cache_folder(reader.path)
    folder.mkdir(exist_ok=True)
    wanted = folder / _name(reader.path, base)
    try:
        store = _open(wanted)
    except _FAILURES:  # damaged
        shutil.rmtree(wanted, ignore_errors=True)
        store = None
    if store is None:
        notify(f"copying the graph into {folder} for SPARQL, once for each state of the graph")
        _make(wanted, reader, base)
        _remove_stale(folder, keep=wanted)
        store = _open(wanted)
    if store is None:
        # The graph changed while it was being copied, so the copy went unnamed.
        return _in_memory(reader, base)
    return store


def _name(graph: Path, base: str) -> str:
    digest = hashlib.sha256()
    for part in (graph_state(graph), base, _mapping_version()):
        digest.update(part.encode() + b"\0")
    return digest.hexdigest()[:24]


@cache
def _mapping_version() -> str:
    """The code that makes the triples and the library that stores them."""
    digest = hashlib.sha256(ox.__version__.encode())
    package = Path(__file__).parent.parent
    for pattern in ("iris.py", "model/*.py", "questions/*.py", "rdf/*.py", "store/*.py", "text/*.py"):
        for file in sorted(package.glob(pattern)):
            digest.update(file.read_bytes())
    return digest.hexdigest()


def _open(folder: Path) -> ox.Store | None:
    """The store in a folder, locked against removal for as long as this process lives; None if there is none."""
    try:
        lock = os.open(folder, os.O_RDONLY)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(lock, fcntl.LOCK_SH)
        if folder.exists():  # not removed before we had the lock
            return ox.Store.read_only(str(folder))  # the lock stays with the process
    except _FAILURES:
        os.close(lock)
        raise
    os.close(lock)
    return None


def _make(wanted: Path, reader: GraphReader, base: str) -> None:
    unfinished = Path(tempfile.mkdtemp(prefix=".unfinished-", dir=wanted.parent))
    try:
        with _locked(unfinished):
            store = ox.Store(str(unfinished))
            _fill(store, reader, base)
            store.optimize()
            store.flush()
            del store
            if _name(reader.path, base) == wanted.name:
                with suppress(OSError):  # another process was faster: its folder is as good
                    unfinished.rename(wanted)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    lock = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_SH)
        yield
    finally:
        os.close(lock)


def _remove_stale(folder: Path, keep: Path) -> None:
    for other in folder.iterdir():
        if other == keep:
            continue
        with suppress(OSError):
            lock = os.open(other, os.O_RDONLY)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(other)
            finally:
                os.close(lock)
