"""Corrections that are worked in behind the backs of those who read: for servers."""

from __future__ import annotations

import threading
from itertools import groupby
from pathlib import Path

from kg.errors import KgError
from kg.linking.overlay import Ruling
from kg.linking.rules import Decision

__all__ = ["Queue"]


class Queue:
    """Corrections that wait for being worked into a graph, in a thread of their own: readers see the graph of before
    until that is done. What comes meanwhile is worked in together, under the lock of builds."""

    def __init__(self, db: Path, overlay: Path | None = None, *, most: int = 200) -> None:
        self._db, self._overlay, self._most = db, overlay, most
        self._waiting: list[Ruling | int] = []
        self._at_work = 0
        self._failed: str | None = None
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def put(self, rule: Decision, *, note: str | None = None, by: str | None = None, date: str | None = None) -> None:
        """Have a rule worked in.

        Raises:
            KgError: too many are waiting.
        """
        self._put(Ruling(rule, note, by, date))

    def take_back(self, number: int) -> None:
        """Have the correction of this number, from 1, taken back.

        Raises:
            KgError: too many are waiting.
        """
        self._put(number)

    @property
    def waiting(self) -> int:
        """How many are not worked in yet."""
        with self._lock:
            return len(self._waiting) + self._at_work

    @property
    def failed(self) -> str | None:
        """What went wrong with the last that were worked in; None if nothing did."""
        with self._lock:
            return self._failed

    def finish(self) -> None:
        """Wait until nothing waits any more."""
        with self._lock:
            thread = self._thread
        if thread is not None:
            thread.join()

    def _put(self, job: Ruling | int) -> None:
        with self._lock:
            if len(self._waiting) >= self._most:
                raise KgError(f"{self._most} corrections are waiting already; try again when they are worked in")
            self._waiting.append(job)
            if self._thread is None:
                # No daemon: what somebody was told is written down is written down.
                self._thread = threading.Thread(target=self._work, name="corrections")
                self._thread.start()

    def _work(self) -> None:
        while True:
            with self._lock:
                jobs, self._waiting, self._at_work = self._waiting, [], len(self._waiting)
                if not jobs:
                    self._thread = None
                    return
            failed = self._worked_in(jobs)
            with self._lock:
                self._at_work, self._failed = 0, failed

    def _worked_in(self, jobs: list[Ruling | int]) -> str | None:
        from kg.building import curate_together, undo_correction

        try:
            for alike, some in groupby(jobs, key=lambda job: isinstance(job, Ruling)):
                if alike:
                    rulings = [job for job in some if isinstance(job, Ruling)]
                    curate_together(rulings, self._db, overlay=self._overlay)
                    continue
                for number in some:
                    assert isinstance(number, int)
                    undo_correction(number, self._db, overlay=self._overlay)
        except KgError as error:
            return str(error)
        except Exception as error:  # whoever decided is to learn of it, whatever it is
            return f"{type(error).__name__}: {error}"
        return None
