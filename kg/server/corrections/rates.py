"""How often somebody may do something."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

__all__ = ["Rate"]

_REMEMBERED = 10_000  # people; who asked the longest ago is forgotten


class Rate:
    """So many times in so many seconds, each person by themselves: a bucket that fills up again (token bucket)."""

    def __init__(self, times: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._times, self._each, self._clock = float(times), seconds / times, clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def allows(self, who: str) -> bool:
        """Whether somebody may once more; if so it counts."""
        with self._lock:
            now = self._clock()
            left, since = self._left.pop(who, (self._times, now))
            left = min(self._times, left + (now - since) / self._each)
            allowed = left >= 1
            self._left[who] = (left - allowed, now)
            if len(self._left) > _REMEMBERED:
                self._left.popitem(last=False)
            return allowed
