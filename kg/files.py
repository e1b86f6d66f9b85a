"""Files and folders that are there as a whole or not at all: written beside their place, then renamed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

__all__ = ["whole_file", "whole_folder", "write_whole"]


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """A stream to write to; what was written takes the name ``path`` when all is, and never if the block fails.

    Folders above are made. A link is followed: what it leads to is replaced, not the link. A device or pipe keeps its
    place and is written to as it is.

    Raises:
        OSError: the file or a folder above cannot be written.
    """
    target = path.resolve()
    if target.exists() and not target.is_file():
        with target.open("wb") as stream:
            yield stream
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = _beside(target)
    try:
        with unfinished.open("wb") as stream:
            yield stream
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it is never seen half.

    Raises:
        OSError: the file or a folder above cannot be written.
    """
    with whole_file(path) as stream:
        stream.write(content)


@contextmanager
def whole_folder(folder: Path, check: Callable[[Path], None]) -> Iterator[Path]:
    """An empty folder to write into; it takes the name ``folder`` when the block ends, and the place of what is there.

    ``check`` is called with the folder's place, before and after, and raises if what is there must stay.

    Raises:
        OSError: the folder or one above cannot be written; what was there is as it was.
    """
    target = folder.resolve()
    check(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished, old = _beside(target, ".new"), _beside(target, ".old")
    unfinished.mkdir()
    try:
        yield unfinished
        check(target)
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


def _beside(target: Path, suffix: str = "") -> Path:
    """A hidden name in the same folder, hence on the same disk, that no other process uses."""
    return target.with_name(f".{target.name}.{os.getpid()}{suffix}")
