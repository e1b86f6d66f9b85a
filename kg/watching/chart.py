"""A trend as a chart in SVG 1.1: lines of shares, to be read in light and dark, by colour or by the shape of marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import floor, log10

from kg.exports.xml import attributes, content
from kg.questions.trend import Trend, TrendLine

__all__ = ["trend_chart"]

_WIDTH, _HEIGHT = 760, 400
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 36, 16, 44  # room for what stands around the lines
_LEGEND_LINE = 20
_NAME_SHOWN = 60  # characters of a name in the legend
_TICKS, _LABELS = 5, 8  # at most so many lines across, and steps that are written below
_LEAST_SHARE = 0.01  # that the chart is high, so that two papers of ten thousand are no mountain

# Okabe and Ito's palette, which people of all kinds of colour vision tell apart (https://jfly.uni-koeln.de/color/).
_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#7f7f7f")
_MARKS = ("circle", "square", "diamond", "triangle")

_STYLE = (
    "text{font:12px system-ui,sans-serif;fill:#222}.grid{stroke:#ddd}.axis{stroke:#666}"
    "@media(prefers-color-scheme:dark){svg{background:#161616}text{fill:#eee}.grid{stroke:#3a3a3a}.axis{stroke:#999}}"
)


def trend_chart(trend: Trend) -> bytes:
    """The chart, a whole document in UTF-8; each mark has the numbers as its title.

    >>> from kg.questions.calendar import TimeStep
    >>> trend_chart(Trend(TimeStep.YEAR, (), (), ()))[:54]
    b'<svg xmlns="http://www.w3.org/2000/svg" role="img" vie'
    """
    shares = [trend.shares(line) for line in trend.lines]
    most = max([_LEAST_SHARE, *(share for line in shares for share in line if share is not None)])
    ticks = _ticks(most)
    height = _HEIGHT + _LEGEND_LINE * len(trend.lines)
    names = ", ".join(_name(line) for line in trend.lines)
    about = f"Share of papers that name {names}, by {trend.by}"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {_WIDTH} {height}" '
        f'width="{_WIDTH}" height="{height}">',
        f"<title>{content(about)}</title><desc>{content(_description(trend))}</desc><style>{_STYLE}</style>",
        *_grid(trend, ticks),
        *(part for number, line in enumerate(trend.lines) for part in _line(trend, line, number, ticks[-1])),
        *(_legend(line, number) for number, line in enumerate(trend.lines)),
        "</svg>",
    ]
    return ("\n".join(parts) + "\n").encode()


def _name(line: TrendLine) -> str:
    label = line.entity.label
    return label if len(label) <= _NAME_SHOWN else f"{label[: _NAME_SHOWN - 1]}\u2026"


def _description(trend: Trend) -> str:
    if not trend.steps:
        return "No paper with a date names any."
    counts = "; ".join(f"{_name(line)}: {sum(line.papers)} papers" for line in trend.lines)
    return f"{trend.steps[0]} to {trend.steps[-1]}. {counts}, of {sum(trend.papers)}. {trend.undated} are undated."


def _ticks(most: float) -> list[float]:
    """Round numbers from 0 to the first that is no less than ``most``."""
    size = 10.0 ** floor(log10(most / _TICKS))
    step = next(size * each for each in (1, 2, 5, 10) if size * each * _TICKS >= most * 0.999999)
    return [step * number for number in range(next(n for n in range(1, 99) if step * n >= most * 0.999999) + 1)]


def _x(number: int, steps: int) -> float:
    room = _WIDTH - _LEFT - _RIGHT
    return round(_LEFT + (room / 2 if steps == 1 else room * number / (steps - 1)), 1)


def _y(share: float, top: float) -> float:
    return round(_TOP + (_HEIGHT - _TOP - _BOTTOM) * (1 - share / top), 1)


def _grid(trend: Trend, ticks: Sequence[float]) -> Iterator[str]:
    for tick in ticks:
        y = _y(tick, ticks[-1])
        kind = "grid" if tick else "axis"
        yield f'<line class="{kind}" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y}" y2="{y}"/>'
        yield f'<text x="{_LEFT - 8}" y="{y + 4}" text-anchor="end">{tick * 100:.3g} %</text>'
    apart = -(-len(trend.steps) // _LABELS) or 1
    for number in range(0, len(trend.steps), apart):
        x = _x(number, len(trend.steps))
        yield f'<text x="{x}" y="{_HEIGHT - _BOTTOM + 20}" text-anchor="middle">{trend.steps[number]}</text>'


def _line(trend: Trend, line: TrendLine, number: int, top: float) -> Iterator[str]:
    """The line of one thing, broken where there is no paper at all, and its marks."""
    colour = _COLOURS[number % len(_COLOURS)]
    runs, marks = [list[str]()], []
    for place, share in enumerate(trend.shares(line)):
        if share is None:
            runs.append([])
            continue
        x, y = _x(place, len(trend.steps)), _y(share, top)
        runs[-1].append(f"{x},{y}")
        told = f"{_name(line)}, {trend.steps[place]}: {line.papers[place]} of {trend.papers[place]} ({share:.1%})"
        marks.append(_mark(x, y, number, f"<title>{content(told)}</title>"))
    for run in runs:
        if len(run) > 1:
            yield f'<polyline fill="none" stroke="{colour}" stroke-width="2" points="{" ".join(run)}"/>'
    yield f'<g fill="{colour}">{"".join(marks)}</g>'


def _mark(x: float, y: float, number: int, inside: str = "") -> str:
    match _MARKS[number % len(_MARKS)]:
        case "circle":
            return f'<circle cx="{x}" cy="{y}" r="3.5">{inside}</circle>'
        case "square":
            return f'<rect x="{x - 3:.1f}" y="{y - 3:.1f}" width="6" height="6">{inside}</rect>'
        case "diamond":
            return f'<path d="M{x} {y - 4.5:.1f}l4.5 4.5l-4.5 4.5l-4.5 -4.5z">{inside}</path>'
        case _:
            return f'<path d="M{x} {y - 4:.1f}l4.5 7.5h-9z">{inside}</path>'


def _legend(line: TrendLine, number: int) -> str:
    y = _HEIGHT + _LEGEND_LINE * number
    below = f" with {line.below} below it" if line.below else ""
    text = f"{_name(line)}{below}: {sum(line.papers)} papers"
    mark = _mark(_LEFT, y, number)
    place = attributes(x=str(_LEFT + 12), y=str(y + 4))
    return f'<g fill="{_COLOURS[number % len(_COLOURS)]}">{mark}</g><text{place}>{content(text)}</text>'
