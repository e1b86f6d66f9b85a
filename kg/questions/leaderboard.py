"""Leaderboards: results on one thing in one measure, ranked, a line a system and setting.

Numbers are comparable within a board: one benchmark, one split, one metric. What several papers state of one system
stands side by side. A paper that writes shares where others write percent is read on their scale.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.model import ResultKind
from kg.questions.results import Claim
from kg.text.folding import fold

__all__ = ["Board", "Standing", "boards", "history"]

_PERCENT = 1.5  # a number above it is no share


@dataclass(frozen=True, slots=True)
class Standing:
    """A line of a board: ``rank`` from 1 (equal numbers share one), the claim that counts and its ``score`` on the
    board's scale, and what other papers state of the same system."""

    rank: int
    score: float
    claim: Claim
    others: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class Board:
    """A leaderboard. ``better`` is ``higher`` or ``lower``, None where nobody tells; then more counts as better."""

    on: str
    metric: str | None
    split: str | None
    better: str | None
    standings: tuple[Standing, ...]

    @property
    def papers(self) -> int:
        """How many papers the numbers are from."""
        claims = (claim for each in self.standings for claim in (each.claim, *each.others))
        return len({claim.paper_id for claim in claims})


def boards(claims: Iterable[Claim]) -> tuple[Board, ...]:
    """The leaderboards that scores make, the fullest first; gains, speed-ups and what was measured on nothing make
    none."""
    groups: dict[tuple[str, str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.kind is ResultKind.ABSOLUTE and claim.number is not None and claim.of and (claim.on_id or claim.on):
            groups[
                claim.on_id or fold(claim.on or ""),
                claim.metric_id or fold(claim.metric or ""),
                fold(claim.split or ""),
            ].append(claim)
    found = [_board(group) for group in groups.values()]
    return tuple(sorted(found, key=lambda each: (-len(each.standings), each.on, each.metric or "", each.split or "")))


def history(board: Board) -> tuple[Standing, ...]:
    """The state of the art over time: the standings that were the best when their paper came, the oldest first."""
    dated = sorted(
        (each for each in board.standings if each.claim.date), key=lambda each: (each.claim.date or "", each.rank)
    )
    best: list[Standing] = []
    for each in dated:
        if not best or each.rank < best[-1].rank:
            if best and best[-1].claim.date == each.claim.date:
                best.pop()
            best.append(each)
    return tuple(best)


def _board(claims: Sequence[Claim]) -> Board:
    better = _most(claim.better for claim in claims)
    scores = _scores(claims, better)
    systems: dict[tuple[str, str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        systems[fold(claim.of or ""), fold(claim.base or ""), fold(claim.setting or "")].append(claim)
    sign = 1 if better == "lower" else -1
    lines = []
    for group in systems.values():
        first, *others = sorted(group, key=_trust)
        lines.append((scores[id(first)], first, _one_a_paper(first, others)))
    lines.sort(key=lambda line: (sign * line[0], line[1].date or "", line[1].paper_id, line[1].place, line[1].start))
    values = [score for score, _, _ in lines]
    return Board(
        claims[0].on_name or claims[0].on or "",
        claims[0].metric_name or claims[0].metric,
        claims[0].split,
        better,
        tuple(Standing(values.index(score) + 1, score, claim, others) for score, claim, others in lines),
    )


def _trust(claim: Claim) -> tuple[bool, float, str, str, int, int]:
    """Of several papers the one that proposes the system tells its number, else the surest statement, the first."""
    return not claim.own, -claim.confidence, claim.date or "9", claim.paper_id, claim.place, claim.start


def _one_a_paper(first: Claim, others: Iterable[Claim]) -> tuple[Claim, ...]:
    """What other papers state; the same number of one paper in two tables is one claim."""
    seen = {(first.paper_id, first.number)}
    kept = []
    for claim in others:
        if (claim.paper_id, claim.number) not in seen:
            seen.add((claim.paper_id, claim.number))
            kept.append(claim)
    return tuple(kept)


def _most(values: Iterable[str | None]) -> str | None:
    counts = Counter(value for value in values if value)
    return min(counts, key=lambda each: (-counts[each], each), default=None)


def _scores(claims: Sequence[Claim], better: str | None) -> dict[int, float]:
    """The number of each claim, by its identity, on one scale: shares of a paper become percent among percents.

    Of a metric of which nobody knows whether it gives shares, its numbers tell.
    """
    numbers = {id(claim): claim.number or 0.0 for claim in claims}
    scale = _most(claim.scale for claim in claims)
    if scale == "number" or (scale is None and better == "lower"):
        return numbers
    if not any(abs(number) > _PERCENT for number in numbers.values()):
        return numbers
    by_paper: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_paper[claim.paper_id].append(claim)
    if scale is None and any(abs(number) > 100 for number in numbers.values()):
        return numbers  # no percents
    for group in by_paper.values():
        if all(abs(numbers[id(claim)]) <= 1 and claim.unit != "%" for claim in group):
            numbers |= {id(claim): round(numbers[id(claim)] * 100, 6) for claim in group}
    return numbers
