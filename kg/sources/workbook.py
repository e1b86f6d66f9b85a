"""Workbooks of Excel (.xlsx), sheet by sheet and row by row, columns told by their names. Needs ``paperkg[excel]``.

A workbook is a zip file of XML. Neither is trusted: sizes are looked at before anything is unpacked, and a part that
declares a document type, which the standard forbids (ECMA-376, part 2), is refused.
"""

from __future__ import annotations

import datetime
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import IO, TYPE_CHECKING, Any, BinaryIO

from kg.errors import SourceError
from kg.hookspecs import Source
from kg.model import Paper, Reject
from kg.sources.columns import Columns, header_in
from kg.sources.compression import FREE, RATIO, DamagedError
from kg.sources.fields import RecordError
from kg.sources.spooling import seekable

if TYPE_CHECKING:
    from openpyxl import Workbook

__all__ = ["read"]

_OF_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)
# In UTF-8, and in UTF-16 of either order.
_DECLARES = re.compile(rb"<\x00?!\x00?(?:D\x00?O\x00?C\x00?T\x00?Y\x00?P\x00?E|E\x00?N\x00?T\x00?I\x00?T\x00?Y)")
_REACH = 20  # bytes that such a mark may take
_STEP = 1 << 16  # bytes
_LARGEST = 1 << 30  # bytes of all parts, unpacked
_MOST_ROWS = 1_048_576  # of a sheet; one that says that it has more lies
_MOST_IN_ALL = 4 * _MOST_ROWS
_MOST_COLUMNS = 512
_BATCH = 500  # rows
_HEAD = 20  # rows among which the header is looked for
_INSTEAD = "save it as CSV UTF-8"

Row = tuple[int, list[str]]
"""A row that is not blank: its number in the file, and its cells."""


def read(source: Source) -> Iterator[Paper | Reject]:
    """One paper or reject for each row below a header, over all sheets; rows are numbered through them.

    A sheet without a column of titles is set aside as a whole.

    Raises:
        SourceError: openpyxl is not installed, or the file is damaged or hostile.
    """
    try:
        import openpyxl  # noqa: F401  (whether it is there)
    except ImportError:
        raise SourceError(
            f"{source.name}: is an Excel workbook; {_INSTEAD}, or let kg read workbooks: pip install 'paperkg[excel]'"
        ) from None
    with seekable(source.stream) as stream:
        _check(stream, source.name)
        last = 0
        try:
            for number, row in _sheets(stream, source.name):
                last = number
                yield row
        except _DamagedError as error:
            if last == 0:
                raise SourceError(
                    f"{source.name}: is an Excel workbook that cannot be read: {error}; {_INSTEAD}"
                ) from None
            yield Reject(source.name, last + 1, f"the workbook is damaged: {error}; nothing from here on is read")


class _DamagedError(Exception):
    """What openpyxl stumbled over."""


def _check(stream: BinaryIO, name: str) -> None:
    """Refuse what swells beyond measure, and what declares entities.

    Raises:
        SourceError: it does, or it is no zip file.
    """
    size = stream.seek(0, io.SEEK_END)
    try:
        with zipfile.ZipFile(stream) as parts:
            whole = sum(part.file_size for part in parts.infolist())
            if whole > _LARGEST or (whole > FREE and whole > RATIO * size):
                raise SourceError(f"{name}: is an Excel workbook that expands to {whole:,} bytes; {_INSTEAD}")
            for part in parts.infolist():
                if part.filename.lower().endswith((".xml", ".rels", ".vml")):
                    with parts.open(part) as content:
                        _check_part(content, name)
    except _OF_ZIP as error:
        raise SourceError(f"{name}: is an Excel workbook that cannot be read ({error}); {_INSTEAD}") from None
    stream.seek(0)


def _check_part(content: IO[bytes], name: str) -> None:
    before = b""
    while data := content.read(_STEP):
        if _DECLARES.search(before + data):
            raise SourceError(f"{name}: a part of the workbook declares a document type, which none may; {_INSTEAD}")
        before = data[-_REACH:]


def _sheets(stream: BinaryIO, name: str) -> Iterator[tuple[int, Paper | Reject]]:
    """The papers of each sheet, with the numbers of their rows."""
    book = _open(stream)
    before = 0
    for sheet in book.worksheets:
        rows = _rows(sheet, before)
        head = list(islice(rows, _HEAD))
        found = header_in([cells for _, cells in head])
        if found is None and head:
            before = head[-1][0]
            yield before, Reject(name, head[0][0], _no_header(str(sheet.title), head[0][1]))
        elif found is not None:
            skipped, columns = found
            for number, cells in chain(head[skipped + 1 :], rows):
                before = number
                yield number, _paper(columns, cells, name, number)


def _paper(columns: Columns, cells: Sequence[str], name: str, number: int) -> Paper | Reject:
    try:
        return columns.paper(cells[: len(columns.names)], f"{name}:{number}")
    except RecordError as error:
        return Reject(name, number, str(error))


def _no_header(sheet: str, cells: Sequence[str]) -> str:
    names = ", ".join(repr(cell[:30]) for cell in list(filter(None, cells))[:8])
    return f"the sheet {sheet[:40]!r} has no column of titles (its first row is {names}); name one 'title'"


def _open(stream: BinaryIO) -> Workbook:
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what openpyxl cannot keep, none of which is of papers
            return openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
    except DamagedError:
        raise
    except Exception as error:  # openpyxl checks nothing, and fails wherever a part is not as it should be
        raise _DamagedError(_said(error)) from None


def _rows(sheet: Any, before: int) -> Iterator[Row]:
    """The rows of a sheet that are not blank, numbered on from those before."""
    number = before
    rows: Iterator[Sequence[object]] | None = None
    while True:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                if rows is None:
                    sheet.reset_dimensions()  # which programs state wrongly, and rows beyond them would be lost
                    bounds = {"max_row": _MOST_ROWS, "max_col": _MOST_COLUMNS}
                    rows = iter(sheet.iter_rows(**bounds, values_only=True))
                batch = list(islice(rows, _BATCH))
        except Exception as error:
            raise _DamagedError(_said(error)) from None
        for row in batch:
            number += 1
            # Rows that only are there by the number of a later one have no cells, and may be a million.
            cells = [_text(cell) for cell in row] if any(row) else ()
            if any(cells):
                yield number, list(cells)
        if number > _MOST_IN_ALL:
            raise _DamagedError(f"it says that it has more than {_MOST_IN_ALL:,} rows")
        if len(batch) < _BATCH:
            return


def _said(error: Exception) -> str:
    lines = str(error).splitlines()
    return f"{type(error).__name__}, '{lines[0][:80]}'" if lines else type(error).__name__


def _text(cell: object) -> str:
    """A cell as it would stand in CSV; a date without its time, which dates of papers do not have."""
    if cell is None:
        return ""
    if isinstance(cell, (datetime.datetime, datetime.date)):
        return cell.isoformat()[:10]
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
