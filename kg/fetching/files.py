"""What has been fetched: a file a page, written whole or not at all.

So the same command goes on where it stopped. A hidden file beside the pages says that the list ended with the last.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kg.errors import SourceError
from kg.files import write_whole
from kg.sources import SourceFile, read_source

__all__ = ["Fetched", "count_records", "fetch_pages", "folder_name"]


@dataclass(frozen=True, slots=True)
class Fetched:
    """Where the papers are, how many records, and how many pages were fetched now or were there already."""

    folder: Path
    records: int
    pages_new: int
    pages_kept: int


def fetch_pages(
    folder: Path, suffix: str, size: int, most: int, fetch: Callable[[int, int], bytes], *, refresh: bool = False
) -> Fetched:
    """Pages 0, 1, ... into ``folder``, until one is not full or ``most`` records are there.

    ``fetch`` gives the content of a page by its number and how many records are wanted of it. Pages that are there are
    not asked for again, unless ``refresh``.

    Raises:
        FetchError: the API refuses, or a fault does not pass; the pages before stay.
    """
    end = folder / ".end"
    if refresh:
        end.unlink(missing_ok=True)
    records = new = kept = 0
    for page, start in enumerate(range(0, most, size)):
        path = folder / f"page-{page + 1:04}{suffix}"
        wanted = min(size, most - start)
        found = count_records(path.read_bytes()) if path.is_file() and not refresh else 0
        if found >= wanted or end.is_file():
            kept += bool(found)
        else:
            content = fetch(page, wanted)
            found = count_records(content)
            if found:
                write_whole(path, content)
                new += 1
        records += found
        if found < wanted:
            _end(folder, f"page-{page + (found > 0):04}{suffix}")
            break
    return Fetched(folder, records, new, kept)


def _end(folder: Path, last: str) -> None:
    """Note where the list ended; pages beyond are of a list that was longer once."""
    if folder.is_dir():
        write_whole(folder / ".end", last.encode())
        for path in folder.glob("page-*"):
            if path.name > last:
                path.unlink()


def count_records(content: bytes) -> int:
    """How many records ``kg build`` will find, those that it will set aside included."""
    try:
        return sum(1 for _ in read_source(SourceFile("", "the answer", None, content)))
    except SourceError:
        return 0


def folder_name(query: str) -> str:
    """A name for a query that any file system takes and no other query shares.

    >>> folder_name("cat:cs.LG AND all:sheep")
    'cat-cs-lg-and-all-sheep-457f07'
    """
    slug = re.sub(r"[^a-z0-9]+", "-", query.lower()).strip("-")[:40].rstrip("-")
    return f"{slug or 'query'}-{hashlib.sha256(query.encode('utf-8', 'surrogatepass')).hexdigest()[:6]}"
