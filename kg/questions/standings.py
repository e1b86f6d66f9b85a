"""The leaderboards of one benchmark, one at a time: which there are, and the lines of one of them.

A benchmark of a large graph has thousands of results; ``kg.questions.leaderboard`` ranks those of one board.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.errors import NotFoundError
from kg.questions.conditions import Condition, all_of
from kg.questions.leaderboard import Board, boards
from kg.questions.moment import of_one_moment
from kg.questions.names import find_entities
from kg.questions.requests import settle
from kg.questions.results import Claim, claims_with
from kg.questions.things import Thing, entities_as_things
from kg.store import GraphReader

__all__ = ["BoardRequest", "BoardSummary", "Boards", "ask", "results_page"]


@dataclass(frozen=True, slots=True)
class BoardRequest:
    """A board of what is measured on: of this metric (its id, or as papers word it) and split; of neither, the fullest.

    An empty text is a metric, or split, that no paper tells.
    """

    on: str
    metric: str | None = None
    split: str | None = None

    def __post_init__(self) -> None:
        settle(self)


@dataclass(frozen=True, slots=True)
class BoardSummary:
    """A board before it is ranked: its ``metric`` and ``split`` as a request has them, and the words for people."""

    metric: str
    split: str
    metric_name: str | None
    split_name: str | None
    results: int
    papers: int


@dataclass(frozen=True, slots=True)
class Boards:
    """The boards of a thing, the fullest first, and the one that was asked for, ranked; None where there is none."""

    on: Thing
    all: tuple[BoardSummary, ...]
    chosen: BoardSummary | None
    board: Board | None


_METRIC = "coalesce(metric_id, fold(metric), '')"
_SPLIT = "coalesce(fold(split), '')"
# What leaderboards rank: see kg.questions.leaderboard.boards.
_RANKED = Condition("result.kind = 'absolute' AND number IS NOT NULL AND coalesce(achieved_by, '') <> ''", ())


@of_one_moment
def ask(reader: GraphReader, request: BoardRequest) -> Boards:
    """The leaderboards on a thing, and the lines of one.

    Raises:
        NotFoundError: nothing is called so, or it has no such board.
    """
    on = entities_as_things(reader, find_entities(reader, request.on)[:1])[0]
    rows = reader.rows(
        f"SELECT {_METRIC} AS m, {_SPLIT} AS s, max(coalesce(label, metric)), max(split), count(*), "
        "count(DISTINCT paper_id) FROM result LEFT JOIN entity ON entity.id = metric_id "
        f"WHERE measured_on_id = ? AND {_RANKED.sql} GROUP BY m, s ORDER BY count(*) DESC, m, s",
        (on.id,),
    )
    found = tuple(BoardSummary(*row) for row in rows)
    fitting = [each for each in found if _is_asked(each, request)]
    if found and not fitting:
        raise NotFoundError(f"{on.label} {request.metric or ''} {request.split or ''}".strip())
    chosen = fitting[0] if fitting else None
    return Boards(on, found, chosen, _ranked(reader, on, chosen) if chosen else None)


def _is_asked(board: BoardSummary, request: BoardRequest) -> bool:
    return (request.metric is None or board.metric == request.metric) and (
        request.split is None or board.split == request.split
    )


def _ranked(reader: GraphReader, on: Thing, chosen: BoardSummary) -> Board | None:
    of_board = Condition(f"measured_on_id = ? AND {_METRIC} = ? AND {_SPLIT} = ?", (on.id, chosen.metric, chosen.split))
    made = boards(claims_with(reader, all_of((of_board, _RANKED))))
    return made[0] if made else None


def results_page(reader: GraphReader, entity_id: str, *, limit: int, skip: int = 0) -> tuple[Claim, ...]:
    """The results that an entity has a part in (measured on it, achieved by it, stated in it), the newest first."""
    of_it = Condition("(measured_on_id = ? OR achieved_by_id = ? OR metric_id = ?)", (entity_id,) * 3)
    return claims_with(reader, of_it, limit=limit, offset=skip)
