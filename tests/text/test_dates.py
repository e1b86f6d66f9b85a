from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text.dates import is_date, is_less_exact


@given(st.dates())
def test_each_day_of_the_calendar_is_a_date_and_so_are_its_month_and_its_year(day: datetime.date) -> None:
    assert all(is_date(day.isoformat()[:end]) for end in (4, 7, 10))


@pytest.mark.parametrize(
    "text",
    ["2024-13", "2024-00", "2024-02-30", "2023-02-29", "0000", "2024-6", "24", "2024-06-", "--06-02", "2024\n", " 2024",
     "\u0662\u0660\u0662\u0664", "2024-W06", "20240205", "June", ""],
)  # fmt: skip
def test_what_is_not_in_the_calendar_or_not_iso_is_no_date(text: str) -> None:
    assert not is_date(text)


@given(st.lists(st.dates(), min_size=1, max_size=3), st.sampled_from([4, 7]))
def test_the_beginning_of_another_date_is_less_exact_and_that_date_is_not(days: list[datetime.date], end: int) -> None:
    dates = [day.isoformat() for day in days]
    assert is_less_exact(dates[0][:end], dates)
    assert not any(is_less_exact(date, [*dates, dates[0][:end], f"-{dates[0][4:]}"]) for date in dates)
    assert is_less_exact(f"-{dates[0][4:]}", dates)
