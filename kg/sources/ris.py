"""RIS, as reference managers export it, a record at a time by ``rispy``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rispy import RisParser

from kg.model import Paper, Reject
from kg.sources.fields import RecordError, make_paper
from kg.sources.jsontext import LONGEST_RECORD
from kg.sources.lines import Line

__all__ = ["read"]

_WITH_IDENTIFIERS = (
    "doi", "urls", "accession_number", "type_of_work", "number", "journal_name", "secondary_title", "file_attachments1",
    "file_attachments2", "notes",
)  # fmt: skip
_TAG = re.compile(r"([A-Z][A-Z0-9])  -")


def read(lines: Iterable[Line], source: str) -> Iterator[Paper | Reject]:
    """One paper or reject for each record, at the line of its ``TY``."""
    record: _Record | None = None
    for line in lines:
        tag = _TAG.match(line.text.lstrip("\ufeff"))
        name = tag.group(1) if tag else ""
        if name == "TY" or (record is None and (name or line.problem)):
            if record is not None:
                yield record.finish(source)
            record = _Record(line.number, belongs=name == "TY")
        if record is not None:
            record.add(line)
            if name == "ER":
                record.ended = True
                yield record.finish(source)
                record = None
    if record is not None:
        yield record.finish(source)


class _Record:
    """The lines of one record; without ``belongs``, lines before which no record began."""

    def __init__(self, number: int, *, belongs: bool) -> None:
        self.number = number
        self.ended = False
        self._problem = None if belongs else "lines of a record that does not begin with 'TY  -'"
        self._lines: list[str] = []
        self._size = 0

    def add(self, line: Line) -> None:
        if line.problem and self._problem is None:
            self._problem = f"line {line.number}: {line.problem}"
        self._size += len(line.text)
        if self._size > LONGEST_RECORD and self._problem is None:
            self._problem = f"the record is longer than {LONGEST_RECORD:,} characters"
        if self._problem is None:
            self._lines.append(line.text)
        else:
            self._lines.clear()

    def finish(self, source: str) -> Paper | Reject:
        try:
            if self._problem is not None:
                raise RecordError(self._problem)
            if not self.ended:
                raise RecordError("the record does not end with 'ER  -'; the file may be cut off")
            return _paper(self._lines, f"{source}:{self.number}")
        except RecordError as error:
            return Reject(source, self.number, str(error))


def _paper(lines: list[str], origin: str) -> Paper:
    (fields,) = RisParser(skip_unknown_tags=True).parse_lines(_unfolded(lines))

    def texts(*names: str) -> list[str]:
        values = (fields.get(name) for name in names)
        flat: Iterator[object] = (text for value in values for text in (value if isinstance(value, list) else [value]))
        return [text for text in flat if isinstance(text, str) and text]

    def first(*names: str) -> str | None:
        return next(iter(texts(*names)), None)

    # The most exact one first: exporters differ in which of them has month and day.
    dates: list[str] = sorted(texts("date", "publication_year", "year"), key=_inexactness)
    return make_paper(
        origin,
        first("title", "primary_title", "short_title"),
        first("abstract", "notes_abstract"),
        identifiers=texts(*_WITH_IDENTIFIERS),
        dates=dates,
        author_count=len(texts("authors") or texts("first_authors")) or None,
    )


def _unfolded(lines: Iterable[str]) -> Iterator[str]:
    """Each tag with the lines on which its value goes on, which ``rispy`` would join within words as well."""
    folded: list[str] = []
    for line in lines:
        if folded and _TAG.match(line):
            yield "\n".join(folded)
            folded.clear()
        folded.append(line.lstrip("\ufeff"))
    yield "\n".join(folded)


def _inexactness(date: str) -> int:
    return -len(re.findall(r"\d+", date))
