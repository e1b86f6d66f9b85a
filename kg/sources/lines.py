"""Lines of an untrusted text file: bounded in length, decoded one by one, numbered from 1."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from kg.text.characters import printable

__all__ = ["LONGEST_LINE", "LONGEST_RECORD", "Line", "read_lines"]

LONGEST_LINE = 1_000_000
"""Bytes. A longer line is no title and no abstract; it is skipped without being held in memory."""

LONGEST_RECORD = 8_000_000
"""Bytes of a line, or characters of a record: works by thousands of authors have some 3 million."""


class Line(NamedTuple):
    """One line without its ending; ``problem`` says why ``text`` is not to be trusted, if it is not.

    ``link`` is where the text of a saved page leads: an address, empty if that is not told.
    """

    number: int
    text: str
    problem: str | None = None
    link: str | None = None


def read_lines(stream: BinaryIO, longest: int = LONGEST_LINE) -> Iterator[Line]:
    """Decode a stream line by line; damage stays confined to its line."""
    number = 0
    while chunk := stream.readline(longest):
        number += 1
        if len(chunk) == longest and not chunk.endswith(b"\n"):
            while (rest := stream.readline(longest)) and not rest.endswith(b"\n"):
                pass
            yield Line(number, "", f"the line is longer than {longest:,} bytes")
            continue
        yield _decode(number, chunk)


def _decode(number: int, chunk: bytes) -> Line:
    if chunk == b"\n":
        return Line(number, "")
    if number == 1:
        chunk = chunk.removeprefix(b"\xef\xbb\xbf")
    try:
        text = chunk.decode("utf-8")
    except UnicodeDecodeError as error:
        text = chunk.decode("utf-8", "replace")
        return Line(number, _clean(text), f"byte {error.start + 1} of the line is not UTF-8; save the file as UTF-8")
    return Line(number, _clean(text))


def _clean(text: str) -> str:
    return printable(text.rstrip("\r\n"))
