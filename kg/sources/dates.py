"""Dates as sources write them, in ISO 8601, as exact as they are certain."""

from __future__ import annotations

import datetime
import re
import unicodedata
from functools import lru_cache

from kg.text.dates import is_date

__all__ = ["iso_date", "month_number"]

# Names and abbreviations in English, German, French, Spanish, Italian, Portuguese and Dutch, without their accents.
# Left out are those that are also words of English: "set", "out", "ago", "mag", "gen".
_NAMES = (
    "january jan januar janner jaenner janvier janv enero ene gennaio janeiro januari",
    "february feb februar februari fevrier febr fevr fev febrero febbraio fevereiro",
    "march mar marz maerz mrz mars marzo marco maart mrt",
    "april apr avril avr abril abr aprile",
    "may mai mayo maggio maio mei",
    "june jun juni juin junio giugno giu junho",
    "july jul juli juillet juil julio luglio lug julho",
    "august aug aout agosto augustus",
    "september sep sept septembre septiembre settembre setembro",
    "october oct oktober okt octobre octubre ottobre ott outubro",
    "november nov novembre noviembre novembro",
    "december dec dezember dez decembre diciembre dic dicembre dezembro",
)
_MONTHS = {name: number for number, names in enumerate(_NAMES, start=1) for name in names.split()}
_SHORTEST_BEGINNING = 3  # letters of an English name that tell the month

_FLAGS = re.ASCII
_WORD = rf"(?:{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\b\.?"
_MONTH = rf"\b(?P<month>{_WORD})"
_YEAR = r"(?P<year>(?:1[5-9]|2[01])\d\d)(?!\d)"
_DAY = r"(?P<day>\d{1,2})(?!\d)(?:st|nd|rd|th|er)?\.?"
_TO = r"\s?(?:-{1,3}|/|&|to|and|bis)\s?"
_FROM = rf"(?P<from>(?<!\d)\d{{1,2}}(?:st|nd|rd|th)?\.?{_TO})?"
_UNTIL = rf"(?P<until>{_TO}\d{{1,2}}(?!\d)(?:st|nd|rd|th)?)?"
_MARK = r"[\s./,-]{1,3}(?:(?:of|del?) )?"
_TIME = r"(?:\d\d:\d\d(?::\d\d)?\s(?:[a-z]{3,4}\s)?)?"

# As mail and feeds write a day, and ISO 8601: nearly all dates there are, and told without looking any further.
_PLAIN = re.compile(
    r"\s*(?:(?:[A-Z][a-z]{2}, )?(?P<day>\d{1,2}) (?P<name>[A-Z][a-z]{2}) (?P<year>(?:19|20)\d\d) \d\d:|"
    r"(?P<iso>(?:19|20)\d\d-\d\d-\d\d)(?:\s*\Z|T))",
    _FLAGS,
)
_NUMERIC = re.compile(rf"\s*{_YEAR}[-/.](?P<month>\d{{1,2}})(?:[-/.](?P<day>\d{{1,2}}))?(?!\d)", _FLAGS)
_IN_TEXT = re.compile(rf"(?<![\d/.-]){_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)", _FLAGS)
_COMPACT = re.compile(
    r"\s*(?P<year>(?:1[5-9]|2[01])\d\d)(?P<month>\d\d)(?P<day>\d\d)(?:t?(?:[01]\d|2[0-3])(?:[0-5]\d){1,2})?(?!\d)",
    _FLAGS,
)
_EAST_ASIAN = re.compile(
    rf"\s*{_YEAR}\s?[年년]\s?(?P<month>\d{{1,2}})\s?[月월](?:\s?(?P<day>\d{{1,2}})\s?[日일])?", _FLAGS
)
_NAMED = (
    re.compile(rf"{_FROM}(?<!\d){_DAY}{_MARK}{_MONTH}{_MARK}{_YEAR}", _FLAGS),
    re.compile(rf"{_MONTH}[\s-]{{0,2}}{_DAY}{_UNTIL}[\s,]{{1,2}}{_TIME}{_YEAR}", _FLAGS),
    re.compile(rf"{_MONTH}{_MARK}{_YEAR}", _FLAGS),
    re.compile(rf"(?<!\d){_YEAR}{_MARK}{_MONTH}(?:[\s./-]{{1,2}}{_DAY}{_UNTIL}(?!\w))?", _FLAGS),
)
_MONTHS_FROM_TO = re.compile(
    rf"\b{_WORD}(?:\s\d{{1,2}})?(?:,?\s\d{{4}})?\s?(?:-{{1,3}}|/|&|to|and|bis)\s?(?:\d{{4}}\s|\d{{1,2}}\.?\s)?{_WORD}",
    _FLAGS,
)
_INTERVAL = re.compile(r"\s*(\d{4}-\d\d(?:-\d\d)?)/(\d{4}-\d\d(?:-\d\d)?)\s*\Z", _FLAGS)
_YEAR_LAST = re.compile(rf"\s*(?P<one>\d{{1,2}})(?P<mark>[./-])(?P<two>\d{{1,2}})(?P=mark){_YEAR}", _FLAGS)
_MONTH_AND_YEAR = re.compile(rf"\s*(?P<month>\d{{1,2}})[./-]{_YEAR}\s*\Z", _FLAGS)
_ANY_YEAR = re.compile(rf"(?<!\d){_YEAR}(?!\.\d)", _FLAGS)
_EPOCH = re.compile(r"\s*(\d{10})(?:\d{3}){0,3}(?:\.\d{1,9})?\s*\Z", _FLAGS)  # seconds, or down to their billionths
_LAST_SECOND = 4_102_444_800  # 2100-01-01: what is later counts something else
_DASHES = str.maketrans("\u2010\u2011\u2012\u2013\u2014~", "-----\u0020")  # and the tie of TeX
_LONGEST = 100  # characters that are looked at


