"""The file of what is watched in a graph: TOML, one ``[[watch]]`` each, beside the graph so that rebuilds keep it.

People may edit it; what stands there stays, comments and all. What was told of each is kept apart
(``kg.watching.told``).
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from pathlib import Path

from kg.errors import KgError, WatchError
from kg.files import write_whole
from kg.questions.papers import PapersRequest
from kg.questions.requests import read_request
from kg.text.terminal import one_line
from kg.text.toml import first_lines, spelt, without

__all__ = ["Watch", "add_watch", "default_watches", "name_for", "read_watches", "remove_watch", "watch_of"]

_VERSION = 1
_HEADER = f"""\
# What is watched in this graph. "kg watch add" adds to it; each [[watch]] has a name and the options of "kg papers".
version = {_VERSION}
"""
_NOT_WATCHED = frozenset(("limit", "shown"))  # what is about the list of an answer, and tells no paper from another
_FIELDS = {field.name: field for field in fields(PapersRequest) if field.name not in _NOT_WATCHED}
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Watch:
    """What somebody wants to hear of: papers that match a query, what they do with what it names, and results."""

    name: str
    query: PapersRequest

    @property
    def words(self) -> dict[str, object]:
        """What the query says, by the fields that are not as they are by default."""
        said: dict[str, object] = {}
        for name, field in _FIELDS.items():
            value = getattr(self.query, name)
            if value != field.default and field.default is not MISSING:
                said[name] = list(value) if isinstance(value, tuple) else value
        return said


def watch_of(name: str, words: Mapping[str, object]) -> Watch:
    """A watch by what it says.

    Raises:
        WatchError: the name is none, or nothing is asked for, or what cannot be watched.
        KgError: the query cannot be asked so.
    """
    if not isinstance(name, str) or not name or name != one_line(name).strip() or len(name) > _LONGEST_NAME:
        raise WatchError(f"{name!r} cannot be the name of a watch; give a line of at most {_LONGEST_NAME} characters")
    for word in words:
        if word not in _FIELDS:
            raise WatchError(f"{word!r} is nothing that a watch can ask; it knows {', '.join(_FIELDS)}")
    watch = Watch(name, read_request(PapersRequest, words))
    if not watch.words.keys() - {"exact", "min_confidence"}:
        raise WatchError(f"the watch {name!r} asks for nothing; give a name, as benchmark, or words")
    return watch


def name_for(words: Mapping[str, object]) -> str:
    """A name for a query that nobody named: its values.

    >>> name_for({"benchmark": ("SWE-bench Verified",), "since": "2025"})
    'SWE-bench Verified, 2025'
    """
    values = [each for value in words.values() for each in (value if isinstance(value, tuple | list) else (value,))]
    return one_line(", ".join(str(each) for each in values if not isinstance(each, bool)))[:_LONGEST_NAME].strip()


def default_watches(graph: Path) -> Path:
    """Where the watches of a graph are: ``kg.watches.toml`` beside ``kg.db``."""
    return graph.with_suffix(".watches.toml")


def read_watches(path: Path) -> tuple[Watch, ...]:
    """The watches of a file, in its order; none if it is not there.

    Raises:
        WatchError: the file cannot be read, or one of them is wrong; with file and number.
    """
    try:
        return _parse(path, path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        raise WatchError(f"{path}: cannot be read ({error}); it must be a text file in UTF-8") from None


def add_watch(path: Path, watch: Watch) -> None:
    """Add a watch at the end of a file, which is made if need be.

    Raises:
        WatchError: there is one of that name, or the file cannot be written, or is wrong.
    """
    if any(each.name == watch.name for each in read_watches(path)):
        raise WatchError(f"there is a watch called {watch.name!r}; give another name with --name, or remove that first")
    said = {"name": watch.name, **watch.words}
    text = "".join(f"{key} = {spelt(value)}\n" for key, value in said.items())
    _rewrite(path, lambda before: f"{before.rstrip()}\n\n[[watch]]\n{text}")


def remove_watch(path: Path, name: str) -> Watch:
    """Take a watch out of a file, and leave all else as it stands.

    Raises:
        WatchError: there is none of that name, or the file cannot be read or written.
    """
    watches = read_watches(path)
    number = next((number for number, each in enumerate(watches) if each.name == name), None)
    if number is None:
        there = ", ".join(each.name for each in watches) or "none yet"
        raise WatchError(f"there is no watch called {name!r}; there is {there}")
    _rewrite(path, lambda before: without(before, "watch", number))
    return watches[number]


def _parse(path: Path, text: str) -> tuple[Watch, ...]:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise WatchError(f"{path}: is no TOML: {error}") from None
    version = data.pop("version", _VERSION)
    if version != _VERSION:
        raise WatchError(f"{path}: is of version {version!r}, this kg knows {_VERSION}; upgrade kg")
    rows = data.pop("watch", [])
    if data:
        raise WatchError(f"{path}: {next(iter(data))!r} is nothing that kg knows; it knows version and [[watch]]")
    if not isinstance(rows, list) or len(rows) != len(first_lines(text, "watch")):
        raise WatchError(f"{path}: each watch must begin with a line [[watch]]")
    found: dict[str, Watch] = {}
    for number, row in enumerate(rows, 1):
        try:
            watch = watch_of(row.pop("name", ""), row)
        except KgError as error:
            raise WatchError(f"{path}: watch {number}: {error}") from None
        if watch.name in found:
            raise WatchError(f"{path}: two watches are called {watch.name!r}; rename one")
        found[watch.name] = watch
    return tuple(found.values())


def _rewrite(path: Path, change: Callable[[str], str]) -> None:
    """Write a file anew, as a whole or not at all; what could not be read again is never written."""
    try:
        after = change(path.read_text(encoding="utf-8") if path.exists() else _HEADER)
        _parse(path, after)
        write_whole(path, after.encode())
    except OSError as error:
        raise WatchError(f"{path}: cannot be written ({error.strerror}); check its rights and space") from None
