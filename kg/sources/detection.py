"""Which format a source is in, told by its content; its name plays no part."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import groupby
from typing import BinaryIO

from kg.errors import KgError, SourceError
from kg.hookspecs import Head, Reader, Source
from kg.model import Paper, Reject
from kg.plugins import CHOOSE, Offer, failed, offered_readers
from kg.sources.companions import completed, known_paper
from kg.sources.compression import DamagedError, decompressed
from kg.sources.derived import derived
from kg.sources.encoding import UTF_8, Encoding, as_utf8, encoding_of, is_binary
from kg.sources.files import SourceFile
from kg.sources.refusals import refused_binary, refused_text

__all__ = ["read_source"]

_HEAD = 65_536  # bytes
_SHOWN = 4_096  # bytes of a line that is longer than that
_ONE_LINE = (b"{", b"[", b"<")  # JSON and documents need no line ends
_BOM = b"\xef\xbb\xbf"
_NO_TEXT = "is a binary file, or text in an encoding that cannot be told; save it as UTF-8"
_KNOWN = "lists in text and Markdown, JSON, saved pages, feeds and XML, BibTeX, RIS, CSV, Excel and Parquet"

_Rows = Iterator[Paper | Reject]


def read_source(source: SourceFile) -> _Rows:
    """Read a source as a stream of papers and rejects, in the order of the file.

    Raises:
        SourceError: the source cannot be read, is empty, is in no format that ``kg`` knows, expands beyond all
            measure, or holds nothing that looks like a paper.
    """
    found = _detect(source)
    known = known_paper(source.path) if source.path is not None else None
    last: Paper | Reject | None = None
    try:
        with _opened(source, found.encoding) as stream:
            rows = _read(found.reader, Source(source.name, stream, found.head, known, source.path))
            for row in _remarked(rows, found.encoding.remark) if found.encoding.remark else rows:
                last = row
                yield _finished(row, source, known) if isinstance(row, Paper) else row
    except DamagedError as error:
        if last is None:
            raise SourceError(f"{source.name}: {error}") from None
        yield Reject(source.name, _line(last) + 1, f"{error}; nothing from here on is read")
    except OSError as error:
        raise SourceError(f"{source.name}: cannot be read ({error.strerror}); check the disk") from None
    if last is None:
        raise SourceError(f"{source.name}: holds no paper; kg reads {_KNOWN}")


def _finished(paper: Paper, source: SourceFile, known: Paper | None) -> Paper:
    return derived(paper if source.path is None else completed(paper, source.path, known))


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


@dataclass(frozen=True, slots=True)
class _Detected:
    """How a source is to be read."""

    head: Head
    reader: Offer[Reader]
    encoding: Encoding = UTF_8


def _detect(source: SourceFile) -> _Detected:
    """The reader for a source; those of formats that are no text are asked first, and get it as it is."""
    readers = sorted(offered_readers().all(), key=_rank)
    head = _head(source, UTF_8)
    if found := _first(source.name, head, [offer for offer in readers if offer.value.binary]):
        return _Detected(head, found)
    if refusal := refused_binary(head.data):
        raise SourceError(f"{source.name}: {refusal}")
    if is_binary(head.data):
        raise SourceError(f"{source.name}: {_NO_TEXT}")
    encoding = encoding_of(lambda: _opened(source, UTF_8), head.data)
    if encoding is None:
        raise SourceError(f"{source.name}: {_NO_TEXT}")
    head = _head(source, encoding)
    if _is_damaged(head):
        raise SourceError(f"{source.name}: {_NO_TEXT}")
    if found := _first(source.name, head, [offer for offer in readers if not offer.value.binary]):
        return _Detected(head, found, encoding)
    raise SourceError(f"{source.name}: {refused_text(head)}")


@contextmanager
def _opened(source: SourceFile, encoding: Encoding) -> Iterator[BinaryIO]:
    with source.open() as raw, decompressed(raw, source.name) as stream, as_utf8(stream, encoding) as text:
        yield text


def _remarked(rows: _Rows, remark: str) -> _Rows:
    """The rows, the first paper among them with what is to be told of the whole source."""
    for row in rows:
        if isinstance(row, Paper):
            yield replace(row, remarks=(remark, *row.remarks))
            break
        yield row
    yield from rows


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


def _is_damaged(head: Head) -> bool:
    """Whether every hundredth character is none, or more: a stray byte costs little, but there are no records then."""
    return (head.text.count("\x00") + head.text.count("\ufffd")) * 100 > len(head.text)


def _head(source: SourceFile, encoding: Encoding) -> Head:
    """The beginning of the content; of one that is damaged further on, as much as there is."""
    head = b""
    try:
        with _opened(source, encoding) as stream:
            head = _read_up_to(stream, b"")
            if len(head) == _HEAD and b"\n" not in head and not head.lstrip().startswith(_ONE_LINE):
                # A line that nobody can mean hides what the others are.
                while (rest := stream.readline(_HEAD)) and not rest.endswith(b"\n"):
                    pass
                head = _read_up_to(stream, head[:_SHOWN] + b"\n")
    except DamagedError as error:
        if not head.strip():
            raise SourceError(f"{source.name}: {error}") from None
    except OSError as error:
        raise SourceError(f"{source.name}: cannot be read ({error.strerror}); check the disk") from None
    if not head.removeprefix(_BOM).strip():
        raise SourceError(f"{source.name}: is empty; nothing to read")
    return Head(head)


def _read_up_to(stream: BinaryIO, head: bytes) -> bytes:
    while len(head) < _HEAD and (data := stream.read1(_HEAD - len(head))):  # type: ignore[attr-defined]
        head += data
    return head