def iso_date(text: str) -> str | None:
    """The date that a text begins with or spells, as ``2024-02-05``, ``2024-02`` or ``2024``; None if it has none.

    What the text leaves open stays open: ``3/4/2024`` is March or April, so only its year is taken, and of several
    days or months what they have in common. Digits that count the seconds since 1970 are the day in UTC.

    >>> iso_date("Mon, 5 Feb 2024 10:00:00 GMT"), iso_date("2024/02"), iso_date("3/4/2024"), iso_date("soon")
    ('2024-02-05', '2024-02', '2024', None)
    >>> iso_date("1-6 Oct. 2024"), iso_date("2024 Mar-Apr"), iso_date("5. März 2024"), iso_date("1709596800000")
    ('2024-10', '2024', '2024-03-05', '2024-03-05')
    """
    if (match := _PLAIN.match(text)) and (found := _plain(*match.group("iso", "day", "name", "year"))):
        return found
    text = _folded(text[:_LONGEST])
    if match := _EPOCH.match(text):
        return _of_epoch(int(match.group(1)))
    if match := _INTERVAL.match(text):
        return _in_common(match.group(1), match.group(2))
    if match := _COMPACT.match(text) or _NUMERIC.match(text) or _EAST_ASIAN.match(text) or _IN_TEXT.search(text):
        return _best(match["year"], int(match["month"]), int(match["day"] or 0))
    return _spelt(text) or _year_last(text) or _year(text)


def month_number(text: str) -> int | None:
    """1 to 12 for a month's number, its name in a language of Western Europe, or the beginning of its English name.

    None for anything else.

    >>> month_number("Feb"), month_number("september"), month_number("11"), month_number("Michaelmas")
    (2, 9, 11, None)
    >>> month_number("août"), month_number("Marvel")
    (8, None)
    """
    text = _folded(text[:_LONGEST]).strip(" .")
    if text.isascii() and text.isdigit() and len(text) <= 2:
        return int(text) if 1 <= int(text) <= 12 else None
    if text in _MONTHS or len(text) < _SHORTEST_BEGINNING:
        return _MONTHS.get(text)
    begun = (number for number, names in enumerate(_NAMES, start=1) if names.split()[0].startswith(text))
    return next(begun, None)


@lru_cache(maxsize=4096)  # there are many papers of each day
def _plain(iso: str | None, day: str | None, name: str | None, year: str | None) -> str | None:
    """The day in ISO 8601, or in parts."""
    date = iso or f"{year}-{_MONTHS.get((name or '').lower(), 0):02}-{day:0>2}"
    return date if is_date(date) else None


def _folded(text: str) -> str:
    """In small letters without accents, digits of any width and dashes of any length as those of ASCII."""
    if text.isascii():
        return text.translate(_DASHES).lower()
    decomposed = unicodedata.normalize("NFKD", text.translate(_DASHES)).lower()
    letters = "".join(char for char in decomposed if not unicodedata.combining(char))
    return unicodedata.normalize("NFC", letters)  # NFKD takes Korean syllables apart as well


def _spelt(text: str) -> str | None:
    """A date with the name of its month, as far as it is one date."""
    if _MONTHS_FROM_TO.search(text):
        return _year(text)
    for pattern in _NAMED:
        if match := pattern.search(text):
            found = match.groupdict()
            several = found.get("from") or found.get("until")
            day = 0 if several else int(found.get("day") or 0)
            return _best(match["year"], month_number(match["month"]) or 0, day)
    return None


def _year_last(text: str) -> str | None:
    """``5.2.2024``, ``13/2/2024`` and ``2/2024``; of days and months that could change places only the year."""
    if match := _MONTH_AND_YEAR.match(text):
        return _best(match["year"], int(match["month"]), 0)
    match = _YEAR_LAST.match(text)
    if match is None:
        return None
    one, two = int(match["one"]), int(match["two"])
    if match["mark"] == "." or one > 12 or one == two:
        return _best(match["year"], two, one)
    return _best(match["year"], one, two) if two > 12 else match["year"]


def _year(text: str) -> str | None:
    match = _ANY_YEAR.search(text)
    return match["year"] if match else None


def _of_epoch(seconds: int) -> str | None:
    if seconds >= _LAST_SECOND:
        return None
    return datetime.datetime.fromtimestamp(seconds, datetime.UTC).date().isoformat()


def _in_common(first: str, last: str) -> str | None:
    """The month or the year of two days, the year of the first if they have none in common."""
    length = next((size for size in (10, 7) if len(first) >= size and first[:size] == last[:size]), 4)
    return first[:length] if is_date(first[:length]) else None


def _best(year: str, month: int, day: int) -> str:
    """The most exact of day, month and year that is in the calendar."""
    for date in (f"{year}-{month:02}-{day:02}", f"{year}-{month:02}"):
        if is_date(date):
            return date
    return year
