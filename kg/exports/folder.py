"""Exports of several files: a folder that is there as a whole or not at all."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import KgError
from kg.files import whole_folder

__all__ = ["output_folder"]


@contextmanager
def output_folder(folder: Path, files: Collection[str]) -> Iterator[Path]:
    """An empty folder to write ``files`` into; it takes the name ``folder`` when all is written.

    An earlier export there is replaced; what fails half-way leaves it as it was.

    Raises:
        KgError: ``folder`` is a file, or holds what no such export wrote.
    """
    with whole_folder(folder, lambda target: _check(target, files)) as unfinished:
        yield unfinished


def _check(target: Path, files: Collection[str]) -> None:
    if not target.exists():
        return
    if not target.is_dir():
        raise KgError(f"{target}: is a file, and this format is a folder of files; name a folder")
    foreign = sorted(path.name for path in target.iterdir() if path.name not in files or path.is_dir())
    if foreign:
        raise KgError(f"{target}: holds other files ({', '.join(foreign[:3])}); name a new or empty folder")
