"""Listing pages of papers saved as text, as a browser saves Hugging Face's "Daily Papers".

A page is a banner and then blocks of title and abstract. Layouts differ: with or without blank lines; with the
subscribe line glued to the first title; with or without lines of metadata behind the abstract (author count or
organisation, a middle dot, a date without its year when it is the year of saving, upvotes). Nothing tells a title
from an abstract but its shape: an abstract is prose, a title is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kg.identifiers import arxiv_id
from kg.model import Paper, Reject
from kg.sources.dates import month_number
from kg.sources.fields import RecordError, check_length
from kg.sources.lines import Line
from kg.text.dates import is_date

__all__ = ["AUTHORS", "read"]

_BANNER = re.compile(
    r"(?:new|subscribe|daily papers|trending papers|by\s?AK and the research community|"
    r"get trending papers in your email inbox(?: once a day)?!|"
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w* \d{1,2}(?:, \d{4})?)\Z",
    re.IGNORECASE,
)
_GLUED = re.compile(r"\A(?i:subscribe)(?=[^\sa-z:,;.!?&/'\u2019\u2013\u2014-])")  # before what may begin a title
AUTHORS = re.compile(r"(?:\u2022\s*)?(\d{1,5}) authors?\Z")
"""The line that says how many authors a paper has."""
_VOTES = re.compile(r"(?:\[-\]\s{0,9})?(\d{1,6})\Z")
_DOT = "\u00b7"
_DATE = re.compile(r"([A-Z][a-z]{2})[a-z]* (\d{1,2})(?:, ([12]\d{3}))?(?:\s+(\d{1,6}))?\Z", re.ASCII)

_LEAP_YEAR = "2000"  # stands in where a date has no year: 29 February is a day

_LONG = 250  # characters: no title is as long, few abstracts are shorter
_SENTENCE_END = re.compile(r"[.!?\u2026][\"'\u201d\u2019)\]}$]*\Z")
_INNER_SENTENCE_END = re.compile(r"[a-z)\]%\d][.!?] [A-Z]")


@dataclass(slots=True)
class _Entry:
    """A paper while its lines are still coming in."""

    line: int
    title: str
    abstract: list[str] = field(default_factory=list)
    problem: str | None = None
    date: str | None = None
    author_count: int | None = None
    organisation: str | None = None
    upvotes: int | None = None
    link: str | None = None
    closed: bool = False

    def finish(self, source: str) -> Paper | Reject:
        if self.problem:
            return Reject(source, self.line, self.problem)
        if not self.abstract:
            return Reject(source, self.line, f"no abstract follows the title {self.title[:60]!r}")
        try:
            check_length(self.title, "\n".join(self.abstract))
        except RecordError as error:
            return Reject(source, self.line, str(error))
        return Paper(
            title=self.title,
            abstract="\n".join(self.abstract),
            arxiv=arxiv_id(self.link or ""),
            date=self.date,
            author_count=self.author_count,
            organisation=self.organisation,
            upvotes=self.upvotes,
            sources=(f"{source}:{self.line}",),
        )


def read(lines: Iterable[Line], source: str) -> Iterator[Paper | Reject]:
    """The papers of a listing page; a title without an abstract, or the reverse, is a reject.

    A date without a year is given as ISO 8601 has it, ``--06-02``; the year is settled when records are merged.
    """
    entry: _Entry | None = None
    upvotes: int | None = None  # on pages with links they stand above the title
    for line, before_dot in _with_lookahead(lines):
        text = line.text.strip()
        if line.problem and entry is not None and _is_due(entry, text):
            entry.problem = f"line {line.number}: {line.problem}"
            entry.abstract.append(text)
        elif line.problem:
            # A damaged title: its abstract is set aside with it.
            if entry is not None:
                yield entry.finish(source)
            entry = _Entry(line.number, text, problem=line.problem)
        elif line.link is not None and (entry is None or entry.abstract) and (votes := _VOTES.match(text)):
            upvotes = None if line.link.endswith("#community") else int(votes.group(1))
        elif (
            not text
            or _is_banner(text, entry)
            or (entry is not None and _take_metadata(entry, line, before_dot=before_dot))
        ):
            continue
        elif (
            entry is not None
            and not entry.closed
            and (_is_prose(text, loosely=not entry.abstract) or _leads_alike(line, entry))
        ):
            entry.abstract.append(text)
        elif _is_prose(text):
            yield Reject(source, line.number, f"an abstract without a title: {text[:60]!r}")
        else:
            if entry is not None:
                yield entry.finish(source)
            title = _GLUED.sub("", text, count=1) if entry is None else text
            entry = _Entry(line.number, title, link=line.link, upvotes=upvotes)
            upvotes = None
    if entry is not None:
        yield entry.finish(source)


def _with_lookahead(lines: Iterable[Line]) -> Iterator[tuple[Line, bool]]:
    """Each line that is not blank, with whether the next such line is a middle dot."""
    previous: Line | None = None
    for line in lines:
        if not line.problem and not line.text.strip():
            continue
        if previous is not None:
            yield previous, line.text.strip() == _DOT
        previous = line
    if previous is not None:
        yield previous, False


def _is_due(entry: _Entry, text: str) -> bool:
    """Whether a damaged line stands where the entry's abstract does."""
    return not entry.closed and (not entry.abstract or _is_prose(text))


def _leads_alike(line: Line, entry: _Entry) -> bool:
    """Whether a line leads where the title above it leads: to the paper's own page."""
    return bool(line.link) and line.link == entry.link and not entry.abstract


def _is_banner(text: str, entry: _Entry | None) -> bool:
    return (entry is None or bool(entry.abstract)) and bool(_BANNER.match(text)) and not _expects_date(entry)


def _expects_date(entry: _Entry | None) -> bool:
    return entry is not None and entry.closed and entry.date is None


def _take_metadata(entry: _Entry, line: Line, *, before_dot: bool) -> bool:
    """Read a metadata line into the entry; False if the line is none."""
    text = line.text.strip()
    if not entry.abstract:
        return False
    if match := AUTHORS.match(text):
        entry.author_count, entry.closed = int(match.group(1)), True
    elif text == _DOT:
        entry.closed = True
    elif before_dot and len(text) < 120 and not _SENTENCE_END.search(text):
        # In text alone its short name stands before its name.
        name = text if line.link is not None else text.partition(" ")[2] or text
        entry.organisation, entry.closed = name, True
    elif _expects_date(entry) and (match := _DATE.match(text)) and (month := month_number(match.group(1))):
        _, day, year, upvotes = match.groups()
        of_year = f"-{month:02}-{int(day):02}"
        if is_date((year or _LEAP_YEAR) + of_year):
            entry.date = (year or "-") + of_year
        entry.upvotes = int(upvotes) if upvotes else entry.upvotes
    else:
        return False
    return True


def _is_prose(text: str, *, loosely: bool = False) -> bool:
    """Whether a line is an abstract (or a paragraph of one) by its shape; ``loosely`` where one is due."""
    if len(text) >= _LONG:
        return True
    if not _SENTENCE_END.search(text):
        return False
    return len(text.split()) >= 8 and (loosely or bool(_INNER_SENTENCE_END.search(text)))
