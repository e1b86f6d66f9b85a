"""Papers as JSON lines, the way for programs to feed ``kg``.

One object a line: ``title`` and ``abstract`` (strings, required); optional ``arxiv``, ``doi``, ``date`` (ISO 8601),
``author_count`` (or ``authors``, a list), ``organisation``, ``upvotes``. Other fields are ignored.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterable, Iterator

from kg.model import Paper, Reject
from kg.sources.lines import Line

__all__ = ["read"]

_ARXIV = re.compile(
    r"(?:arxiv:|https?://arxiv\.org/(?:abs|pdf)/)?((?:\d{4}\.\d{4,5})|(?:[a-z.-]+/\d{7}))(?:v\d+)?", re.I
)
_DOI = re.compile(r"(?:doi:|https?://(?:dx\.)?doi\.org/)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_DATE = re.compile(r"(\d{4})(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?(?=\Z|T)", re.ASCII)


def read(lines: Iterable[Line], source: str) -> Iterator[Paper | Reject]:
    """One paper or reject for each line that is not blank."""
    for line in lines:
        if line.problem:
            yield Reject(source, line.number, line.problem)
        elif line.text.strip():
            try:
                yield _paper(_parse(line.text), f"{source}:{line.number}")
            except _RecordError as error:
                yield Reject(source, line.number, str(error))


class _RecordError(ValueError):
    """Why one record cannot be taken."""


def _parse(text: str) -> dict[str, object]:
    try:
        row = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _RecordError(f"not JSON: {error}") from None
    if not isinstance(row, dict):
        raise _RecordError("not a JSON object; each line must be one object with 'title' and 'abstract'")
    return row


def _paper(row: dict[str, object], origin: str) -> Paper:
    title, abstract = _string(row, "title"), _string(row, "abstract")
    if not title:
        raise _RecordError("'title' is missing or empty")
    if abstract is None:
        raise _RecordError("'abstract' is missing; give an empty string if there is none")
    authors = row.get("authors")
    count = len(authors) if isinstance(authors, list) else _integer(row, "author_count")
    return Paper(
        title=title,
        abstract=abstract,
        arxiv=_identifier(row, "arxiv", _ARXIV),
        doi=_identifier(row, "doi", _DOI),
        date=_date(row),
        author_count=count,
        organisation=_string(row, "organisation") or None,
        upvotes=_integer(row, "upvotes"),
        sources=(origin,),
    )


def _string(row: dict[str, object], key: str) -> str | None:
    value = row.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise _RecordError(f"{key!r} must be a string")
    # A lone surrogate (JSON can spell one) is no character: no file and no database can hold it.
    return re.sub("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]", " ", value).strip()


def _integer(row: dict[str, object], key: str) -> int | None:
    value = row.get(key)
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**53:
        raise _RecordError(f"{key!r} must be a whole number")
    return value


def _identifier(row: dict[str, object], key: str, pattern: re.Pattern[str]) -> str | None:
    value = _string(row, key)
    if not value:
        return None
    match = pattern.fullmatch(value)
    if match is None:
        raise _RecordError(f"{key!r} is no {key} identifier: {value[:60]!r}")
    return match.group(1).lower()


def _date(row: dict[str, object]) -> str | None:
    value = _string(row, "date")
    if not value:
        return None
    match = _DATE.match(value)
    if match is None:
        raise _RecordError(f"'date' must be ISO 8601, as 2024-02-05: {value[:40]!r}")
    if not _is_in_calendar(match.group(0)):
        raise _RecordError(f"'date' is not in the calendar: {match.group(0)}")
    return match.group(0)


def _is_in_calendar(date: str) -> bool:
    try:
        datetime.date.fromisoformat(date + "0000-01-01"[len(date) :])
    except ValueError:
        return False
    return True
