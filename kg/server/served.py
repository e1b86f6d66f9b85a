"""The graph that is served: the file as it is now, also after it was replaced or has grown."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager, contextmanager

from kg.api import Graph
from kg.errors import GraphError
from kg.rdf.triplestore import graph_state
from kg.server.settings import Settings
from kg.server.succession import SparqlSuccession

__all__ = ["ServedGraph"]


class ServedGraph:
    """A graph file that may be replaced by another at any time; readers of the old one end in peace.

    A build that writes into the file is seen by the next question, as every question is of one moment. A file put in
    its place (another inode) is opened when it is next asked; the old one is closed when its last reader is done.

    Raises:
        GraphError: there is no graph at the path.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._graph = self._open()
        self._file = self._inode()
        self._users = {self._graph: 0}
        self.sparql = SparqlSuccession(settings)
        """Answers SPARQL; its processes are started by the first query, or ``begin``."""
        self.running: list[Callable[[], AbstractAsyncContextManager[None]]] = []
        """What is to run as long as the server does."""

    @contextmanager
    def graph(self) -> Iterator[Graph]:
        """The graph, for one request."""
        graph = self._enter()
        try:
            yield graph
        finally:
            self._leave(graph)

    def state(self) -> str:
        """A short text that changes whenever the graph does: what an ``ETag`` is made from."""
        return hashlib.sha256(graph_state(self._settings.db).encode()).hexdigest()[:20]

    def while_serving(self, run: Callable[[], AbstractAsyncContextManager[None]]) -> None:
        """Have something run as long as the server does."""
        self.running.append(run)

    def close(self) -> None:
        """Close the file, and end queries."""
        self.sparql.close()
        with self._lock:
            graphs = list(self._users)
        for graph in graphs:
            graph.close()

    def _enter(self) -> Graph:
        with self._lock:
            found = self._inode()
            if found != self._file and found is not None:
                self._replace(found)
            self._users[self._graph] += 1
            return self._graph

    def _replace(self, found: tuple[int, int]) -> None:
        try:
            graph = self._open()
        except GraphError:
            return  # half copied, perhaps: the old one goes on until there is a whole one
        old, self._graph, self._file = self._graph, graph, found
        self._users[graph] = 0
        self._end(old)

    def _leave(self, graph: Graph) -> None:
        with self._lock:
            self._users[graph] -= 1
            self._end(graph)

    def _end(self, graph: Graph) -> None:
        if graph is not self._graph and not self._users[graph]:
            del self._users[graph]
            graph.close()

    def _open(self) -> Graph:
        return Graph(self._settings.db, timeout=self._settings.seconds, readers=self._settings.readers)

    def _inode(self) -> tuple[int, int] | None:
        try:
            found = self._settings.db.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino
