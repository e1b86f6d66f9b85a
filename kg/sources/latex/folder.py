r"""Papers in LaTeX as folders hold them: which file is the main one, and what belongs to it."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

__all__ = ["READ", "FolderFiles", "imprint", "is_main", "is_part"]

MAIN = re.compile(
    r"^[^%\n]{0,200}\\document(?:class|style)\b\s*(?:\[[^\]]{0,400}\]\s*)?\{([^}]{0,100})\}", re.MULTILINE
)
"""The class of a document, in a line that is no comment."""

NO_PAPER = frozenset(("standalone", "subfiles", "subfile", "letter", "beamer", "minimal"))
"""Classes of what is a part of a paper, or none."""

READ = frozenset(
    (".tex", ".ltx", ".latex", ".sty", ".cls", ".def", ".cfg", ".inc", ".tikz", ".tab", ".txt", ".dat", "")
)
"""Endings of files that a document may read as TeX: a change of any of them is a change of the paper."""

# What lies in the folder of a paper and is its literature, its data or its notes.
_PARTS = frozenset((".bib", ".bbl", ".txt", ".text", ".md", ".csv", ".tsv", ".tab", ".json", ".tex", ".ltx"))
_HEAD = 200_000  # characters of a file in which its class stands
_LARGEST = 20_000_000  # bytes of a file
_MOST_FILES = 1_000  # whose content tells whether a paper changed


def is_main(path: Path) -> bool:
    """Whether a file is the main one of a paper."""
    if path.suffix.lower() not in (".tex", ".ltx"):
        return False
    try:
        with path.open("rb") as stream:
            found = MAIN.search(stream.read(_HEAD).decode("utf-8", "replace"))
    except OSError:
        return False
    return found is not None and found[1].strip() not in NO_PAPER


def is_part(path: Path, papers: frozenset[Path]) -> bool:
    """Whether a file belongs to a paper in its folder, or in one above it; ``papers`` are the folders of main files."""
    if papers.isdisjoint(path.parents):
        return False
    if path.suffix.lower() == ".pdf":  # a figure, or the paper as it is printed; beside it may lie other papers
        return path.parent not in papers or path.stem in _texts(path.parent)
    return path.suffix.lower() in _PARTS and not is_main(path)


@lru_cache(maxsize=16)
def _texts(folder: Path) -> str:
    """The names and texts of the papers in a folder, which name their figures."""
    found = [path for path in sorted(folder.iterdir()) if path.suffix.lower() in (".tex", ".ltx")][:_MOST_FILES]
    texts = (path.read_bytes()[:_LARGEST].decode("utf-8", "replace") for path in found if path.is_file())
    return "\n".join((*(path.stem for path in found), *texts))


def imprint(main: Path) -> bytes:
    """What tells whether any file of a paper changed."""
    digest = hashlib.sha256()
    for path in _files(main.parent):
        digest.update(str(path.relative_to(main.parent)).encode("utf-8", "surrogatepass"))
        try:
            digest.update(path.read_bytes()[:_LARGEST])
        except OSError:
            continue
    return digest.digest()


def _files(folder: Path) -> list[Path]:
    """The files in a folder and below that a document may read, in one order wherever they lie."""
    found: list[Path] = []
    for inner, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        paths = (Path(inner, name) for name in sorted(names) if not name.startswith("."))
        found += (path for path in paths if path.suffix.lower() in READ and path.is_file() and not path.is_symlink())
        if len(found) >= _MOST_FILES:
            break
    return found[:_MOST_FILES]


class FolderFiles(Mapping[str, bytes]):
    """The files of a folder by their names within it; what lies outside of it, links included, is not there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self._path(name) is not None

    def __getitem__(self, name: str) -> bytes:
        path = self._path(name)
        if path is None:
            raise KeyError(name)
        with path.open("rb") as stream:
            return stream.read(_LARGEST)

    def __iter__(self) -> Iterator[str]:
        return (path.relative_to(self._folder).as_posix() for path in _files(self._folder))

    def __len__(self) -> int:
        return len(_files(self._folder))

    def _path(self, name: str) -> Path | None:
        if Path(name).suffix.lower() not in READ:
            return None
        try:
            path = (self._folder / name).resolve()
            return path if path.is_relative_to(self._folder) and path.is_file() else None
        except (OSError, ValueError, RuntimeError):
            return None
