"""The leaderboards of one benchmark: what papers report on it, ranked."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import ResultKind
from kg.questions import results
from kg.questions.leaderboard import Board, boards
from kg.questions.moment import of_one_moment
from kg.questions.registry import Question
from kg.questions.requests import settle
from kg.store import GraphReader

__all__ = ["QUESTION", "LeaderboardsRequest", "ask"]


@dataclass(frozen=True, slots=True)
class LeaderboardsRequest:
    """Boards of a ``benchmark`` (a data set or task, too) and, unless ``exact``, of its family; only in one of these
    metrics, or on this ``split``, where they are given."""

    benchmark: str
    metric: tuple[str, ...] = ()
    split: str | None = None
    exact: bool = False

    def __post_init__(self) -> None:
        settle(self)


@of_one_moment
def ask(reader: GraphReader, request: LeaderboardsRequest) -> tuple[Board, ...]:
    """A board for each metric and split, the fullest first.

    Raises:
        NotFoundError: a name stands for nothing in the graph; with suggestions.
    """
    wanted = results.ResultsRequest(
        benchmark=(request.benchmark,),
        metric=request.metric,
        split=request.split,
        kind=ResultKind.ABSOLUTE,
        exact=request.exact,
    )
    return boards(results.ask(reader, wanted))


QUESTION = Question(
    "leaderboards",
    "The leaderboards of a benchmark: systems ranked by what papers report, a board a metric and split.",
    LeaderboardsRequest,
    tuple[Board, ...],
    ask,
)
