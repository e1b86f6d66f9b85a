"""Dates in ISO 8601, as exact as they are known: a year, a month, a day, or ``--06-02``, a day of an unknown year."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable

__all__ = ["complete_date", "is_date", "is_less_exact"]

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?\Z", re.ASCII)


def is_date(text: str) -> bool:
    """Whether a text is a year, a month or a day of the calendar; such texts compare letter by letter.

    >>> is_date("2024"), is_date("2024-06-30"), is_date("2024-13"), is_date("June")
    (True, True, False, False)
    """
    if not _DATE.match(text):
        return False
    try:
        datetime.date.fromisoformat(text + "0000-01-01"[len(text) :])
    except ValueError:
        return False
    return True


def is_less_exact(date: str, others: Iterable[str]) -> bool:
    """Whether one of some dates says the same and more, so that nobody need hear this one.

    >>> [is_less_exact(date, ["2024-02-05", "2023"]) for date in ("2024", "--02-05", "2023-07")]
    [True, True, False]
    """
    yearless = date.startswith("--")
    return any(o != date and (o.startswith(date) or (yearless and o.endswith(date[1:]))) for o in others)


def complete_date(date: str | None, latest_year: int | None) -> str | None:
    """A date without its year ("--06-02") set in the year after the latest that its page spells out.

    Listing pages leave the year out for papers of the year in which they were saved, which is later than every year
    that they do print. A page that prints none leaves the date open, and it stays unknown; a 29 February that the year
    does not have is February.

    >>> complete_date("--06-02", 2024), complete_date("--06-02", None), complete_date("2023-10-04", 2024)
    ('2025-06-02', None, '2023-10-04')
    """
    if date is None or not date.startswith("--"):
        return date
    if latest_year is None:
        return None
    day = f"{latest_year + 1}{date[1:]}"
    return next(filter(is_date, (day, day[: len("2024-06")])), None)
