"""Values as JSON of all kinds writes them: a text in a list or an object, a date in parts or in seconds."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from kg.sources.dates import month_number
from kg.sources.fields import text_of

__all__ = ["date_in", "first_text", "paragraphs", "plain_text", "texts_in"]

# What an object around a text, or around the name of a thing, calls it; the plainest first.
_TEXTS = (
    "value", "text", "#text", "@value", "_", "$", "content", "name", "display_name", "fullname", "full_name", "title",
    "literal", "raw", "en", "eng", "default",
)  # fmt: skip
_LABELS = ("label", "Label", "@Label", "heading", "nlmCategory")
_PARTS = ("date-parts", "date_parts", "dateParts")
_YEAR, _MONTH, _DAY = ("year", "Year"), ("month", "Month"), ("day", "Day")
_MOMENTS = ("date-time", "datetime", "date", "$date", "raw", "literal", "value", "@value", "iso", "start", "timestamp",
            "$numberLong")  # fmt: skip
_UNITS = (1, 10**3, 10**6, 10**9)  # of a second, in which clocks count
_EPOCHS = range(300_000_000, 4_100_000_000)  # seconds, of 1979 to 2099: a smaller number is a year or a day
_DEEPEST = 4
_MOST = 1_000  # parts of one text


def plain_text(value: object, _depth: int = 0) -> str:
    """The text that a value is, or that an object holds; the first of a list; empty where there is none.

    >>> plain_text("A"), plain_text({"value": "A"}), plain_text(["", {"text": "A"}, "B"]), plain_text(2024)
    ('A', 'A', 'A', '2024')
    """
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, (list, tuple)) and _depth < _DEEPEST:
        return next(filter(None, (plain_text(part, _depth + 1) for part in value[:_MOST])), "")
    if isinstance(value, Mapping) and _depth < _DEEPEST:
        return next(filter(None, (plain_text(value[key], _depth + 1) for key in _TEXTS if key in value)), "")
    return text_of(value)


def texts_in(value: object) -> list[str]:
    """The texts of a list, each of them a text or an object around one; of anything else the text that it is.

    >>> texts_in(["A", {"name": "B"}, None]), texts_in("A"), texts_in(None)
    (['A', 'B'], ['A'], [])
    """
    parts = value[:_MOST] if isinstance(value, (list, tuple)) else [value]
    return [text for text in map(plain_text, parts) if text.strip()]


def first_text(*values: object) -> str:
    """The first of some values that holds any text."""
    return next((text for text in map(plain_text, values) if text.strip()), "")


def paragraphs(value: object) -> str:
    """An abstract that is a text, a list of its sentences or paragraphs, or one of parts that have labels.

    >>> paragraphs(["We count sheep.", "They sleep."])
    'We count sheep. They sleep.'
    >>> paragraphs([{"label": "Background", "text": "Sheep."}, {"label": "Results", "text": "Seven."}])
    'Background: Sheep. Results: Seven.'
    """
    if isinstance(value, (list, tuple)):
        return " ".join(filter(None, map(_part, value[:_MOST]))).strip()
    return plain_text(value)


def _part(value: object) -> str:
    text = plain_text(value).strip()
    label = first_text(*(value.get(key) for key in _LABELS)) if isinstance(value, Mapping) else ""
    return f"{label.strip().rstrip(':')}: {text}" if label.strip() and text else text


def date_in(value: object, _depth: int = 0) -> str:
    """The date in a value, as a text for ``iso_date``; empty where there is none.

    Numbers may be years (2024), days (20240305), or seconds since 1970, or thousandths, millionths or billionths of
    them; lists and objects may have parts of a date.

    >>> date_in(1709596800000), date_in([[2024, 3, 5]]), date_in({"year": 2024, "month": "Mar"}), date_in("soon")
    ('2024-03-05', '2024-03-05', '2024-03', 'soon')
    """
    if _depth > _DEEPEST:
        return ""
    if isinstance(value, (list, tuple)):
        return _of_list(value, _depth)
    if isinstance(value, Mapping):
        return _of_object(value, _depth)
    if isinstance(value, float) and value == value and abs(value) < 2**63:
        value = int(value) if value.is_integer() or value > _EPOCHS.start else value
    text = text_of(value).strip()
    digits = text.partition(".")[0]
    if len(digits) >= 9 and digits.isascii() and digits.isdigit() and len(digits) < 20:
        return next((_day(int(digits) // unit) for unit in _UNITS if int(digits) // unit in _EPOCHS), text)
    return text


def _of_list(value: list[object] | tuple[object, ...], depth: int) -> str:
    if value and all(isinstance(part, (int, str)) and len(text_of(part)) <= 9 for part in value[:3]):
        year = text_of(value[0]).strip()
        if len(year) == 4 and year.isascii() and year.isdigit():
            return _parted(*value[:3])
    return next(filter(None, (date_in(part, depth + 1) for part in value[:5])), "")


def _of_object(value: Mapping[str, object], depth: int) -> str:
    parts = next(filter(None, (value.get(key) for key in _PARTS)), None)
    if parts and (found := date_in(parts, depth + 1)):
        return found
    year, month, day = (next((value[key] for key in keys if value.get(key)), None) for keys in (_YEAR, _MONTH, _DAY))
    if year and (found := _parted(year, month, day)):
        return found
    return next(filter(None, (date_in(value[key], depth + 1) for key in _MOMENTS if key in value)), "")


def _parted(year: object, month: object = None, day: object = None) -> str:
    """A date of its parts, each as far as the one before it is known."""
    found = text_of(year).strip()
    number = month_number(plain_text(month)) if month else None
    if not found or number is None:
        return found
    digits = text_of(day).strip()
    return f"{found}-{number:02}" + (f"-{digits:0>2}" if digits.isdigit() and len(digits) <= 2 else "")


def _day(seconds: int) -> str:
    return datetime.datetime.fromtimestamp(seconds, datetime.UTC).date().isoformat()
