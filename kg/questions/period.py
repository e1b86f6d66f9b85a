"""A span of time that papers are asked of, by dates that are a day, a month or a year."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass

from kg.errors import ContradictionError, KgError
from kg.questions.conditions import Condition, Filter
from kg.text.dates import is_date

__all__ = ["Period"]

_LATEST = "-99-99"  # completes a year to what no day of it comes after; a month with its second half


@dataclass(frozen=True, slots=True)
class Period:
    """From ``since`` to ``until``, both included: 2024 is all of that year. None leaves that side open.

    A paper counts when its date says that it lies within: of one that is dated 2024 nobody knows whether it came after
    June.

    Raises:
        KgError: one is no date, or, as ``ContradictionError``, ``until`` ends before ``since`` begins.
    """

    since: str | None = None
    until: str | None = None

    def __post_init__(self) -> None:
        for date in (self.since, self.until):
            if date is not None and not is_date(date):
                raise KgError(f"{date!r} is no date; write 2024, 2024-06 or 2024-06-30")
        if self.since is not None and self.until is not None and self.since > _completed(self.until):
            raise ContradictionError(f"nothing is from {self.since} on and until {self.until}; swap the two dates")

    @property
    def filter(self) -> Filter | None:
        """What a paper's date must be; None if it may be any or none."""
        since, until = self.since and _beginning(self.since), self.until and _end(self.until)
        limits = [date for date in (since, until) if date is not None]
        if not limits:
            return None
        vague = "(length(paper.date) < length(?) AND substr(?, 1, length(paper.date)) = paper.date)"
        return Filter(
            _within(since, until),
            {
                "no date": Condition("paper.date IS NULL"),
                "a date that is not exact enough": Condition(
                    " OR ".join(vague for _ in limits), tuple(date for date in limits for _ in range(2))
                ),
            },
        )


def _within(since: str | None, until: str | None) -> Condition:
    after = "paper.date >= ?" if since is not None else "1"
    before = f"paper.date || substr('{_LATEST}', length(paper.date) - 3) <= ?" if until is not None else "1"
    limits = (since, until and _completed(until))
    return Condition(f"{after} AND {before}", tuple(date for date in limits if date is not None))


def _beginning(date: str) -> str:
    """The longest span that begins with this one: what is from the first of January on is from that year on."""
    return date.removesuffix("-01").removesuffix("-01")


def _end(date: str) -> str:
    """The longest span that ends with this one."""
    year, *rest = map(int, date.split("-"))
    if len(rest) == 2 and rest[1] == monthrange(year, rest[0])[1]:
        date = date[: len("2024-06")]
    return date.removesuffix("-12") if len(date) == len("2024-12") else date


def _completed(date: str) -> str:
    return date + _LATEST[len(date) - len("2024") :]
