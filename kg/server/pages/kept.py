"""What is kept from one request to the next: answers that were asked for last, and counts that many pages need."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping

from starlette.responses import Response

from kg.questions.naming import paper_counts
from kg.store import GraphReader

__all__ = ["Counts", "Kept"]

_ROOM = 64_000_000  # bytes


class Kept:
    """Answers by key; those of a graph that has moved on are asked for no more, and go as others come."""

    def __init__(self, room: int = _ROOM) -> None:
        self._room = room
        self._held = 0
        self._answers: OrderedDict[str, Response] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: str) -> Response | None:
        """What was kept, if it still is."""
        with self._lock:
            found = self._answers.get(key)
            if found is not None:
                self._answers.move_to_end(key)
            return found

    def put(self, key: str, answer: Response) -> None:
        """Keep an answer, in place of those that nobody asked for the longest."""
        size = len(answer.body)
        if size > self._room // 4:
            return
        with self._lock:
            before = self._answers.pop(key, None)
            self._answers[key] = answer
            self._held += size - (len(before.body) if before is not None else 0)
            while self._held > self._room:
                _, gone = self._answers.popitem(last=False)
                self._held -= len(gone.body)


class Counts:
    """How many papers name each entity, counted once for each state of the graph."""

    def __init__(self) -> None:
        self._state: str | None = None
        self._counts: Mapping[str, int] = {}
        self._lock = threading.Lock()

    def of(self, state: str, reader: GraphReader) -> Mapping[str, int]:
        """The counts of this state, which the reader reads."""
        with self._lock:
            if self._state != state:
                self._counts, self._state = paper_counts(reader), state
            return self._counts
