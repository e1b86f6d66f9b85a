"""JSON of any size as a stream of its records: lines of objects, a long list, or papers anywhere in a document.

The parsing is the standard library's; this module finds where each value begins, so that one that is damaged, too
long or nested too deeply costs only itself. What is short is read as a whole and taken apart by ``containers``; what is
long is walked through, value by value, and memory holds one record at a time. (Streaming parsers that were looked at
give up at the first error, and the fast one's memory grows with the square of the depth of nesting.)
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator, Sequence
from typing import BinaryIO, NamedTuple

from kg.sources.containers import CONTAINERS, Found, header_of, holds_papers, is_container, may_hold, papers_in, row_of
from kg.sources.lines import LONGEST_RECORD, read_lines

__all__ = ["LONGEST_RECORD", "JsonRecord", "holds_records", "looks_like_lines", "read_json", "read_json_lines"]


_WHOLE = 1 << 18  # characters of an object or a list that is read as a whole before it is known what it is
_DEEPEST = 8  # objects in objects that are walked through
_STEP = 1 << 16  # characters read at once
_SPACES = frozenset(" \t\r\n\ufeff")
_SPACE = re.compile(r"[ \t\r\n\ufeff]*")
_TOKEN = re.compile(r'["\[\]{},]')
_STRING_END = re.compile(r'["\\]')
_UNDECODED = re.compile("[\udc80-\udcff]")  # where bytes were no UTF-8
_DECODER = json.JSONDecoder(strict=False)
_NAMED_LIST = re.compile(r'"(?P<name>[A-Za-z_]{1,40})"\s*:\s*\[')


class JsonRecord(NamedTuple):
    """One record: its value, or the problem with it. ``number`` is its line, or its place in the document."""

    number: int
    value: object = None
    problem: str | None = None


def looks_like_lines(head: str) -> bool:
    """Whether a text that begins with ``{`` has an object on each line, rather than one over many lines."""
    first, newline, rest = head.strip("\ufeff \t\r\n").partition("\n")
    try:
        value = _DECODER.raw_decode(first)[0]
    except (ValueError, RecursionError):
        # No object ends with the line: it goes on, or is damaged, or is longer than what can be seen of it.
        if first.rstrip().endswith("}"):
            return bool(newline)
        return bool(newline) and rest.lstrip().startswith("{") and not _names_container(first)
    return bool(rest.strip()) or not holds_records(value)


def _names_container(text: str) -> bool:
    return any(match["name"].lower() in CONTAINERS for match in _NAMED_LIST.finditer(text))


def holds_records(value: object) -> bool:
    """Whether a value is a container of papers, such as an answer of an API, rather than a paper."""
    return isinstance(value, dict) and is_container(value)


def read_json_lines(stream: BinaryIO) -> Iterator[JsonRecord]:
    """The record or records of each line that is not blank; lines may also be rows under a header of names."""
    header: Sequence[str] | None = None
    for line in read_lines(stream, LONGEST_RECORD):
        if line.problem:
            yield JsonRecord(line.number, problem=line.problem)
        elif line.text.strip():
            values, problem = _values(line.text)
            for value in values:
                if isinstance(value, list) and header is not None and header_of([value]) is None:
                    yield JsonRecord(line.number, row_of(header, value))
                elif isinstance(value, list) and (names := header_of([value])) is not None:
                    header = names
                else:
                    for found in papers_in(value):
                        yield JsonRecord(line.number, found.value, found.problem)
            if problem:
                yield JsonRecord(line.number, problem=problem)


def _values(text: str) -> tuple[list[object], str | None]:
    """The values that stand on a line, mostly one, and what is wrong with the rest of it."""
    values: list[object] = []
    at = 0
    try:
        while at < len(text):
            value, at = _DECODER.raw_decode(text, _blank_end(text, at))
            values.append(value)
            at = _blank_end(text, at)
    except (ValueError, RecursionError) as error:
        return values, f"not JSON: {error}"
    return values, None


def _blank_end(text: str, at: int) -> int:
    match = _SPACE.match(text, at) if text[at : at + 1] in _SPACES else None
    return match.end() if match else at


def read_json(stream: BinaryIO) -> Iterator[JsonRecord]:
    """The records of a document: the elements of a list, the papers that an object holds, or the one object."""
    for number, found in enumerate(_Document(stream).records(), start=1):
        yield JsonRecord(number, found.value, found.problem)


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
        self._pinned: int | None = None  # what the window keeps though it has been passed, to come back to it

    def records(self) -> Iterator[Found]:
        """Each record's value, or what is wrong with it."""
        header: Sequence[str] | None = None
        while char := self._next():
            if char == "[" and (row := self._row()) is not None:
                if header is not None:
                    yield Found(row_of(header, row))
                elif (header := header_of([row])) is None:
                    yield from papers_in(row)
            elif char == "[":
                self._at += 1
                yield from self._elements(0)
            elif char == "{":
                yield from self._item(0)
            else:
                yield Found(problem=f"not JSON: {self._text[self._at : self._at + 40]!r}; nothing after it is read")
                return

    def _elements(self, depth: int, header: Sequence[str] | None = None) -> Iterator[Found]:
        """The records in the elements of a list whose bracket has been passed, and its end."""
        first = True
        while char := self._next():
            if char == "]":
                self._at += 1
                return
            if char == ",":
                self._at += 1
                continue
            if char == "}":
                self._at += 1
                yield Found(problem="not JSON: a bracket that closes nothing")
                continue
            if char == "[":
                value, problem = self._value()
                names = header_of([value]) if first and header is None else None
                if header is not None and isinstance(value, list):
                    yield Found(row_of(header, value))
                elif problem or names is None:
                    yield from [Found(problem=problem)] if problem else papers_in(value)
                header = names or header
            else:
                yield from self._item(depth)
            first = False
            if (char := self._next()) and char not in ",]{":
                yield Found(problem=f"not JSON: {self._text[self._at : self._at + 40]!r} between two records")
                self._skip_value()
        yield Found(problem="the list does not end; the file is cut off, get it again")

    def _item(self, depth: int, key: str | None = None) -> Iterator[Found]:
        """The records in the value that begins here, by the name of ``key``: a short one is taken apart as a whole."""
        if self._next() != "{" or depth >= _DEEPEST:
            value, problem = self._value()
            yield from [Found(problem=problem)] if problem else papers_in(value)
            return
        value, problem = self._value(_WHOLE, skips=False)
        if problem is None:
            yield from papers_in(value if key is None else {key: value})
        else:
            yield from self._object(depth, key)

    def _object(self, depth: int, named: str | None = None) -> Iterator[Found]:
        """A long or damaged object, walked through: the papers in its lists and objects, or itself."""
        fields: dict[str, object] = {}
        wrong: str | None = None
        size, holds = 0, False
        self._at += 1
        while (char := self._next()) != "}":
            if char == ",":
                self._at += 1
                continue
            key, problem = self._value() if char == '"' else (None, "not JSON: a name in quotes was expected")
            if not problem and self._next() != ":":
                problem = f"not JSON: a colon was expected behind {str(key)[:40]!r}"
            if problem:
                self._skip_value(1)
                yield Found(problem=f"{problem}; the rest of the object is not read" if char else _CUT_OFF)
                return
            self._at += 1
            if self._is_long_holder(fields, str(key)):
                holds = True
                yield from self._inside(fields, str(key), depth + 1)
                continue
            before = self._position()
            value, problem = self._value()
            size += self._position() - before
            wrong = wrong or problem or (_too_long() if size > LONGEST_RECORD else None)
            if size <= LONGEST_RECORD:
                fields[str(key)] = value
        self._at += 1
        if wrong and not holds:
            yield Found(problem=wrong)
        elif fields and not (holds and not is_container(fields)):
            yield from papers_in(fields if named is None or holds else {named: fields})

    def _is_long_holder(self, fields: dict[str, object], key: str) -> bool:
        """Whether the value that begins here holds papers, as far as can be told from its beginning."""
        char = self._next()
        if char not in ("[", "{") or not may_hold(fields, key):
            return False
        self._pinned = self._at
        if char == "[":
            self._at += 1
        first = self._next()
        value, problem = self._value(_WHOLE, skips=False)
        self._at, self._pinned = self._pinned, None
        if first == "]":
            return False
        # What is too long to be seen as a whole is no field of a paper that has no title yet.
        return first == "{" if problem else holds_papers([value] if char == "[" else {key: value})

    def _inside(self, fields: dict[str, object], key: str, depth: int) -> Iterator[Found]:
        """The records in a field of an object whose other fields are known as far as they stand before it."""
        if self._next() == "{":
            yield from self._item(depth, key)
            return
        self._at += 1
        columns = fields.get("columns")
        header = [str(name) for name in columns] if isinstance(columns, list) and header_of([columns]) else None
        yield from self._elements(depth, header)

    def _row(self) -> list[object] | None:
        """The list that begins here and is passed, if it may be a row of a table; else nothing is passed."""
        self._pinned = self._at
        self._at += 1
        first = self._next()
        self._at = self._pinned
        value, _ = self._value(_WHOLE, skips=False) if first not in "[{]" else (None, None)
        row = value if isinstance(value, list) else None
        if row is None:
            self._at = self._pinned
        self._pinned = None
        return row

    def _value(self, longest: int | None = None, *, skips: bool = True) -> _Outcome:
        """The value that begins here, or what is wrong with it: then it is passed over, unless it is not to be."""
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
            if self._ended or len(self._text) - self._at > min(longest or LONGEST_RECORD, LONGEST_RECORD):
                break
            # What cannot be read may only be incomplete. Doubling keeps the cost of trying again in proportion.
            self._fill(len(self._text) - self._at)
        if not skips:
            return None, problem
        before = self._position()
        self._skip_value()
        return None, _too_long() if self._position() - before > LONGEST_RECORD else problem

    def _position(self) -> int:
        return self._dropped + self._at

    def _skip_value(self, depth: int = 0) -> None:
        """Pass over a value by its brackets alone, holding none of it; within ``depth`` brackets, to the last's end."""
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
        kept = self._at if self._pinned is None else self._pinned
        self._text = self._text[kept:] + self._decode(data, not data)
        self._dropped += kept
        self._at -= kept
        if self._pinned is not None:
            self._pinned = 0
        return True


_CUT_OFF = "the object does not end; the file is cut off, get it again"


def _too_long() -> str:
    return f"the record is longer than {LONGEST_RECORD:,} characters"
