"""Rows of plain values as CSV and as JSON lines, for files and servers.

CSV is opened in spreadsheets, which run a text that begins like a formula: such a text gets an apostrophe
(https://owasp.org/www-community/attacks/CSV_Injection). Numbers stay as they are, and so do all texts in JSON.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence

from kg.text.terminal import LOOKALIKES, harmless, spelled_out

__all__ = ["csv_cell", "csv_line", "csv_lines", "json_lines"]

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_lines(rows: Sequence[Mapping[str, object]]) -> bytes:
    """Rows as CSV in UTF-8 with a header; nothing for no rows, whose columns nobody knows."""
    if not rows:
        return b""
    lines = [csv_line(rows[0]), *(csv_line(csv_cell(value) for value in row.values()) for row in rows)]
    return "".join(f"{line}\n" for line in lines).encode("utf-8", LOOKALIKES)


def json_lines(rows: Iterable[Mapping[str, object]]) -> bytes:
    """Rows as JSON, one a line."""
    import msgspec

    return b"".join(msgspec.json.encode(row) + b"\n" for row in rows)


def csv_line(cells: Iterable[object]) -> str:
    """A line of CSV without its end."""
    line = io.StringIO()
    # With this end of line the writer quotes cells that hold either half of it; ours is a bare line feed.
    csv.writer(line, lineterminator="\r\n").writerow(cells)
    return line.getvalue().removesuffix("\r\n")


def csv_cell(value: object) -> object:
    """A cell; CSV has no escapes, so what a terminal would obey goes."""
    if isinstance(value, list | dict | tuple):
        return spelled_out(json.dumps(value, ensure_ascii=False))
    if not isinstance(value, str):
        return value
    text = harmless(value)
    return f"'{text}" if value.startswith(_FORMULA) or text.startswith(_FORMULA) else text
