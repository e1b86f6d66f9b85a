"""Tables with a header (CSV, TSV and their kin), whose columns are told by their names."""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from kg.model import Paper, Reject
from kg.sources.columns import Columns, header_in
from kg.sources.fields import RecordError
from kg.sources.lines import LONGEST_LINE, Line

__all__ = ["Dialect", "detect", "read"]

_DELIMITERS = ",\t;|"
_MOST_LINES = 1_000  # of one record: a quote that is not closed by then was none
_QUOTED_IN_TABS = re.compile(r'(?:^|\t)"[^\t"]*(?:""[^\t"]*)*"(?:\t|$)', re.MULTILINE)
_MARKDOWN = re.compile(r"\s{0,3}\|?\s{0,9}:?-{2,200}:?\s{0,9}\|")  # the line below the header of a table of Markdown
_SEPARATOR = re.compile(r"\s*\"?sep=(?P<mark>[,;|\t])\"?[,;|\t]*\s*\Z", re.IGNORECASE)  # Excel's own first line
_HEADED_WITHIN = 10  # lines: where the line below the header of a table of Markdown is looked for
_ONLY_TITLES = ("title", "paper title")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a table is written; ``notices`` are the rows before its header that are not blank."""

    delimiter: str
    quoted: bool
    notices: int = 0


def detect(head: str) -> Dialect | None:
    """The dialect of a table; None if there is no header of one with titles.

    The header is the first row that is not blank, but for what Excel and databases say of the table before it.
    """
    head = head.lstrip("\ufeff")
    first = list(islice((line for line in head.splitlines() if line.strip()), _HEADED_WITHIN))
    header = next(iter(first), "")
    if header.strip(" \"'").lower().replace("_", " ") in _ONLY_TITLES:
        return Dialect(",", quoted=True)
    separator = _SEPARATOR.match(header)
    # Between bars, Markdown has tables of its own.
    delimiters = _DELIMITERS.rstrip("|") if any(map(_MARKDOWN.match, first)) else _DELIMITERS
    found = [_header(head, mark) for mark in (separator["mark"] if separator else delimiters)]
    best = max(filter(None, found), key=lambda each: (-each[1].notices, each[0]), default=None)
    return best[1] if best else None


def _header(head: str, delimiter: str) -> tuple[int, Dialect] | None:
    """How many things the header tells of, if the text is a table with this delimiter, and the dialect."""
    # Tabs seldom stand in text, so tables of them often quote nothing, and a quotation mark is just one.
    quoted = delimiter != "\t" or _QUOTED_IN_TABS.search(head) is not None
    try:
        found = header_in(filter(_is_filled, _reader(io.StringIO(head, newline=""), delimiter, quoted)))
    except csv.Error:
        return None
    return (len(found[1].places), Dialect(delimiter, quoted, found[0])) if found else None


def _is_filled(cells: Sequence[str]) -> bool:
    return any(cell.strip() for cell in cells)


def _reader(lines: Iterable[str], delimiter: str, quoted: bool) -> Iterator[list[str]]:
    return csv.reader(
        lines,
        delimiter=delimiter,
        quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE,
        skipinitialspace=delimiter != "\t",
    )


def read(lines: Iterable[Line], source: str, dialect: Dialect) -> Iterator[Paper | Reject]:
    """One paper or reject for each row that is not blank, at the line on which it begins."""
    columns: Columns | None = None
    for number, row in enumerate(_rows(lines, dialect)):
        if number < dialect.notices:
            continue
        if columns is None and row.problem is None:
            columns = Columns(tuple(row.cells))
            continue
        try:
            if row.problem is not None or columns is None:
                raise RecordError(row.problem or "there is no header")
            width = len(columns.names)
            if _is_filled(row.cells[width:]):
                raise RecordError(
                    f"has {len(row.cells)} cells where the header has {width}; "
                    "put cells that hold the delimiter in quotation marks"
                )
            yield columns.paper(row.cells, f"{source}:{row.number}")
        except RecordError as error:
            yield Reject(source, row.number, str(error))


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    cells: list[str]
    problem: str | None = None


def _rows(lines: Iterable[Line], dialect: Dialect) -> Iterator[_Row]:
    """The rows that are not blank. Of a quote that nothing closes, the line is a row with a problem, not the rest."""
    window = _Window(lines)
    csv.field_size_limit(LONGEST_LINE * 2)
    while window.begin():
        first = window.first
        try:
            cells = next(_reader(window.lines(), dialect.delimiter, dialect.quoted), [])
            problem = "a quotation mark is not closed" if window.overrun else None
        except csv.Error as error:
            cells, problem = [], f"no row of a table: {error}"
        if problem is not None:
            window.keep_only_first()
        problem = window.problem() or problem
        window.accept()
        if problem is not None or _is_filled(cells):
            yield _Row(first, cells, problem)


class _Window:
    """The lines of the row at hand, which can be given back but for the first."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._source = iter(lines)
        self._waiting: deque[Line] = deque()
        self._taken: list[Line] = []
        self.overrun = False

    def begin(self) -> bool:
        """Whether there is another line that is not blank; those before it are passed over."""
        while not self._waiting or not (self._waiting[0].text or self._waiting[0].problem):
            if self._waiting:
                self._waiting.popleft()
            elif not self._more():
                return False
        return True

    def _more(self) -> bool:
        if not self._waiting and (line := next(self._source, None)) is not None:
            self._waiting.append(line)
        return bool(self._waiting)

    @property
    def first(self) -> int:
        """The number of the line that comes next."""
        return self._waiting[0].number

    def lines(self) -> Iterator[str]:
        """The lines, for as long as the row asks for more; to ask in vain is an overrun."""
        self.overrun = False
        size = 0
        while len(self._taken) < _MOST_LINES and size <= LONGEST_LINE and self._more():
            line = self._waiting.popleft()
            self._taken.append(line)
            size += len(line.text)
            yield line.text + "\n"
        self.overrun = True

    def problem(self) -> str | None:
        """What is wrong with a line of the row."""
        return next((f"line {line.number}: {line.problem}" for line in self._taken if line.problem), None)

    def keep_only_first(self) -> None:
        """Give all lines but the first back."""
        self._waiting.extendleft(reversed(self._taken[1:]))
        del self._taken[1:]

    def accept(self) -> None:
        """The row is done with."""
        self._taken.clear()
