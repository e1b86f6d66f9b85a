from __future__ import annotations

import datetime
import sqlite3
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.building import build_graph
from kg.errors import KgError
from kg.questions.papers import PapersRequest, ask, count_unknown
from kg.questions.period import Period
from kg.store import GraphReader
from tests.samples import jsonl

DATES = ("2023", "2023-12-31", "2024", "2024-01", "2024-06", "2024-06-01", "2024-06-30", "2024-07-01", "2025-01-01")
DAYS = [datetime.date(2022, 12, 1) + datetime.timedelta(number) for number in range(1200)]
A_DATE = st.builds(
    lambda day, length: day.isoformat()[:length],
    st.dates(datetime.date(2023, 1, 1), datetime.date(2025, 12, 31))
    | st.sampled_from([datetime.date(2023, 12, 31), datetime.date(2024, 2, 29), datetime.date(2024, 1, 1)]),
    st.sampled_from([4, 7, 10]),
)


@pytest.fixture(scope="module")
def dated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A paper of each date, titled by it, and two without; all but the first name a benchmark."""
    folder = tmp_path_factory.mktemp("dated")
    papers = [{"title": f"Of {date}", "abstract": "We evaluate on GSM8K.", "date": date} for date in DATES]
    papers += [{"title": f"Of no day {n}", "abstract": "We evaluate on GSM8K."} for n in range(2)]
    papers[0]["abstract"] = "We count sheep."
    (folder / "dated.jsonl").write_text(jsonl(papers))
    build_graph([str(folder / "dated.jsonl")], folder / "kg.db")
    return folder / "kg.db"


def found(graph: Path, **wanted: object) -> list[str]:
    with GraphReader(graph) as reader:
        return sorted(hit.paper.date or "" for hit in ask(reader, PapersRequest(**wanted)))  # type: ignore[arg-type]


def unknown(graph: Path, **wanted: object) -> list[int]:
    """How many have no date, and how many one that is not exact enough."""
    with GraphReader(graph) as reader:
        counts = count_unknown(reader, PapersRequest(**wanted))  # type: ignore[arg-type]
    return [counts.pop("no date", 0), counts.pop("a date that is not exact enough", 0), *counts.values()]


@pytest.mark.parametrize(
    ("until", "last"),
    [("2023", "2023-12-31"), ("2024", "2024-07-01"), ("2024-06", "2024-06-30"), ("2024-06-29", "2024-06-01")],
)
def test_until_includes_all_of_the_day_month_or_year(dated: Path, until: str, last: str) -> None:
    assert max(found(dated, until=until)) == last


def test_since_includes_all_of_it_too(dated: Path) -> None:
    assert found(dated, since="2024", until="2024") == [date for date in DATES if date.startswith("2024")]
    assert found(dated, since="2024-06", until="2024-06") == ["2024-06", "2024-06-01", "2024-06-30"]


def test_who_does_not_say_whether_it_is_within_is_left_out_and_counted(dated: Path) -> None:
    assert "2024" not in found(dated, since="2024-06") + found(dated, until="2024-06")
    assert unknown(dated, since="2024-06") == unknown(dated, until="2024-06") == [2, 1]
    assert unknown(dated, since="2024-06-15") == [2, 2]
    assert unknown(dated, since="2023-02", until="2024-06-15") == [2, 3]
    assert unknown(dated, since="2023-02", benchmark=("GSM8K",)) == [2, 0]


def test_without_a_limit_nobody_is_left_out(dated: Path) -> None:
    assert unknown(dated) == [0, 0]
    assert len(found(dated)) == len(DATES) + 2


@settings(max_examples=1000)
@given(A_DATE, A_DATE, A_DATE)
@example("2023", "2023-01", "2023")
@example("2023", "2023-01-01", "2023-12-31")
@example("2024-02", "2023", "2024-02-29")
def test_a_date_within_is_one_all_of_whose_days_are(date: str, since: str, until: str) -> None:
    inside = {str(day) for day in DAYS if since <= str(day) and str(day)[: len(until)] <= until}
    try:
        condition = Period(since, until).filter
    except KgError:
        assert not inside
        return
    assert condition is not None
    (told,) = sqlite3.connect(":memory:").execute(
        f"SELECT {condition.wanted.sql} FROM (SELECT ? AS date) AS paper", (*condition.wanted.parameters, date)
    )
    assert bool(told[0]) == inside.issuperset(str(day) for day in DAYS if str(day).startswith(date))


@pytest.mark.parametrize("limits", [("2025", "2024"), ("2024-07", "2024-06-30"), ("2024-06-02", "2024-06-01")])
def test_limits_that_nothing_lies_between_are_refused(limits: tuple[str, str]) -> None:
    with pytest.raises(KgError, match="swap the two dates"):
        Period(*limits)
