"""Exports of several files: a folder that is there as a whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import KgError

__all__ = ["output_folder"]


@contextmanager
def output_folder(folder: Path, files: Collection[str]) -> Iterator[Path]:
    """An empty folder to write ``files`` into; it takes the name ``folder`` when all is written.

    An earlier export there is replaced; what fails half-way leaves it as it was.

    Raises:
        KgError: ``folder`` is a file, or holds what no such export wrote.
    """
    target = folder.resolve()
    _check(target, files)
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished, old = (target.with_name(f".{target.name}.{os.getpid()}.{part}") for part in ("new", "old"))
    unfinished.mkdir()
    try:
        yield unfinished
        _check(target, files)
        if target.exists():
            target.replace(old)
        try:
            unfinished.replace(target)
        except BaseException:
            if old.exists():
                old.replace(target)
            raise
        shutil.rmtree(old, ignore_errors=True)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _check(target: Path, files: Collection[str]) -> None:
    if not target.exists():
        return
    if not target.is_dir():
        raise KgError(f"{target}: is a file, and this format is a folder of files; name a folder")
    foreign = sorted(path.name for path in target.iterdir() if path.name not in files or path.is_dir())
    if foreign:
        raise KgError(f"{target}: holds other files ({', '.join(foreign[:3])}); name a new or empty folder")
