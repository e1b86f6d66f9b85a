from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.building import build_graph
from kg.errors import KgError, NotFoundError
from kg.questions import question
from kg.questions.calendar import TimeStep
from kg.questions.requests import read_request
from kg.questions.trend import Trend, TrendRequest, ask
from kg.store import GraphReader
from tests.samples import jsonl

PAPERS = (
    ("2024-01-05", "We train with PPO."),
    ("2024-01", "We train with PPO and GRPO."),
    ("2024-04-30", "We train Qwen2.5-7B and Qwen2.5-72B with GRPO."),
    ("2024", "We train with GRPO."),
    (None, "We train with GRPO."),
    ("2024-05-01", "We count sheep on GSM8K."),
)


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dated")
    rows = [
        {"title": f"Study {'IVXLC'[number]}{'abcdef'[number]}", "abstract": text, "date": date}
        for number, (date, text) in enumerate(PAPERS[:5])
    ]
    rows.append({"title": "Sheep", "abstract": PAPERS[5][1], "date": PAPERS[5][0]})
    (folder / "a.jsonl").write_text(jsonl(rows), encoding="utf-8")
    build_graph([str(folder / "a.jsonl")], folder / "kg.db")
    return folder / "kg.db"


@pytest.fixture
def dated(graph: Path) -> Iterator[GraphReader]:
    with GraphReader(graph) as reader:
        yield reader


def by_name(trend: Trend) -> dict[str, tuple[int, ...]]:
    return {line.entity.label: line.papers for line in trend.lines}


def test_no_month_is_left_out_between_the_first_and_the_last(dated: GraphReader) -> None:
    trend = ask(dated, TrendRequest(("GRPO", "PPO"), exact=True))
    assert trend.steps == ("2024-01", "2024-02", "2024-03", "2024-04", "2024-05")
    assert trend.papers == (2, 0, 0, 1, 1)
    assert by_name(trend) == {"GRPO": (1, 0, 0, 1, 0), "PPO": (2, 0, 0, 0, 0)}
    assert trend.shares(trend.lines[0]) == (0.5, None, None, 1.0, 0.0)


def test_papers_whose_date_is_unknown_or_not_exact_enough_are_counted_apart(dated: GraphReader) -> None:
    trend = ask(dated, TrendRequest(("GRPO",)))
    assert (trend.undated, trend.lines[0].undated) == (2, 2)
    by_year = ask(dated, TrendRequest(("GRPO",), TimeStep.YEAR))
    assert (by_year.steps, by_year.lines[0].papers, by_year.lines[0].undated) == (("2024",), (3,), 1)


def test_quarters_hold_three_months(dated: GraphReader) -> None:
    trend = ask(dated, TrendRequest(("GRPO",), TimeStep.QUARTER))
    assert (trend.steps, trend.lines[0].papers, trend.papers) == (("2024-Q1", "2024-Q2"), (1, 1), (2, 2))


def test_a_family_counts_each_paper_once_and_only_if_wanted(dated: GraphReader) -> None:
    trend = ask(dated, TrendRequest(("Qwen2.5", "Qwen2.5-7B")))
    assert by_name(trend) == {"Qwen2.5": (1, 0), "Qwen2.5-7B": (1, 0)}
    assert [line.below for line in trend.lines] == [2, 0]
    exact = ask(dated, TrendRequest(("Qwen2.5",), exact=True))
    assert (exact.steps, by_name(exact)) == ((), {"Qwen2.5": ()})


def test_a_span_of_time_and_a_relation_limit_what_counts(dated: GraphReader) -> None:
    trend = ask(dated, TrendRequest(("GRPO",), since="2024-02"))
    assert (trend.steps, trend.lines[0].papers, trend.undated) == (("2024-04", "2024-05"), (1, 0), 0)
    request = read_request(question("trend").request, {"names": "GRPO", "relation": "introduces"})
    assert ask(dated, request).steps == ()


def test_a_date_that_lies_far_ahead_of_all_others_makes_no_steps(tmp_path: Path) -> None:
    dates = ("1986", "2024-01", "2024-02", "2024-02", "2199-12")
    rows = [{"title": f"Study {'abcde'[n]}", "abstract": "We train with PPO.", "date": d} for n, d in enumerate(dates)]
    (tmp_path / "a.jsonl").write_text(jsonl(rows), encoding="utf-8")
    build_graph([str(tmp_path / "a.jsonl")], tmp_path / "kg.db")
    with GraphReader(tmp_path / "kg.db") as reader:
        months = ask(reader, TrendRequest(("PPO",)))
        years = ask(reader, TrendRequest(("PPO",), TimeStep.YEAR))
    assert (months.steps, months.lines[0].papers, months.lines[0].undated) == (("2024-01", "2024-02"), (1, 2), 2)
    assert (years.steps[0], years.steps[-1], years.undated) == ("1986", "2024", 1)


def test_what_cannot_be_asked_is_refused(dated: GraphReader) -> None:
    with pytest.raises(KgError, match="give a name"):
        TrendRequest(())
    with pytest.raises(KgError, match="no date"):
        TrendRequest(("GRPO",), since="spring")
    with pytest.raises(KgError, match="no time step; use month, quarter, year"):
        read_request(TrendRequest, {"names": "GRPO", "by": "week"})
    with pytest.raises(NotFoundError):
        ask(dated, TrendRequest(("Nothing Of The Kind",)))
