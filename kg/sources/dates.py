"""Dates as sources write them, in ISO 8601, as exact as they are certain."""

from __future__ import annotations

import re

from kg.text.dates import is_date

__all__ = ["iso_date", "month_number"]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)\.?"
_YEAR = r"(?P<year>(?:1[5-9]|2\d)\d\d)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_FLAGS = re.IGNORECASE | re.ASCII
_NUMERIC = re.compile(rf"\s*{_YEAR}[-/.](?P<month>\d{{1,2}})(?:[-/.](?P<day>\d{{1,2}}))?(?!\d)", _FLAGS)
_COMPACT = re.compile(rf"\s*{_YEAR}(?P<month>\d\d)(?P<day>\d\d)(?!\d)", _FLAGS)
_NAMED = (
    re.compile(rf"\b{_DAY}[\s-]+{_MONTH},?[\s-]+{_YEAR}\b", _FLAGS),
    re.compile(rf"\b{_MONTH}\s+{_DAY},?\s+{_YEAR}\b", _FLAGS),
    re.compile(rf"\b{_MONTH},?[\s-]+{_YEAR}\b", _FLAGS),
    re.compile(rf"\b{_YEAR},?[\s-]+{_MONTH}(?:[\s-]+{_DAY})?(?!\w)", _FLAGS),
)
_YEAR_LAST = re.compile(rf"\s*(?P<one>\d{{1,2}})(?P<mark>[./-])(?P<two>\d{{1,2}})(?P=mark){_YEAR}(?!\d)", _FLAGS)
_ANY_YEAR = re.compile(rf"(?<!\d){_YEAR}(?!\d)", _FLAGS)
_LONGEST = 100  # characters that are looked at


def iso_date(text: str) -> str | None:
    """The date that a text begins with or spells, as ``2024-02-05``, ``2024-02`` or ``2024``; None if it has none.

    What the text leaves open stays open: ``3/4/2024`` is March or April, so only its year is taken.

    >>> iso_date("Mon, 5 Feb 2024 10:00:00 GMT"), iso_date("2024/02"), iso_date("3/4/2024"), iso_date("soon")
    ('2024-02-05', '2024-02', '2024', None)
    """
    text = text[:_LONGEST]
    if match := _COMPACT.match(text) or _NUMERIC.match(text):
        return _best(match["year"], int(match["month"]), int(match["day"] or 0))
    for pattern in _NAMED:
        if match := pattern.search(text):
            day = match.groupdict().get("day")
            return _best(match["year"], month_number(match["month"]) or 0, int(day or 0))
    if match := _YEAR_LAST.match(text):
        one, two = int(match["one"]), int(match["two"])
        if match["mark"] == "." or one > 12 or one == two:
            return _best(match["year"], two, one)
        return _best(match["year"], one, two) if two > 12 else match["year"]
    match = _ANY_YEAR.search(text)
    return match["year"] if match else None


def month_number(text: str) -> int | None:
    """1 to 12 for a month's number, or its English name or beginning; None for anything else.

    >>> month_number("Feb"), month_number("september"), month_number("11"), month_number("Michaelmas")
    (2, 9, 11, None)
    """
    text = text.strip().lower()
    if text.isascii() and text.isdigit() and len(text) <= 2:
        return int(text) if 1 <= int(text) <= 12 else None
    return _MONTHS.index(text[:3]) + 1 if text[:3] in _MONTHS else None


def _best(year: str, month: int, day: int) -> str:
    """The most exact of day, month and year that is in the calendar."""
    for date in (f"{year}-{month:02}-{day:02}", f"{year}-{month:02}"):
        if is_date(date):
            return date
    return year
