"""JSON of any size as a stream of its records: lines of objects, a long list, or a list inside an answer of an API.

The parsing is the standard library's; this module finds where each record begins, so that one that is damaged, too
long or nested too deeply costs only itself, and memory holds one record at a time. (Streaming parsers that were looked
at give up at the first error, and the fast one's memory grows with the square of the depth of nesting.)
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from kg.sources.lines import read_lines

__all__ = ["LONGEST_RECORD", "JsonRecord", "holds_records", "looks_like_lines", "read_json", "read_json_lines"]

LONGEST_RECORD = 8_000_000
"""Bytes of a line, or characters of a record: works by thousands of authors have some 3 million."""

_CONTAINERS = frozenset(("results", "data", "papers", "dailyPapers", "items", "recommendedPapers"))
_IDENTIFYING = ("title", "id", "paperId", "paper")  # an object that has one of these is a paper, not an answer
_STEP = 1 << 16  # characters read at once
_SPACE = re.compile(r"[ \t\r\n\ufeff]*")
_TOKEN = re.compile(r'["\[\]{},]')
_STRING_END = re.compile(r'["\\]')
_UNDECODED = re.compile("[\udc80-\udcff]")  # where bytes were no UTF-8
_DECODER = json.JSONDecoder(strict=False)


@dataclass(frozen=True, slots=True)
class JsonRecord:
    """One record: its value, or the problem with it. ``number`` is its line, or its place in the document."""

    number: int
    value: object = None
    problem: str | None = None


def looks_like_lines(head: str) -> bool:
    """Whether a text that begins with ``{`` has an object on each line, rather than one over many lines."""
    first, _, rest = head.strip("\ufeff \t\r\n").partition("\n")
    try:
        value = _DECODER.raw_decode(first)[0]
    except (ValueError, RecursionError):
        # No object ends with the line: it goes on, or is damaged, or is longer than what can be seen of it.
        if first.rstrip().endswith("}"):
            return True
        return not _names_container(first) and (not rest or rest.lstrip().startswith("{"))
    return bool(rest.strip()) or not holds_records(value)


def _names_container(text: str) -> bool:
    return re.search(rf'"(?:{"|".join(_CONTAINERS)})"\s*:\s*\[', text) is not None


def holds_records(value: object) -> bool:
    """Whether a value is an answer of an API around a list of papers, rather than a paper."""
    return (
        isinstance(value, dict)
        and not any(value.get(key) for key in _IDENTIFYING)
        and any(isinstance(value.get(key), list) for key in _CONTAINERS)
    )


def read_json_lines(stream: BinaryIO) -> Iterator[JsonRecord]:
    """The record or records of each line that is not blank."""
    for line in read_lines(stream, LONGEST_RECORD):
        if line.problem:
            yield JsonRecord(line.number, problem=line.problem)
        elif line.text.strip():
            try:
                value = _DECODER.decode(line.text)
            except (ValueError, RecursionError) as error:
                yield JsonRecord(line.number, problem=f"not JSON: {error}")
                continue
            for row in _unpack(value):
                yield JsonRecord(line.number, row)


def _unpack(value: object) -> list[object]:
    if not (isinstance(value, dict) and holds_records(value)):
        return [value]
    return [row for key in value if key in _CONTAINERS and isinstance(value[key], list) for row in value[key]]


def read_json(stream: BinaryIO) -> Iterator[JsonRecord]:
    """The records of a document: the elements of a list, those of a list in an object, or the one object."""
    for number, (value, problem) in enumerate(_Document(stream).records(), start=1):
        yield JsonRecord(number, value, problem)


_Outcome = tuple[object, str | None]


class _Document:
    """A window that moves over the text of a document."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._decode = codecs.getincrementaldecoder("utf-8")("surrogateescape").decode
        self._text = ""
        self._at = 0
        self._dropped = 0  # characters before the window
        self._ended = False

    def records(self) -> Iterator[_Outcome]:
        """Each record's value, or None and what is wrong with it."""
        while char := self._next():
            if char == "[":
                self._at += 1
                yield from self._elements()
            elif char == "{":
                yield from self._object()
            else:
                yield None, f"not JSON: {self._text[self._at : self._at + 40]!r}; nothing after it is read"
                return

    def _elements(self) -> Iterator[_Outcome]:
        """The elements of a list whose bracket has been passed, and its end."""
        while char := self._next():
            if char == "]":
                self._at += 1
                return
            if char == ",":
                self._at += 1
                continue
            if char == "}":
                self._at += 1
                yield None, "not JSON: a bracket that closes nothing"
                continue
            yield self._value()
            if (char := self._next()) and char not in ",]{":
                yield None, f"not JSON: {self._text[self._at : self._at + 40]!r} between two records"
                self._skip_value()
        yield None, "the list does not end; the file is cut off, get it again"

    def _object(self) -> Iterator[_Outcome]:
        """An object: the records of the lists in it if it is an answer of an API, or itself."""
        fields: dict[str, object] = {}
        self._at += 1
        size, answer = 0, False
        while (char := self._next()) != "}":
            if char == ",":
                self._at += 1
                continue
            key, problem = self._value() if char == '"' else (None, "not JSON: a name in quotes was expected")
            if not problem and self._next() != ":":
                problem = f"not JSON: a colon was expected behind {str(key)[:40]!r}"
            if problem:
                yield None, f"{problem}; nothing after it is read" if char else "the object does not end; get it again"
                self._drain()
                return
            self._at += 1
            if key in _CONTAINERS and self._next() == "[" and not any(fields.get(name) for name in _IDENTIFYING):
                self._at += 1
                answer = True
                yield from self._elements()
                continue
            before = self._position()
            value, problem = self._value()
            size += self._position() - before
            if problem is None and size > LONGEST_RECORD:
                problem = _too_long()
            if problem:
                yield None, problem
                self._drain()
                return
            fields[str(key)] = value
        self._at += 1
        if not answer:
            yield fields, None

    def _value(self) -> _Outcome:
        """The value that begins here; one with a problem is passed over."""
        self._next()
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._at)
                if end < len(self._text) or self._ended:
                    undecoded = _UNDECODED.search(self._text, self._at, end)
                    self._at = end
                    return (None, "not UTF-8; save the file as UTF-8") if undecoded else (value, None)
                problem = ""
            except RecursionError:
                problem = "not JSON that can be read: nested too deeply"
            except ValueError as error:
                problem = f"not JSON: {getattr(error, 'msg', error)}"
            if self._ended or len(self._text) - self._at > LONGEST_RECORD:
                break
            # What cannot be read may only be incomplete. Doubling keeps the cost of trying again in proportion.
            self._fill(len(self._text) - self._at)
        before = self._position()
        self._skip_value()
        return None, _too_long() if self._position() - before > LONGEST_RECORD else problem

    def _position(self) -> int:
        return self._dropped + self._at

    def _skip_value(self) -> None:
        """Pass over a value by its brackets alone, holding none of it."""
        depth = 0
        while self._next():
            match = _TOKEN.search(self._text, self._at)
            if match is None:
                self._at = len(self._text)
                continue
            char = match.group()
            if depth == 0 and char in ",]}":
                self._at = match.start()
                return
            self._at = match.end()
            if char == '"':
                self._skip_string()
            elif char in "[{":
                depth += 1
            elif char in "]}":
                depth -= 1
                if depth == 0:
                    return

    def _skip_string(self) -> None:
        while self._at < len(self._text) or self._fill(_STEP):
            match = _STRING_END.search(self._text, self._at)
            if match is None:
                self._at = len(self._text)
            elif match.group() == '"':
                self._at = match.end()
                return
            else:
                self._at = match.end()
                if self._at < len(self._text) or self._fill(_STEP):
                    self._at += 1

    def _drain(self) -> None:
        """Give up on the rest of the document."""
        self._text, self._at, self._ended = "", 0, True

    def _next(self) -> str:
        """The next character that is no blank, without passing it; empty at the end."""
        while True:
            match = _SPACE.match(self._text, self._at)
            self._at = match.end() if match else self._at
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._fill(_STEP):
                return ""

    def _fill(self, size: int) -> bool:
        """Read on, dropping what has been passed; False at the end of the stream."""
        if self._ended:
            return False
        data = self._stream.read(max(size, _STEP))
        self._ended = not data
        self._text = self._text[self._at :] + self._decode(data, not data)
        self._dropped += self._at
        self._at = 0
        return True


def _too_long() -> str:
    return f"the record is longer than {LONGEST_RECORD:,} characters"
