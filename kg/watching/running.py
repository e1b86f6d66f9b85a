"""A run of watches: what is new is told first and remembered then, one run at a time."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

from kg.errors import WatchError
from kg.store import GraphReader
from kg.store.lock import build_lock
from kg.watching.news import FROM_HERE, News, begin, look
from kg.watching.told import Told, default_told, read_told, write_told
from kg.watching.watches import Watch, add_watch, read_watches, remove_watch

__all__ = ["chosen", "forget_watch", "run_watches", "start_watch"]


def chosen(path: Path, names: Collection[str] = ()) -> tuple[Watch, ...]:
    """The watches of these names, or all, in the order of their file.

    Raises:
        WatchError: there is none of a name, or none at all; or the file is wrong.
    """
    watches = read_watches(path)
    if not watches:
        raise WatchError(f"{path}: nothing is watched yet; begin with 'kg watch add --benchmark GSM8K'")
    known = {each.name for each in watches}
    for name in names:
        if name not in known:
            raise WatchError(f"there is no watch called {name!r}; there is {', '.join(sorted(known))}")
    return tuple(each for each in watches if not names or each.name in names)


def start_watch(path: Path, watch: Watch, reader: GraphReader | None, start: str = FROM_HERE) -> Told:
    """Add a watch, and remember what counts as told of it; without a graph yet, nothing does.

    Raises:
        WatchError: there is one of that name, ``start`` is nowhere to begin, or a file cannot be written.
    """
    known = begin(reader, watch, start) if reader is not None else Told()
    with _alone(path):
        told = read_told(default_told(path))
        add_watch(path, watch)
        write_told(default_told(path), {**told, watch.name: known})
    return known


def forget_watch(path: Path, name: str) -> Watch:
    """Take a watch out, and what was told of it.

    Raises:
        WatchError: there is none of that name, or a file cannot be read or written.
    """
    with _alone(path):
        told = read_told(default_told(path))
        removed = remove_watch(path, name)
        write_told(default_told(path), {each: known for each, known in told.items() if each != name})
    return removed


def run_watches(
    reader: GraphReader,
    path: Path,
    tell: Callable[[Sequence[News]], None],
    *,
    names: Collection[str] = (),
    start: str = FROM_HERE,
    keep: bool = True,
) -> tuple[News, ...]:
    """Look what is new, ``tell`` it, and remember that it was told, unless ``keep`` is not wanted.

    If telling fails, or the run is killed before it is remembered, the next run tells it again. ``start`` is where a
    watch begins that was written into the file by hand and never ran.

    Raises:
        WatchError: there is no such watch, or a file cannot be read or written.
        KgError: a watch cannot be asked, or telling fails.
    """
    watches = chosen(path, names)
    with _alone(path):
        told = read_told(default_told(path))
        after, news = dict(told), []
        with reader.snapshot():
            for watch in watches:
                before = told[watch.name] if watch.name in told else begin(reader, watch, start)
                found, after[watch.name] = look(reader, watch, before)
                news.append(found if watch.name in told else _begun(found, before))
        tell(news)
        if keep and after != told:
            write_told(default_told(path), after)
    return tuple(news)


def _begun(news: News, known: Told) -> News:
    """News of a watch that was not run before, with a word on what it will never tell."""
    remark = f"begins here: {known} that are there count as told; '--from start' tells them"
    return replace(news, remarks=(*news.remarks, remark)) if known != Told() else news


def _alone(path: Path) -> AbstractContextManager[None]:
    """No other run or change of the watches meanwhile; it waits for those that are under way."""
    return build_lock(default_told(path), lambda: None)
