"""The one family of errors that ``kg`` raises on purpose: each says where, what, and what to do."""

from __future__ import annotations

__all__ = [
    "ClosedError",
    "ContradictionError",
    "CurationError",
    "ExtractionError",
    "FetchError",
    "GoneError",
    "GraphError",
    "KgError",
    "LimitError",
    "NoNameError",
    "NotFoundError",
    "SourceError",
    "TimeLimitError",
    "UnconnectedError",
    "VocabularyError",
    "WatchError",
]


class KgError(Exception):
    """Base of all errors that a user can mend; its text is one line fit to print."""


class SourceError(KgError):
    """A source cannot be read at all (missing, unreadable, no known format)."""


class FetchError(KgError):
    """An API cannot be reached, refuses, or answers with what is no page of papers."""


class VocabularyError(KgError):
    """The vocabulary files are damaged or contradict each other."""


class CurationError(KgError):
    """The file of what people decided about the graph cannot be read or written."""


class ExtractionError(KgError):
    """Papers cannot be read for what they name."""


class GraphError(KgError):
    """The graph file cannot be opened or written."""


class ContradictionError(KgError):
    """Parts of a request, each of which could be asked, do not go together."""


class WatchError(KgError):
    """What is watched, or what was told of it, cannot be read, written or sent."""


class ClosedError(KgError):
    """A graph was asked that is closed, or was closed while it answered."""

    def __init__(self) -> None:
        super().__init__("the graph is closed; open it again to ask it")


class LimitError(KgError):
    """Something that may be asked took more than it may: time, memory, or room for its answer."""


class TimeLimitError(LimitError):
    """A question took longer than it may."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"took longer than {seconds:g} seconds; ask for less, or allow more time")


class NotFoundError(KgError):
    """A name stands for nothing in the graph; ``suggestions`` are names that do, best first."""

    def __init__(self, name: str, suggestions: tuple[str, ...] = ()) -> None:
        self.name = name
        self.suggestions = suggestions
        hint = f"; did you mean {', '.join(suggestions)}?" if suggestions else ""
        super().__init__(f"nothing in the graph is called {name!r}{hint}")


class GoneError(NotFoundError):
    """An id that the graph gave once stands for nothing any more."""

    def __init__(self, given: str) -> None:
        super().__init__(given)
        self.args = (f"{given} was in this graph, but nothing in it is that any more; look for it by name",)


class NoNameError(KgError):
    """What is given as the name of something, as an author, holds nothing that could be one."""


class UnconnectedError(NotFoundError):
    """Two things are in the graph, but no path leads from one to the other."""

    def __init__(self, start: str, end: str) -> None:
        super().__init__(f"{start} - {end}")
        self.args = (f"nothing in the graph connects {start!r} and {end!r}",)
