"""What a running build tells people: a bar with rate and time left on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

from kg.building import Reporter
from kg.cli.output import say
from kg.text.terminal import one_line

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

__all__ = ["reporter"]


def reporter(*, quiet: bool) -> AbstractContextManager[Reporter]:
    """Who reports: nobody, a bar, or lines on standard error when that is no terminal."""
    if quiet:
        return nullcontext(Reporter())
    return _Bar() if sys.stderr.isatty() else nullcontext(_Lines())


class _Lines(Reporter):
    def say(self, line: str) -> None:
        say(f"kg: {line}")


class _Bar(Reporter, AbstractContextManager["_Bar"]):
    """One bar a step, drawn from its first report on."""

    def __init__(self) -> None:
        self._bars: Progress | None = None
        self._tasks: dict[str, tuple[TaskID, float]] = {}

    def __exit__(self, *_: object) -> None:
        if self._bars is not None:
            self._bars.stop()

    def progress(self, step: str, done: int, total: int) -> None:
        bars = self._drawn()
        if step not in self._tasks:
            self._tasks[step] = bars.add_task(step, total=total, rate=""), time.monotonic()
        task, started = self._tasks[step]
        seconds = time.monotonic() - started
        rate = f"{done / seconds:,.0f}/s" if done and seconds > 1 else ""
        bars.update(task, completed=done, total=total, rate=rate)

    def say(self, line: str) -> None:
        from rich.text import Text

        self._drawn().console.print(Text(f"kg: {one_line(line)}"))

    def _drawn(self) -> Progress:
        """Rich is loaded only when there is something to draw."""
        if self._bars is None:
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

            self._bars = Progress(
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TextColumn("{task.fields[rate]}"),
                TimeRemainingColumn(),
                console=Console(stderr=True),
            )
            self._bars.start()
        return self._bars
