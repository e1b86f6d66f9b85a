"""The full texts of papers that arXiv listed: their LaTeX sources, or the PDF where there are none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import FetchError
from kg.fetching.client import PoliteClient
from kg.files import write_whole
from kg.model import Paper
from kg.sources import SourceFile, find_sources, read_source

__all__ = ["FullTexts", "fetch_full_texts"]

_FOLDER = "full-text"
_ENDINGS = ((b"%PDF-", ".pdf"), (b"\x1f\x8b", ".gz"))
_ABSENT = ".none"  # of a paper whose source arXiv does not give
_NOT_TO_BE_HAD = (" HTTP 403:", " HTTP 404:", " HTTP 410:", "answers with more than")


@dataclass(frozen=True, slots=True)
class FullTexts:
    """How many full texts were fetched now, were there already, and are not to be had."""

    new: int
    kept: int
    absent: int


def fetch_full_texts(client: PoliteClient, folder: Path, *, refresh: bool = False) -> FullTexts:
    """The sources of all papers whose records are in a folder, beside them, one request a paper.

    What is there is not fetched again, so that a run that was interrupted goes on where it stopped; of papers that
    arXiv gives no source of, this is remembered.

    Raises:
        FetchError: arXiv cannot be reached; what was fetched stays.
    """
    new = kept = absent = 0
    target = folder / _FOLDER
    for number in dict.fromkeys(_ids(folder)):
        stem = number.replace("/", "_")
        there = [path for path in target.glob(f"{stem}.*") if path.stem in (stem, f"{stem}.tar")]
        if there and not refresh:
            absent += there[0].suffix == _ABSENT
            kept += there[0].suffix != _ABSENT
        elif (content := _source(client, number)) is None:
            write_whole(target / f"{stem}{_ABSENT}", b"")
            absent += 1
        else:
            write_whole(target / f"{stem}{_ending(content)}", content)
            new += 1
    return FullTexts(new, kept, absent)


def _ids(folder: Path) -> Iterator[str]:
    """The arXiv ids of the records that were fetched."""
    for source in find_sources([str(path) for path in sorted(folder.glob("page-*"))]):
        if isinstance(source, SourceFile):
            yield from (row.arxiv for row in read_source(source) if isinstance(row, Paper) and row.arxiv)


def _source(client: PoliteClient, number: str) -> bytes | None:
    try:
        return client.get(f"/e-print/{number}", {}, lambda answer: None)
    except FetchError as error:
        if any(status in str(error) for status in _NOT_TO_BE_HAD):
            return None
        raise


def _ending(content: bytes) -> str:
    """By what it is: arXiv compresses archives, which HTTP may have undone, and sends some papers as one file."""
    if content[257:262] == b"ustar":
        return ".tar"
    return next((ending for magic, ending in _ENDINGS if content.startswith(magic)), ".tex")
