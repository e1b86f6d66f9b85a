r"""Papers in LaTeX as archives hold them: the texts in a tar or zip file, within bounds, nothing written anywhere."""

from __future__ import annotations

import posixpath
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import IO, BinaryIO, cast

from kg.errors import SourceError
from kg.sources.compression import DamagedError

__all__ = ["files_of_tar", "files_of_zip"]

LARGEST = 500_000_000
"""Bytes of an archive, pictures and all."""

_MOST_FILES = 20_000
_MOST_TEXT = 100_000_000  # bytes of all texts together
_LARGEST_TEXT = 20_000_000  # bytes of one
_HELD = 16 << 20  # bytes that are held in memory; more go to a temporary file
_TEXTS = frozenset((".tex", ".ltx", ".sty", ".cls", ".txt", ".bbl", ".xxx", ".json", ""))


def files_of_tar(stream: BinaryIO, name: str) -> dict[str, bytes]:
    """The texts of a tar file by their names; links, devices and what would lie outside are left out.

    Raises:
        SourceError: it holds more than any paper.
        DamagedError: it breaks off or is none.
    """
    found = _Texts(name)
    try:
        with tarfile.open(fileobj=cast(IO[bytes], _Bounded(stream, name)), mode="r|") as archive:
            for member in archive:
                if member.isreg() and (path := found.wanted(member.name, member.size)):
                    content = archive.extractfile(member)
                    if content is not None:
                        found.put(path, content.read(_LARGEST_TEXT + 1))
    except (tarfile.TarError, EOFError, zlib.error) as error:
        raise DamagedError(f"the archive is damaged ({error}); get it again") from None
    return found.texts


def files_of_zip(stream: BinaryIO, name: str) -> dict[str, bytes]:
    """The texts of a zip file by their names; what would lie outside is left out.

    Raises:
        SourceError: it holds more than any paper.
        DamagedError: it breaks off, is encrypted or is none.
    """
    found = _Texts(name)
    bounded = _Bounded(stream, name)
    with SpooledTemporaryFile(_HELD) as held:
        while block := bounded.read(1 << 20):
            held.write(block)
        try:
            with zipfile.ZipFile(held) as archive:
                for member in archive.infolist():
                    if not member.is_dir() and (path := found.wanted(member.filename, member.file_size)):
                        with archive.open(member) as content:
                            found.put(path, content.read(_LARGEST_TEXT + 1))
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, zlib.error, ValueError) as error:
            raise DamagedError(f"the archive is damaged or encrypted ({error}); get it again") from None
    return found.texts


class _Texts:
    """The texts of an archive as they come."""

    def __init__(self, name: str) -> None:
        self.texts: dict[str, bytes] = {}
        self._name, self._files, self._size = name, 0, 0

    def wanted(self, said: str, size: int) -> str | None:
        """The name of a file that is read, within the archive; None of others."""
        self._files += 1
        if self._files > _MOST_FILES:
            raise SourceError(f"{self._name}: holds more than {_MOST_FILES:,} files, which no paper does")
        path = posixpath.normpath(said.replace("\\", "/"))
        if path.startswith(("/", "..")) or "\0" in path or size > _LARGEST_TEXT:
            return None
        return path if posixpath.splitext(path)[1].lower() in _TEXTS else None

    def put(self, path: str, content: bytes) -> None:
        """Keep a text."""
        self._size += len(content)
        if self._size > _MOST_TEXT:
            raise SourceError(f"{self._name}: holds more than {_MOST_TEXT:,} bytes of text, which no paper does")
        if len(content) <= _LARGEST_TEXT:
            self.texts[path] = content


class _Bounded:
    """A stream of which only so much is read."""

    def __init__(self, stream: IO[bytes], name: str) -> None:
        self._stream, self._name, self._size = stream, name, 0

    def read(self, size: int = -1) -> bytes:
        """Some bytes."""
        data = self._stream.read(size if size >= 0 else 1 << 20)
        self._size += len(data)
        if self._size > LARGEST:
            raise SourceError(f"{self._name}: is longer than {LARGEST:,} bytes, which no paper is")
        return data

    def __iter__(self) -> Iterator[bytes]:
        while block := self.read(1 << 16):
            yield block
