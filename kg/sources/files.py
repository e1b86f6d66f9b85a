"""From what a user names (files, folders, globs, ``-``) to the files to read."""

from __future__ import annotations

import glob
import hashlib
import io
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, BinaryIO

from kg.errors import SourceError
from kg.plugins import offered_readers
from kg.sources.companions import imprint, is_companion
from kg.sources.latex.folder import imprint as imprint_of_paper
from kg.sources.latex.folder import is_main, is_part
from kg.text.characters import printable, storable_name

__all__ = ["SourceFile", "find_sources"]

# Which files of a folder are looked at; what is in them tells the format.
_READABLE_SUFFIXES = frozenset(
    ".txt .text .md .markdown .jsonl .ndjson .json .html .htm .xml .atom .bib .bibtex .ris .csv .tsv .tab .gz "
    ".zst".split()
)
_BLOCK = 1 << 20  # bytes
_HELD = 16 << 20  # bytes of standard input that are held in memory; more go to a temporary file
_URL = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One input: ``key`` identifies it across runs, ``name`` is what people and exports see of it.

    The content is that of ``path``, or else ``spool`` (a file without a name), or else ``data``.
    """

    key: str
    name: str
    path: Path | None
    data: bytes = b""
    spool: IO[bytes] | None = field(default=None, compare=False)

    def open(self) -> BinaryIO:
        """The bytes, as a stream from the beginning, whatever was read before."""
        if self.spool is not None:
            self.spool.seek(0)
            # Sharing the descriptor, not owning it: the next reader needs it again.
            return open(self.spool.fileno(), "rb", closefd=False)
        if self.path is None:
            return io.BytesIO(self.data)
        try:
            return self.path.open("rb")
        except OSError as error:
            raise SourceError(
                f"{_shown(str(self.path))}: cannot be read ({error.strerror}); check the file and its rights"
            ) from None

    def digest(self) -> str:
        """SHA-256 of the content and of what belongs to it beside it: the same digest means nothing new to read."""
        with self.open() as stream:
            digest = hashlib.sha256()
            while block := stream.read(_BLOCK):
                digest.update(block)
        if self.path is not None:
            digest.update(imprint(self.path))
            if is_main(self.path):
                digest.update(imprint_of_paper(self.path))
        return digest.hexdigest()


def find_sources(names: Iterable[str]) -> Iterator[SourceFile | SourceError]:
    """The files behind what a user typed, in the order given, folders in the order of their file names.

    A name that leads nowhere comes back as the error that says so, in its place, so that one bad name among many
    costs nothing but itself.
    """
    seen: set[str] = set()
    for name in names:
        for source in _expand(name):
            if isinstance(source, SourceError):
                yield source
            elif source.key not in seen:
                seen.add(source.key)
                yield source


def _expand(name: str) -> Iterator[SourceFile | SourceError]:
    """What one name stands for; of a glob, each match for itself."""
    try:
        yield from _resolve(name)
    except SourceError as error:
        yield error


def _resolve(name: str) -> Iterator[SourceFile | SourceError]:
    if name == "-":
        yield _standard_input(sys.stdin.buffer)
        return
    if not name:
        raise SourceError("an empty name is no source; name files, folders, patterns or -")
    if _URL.match(name):
        raise SourceError(f"{name}: is an address, not a file; use 'kg fetch', or download it and name the file")
    path = Path(name)
    try:
        if path.is_dir():
            yield from _folder(path)
        elif path.exists():
            yield _file(path, path.name)
        elif glob.has_magic(name) and (matches := _matches(path)):
            for match in matches:
                yield from _expand(str(match))
        elif path.is_symlink():
            raise SourceError(f"{name}: is a link that leads nowhere, or in a circle; name the file itself")
        else:
            raise SourceError(f"{name}: no such file or folder; check the spelling")
    except (OSError, ValueError, NotImplementedError) as error:
        raise SourceError(f"{name}: cannot be read ({error}); check the path and its rights") from None


def _standard_input(stream: BinaryIO) -> SourceFile:
    digest = hashlib.sha256()
    data = b""
    spool: IO[bytes] | None = None
    while block := stream.read(_BLOCK):
        digest.update(block)
        data += block
        if len(data) >= _HELD:
            spool = spool or tempfile.TemporaryFile()  # noqa: SIM115  (lives as long as the source)
            spool.write(data)
            data = b""
    if spool is not None:
        spool.write(data)
        spool.flush()
    return SourceFile(f"stdin:{digest.hexdigest()}", "stdin", None, b"" if spool else data, spool)


def _matches(pattern: Path) -> list[Path]:
    """What a pattern matches, hidden files only if it says so, as a shell has it.

    ``**`` does not follow links to folders, which may lead in circles.
    """
    fixed = next(index for index, part in enumerate(pattern.parts) if glob.has_magic(part))
    folder, rest = Path(*pattern.parts[:fixed]), Path(*pattern.parts[fixed:])
    found = folder.glob(str(rest))
    return sorted(path for path in found if _is_hidden(rest) or not _is_hidden(path.relative_to(folder)))


def _folder(folder: Path) -> Iterator[SourceFile]:
    suffixes = _READABLE_SUFFIXES.union(*(offer.value.suffixes for offer in offered_readers()))
    files = sorted(
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in suffixes and path.is_file() and not _is_hidden(path.relative_to(folder))
        if not is_companion(path)
    )
    papers = frozenset(path.parent for path in files if is_main(path))
    files = [path for path in files if is_main(path) or not is_part(path, papers)]
    if not files:
        endings = " ".join(sorted(suffixes))
        raise SourceError(f"{folder}: holds no file of papers (looked for {endings}); name the files themselves")
    for path in files:
        yield _file(path, path.relative_to(folder).as_posix())


def _file(path: Path, name: str) -> SourceFile:
    if not path.is_file():
        raise SourceError(f"{_shown(str(path))}: is no regular file; pipe it in with '-' instead")
    return SourceFile(storable_name(str(path.resolve())), _shown(name), path)


def _shown(name: str) -> str:
    """A file name may hold line breaks and what commands a terminal; what people see of it must not."""
    return printable(storable_name(name)).replace("\n", " ").replace("\t", " ")


def _is_hidden(relative: Path) -> bool:
    return any(part.startswith(".") for part in relative.parts)
