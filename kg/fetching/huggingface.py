"""Hugging Face's daily papers, of a day, a week or a month."""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path
from typing import Literal

from kg.errors import FetchError
from kg.fetching.client import HalfAnswerError, PoliteClient
from kg.fetching.files import Fetched, fetch_pages

__all__ = ["BASE", "PAUSE", "Period", "fetch_huggingface", "last_day"]

BASE = "https://huggingface.co"
PAUSE = 1.0  # well below the 500 requests in five minutes that it grants to anyone
_PAGE = 100
_MOST_PAGES = 50

Period = Literal["date", "week", "month"]


def fetch_huggingface(
    client: PoliteClient, period: Period, value: str, out: Path, *, today: datetime.date, refresh: bool = False
) -> Fetched:
    """The papers of a day (``2024-02-05``), a week (``2024-W06``) or a month (``2024-02``).

    A period that is not over is asked for anew each time; one that is over stays as it was fetched.

    Raises:
        FetchError: there is no such period, or Hugging Face refuses or cannot be reached.
    """
    over = last_day(period, value) < today
    seen: set[bytes] = set()

    def fetch(page: int, wanted: int) -> bytes:
        parameters = {period: value, "p": str(page), "limit": str(wanted)}
        body = client.get("/api/daily_papers", parameters, _check)
        # Where pages are not known, every page is the first.
        repeated = body in seen
        seen.add(body)
        return b"[]" if repeated else body

    folder = out / "huggingface" / value
    return fetch_pages(folder, ".json", _PAGE, _PAGE * _MOST_PAGES, fetch, refresh=refresh or not over)


def last_day(period: Period, value: str) -> datetime.date:
    """The day on which a period ends.

    >>> last_day("week", "2024-W06").isoformat(), last_day("month", "2024-02").isoformat()
    ('2024-02-11', '2024-02-29')

    Raises:
        FetchError: there is no such day, week or month.
    """
    try:
        if period == "date" and re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
            return datetime.date.fromisoformat(value)
        if period == "week" and (match := re.fullmatch(r"(\d{4})-W(\d\d)", value, re.ASCII)):
            return datetime.date.fromisocalendar(int(match[1]), int(match[2]), 7)
        if period == "month" and re.fullmatch(r"\d{4}-\d\d", value, re.ASCII):
            beyond = datetime.date.fromisoformat(f"{value}-28") + datetime.timedelta(days=4)
            return beyond - datetime.timedelta(days=beyond.day)
    except (ValueError, OverflowError):
        pass
    examples = {"date": "2024-02-05", "week": "2024-W06", "month": "2024-02"}
    raise FetchError(f"{value!r} is no {period}; write it as {examples[period]}")


def _check(body: bytes) -> None:
    try:
        if isinstance(json.loads(body), list):
            return
    except (ValueError, RecursionError):
        pass
    raise HalfAnswerError("the answer is no list of papers, or cut off")
