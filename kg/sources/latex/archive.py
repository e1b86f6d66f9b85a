r"""Papers in LaTeX as archives hold them: the texts in a tar or zip file, within bounds, nothing written anywhere."""

from __future__ import annotations

import posixpath
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import IO, BinaryIO, cast

from kg.errors import SourceError
from kg.sources.compression import DamagedError
from kg.sources.latex.folder import READ

__all__ = ["Texts", "files_of_tar", "files_of_zip"]

LARGEST = 500_000_000
"""Bytes of an archive, pictures and all."""

_MOST_FILES = 20_000
_MOST_TEXT = 100_000_000  # bytes of all texts together
_LARGEST_TEXT = 20_000_000  # bytes of one
_HELD = 16 << 20  # bytes that are held in memory; more go to a temporary file
_MOST_REMARKS = 5
_TEXTS = READ | {".xxx", ".json"}  # with the notes of arXiv on what is the main file


def files_of_tar(stream: BinaryIO, name: str) -> Texts:
    """The texts of a tar file; links, devices and what would lie outside are left out, and told.

    Raises:
        SourceError: it holds more than any paper.
        DamagedError: it breaks off or is none.
    """
    found = Texts(name)
    try:
        with tarfile.open(fileobj=cast(IO[bytes], _Bounded(stream, name)), mode="r|") as archive:
            for member in archive:
                if member.isdir():
                    continue
                regular = member.isreg() and not member.issparse()
                if path := found.wanted(member.name, member.size, regular=regular):
                    content = archive.extractfile(member)
                    if content is not None:
                        found.put(path, content.read(_LARGEST_TEXT + 1))
    except (tarfile.TarError, EOFError, zlib.error) as error:
        raise DamagedError(f"the archive is damaged ({error}); get it again") from None
    return found


def files_of_zip(stream: BinaryIO, name: str) -> Texts:
    """The texts of a zip file; links and what would lie outside are left out, and told.

    Raises:
        SourceError: it holds more than any paper.
        DamagedError: it breaks off, is encrypted or is none.
    """
    found = Texts(name)
    bounded = _Bounded(stream, name)
    with SpooledTemporaryFile(_HELD) as held:
        while block := bounded.read(1 << 20):
            held.write(block)
        try:
            with zipfile.ZipFile(held) as archive:
                for member in archive.infolist():
                    mode = stat.S_IFMT(member.external_attr >> 16)
                    regular = mode in (0, stat.S_IFREG)
                    if not member.is_dir() and (
                        path := found.wanted(member.filename, member.file_size, regular=regular)
                    ):
                        with archive.open(member) as content:
                            found.put(path, content.read(_LARGEST_TEXT + 1))
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, zlib.error, ValueError) as error:
            raise DamagedError(f"the archive is damaged or encrypted ({error}); get it again") from None
    return found


class Texts:
    """The texts of an archive by their names, and what is told of those that were left out."""

    def __init__(self, name: str) -> None:
        self.texts: dict[str, bytes] = {}
        self.remarks: list[str] = []
        self._name, self._files, self._size = name, 0, 0

    def wanted(self, said: str, size: int, *, regular: bool) -> str | None:
        """The name of a file that is read, within the archive; None of others."""
        self._files += 1
        if self._files > _MOST_FILES:
            raise SourceError(f"{self._name}: holds more than {_MOST_FILES:,} files, which no paper does")
        path = posixpath.normpath(said.replace("\\", "/"))
        if posixpath.splitext(path)[1].lower() not in _TEXTS:
            return None
        if not regular:
            return self._left_out(said, "is a link or a device")
        if path.startswith(("/", "..")) or "\0" in path:
            return self._left_out(said, "would lie outside")
        if size > _LARGEST_TEXT:
            return self._left_out(said, f"is longer than {_LARGEST_TEXT:,} bytes")
        return path

    def _left_out(self, said: str, why: str) -> str | None:
        if len(self.remarks) < _MOST_REMARKS:
            self.remarks.append(f"{said[:100]!r} in the archive {why}; it is not read")
        return None

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
