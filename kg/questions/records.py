"""Records broken: new results that are better than all that stood before on the same benchmark, split and metric.

Only where papers tell which is better, and only what a paper does not state of others' work. A first result breaks
nothing; neither does one of a paper that is older than the one whose record it would be, or of a system that stood on
the board before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.model import ResultKind
from kg.questions.conditions import Condition
from kg.questions.leaderboard import Board, Standing, boards
from kg.questions.results import Claim, claims_with
from kg.questions.sqltext import ANY_OF, any_of
from kg.store import GraphReader

__all__ = ["BrokenRecord", "broken_records", "key_of_claim", "records_among", "records_on"]


@dataclass(frozen=True, slots=True)
class BrokenRecord:
    """The best of the new results of a board, with its score, and the best of those that stood before; both scores are
    on the board's scale. ``better`` is ``higher`` or ``lower``."""

    on: str
    metric: str | None
    split: str | None
    better: str
    score: float
    before: float
    claim: Claim
    beaten: Claim


def records_among(reader: GraphReader, fresh: Iterable[Claim]) -> tuple[BrokenRecord, ...]:
    """The records that some results of the graph broke, all others having stood before."""
    keys = {key_of_claim(claim): claim for claim in fresh}
    measured = {claim.on_id for claim in keys.values() if claim.on_id and claim.kind is ResultKind.ABSOLUTE}
    return records_on(reader, sorted(measured), lambda claim: key_of_claim(claim) in keys)


def records_on(
    reader: GraphReader, measured: Sequence[str], is_new: Callable[[Claim], bool]
) -> tuple[BrokenRecord, ...]:
    """The records on some benchmarks, by their ids, that those results broke that are new."""
    if not measured:
        return ()
    wanted = Condition(f"measured_on_id IN {ANY_OF} AND result.kind = ?", (any_of(measured), ResultKind.ABSOLUTE))
    return tuple(broken_records(claims_with(reader, wanted), is_new))


def broken_records(claims: Iterable[Claim], is_new: Callable[[Claim], bool]) -> Iterator[BrokenRecord]:
    """The records that were broken on the boards that results make, one a board at most."""
    for board in boards(claims):
        if board.better is not None and (broken := _broken(board, is_new)):
            yield broken


def key_of_claim(claim: Claim) -> tuple[str, int, int, int]:
    """Which of the graph's results it is."""
    return claim.paper_id, claim.place, claim.start, claim.end


def _broken(board: Board, is_new: Callable[[Claim], bool]) -> BrokenRecord | None:
    new, stood = list[Standing](), list[Standing]()
    for each in board.standings:
        (new if all(map(is_new, (each.claim, *each.others))) else stood).append(each)
    best = next((each for each in new if each.claim.own is not False), None)
    if best is None or not stood or best.rank >= stood[0].rank or _is_older(best.claim, stood[0].claim):
        return None
    if any(_is_as_good(other, best.score, board) for each in stood for other in each.others):
        return None
    return BrokenRecord(
        board.on, board.metric, board.split, str(board.better), best.score, stood[0].score, best.claim, stood[0].claim
    )


def _is_as_good(claim: Claim, score: float, board: Board) -> bool:
    """Whether what another paper states of a system that stood, which does not rank it, is no worse than a score."""
    if claim.number is None:
        return False
    return claim.number <= score if board.better == "lower" else claim.number >= score


def _is_older(claim: Claim, other: Claim) -> bool:
    """Whether a result is from a paper that is known to be older."""
    if not claim.date or not other.date:
        return False
    exact = min(len(claim.date), len(other.date))
    return claim.date[:exact] < other.date[:exact]
