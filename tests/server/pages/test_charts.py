from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import PassageKind, ResultKind
from kg.questions.leaderboard import boards
from kg.questions.results import Claim
from kg.server.pages.charts import bars, frontier


def claim(of: str, number: float, date: str | None, better: str | None = None) -> Claim:
    told = dict.fromkeys(Claim.__dataclass_fields__)
    told |= {"paper_id": f"title/{of}", "title": of, "date": date, "value": str(number), "number": number}
    told |= {"kind": ResultKind.ABSOLUTE, "of": of, "on": "TidyBench", "better": better, "confidence": 0.9}
    told |= {"passage": PassageKind.ABSTRACT, "place": 1, "start": 0, "end": 1, "sentence": ""}
    return Claim(**told)  # type: ignore[arg-type]


def test_the_line_goes_through_what_was_the_best_in_its_time() -> None:
    rows = [claim("A", 60, "2023-01"), claim("B", 55, "2023-06"), claim("C", 80, "2024-01"), claim("D", 99, None)]
    chart = frontier(boards(rows)[0])
    assert chart is not None
    assert [(dot.label, dot.best) for dot in chart.dots if dot.best] == [("C", True), ("A", True)]
    assert chart.left_out == 1
    left, top, right, bottom = chart.plot
    assert all(left <= dot.x <= right and top <= dot.y <= bottom for dot in chart.dots)
    assert "then C with 80 (2024-01)" in chart.words


@pytest.mark.parametrize("dates", [[], ["2024", "2024"], ["2024-01", "2024-01", "2024-01"]])
def test_there_is_no_chart_where_there_is_no_time(dates: list[str]) -> None:
    rows = [claim(f"S{n}", 50 + n, date) for n, date in enumerate(dates)] or [claim("A", 1, None)]
    assert frontier(boards(rows)[0]) is None


@given(
    st.lists(
        st.tuples(st.floats(-1e12, 1e12), st.sampled_from(["2019", "2020-05", "2020-05-07", "2021-12-31", "1999-01"])),
        min_size=3,
        max_size=30,
    ),
    st.sampled_from([None, "lower", "higher"]),
)
def test_any_numbers_stay_within_the_chart(rows: list[tuple[float, str]], better: str | None) -> None:
    board = boards([claim(f"S{n}", number, date, better) for n, (number, date) in enumerate(rows)])[0]
    chart = frontier(board)
    if chart is not None:
        left, top, right, bottom = chart.plot
        assert all(left <= dot.x <= right and top - 0.2 <= dot.y <= bottom + 0.2 for dot in chart.dots)
        assert 2 <= len(chart.scores) <= 12


def test_columns_tell_their_peak() -> None:
    chart = bars({"2022": 1, "2023": 10, "2024": 0})
    assert chart is not None
    assert [bar.height > 0 for bar in chart.bars] == [True, True, False]
    assert chart.words == "2022 to 2024, at most 10 in 2023, 0 in 2024"
    assert bars({"2024": 3}) is None
