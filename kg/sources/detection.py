"""Which format a source is in, told by its content; its name plays no part."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from kg.errors import KgError, SourceError
from kg.hookspecs import Head, Reader, Source
from kg.model import Paper, Reject
from kg.plugins import CHOOSE, Offer, failed, offered_readers
from kg.sources.compression import DamagedError, decompressed
from kg.sources.derived import derived
from kg.sources.files import SourceFile

__all__ = ["read_source"]

_HEAD = 65_536  # bytes
_BOM = b"\xef\xbb\xbf"
_KNOWN = "text listings, JSON and JSON lines, Hugging Face pages, Atom feeds, BibTeX, RIS, CSV and TSV"

_Rows = Iterator[Paper | Reject]

# First bytes of what people have lying beside their papers, and what to do with it.
_REFUSED = (
    (b"PK\x03\x04", "is a zip archive; unpack it and name its files"),
    (b"PK\x05\x06", "is a zip archive; unpack it and name its files"),
    (b"7z\xbc\xaf\x27\x1c", "is a 7z archive; unpack it and name its files"),
    (b"Rar!\x1a\x07", "is a rar archive; unpack it and name its files"),
    (b"BZh", "is compressed with bzip2; kg reads .gz and .zst: decompress it"),
    (b"\xfd7zXZ\x00", "is compressed with xz; kg reads .gz and .zst: decompress it"),
    (b"\x1f\x8b", "is compressed more than once; decompress it"),
    (b"\x28\xb5\x2f\xfd", "is compressed more than once; decompress it"),
    (b"%PDF-", "is a PDF; kg reads titles and abstracts, not papers themselves"),
    (b"SQLite format 3\x00", "is a database; if it is a graph of kg's, name it with --db"),
    (b"PAR1", "is a Parquet file; save it as CSV or JSON lines"),
    (b"\xff\xfe", "is a binary file, or text in UTF-16; save it as UTF-8"),
    (b"\xfe\xff", "is a binary file, or text in UTF-16; save it as UTF-8"),
)
_TAR_MAGIC = slice(257, 262)


def read_source(source: SourceFile) -> _Rows:
    """Read a source as a stream of papers and rejects, in the order of the file.

    Raises:
        SourceError: the source cannot be read, is empty, is in no format that ``kg`` knows, expands beyond all
            measure, or holds nothing that looks like a paper.
    """
    head = _head(source)
    reader = _detect(source, head)
    last: Paper | Reject | None = None
    try:
        with source.open() as raw, decompressed(raw, source.name) as stream:
            for row in _read(reader, Source(source.name, stream, head)):
                last = row
                yield derived(row) if isinstance(row, Paper) else row
    except DamagedError as error:
        if last is None:
            raise SourceError(f"{source.name}: {error}") from None
        yield Reject(source.name, _line(last) + 1, f"{error}; nothing from here on is read")
    except OSError as error:
        raise SourceError(f"{source.name}: cannot be read ({error.strerror}); check the disk") from None
    if last is None:
        raise SourceError(f"{source.name}: holds no paper; kg reads {_KNOWN}")


def _read(reader: Offer[Reader], source: Source) -> _Rows:
    try:
        yield from reader.value.read(source)
    except (KgError, DamagedError, OSError):
        raise
    except Exception as error:
        if reader.plugin.built_in:
            raise
        raise SourceError(f"{source.name}: {failed(reader, 'reading', error)}") from error


def _line(row: Paper | Reject) -> int:
    return row.line if isinstance(row, Reject) else int(row.sources[0].rpartition(":")[2])


def _detect(source: SourceFile, head: Head) -> Offer[Reader]:
    """The reader for a source that begins so; those of formats that are no text are asked first."""
    readers = sorted(offered_readers().all(), key=_rank)
    found = _first(source.name, head, [offer for offer in readers if offer.value.binary])
    if found is None:
        _refuse(source, head)
        found = _first(source.name, head, [offer for offer in readers if not offer.value.binary])
    if found is None:
        raise SourceError(f"{source.name}: is in no format that kg knows; kg reads {_KNOWN}")
    return found


def _rank(offer: Offer[Reader]) -> int:
    return -offer.value.rank


def _first(source: str, head: Head, readers: list[Offer[Reader]]) -> Offer[Reader] | None:
    """The first by rank of the readers that detect their format; there may be no two of one rank."""
    for _, equals in groupby(readers, key=_rank):
        found = [offer for offer in equals if _detects(offer, source, head)]
        if len(found) > 1:
            first, second = (offer.plugin.name for offer in found[:2])
            raise SourceError(
                f"{source}: plugins {first} and {second} both take it for theirs; "
                f"uninstall one, or name those to load in {CHOOSE}"
            )
        if found:
            return found[0]
    return None


def _detects(offer: Offer[Reader], source: str, head: Head) -> bool:
    try:
        return offer.value.detect(head)
    except Exception as error:
        if offer.plugin.built_in:
            raise
        raise SourceError(f"{source}: {failed(offer, 'detecting', error)}") from error


def _refuse(source: SourceFile, head: Head) -> None:
    """Raise what to do with a source that is no text."""
    for magic, reason in _REFUSED:
        if head.data.startswith(magic):
            raise SourceError(f"{source.name}: {reason}")
    if head.data[_TAR_MAGIC] == b"ustar":
        raise SourceError(f"{source.name}: is a tar archive; unpack it and name its files")
    # A stray byte costs its record; where every hundredth character is none, there are no records.
    if (head.text.count("\x00") + head.text.count("\ufffd")) * 100 > len(head.text):
        raise SourceError(f"{source.name}: is a binary file, or text that is not UTF-8; kg reads {_KNOWN}")


def _head(source: SourceFile) -> Head:
    """The beginning of the content; of one that is damaged further on, as much as there is."""
    head = b""
    try:
        with source.open() as raw, decompressed(raw, source.name) as stream:
            while len(head) < _HEAD and (data := stream.read1(_HEAD - len(head))):  # type: ignore[attr-defined]
                head += data
    except DamagedError as error:
        if not head.strip():
            raise SourceError(f"{source.name}: {error}") from None
    except OSError as error:
        raise SourceError(f"{source.name}: cannot be read ({error.strerror}); check the disk") from None
    if not head.removeprefix(_BOM).strip():
        raise SourceError(f"{source.name}: is empty; nothing to read")
    return Head(head)
