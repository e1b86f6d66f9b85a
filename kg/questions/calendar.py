"""Months, quarters and years, by which papers are counted: written so that they sort as they follow each other."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

__all__ = ["TimeStep", "last_step", "step_of", "steps_between"]

_LONGEST_GAP = 5  # years; taste: no field sleeps so long, and dates that are misread lie decades ahead


class TimeStep(StrEnum):
    """By what papers are counted."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    @property
    def a_year(self) -> int:
        """How many there are in a year."""
        return {TimeStep.MONTH: 12, TimeStep.QUARTER: 4, TimeStep.YEAR: 1}[self]


def step_of(date: str | None, by: TimeStep) -> str | None:
    """The month, quarter or year of a date; None where there is no date, or it is not exact enough to tell.

    >>> step_of("2024-05-17", TimeStep.MONTH), step_of("2024-05", TimeStep.QUARTER), step_of("2024", TimeStep.MONTH)
    ('2024-05', '2024-Q2', None)
    """
    if date is None:
        return None
    if by is TimeStep.YEAR:
        return date[:4]
    if len(date) < len("2024-05"):
        return None
    month = int(date[5:7])
    return date[:7] if by is TimeStep.MONTH else f"{date[:4]}-Q{(month + 2) // 3}"


def steps_between(first: str, last: str, by: TimeStep) -> tuple[str, ...]:
    """All of them from one to another, both included.

    >>> steps_between("2023-Q4", "2024-Q2", TimeStep.QUARTER)
    ('2023-Q4', '2024-Q1', '2024-Q2')
    """
    return tuple(_written(number, by) for number in range(_number(first, by), _number(last, by) + 1))


def last_step(papers: Mapping[str | None, int], by: TimeStep) -> str | None:
    """The last step that has papers, but for those far ahead of all others, whose dates are wrong; None if none has.

    From the step that half of the papers are dated until, on to where nothing follows for years.

    >>> last_step({"2023": 5, "2024": 9, "2199": 1, None: 3}, TimeStep.YEAR)
    '2024'
    """
    steps = sorted(step for step in papers if step is not None and papers[step])
    half, passed, last = sum(papers[step] for step in steps) / 2, 0, None
    for step in steps:
        if last is not None and passed >= half and _number(step, by) - _number(last, by) > _LONGEST_GAP * by.a_year:
            break
        passed, last = passed + papers[step], step
    return last


def _number(step: str, by: TimeStep) -> int:
    within = int(step[5:].removeprefix("Q")) - 1 if len(step) > len("2024") else 0
    return int(step[:4]) * by.a_year + within


def _written(number: int, by: TimeStep) -> str:
    year, within = divmod(number, by.a_year)
    if by is TimeStep.YEAR:
        return f"{year:04}"
    return f"{year:04}-Q{within + 1}" if by is TimeStep.QUARTER else f"{year:04}-{within + 1:02}"
