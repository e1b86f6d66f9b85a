"""SPARQL of a graph that changes while it is served: the old one answers until the new one is ready.

Making a graph ready for queries copies it into a triple store, which takes a minute for ten thousand papers. Nobody is
to wait for that whenever some papers were added, so it is done beside.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from kg.errors import ClosedError, KgError
from kg.rdf.sparql import Answer, SparqlEngine
from kg.rdf.triplestore import graph_state
from kg.server.problems import ProblemError
from kg.server.settings import Settings

__all__ = ["SparqlSuccession"]

_GRACE = 2.0  # seconds: of a small graph that has changed, the new one is ready by then, and answers at once


@dataclass(eq=False)
class _Reign:
    """An engine, the state of the graph that it answers from, and how many are asking it."""

    engine: SparqlEngine
    state: str
    asking: int = 0


class SparqlSuccession:
    """Answers queries of any thread, of the graph as it is, or as it was until that is ready; to be closed."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._changed = threading.Condition()
        self._reign: _Reign | None = None
        self._heir: _Reign | None = None  # which is being made ready
        self._failure: KgError | None = None
        self._failed = ""  # the state of which nothing could be made
        self._closed = False

    def begin(self) -> None:
        """Make ready for queries, beside."""
        with self._changed:
            self._renew()

    def ask(self, query: str, *, rows: int | None = None) -> Answer:
        """The answer to a query, within the limits of the settings; at most so many ``rows``, if fewer.

        Raises:
            ProblemError: 503, the graph is not ready yet.
            KgError: as ``SparqlEngine.ask``.
        """
        settings = self._settings
        with self._engine() as engine:
            return engine.ask(
                query,
                seconds=settings.sparql_seconds,
                rows=min(rows or settings.sparql_rows, settings.sparql_rows),
                size=settings.sparql_bytes,
            )

    def close(self) -> None:
        """End all queries."""
        with self._changed:
            self._closed = True
            reigns = [each for each in (self._reign, self._heir) if each is not None]
            self._changed.notify_all()
        for each in reigns:
            each.engine.close()

    @contextmanager
    def _engine(self) -> Iterator[SparqlEngine]:
        reign = self._enter()
        try:
            yield reign.engine
        finally:
            with self._changed:
                reign.asking -= 1
            self._end(reign)

    def _enter(self) -> _Reign:
        with self._changed:
            if self._renew():
                self._changed.wait_for(lambda: self._heir is None or self._closed, _GRACE)
            if self._reign is None:
                self._changed.wait_for(lambda: self._heir is None or self._closed, self._settings.sparql_patience)
            if self._closed:
                raise ClosedError
            if self._reign is None:
                raise self._failure or ProblemError(
                    503,
                    "the graph is being made ready for SPARQL, which takes a minute for ten thousand papers; ask later",
                    headers={"retry-after": "30"},
                )
            self._reign.asking += 1
            return self._reign

    def _renew(self) -> bool:
        """See to it that the graph as it is now will answer; whether that has begun with this."""
        state = graph_state(self._settings.db)
        if self._closed or self._heir is not None:
            return False
        if self._reign is not None and state in (self._reign.state, self._failed):
            return False
        settings = self._settings
        engine = SparqlEngine(
            settings.db, settings.base, workers=settings.sparql_workers, memory=settings.sparql_memory, lasting=True
        )
        self._heir = _Reign(engine, state)
        # A daemon, as nothing is lost when it ends with the program.
        threading.Thread(target=self._crown, args=(self._heir,), daemon=True).start()
        return True

    def _crown(self, heir: _Reign) -> None:
        failure: KgError | None = None
        try:
            heir.engine.ask("ASK {}", seconds=0)
        except KgError as error:
            failure = error
            heir.engine.close()
        with self._changed:
            former, self._failure, self._heir = self._reign, failure, None
            if failure is None:
                self._reign = heir
            else:
                self._failed = heir.state
            self._changed.notify_all()
        if former is not None:
            self._end(former)

    def _end(self, reign: _Reign) -> None:
        """Close an engine that has been succeeded, when nobody asks it any more."""
        with self._changed:
            over = reign is not self._reign and reign.asking == 0
        if over:
            reign.engine.close()
