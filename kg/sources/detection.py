"""Which format a source is in, told by its content; its name plays no part."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import BinaryIO

from kg.errors import SourceError
from kg.model import Paper, Reject
from kg.sources import jsonrecords, jsontext, listing, table
from kg.sources.compression import DamagedError, decompressed
from kg.sources.files import SourceFile
from kg.sources.lines import read_lines

__all__ = ["read_source"]

_HEAD = 65_536  # bytes
_BOM = b"\xef\xbb\xbf"
_KNOWN = "text listings, JSON and JSON lines, Hugging Face pages, Atom feeds, BibTeX, RIS, CSV and TSV"

_Rows = Iterator[Paper | Reject]
_Reader = Callable[[BinaryIO, str], _Rows]

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

# What may stand before the first tag of a document, and that tag.
_ROOT = re.compile(r"(?:<\?.*?\?>|<!--.*?-->|<!doctype[^<>]*>|\s+)*<([a-z][\w.:-]*)", re.IGNORECASE | re.DOTALL)
_HTML_ROOTS = frozenset(("html", "head", "body", "main", "div", "meta", "link", "script", "section", "title"))
_XML = re.compile(r"<(?:\?xml|!doctype|!entity|(?:\w+:)?(?:feed|entry|rss|rdf)\b)|\sxmlns(?::\w+)?=", re.IGNORECASE)
_BIBTEX = re.compile(r"^[ \t]*@[a-z]+[ \t]*[{(][^\s,={}]*\s*(?:,|=|\})", re.IGNORECASE | re.MULTILINE)
_RIS = re.compile(r"^(?:TY  - ?[A-Z]|(?:TI|T1|AU|A1|AB|PY|DO|JO|ER)  -)", re.MULTILINE)
_JSON_LINE = re.compile(r"^[ \t]*\{[ \t]*\"", re.MULTILINE)


def read_source(source: SourceFile) -> _Rows:
    """Read a source as a stream of papers and rejects, in the order of the file.

    Raises:
        SourceError: the source cannot be read, is empty, is in no format that ``kg`` knows, expands beyond all
            measure, or holds nothing that looks like a paper.
    """
    reader = _detect(source)
    last: Paper | Reject | None = None
    try:
        with source.open() as raw, decompressed(raw, source.name) as stream:
            for row in reader(stream, source.name):
                last = row
                yield row
    except DamagedError as error:
        if last is None:
            raise SourceError(f"{source.name}: {error}") from None
        yield Reject(source.name, _line(last) + 1, f"{error}; nothing from here on is read")
    except OSError as error:
        raise SourceError(f"{source.name}: cannot be read ({error.strerror}); check the disk") from None
    if last is None:
        raise SourceError(f"{source.name}: holds no paper; kg reads {_KNOWN}")


def _line(row: Paper | Reject) -> int:
    return row.line if isinstance(row, Reject) else int(row.sources[0].rpartition(":")[2])


def _detect(source: SourceFile) -> _Reader:
    head = _head(source)
    if not head.removeprefix(_BOM).strip():
        raise SourceError(f"{source.name}: is empty; nothing to read")
    for magic, reason in _REFUSED:
        if head.startswith(magic):
            raise SourceError(f"{source.name}: {reason}")
    if head[_TAR_MAGIC] == b"ustar":
        raise SourceError(f"{source.name}: is a tar archive; unpack it and name its files")
    text = head.removeprefix(_BOM).decode("utf-8", "replace")
    # A stray byte costs its record; where every hundredth character is none, there are no records.
    if (text.count("\x00") + text.count("\ufffd")) * 100 > len(text):
        raise SourceError(f"{source.name}: is a binary file, or text that is not UTF-8; kg reads {_KNOWN}")
    return _reader(text)


def _head(source: SourceFile) -> bytes:
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
    return head


def _reader(head: str) -> _Reader:
    """The reader for a text, by the marks that no other format bears; listings, which bear none, come last."""
    start = head.lstrip("\ufeff \t\r\n")
    if start.startswith("{"):
        return _read_json_lines if jsontext.looks_like_lines(start) else _read_json
    if re.match(r"\[\s*(?:\{|\]|\Z)", start):
        return _read_json
    if start.startswith("<"):
        root = _ROOT.match(start)
        if root and root.group(1).lower() in _HTML_ROOTS:
            return _read_html
        if _XML.search(start):
            return _read_atom
    if _BIBTEX.search(head):
        return _read_bibtex
    if _RIS.search(head):
        return _read_ris
    dialect = table.detect(head)
    if dialect is not None:
        return lambda stream, name: table.read(read_lines(stream), name, dialect)
    if len(_JSON_LINE.findall(head)) * 2 >= sum(1 for line in head.splitlines() if line.strip()):
        return _read_json_lines
    return lambda stream, name: listing.read(read_lines(stream), name)


def _read_json_lines(stream: BinaryIO, name: str) -> _Rows:
    return jsonrecords.read(jsontext.read_json_lines(stream), name)


def _read_json(stream: BinaryIO, name: str) -> _Rows:
    return jsonrecords.read(jsontext.read_json(stream), name)


# The libraries of these formats are loaded only when a source needs them.


def _read_atom(stream: BinaryIO, name: str) -> _Rows:
    from kg.sources import arxiv_atom

    return arxiv_atom.read(stream, name)


def _read_html(stream: BinaryIO, name: str) -> _Rows:
    from kg.sources import huggingface_html

    return huggingface_html.read(stream, name)


def _read_bibtex(stream: BinaryIO, name: str) -> _Rows:
    from kg.sources import bibtex

    return bibtex.read(read_lines(stream), name)


def _read_ris(stream: BinaryIO, name: str) -> _Rows:
    from kg.sources import ris

    return ris.read(read_lines(stream), name)
