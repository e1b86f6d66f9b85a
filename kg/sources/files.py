"""From what a user names (files, folders, globs, ``-``) to the files to read."""

from __future__ import annotations

import glob
import hashlib
import io
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from kg.errors import SourceError

__all__ = ["SourceFile", "find_sources"]

_READABLE_SUFFIXES = frozenset((".txt", ".text", ".md", ".jsonl", ".ndjson", ".json"))
_BLOCK = 1 << 20  # bytes
_URL = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One input: ``key`` identifies it across runs, ``name`` is what people and exports see of it."""

    key: str
    name: str
    path: Path | None
    data: bytes = b""

    def open(self) -> BinaryIO:
        """The bytes, as a stream."""
        if self.path is None:
            return io.BytesIO(self.data)
        try:
            return self.path.open("rb")
        except OSError as error:
            raise SourceError(
                f"{self.path}: cannot be read ({error.strerror}); check the file and its rights"
            ) from None

    def digest(self) -> str:
        """SHA-256 of the content: the same digest means there is nothing new to read."""
        with self.open() as stream:
            digest = hashlib.sha256()
            while block := stream.read(_BLOCK):
                digest.update(block)
            return digest.hexdigest()


def find_sources(names: Iterable[str]) -> Iterator[SourceFile | SourceError]:
    """The files behind what a user typed, in the order given, folders in the order of their file names.

    A name that leads nowhere comes back as the error that says so, in its place, so that one bad name among many
    costs nothing but itself.
    """
    seen: set[str] = set()
    for name in names:
        try:
            found = list(_expand(name))
        except SourceError as error:
            yield error
            continue
        for source in found:
            if source.key not in seen:
                seen.add(source.key)
                yield source


def _expand(name: str) -> Iterator[SourceFile]:
    if name == "-":
        data = sys.stdin.buffer.read()
        yield SourceFile(f"stdin:{hashlib.sha256(data).hexdigest()}", "stdin", None, data)
        return
    if _URL.match(name):
        raise SourceError(f"{name}: is an address, not a file; download it first and name the file")
    path = Path(name)
    try:
        if path.is_dir():
            yield from _folder(path)
        elif path.exists():
            yield _file(path, path.name)
        elif glob.has_magic(name) and (matches := sorted(glob.glob(name, recursive=True))):  # noqa: PTH207  (absolute patterns too)
            for match in matches:
                yield from _expand(match)
        else:
            raise SourceError(f"{name}: no such file or folder; check the spelling")
    except (OSError, ValueError) as error:
        raise SourceError(f"{name}: cannot be read ({error}); check the path and its rights") from None


def _folder(folder: Path) -> Iterator[SourceFile]:
    files = sorted(
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in _READABLE_SUFFIXES and path.is_file() and not _is_hidden(path.relative_to(folder))
    )
    if not files:
        endings = " ".join(sorted(_READABLE_SUFFIXES))
        raise SourceError(f"{folder}: holds no file of papers (looked for {endings}); name the files themselves")
    for path in files:
        yield _file(path, path.relative_to(folder).as_posix())


def _file(path: Path, name: str) -> SourceFile:
    if not path.is_file():
        raise SourceError(f"{path}: is no regular file; pipe it in with '-' instead")
    return SourceFile(_storable(str(path.resolve())), _storable(name), path)


def _storable(name: str) -> str:
    """A file name need not be UTF-8; what is stored and printed of it must be."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _is_hidden(relative: Path) -> bool:
    return any(part.startswith(".") for part in relative.parts)
