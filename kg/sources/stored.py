"""From what a user types to the sources that a graph was built from, whose files need not exist any more."""

from __future__ import annotations

import glob
import os
from collections.abc import Sequence
from fnmatch import fnmatchcase
from pathlib import Path

from kg.errors import SourceError
from kg.text.characters import storable_name

__all__ = ["stored_sources"]

Stored = tuple[str, str]
"""Key and shown name of a source in the graph."""


def stored_sources(name: str, stored: Sequence[Stored]) -> list[str]:
    """The keys of the sources that a name stands for: the first that fits of file, folder, pattern, shown name.

    ``-`` is all that came from standard input. Patterns mean what they mean to a build: ``*`` stays within a folder,
    ``**`` does not.

    Raises:
        SourceError: it stands for none, or as a shown name for several.
    """
    found = _find(name, stored)
    if not found:
        some = ", ".join(shown for _, shown in stored[:5]) + (", ..." if len(stored) > 5 else "")
        what = name or "an empty name"
        raise SourceError(f"{what}: is no source of this graph; it was built from {some or 'nothing'}")
    return found


def _find(name: str, stored: Sequence[Stored]) -> list[str]:
    if name == "-":
        return [key for key, shown in stored if shown == "stdin"]
    if not name or "\0" in name:
        return []
    path = storable_name(str(Path(name).resolve()))
    return (
        [key for key, _ in stored if key == path]
        or [key for key, _ in stored if key.startswith(path.rstrip(os.sep) + os.sep)]
        or [key for key, _ in stored if glob.has_magic(name) and _matches(key, name)]
        or _shown_as(storable_name(name), stored)
    )


def _shown_as(name: str, stored: Sequence[Stored]) -> list[str]:
    found = [key for key, shown in stored if shown == name]
    if len(found) > 1:
        raise SourceError(f"{name}: may be {', '.join(found)}; name one by its path")
    return found


def _matches(key: str, pattern: str) -> bool:
    parts = Path(pattern).parts
    fixed = next(number for number, part in enumerate(parts) if glob.has_magic(part))
    folder = Path(*parts[:fixed]).resolve()
    return _match_parts(Path(key).parts, [*map(glob.escape, folder.parts), *parts[fixed:]])


def _match_parts(parts: Sequence[str], pattern: Sequence[str]) -> bool:
    if not pattern:
        return not parts
    if pattern[0] == "**":
        return any(_match_parts(parts[skipped:], pattern[1:]) for skipped in range(len(parts) + 1))
    return bool(parts) and fnmatchcase(parts[0], pattern[0]) and _match_parts(parts[1:], pattern[1:])
