"""Dates as people give them to bound a search: a year, a month, or a day."""

from __future__ import annotations

import re

__all__ = ["is_date"]

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?\Z", re.ASCII)


def is_date(text: str) -> bool:
    """Whether a text can bound ISO 8601 dates, compared letter by letter.

    >>> is_date("2024"), is_date("2024-06-30"), is_date("June")
    (True, True, False)
    """
    return bool(_DATE.match(text))
