"""Charts as shapes, for a template to draw: the numbers of a table beside them, which says the same in words.

Lengths are in units of the drawing, which scales with the page.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.questions.leaderboard import Board, Standing, history

__all__ = ["Bar", "Bars", "Dot", "Frontier", "Tick", "bars", "frontier"]

_WIDE, _HIGH = 720, 300
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 20, 34, 34  # room for what stands around the plot
_LEAST_DOTS = 3  # dated standings, of which a chart shows more than its table
_MOST_DOTS = 400
_TICKS = 5
_LETTERS = 22  # of a label
_APART = 16  # between the lines of two labels
_LETTER = 7  # as wide


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark of a scale."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A standing: where it is drawn, whether it was the best of its time, its label above it with the end
    that stands there, and all of it in words."""

    x: float
    y: float
    best: bool
    label: str
    anchor: str
    words: str


@dataclass(frozen=True, slots=True)
class Frontier:
    """A leaderboard over time: dots, and the line of what was the best. ``left_out`` standings have no date."""

    width: int
    height: int
    plot: tuple[float, float, float, float]
    dots: tuple[Dot, ...]
    line: str
    dates: tuple[Tick, ...]
    scores: tuple[Tick, ...]
    left_out: int
    words: str


def frontier(board: Board) -> Frontier | None:
    """The chart of a board; None where too few of its papers tell a date, or all the same."""
    dated = [each for each in board.standings if each.claim.date and math.isfinite(each.score)]
    times = [_time(each) for each in dated]
    if len(dated) < _LEAST_DOTS or max(times) == min(times):
        return None
    best = history(board)
    kept = {id(each) for each in (*best, *dated[:_MOST_DOTS])}
    dated = [each for each in dated if id(each) in kept]
    low, high, steps = _scale([each.score for each in dated])
    first, last = min(map(_time, dated)), max(map(_time, dated))
    right, bottom = _WIDE - _RIGHT, _HIGH - _BOTTOM

    def x(time: float) -> float:
        return round(_LEFT + (right - _LEFT) * (time - first) / (last - first), 1)

    def y(score: float) -> float:
        return round(bottom - (bottom - _TOP) * (score - low) / (high - low), 1)

    places = {id(each): (x(_time(each)), y(each.score)) for each in dated}
    line = " ".join(f"{px},{py}" for px, py in _steps([places[id(each)] for each in best], right))
    return Frontier(
        _WIDE, _HIGH, (_LEFT, _TOP, right, bottom),
        _dots(dated, best, places), line,
        tuple(Tick(x(time), text) for time, text in _dates(first, last)),
        tuple(Tick(y(step), f"{step:g}") for step in steps),
        len(board.standings) - len(dated),
        f"{len(dated)} results from {_month(first)} to {_month(last)}; the best was "
        + ", then ".join(f"{each.claim.of} with {each.score:g} ({each.claim.date})" for each in best[-6:]),
    )  # fmt: skip


def _dots(
    dated: Sequence[Standing], best: Sequence[Standing], places: Mapping[int, tuple[float, float]]
) -> tuple[Dot, ...]:
    """Those that were not the best first, so that the others lie above; a label where there is room."""
    labels: dict[int, str] = {}
    taken: list[tuple[float, float, float]] = []
    for each in reversed(best):
        px, py = places[id(each)]
        label = _cut(each.claim.of or "")
        left = px if px < _WIDE / 2 else px - _LETTER * len(label)
        right = left + _LETTER * len(label)
        if all(abs(py - y) >= _APART or right < start or left > end for start, end, y in taken):
            labels[id(each)] = label
            taken.append((left, right, py))
    winners = {id(each) for each in best}
    ordered = sorted(dated, key=lambda each: id(each) in winners)
    return tuple(
        Dot(
            *places[id(each)],
            id(each) in winners,
            labels.get(id(each), ""),
            "start" if places[id(each)][0] < _WIDE / 2 else "end",
            f"{each.claim.of}: {each.score:g} ({each.claim.date}), {each.claim.title}",
        )
        for each in ordered
    )


def _steps(points: Sequence[tuple[float, float]], right: float) -> list[tuple[float, float]]:
    """A line of steps: what was the best stays so until a better one comes."""
    line: list[tuple[float, float]] = []
    for px, py in points:
        if line:
            line.append((px, line[-1][1]))
        line.append((px, py))
    if line and line[-1][0] < right:
        line.append((right, line[-1][1]))
    return line


def _scale(values: Sequence[float]) -> tuple[float, float, list[float]]:
    """A scale from a round number below to one above, with about five steps."""
    low, high = min(values), max(values)
    span = (high - low) or abs(high) or 1.0
    rough = span / _TICKS
    power = 10.0 ** math.floor(math.log10(rough))
    step = next((power * factor for factor in (1, 2, 2.5, 5) if power * factor >= rough), power * 10)
    start, end = math.floor(low / step), math.ceil(high / step)
    end += end == start
    return start * step, end * step, [round(number * step, 10) for number in range(start, end + 1)]


def _time(standing: Standing) -> float:
    """A date in years: of one that is only a year or month the middle."""
    year, *rest = (standing.claim.date or "0").split("-")
    month = int(rest[0]) if rest else 7
    day = int(rest[1]) if len(rest) > 1 else (15 if rest else 1)
    return int(year) + (month - 1) / 12 + (day - 1) / 372


def _dates(first: float, last: float) -> list[tuple[float, str]]:
    """The beginnings of years, or of months where there is no more than one."""
    years = [float(year) for year in range(math.ceil(first), math.floor(last) + 1)]
    if len(years) > 1:
        every = -(-len(years) // 9)
        return [(year, f"{year:.0f}") for year in years[::every]]
    months = [first + (last - first) * number / 3 for number in range(4)]
    return [(time, _month(time)) for time in months]


def _month(time: float) -> str:
    return f"{int(time)}-{min(int((time - int(time)) * 12) + 1, 12):02d}"


def _cut(text: str) -> str:
    return text if len(text) <= _LETTERS else f"{text[: _LETTERS - 1]}\u2026"


@dataclass(frozen=True, slots=True)
class Bar:
    """A column: its place and height, what it stands for, and its number."""

    x: float
    y: float
    width: float
    height: float
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Bars:
    """Counts side by side."""

    width: int
    height: int
    bottom: float
    bars: tuple[Bar, ...]
    names: tuple[Tick, ...]
    most: int
    words: str


def bars(counts: Mapping[str, int], width: int = 320, height: int = 110) -> Bars | None:
    """Columns for counts by year or month, in their order; None where there are fewer than two."""
    if len(counts) < 2:
        return None
    bottom, top, most = height - 20.0, 14.0, max(counts.values())
    each = width / len(counts)
    drawn = []
    for number, (name, count) in enumerate(counts.items()):
        tall = round((bottom - top) * count / most, 1) if most else 0.0
        tall = max(tall, 1.0) if count else 0.0
        drawn.append(
            Bar(round(number * each, 1), bottom - tall, round(max(each - 2, each * 0.7), 1), tall, name, count)
        )
    ends = (drawn[0], drawn[-1])
    names = tuple(Tick(0.0 if bar is ends[0] else float(width), bar.name) for bar in ends)
    peak = max(counts, key=lambda name: counts[name])
    words = f"{drawn[0].name} to {drawn[-1].name}, at most {most:,} in {peak}, {drawn[-1].count:,} in {drawn[-1].name}"
    return Bars(width, height, bottom, tuple(drawn), names, most, words)
