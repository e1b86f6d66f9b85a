"""Dates as people, publishers and programs write them, never more exact than they are certain."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.sources.dates import iso_date, month_number
from kg.text.dates import is_date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2019-11-07T00:00:00Z", "2019-11-07"),
        ("2019/11/07/", "2019-11-07"),
        ("2019/11//", "2019-11"),
        ("20191107", "2019-11-07"),
        ("20191107235959", "2019-11-07"),
        ("11/2019", "2019-11"),
        ("2019 Nov 7", "2019-11-07"),
        ("7-Nov-2019", "2019-11-07"),
        ("07/Nov/2019:10:00:00 +0000", "2019-11-07"),
        ("NOV 2019", "2019-11"),
        ("NOV 7 2019", "2019-11-07"),
        ("November 7th, 2019", "2019-11-07"),
        ("7th of November 2019", "2019-11-07"),
        ("Thu Nov  7 10:00:00 UTC 2019", "2019-11-07"),
        ("published: 2019-11-07", "2019-11-07"),
        ("7. März 2019", "2019-03-07"),
        ("7 août 2019", "2019-08-07"),
        ("7 de marzo de 2019", "2019-03-07"),
        ("２０１９年１１月７日", "2019-11-07"),
        ("2019년 11월", "2019-11"),
        ("1573084800", "2019-11-07"),
        ("1573084800000", "2019-11-07"),
        ("1573084800.5", "2019-11-07"),
    ],
)
def test_a_date_is_understood_however_it_is_written(text: str, date: str) -> None:
    assert iso_date(text) == date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("7/11/2019", "2019"),
        ("17/11/2019", "2019-11-17"),
        ("7.11.2019", "2019-11-07"),
        ("5-9 Nov. 2019", "2019-11"),
        ("November 5\u20139, 2019", "2019-11"),
        ("2019 Nov 5-9", "2019-11"),
        ("2019-11-05/2019-11-09", "2019-11"),
        ("2019-11/2019-12", "2019"),
        ("28 Oct - 2 Nov 2019", "2019"),
        ("Nov-Dec 2019", "2019"),
        ("2019 Nov-Dec", "2019"),
        ("Autumn 2019", "2019"),
        ("Marvellous 2019", "2019"),
        ("2019-13-45", "2019"),
        ("2019-00-00", "2019"),
        ("c2019", "2019"),
        ("9999999999", None),
        ("1911.00001", None),
        ("forthcoming", None),
        ("", None),
    ],
)
def test_what_a_date_leaves_open_stays_open(text: str, date: str | None) -> None:
    assert iso_date(text) == date


def test_a_month_is_known_by_its_name_in_full_or_in_part() -> None:
    words = ("sept", "Septem", "März", "DÉC.", "7", "13", "ma", "out")
    assert [month_number(text) for text in words] == [9, 9, 3, 12, 7, None, None, None]


PARTS = st.sampled_from(
    ["2019", "11", "7", "Nov", "März", "-", "/", " ", ".", ",", "to", "年", "月", "T", "10:00:00", "٣"]
)


@given(st.text(max_size=60) | st.lists(PARTS, max_size=12).map("".join))
def test_any_text_gives_a_date_of_the_calendar_or_none(text: str) -> None:
    date = iso_date(text)
    assert date is None or is_date(date)


@pytest.mark.parametrize("unit", ["1-", "mar ", "2019 ", "1 mar-", "-", " "])
def test_only_the_beginning_of_a_long_text_is_looked_at(unit: str) -> None:
    text = unit * 400_000
    assert iso_date(text) == iso_date(text[:200])
