"""Which format a source is in, told by its content."""

from __future__ import annotations

from collections.abc import Iterator

from kg.errors import SourceError
from kg.model import Paper, Reject
from kg.sources import jsonl, listing
from kg.sources.files import SourceFile
from kg.sources.lines import read_lines

__all__ = ["read_source"]

_HEAD = 65_536  # bytes
_BOM = b"\xef\xbb\xbf"


def read_source(source: SourceFile) -> Iterator[Paper | Reject]:
    """Read a source as a stream of papers and rejects, in the order of the file.

    Raises:
        SourceError: the source cannot be read, is empty, is no text, or holds nothing that looks like a paper.
    """
    with source.open() as stream:
        try:
            head = stream.read(_HEAD)
            if not head.removeprefix(_BOM).strip():
                raise SourceError(f"{source.name}: is empty; nothing to read")
            if b"\x00" in head:
                raise SourceError(f"{source.name}: is a binary file; kg reads text listings and JSON lines")
            stream.seek(0)
            reader = jsonl if _is_json(head) else listing
            found = False
            for row in reader.read(read_lines(stream), source.name):
                found = True
                yield row
        except OSError as error:
            raise SourceError(f"{source.name}: cannot be read ({error.strerror}); check the disk") from None
    if not found:
        raise SourceError(f"{source.name}: holds no paper; kg reads text listings and JSON lines")


def _is_json(head: bytes) -> bool:
    return head.removeprefix(_BOM).lstrip().startswith(b"{")
