"""Records of tagged lines: a tag, its value, and lines that go on with it.

Reference managers and indexes have exported so since line printers, each with tags and blanks of its own. What is
common is here; what the tags of a format mean is said in its module.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from kg.identifiers import is_no_doi
from kg.model import Paper, Reject
from kg.sources.fields import RecordError, not_understood
from kg.sources.jsontext import LONGEST_RECORD
from kg.sources.lines import Line

__all__ = ["Layout", "Record", "read_records"]


@dataclass(frozen=True)
class Layout:
    """How a format of tagged lines looks.

    ``tag`` matches a line that begins a field, with the groups ``tag`` and ``value``. A record begins with the tag of
    ``first`` that the first of all begins with; where that one begins with none of them, and ``parted`` is set, blank
    lines part the records. ``last`` ends a record. Lines with tags in ``around`` belong to the file.
    """

    tag: re.Pattern[str]
    first: frozenset[str]
    last: str | None = None
    around: frozenset[str] = frozenset()
    parted: bool = False


@dataclass
class Record:
    """One record: its fields in order, each a tag and its lines, and what of it had to be left out."""

    number: int
    """The line that it begins on."""
    fields: list[tuple[str, list[str]]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    problem: str | None = None
    """Why the record as a whole cannot be read, if it cannot."""
    size: int = 0

    def lines(self, *tags: str) -> list[str]:
        """The lines of all fields of these tags, one tag after the other, blank ones left out."""
        return [line for tag in tags for each, lines in self.fields if each == tag for line in lines if line]

    def texts(self, *tags: str) -> list[str]:
        """The values of all fields of these tags, one tag after the other; the lines of a value with line ends."""
        values = ("\n".join(lines).strip() for tag in tags for each, lines in self.fields if each == tag)
        return [value for value in values if value]

    def first(self, *tags: str) -> str | None:
        """The first value of the first of these tags that has one."""
        return next(iter(self.texts(*tags)), None)

    def paragraphs(self, *tags: str) -> str | None:
        """All values of the first of these tags that has any, a paragraph each."""
        return next(filter(None, ("\n\n".join(dict.fromkeys(self.texts(tag))) for tag in tags)), None)

    def wrong_dois(self, *tags: str) -> list[str]:
        """A remark for each value of a tag of DOIs that is none."""
        return [not_understood("doi", value) for value in self.texts(*tags) if is_no_doi(value)]


def read_records(
    lines: Iterable[Line], source: str, layout: Layout, paper: Callable[[Record, str], Paper]
) -> Iterator[Paper | Reject]:
    """What ``paper`` makes of each record and its place, or a reject, at the line of its first tag."""
    for record in _records(lines, layout):
        try:
            if record.problem is not None:
                raise RecordError(record.problem)
            yield paper(record, f"{source}:{record.number}")
        except RecordError as error:
            yield Reject(source, record.number, "; ".join((str(error), *record.remarks[:1])))


def _records(lines: Iterable[Line], layout: Layout) -> Iterator[Record]:
    begins = layout.first
    parted: bool | None = None  # not known before the first record
    record: Record | None = None
    for line in lines:
        match = layout.tag.match(line.text)
        tag = match["tag"].upper() if match else ""
        if tag in layout.around or (record is None and (tag == layout.last or not (tag or line.problem))):
            continue
        if parted is None:
            parted = layout.parted and tag not in begins
        if tag in begins:
            begins = frozenset((tag,))
        if tag in begins or record is None:
            if record is not None:
                yield _cut_off(record, layout)
            record = Record(line.number, problem=None if parted or tag in begins else _no_beginning(line, begins))
        if (tag and tag == layout.last) or (parted and not (line.text.strip() or line.problem)):
            yield record
            record = None
        else:
            _add(record, line, tag, match["value"] or "" if match else line.text)
    if record is not None:
        yield _cut_off(record, layout)


def _no_beginning(line: Line, begins: Iterable[str]) -> str:
    return line.problem or f"lines of a record that does not begin with {' or '.join(map(repr, sorted(begins)))}"


def _cut_off(record: Record, layout: Layout) -> Record:
    """A record that ends because the next begins, or the file is over."""
    if layout.last is not None:
        record.remarks.append(f"the record does not end with {layout.last!r}; lines of it may be missing")
    return record


def _add(record: Record, line: Line, tag: str, text: str) -> None:
    """Put a line into its field; a bad line costs the field, and a record that is too long itself."""
    record.size += len(line.text)
    if record.size > LONGEST_RECORD:
        record.problem = record.problem or f"the record is longer than {LONGEST_RECORD:,} characters"
        record.fields.clear()
    if record.problem is not None:
        return
    if tag:
        record.fields.append((tag, []))
    if line.problem:
        record.remarks.append(f"line {line.number} is left out: {line.problem}")
        if record.fields and line.text:
            record.fields[-1] = ("", [])  # the field that the line belongs to; what goes on with it goes with it
    elif record.fields:
        record.fields[-1][1].append(text.strip())
