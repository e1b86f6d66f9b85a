"""Leaderboards: what is comparable is ranked on one scale, and who says what stands beside it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import KgError, NotFoundError
from kg.model import PassageKind, ResultKind
from kg.questions.leaderboard import boards, history
from kg.questions.results import Claim, ResultsRequest, ask
from kg.store import GraphReader

CLAIM = Claim(
    paper_id="arxiv/1", title="One", date="2024-01", value="70.0", number=70.0, unit=None, kind=ResultKind.ABSOLUTE,
    of="FooNet", of_id="method/foonet", on="Sheep", on_id="benchmark/sheep", on_name="Sheep", metric="accuracy",
    metric_id="metric/accuracy", metric_name="accuracy", split=None, suite=None, setting=None, base=None, own=False,
    deviation=None, better="higher", scale=None, confidence=0.9, passage=PassageKind.TABLE, place=4, start=0, end=4,
    sentence="70.0", row="FooNet", column="Sheep", cell="70.0", table="Table 1", label=None, caption="",
)  # fmt: skip


def claim(of: str, number: float, paper: str = "arxiv/1", **told: object) -> Claim:
    return replace(CLAIM, of=of, of_id=None, number=number, value=str(number), paper_id=paper, **told)  # type: ignore[arg-type]


def order(claims: list[Claim]) -> list[tuple[int, str | None, float]]:
    (board,) = boards(claims)
    return [(each.rank, each.claim.of, each.score) for each in board.standings]


def test_the_best_comes_first_and_equal_numbers_share_a_rank() -> None:
    assert order([claim("A", 70.0), claim("B", 80.0), claim("C", 70.0)]) == [
        (1, "B", 80.0),
        (2, "A", 70.0),
        (2, "C", 70.0),
    ]


def test_of_errors_less_is_better() -> None:
    found = order([claim("A", 7.0, better="lower"), claim("B", 8.0, better="lower")])
    assert [name for _, name, _ in found] == ["A", "B"]


def test_shares_of_one_paper_are_percents_among_those_of_others() -> None:
    found = order([claim("A", 70.0), claim("B", 0.81, "arxiv/2"), claim("C", 0.5, "arxiv/2")])
    assert found == [(1, "B", 81.0), (2, "A", 70.0), (3, "C", 50.0)]
    assert order([claim("A", 0.7), claim("B", 0.81)])[0] == (1, "B", 0.81)
    assert order([claim("A", 250.0), claim("B", 0.81, "arxiv/2")])[1] == (2, "B", 0.81)


def test_what_papers_state_of_one_system_stands_side_by_side_its_own_first() -> None:
    claims = [claim("A", 82.0, "arxiv/2"), claim("A", 80.0, "arxiv/1", own=True), claim("A", 80.0, "arxiv/1", place=9)]
    (board,) = boards(claims)
    (standing,) = board.standings
    assert (standing.claim.paper_id, standing.score) == ("arxiv/1", 80.0)
    assert [(other.paper_id, other.number) for other in standing.others] == [("arxiv/2", 82.0)]
    assert board.papers == 2


def test_a_setting_and_a_base_make_another_line() -> None:
    claims = [claim("A", 80.0), claim("A", 85.0, setting="5-shot"), claim("A", 83.0, base="Llama")]
    assert len(boards(claims)[0].standings) == 3


def test_splits_and_metrics_are_boards_of_their_own_and_gains_are_on_none() -> None:
    claims = [
        claim("A", 80.0),
        claim("A", 75.0, split="dev"),
        claim("A", 60.0, metric="F1", metric_id="metric/f1", metric_name="F1"),
        claim("A", 5.0, kind=ResultKind.GAIN),
        claim("A", 5.0, on=None, on_id=None),
    ]
    assert sorted((board.split or "", board.metric) for board in boards(claims)) == [
        ("", "F1"),
        ("", "accuracy"),
        ("dev", "accuracy"),
    ]


def test_history_is_what_was_best_in_its_time() -> None:
    claims = [
        claim("A", 70.0, date="2023-01"),
        claim("B", 65.0, date="2023-05"),
        claim("C", 80.0, date="2024-01"),
        claim("D", 81.0, date="2024-01"),
        claim("E", 90.0, date=None),
    ]
    assert [each.claim.of for each in history(boards(claims)[0])] == ["A", "D"]


def test_results_are_found_by_what_they_are_of(full_text_graph: Path) -> None:
    with GraphReader(full_text_graph) as reader:

        def found(**asked: object) -> list[str]:
            return [each.value for each in ask(reader, ResultsRequest(**asked))]  # type: ignore[arg-type]

        assert found(benchmark="GSM8K", own=True, tables=True) == ["0.801", "78.2"]
        assert found(benchmark="SVAMP") == ["80.1", "81.5", "83.3"]
        assert found(method="Tidewater", since="2025-02") == ["0.771"]
        assert found(model="Qwen", metric="accuracy") == ["72.4", "80.1"]
        assert found(tables=False) == ["78.2%"]
        assert found(benchmark="SVAMP", model="Qwen", method="GRPO") == ["80.1", "81.5"]
        assert found(limit=1) == ["0.771"]
        with pytest.raises(NotFoundError):
            found(benchmark="NoSuchThing")
        with pytest.raises(KgError, match="is no date"):
            found(since="soon")


def test_the_leaderboard_of_two_papers_is_one(full_text_graph: Path) -> None:
    with GraphReader(full_text_graph) as reader:
        board = boards(ask(reader, ResultsRequest(benchmark=("GSM8K",), metric=("accuracy",))))[0]
    assert [(each.rank, each.claim.of, each.score) for each in board.standings] == [
        (1, "Undertow", 80.1),
        (2, "Tidewater", 78.2),
        (3, "GRPO", 75.0),
        (4, "Qwen2.5-3B", 72.4),
    ]
    assert [(other.value, other.paper_id) for other in board.standings[1].others] == [("0.771", "arxiv/2503.00022")]


@pytest.mark.parametrize(
    ("better", "scale", "numbers", "scores"),
    [
        ("lower", "share", (0.05, 7.0), [5.0, 7.0]),  # a word error rate, once as share
        ("lower", "number", (0.05, 7.0), [0.05, 7.0]),  # a distance
        ("higher", "number", (0.9, 7.0), [7.0, 0.9]),
        ("lower", "share", (0.05, 120.0), [5.0, 120.0]),  # more errors than words
        ("higher", None, (0.9, 70.0), [90.0, 70.0]),
    ],
)
def test_what_is_known_of_the_metric_tells_whether_its_numbers_are_shares(
    better: str, scale: str | None, numbers: tuple[float, float], scores: list[float]
) -> None:
    first, second = numbers
    found = order(
        [
            claim("A", first, "arxiv/1", better=better, scale=scale),
            claim("B", second, "arxiv/2", better=better, scale=scale),
        ]
    )
    assert [score for _, _, score in found] == scores
