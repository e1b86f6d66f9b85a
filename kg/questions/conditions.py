"""What must hold of a row, in SQL, with the values that it is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

__all__ = ["Condition", "Filter", "all_of"]


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition in SQL, put together from constants and placeholders, and its parameters in their order."""

    sql: str
    parameters: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class Filter:
    """What must hold of something that a paper need not state.

    Of some papers it is unknown whether they are as ``wanted``. ``unknown`` tells which those are, by what they have
    ("no date").
    """

    wanted: Condition
    unknown: Mapping[str, Condition]


def all_of(conditions: Iterable[Condition]) -> Condition:
    """The condition that each of these holds."""
    conditions = tuple(conditions)
    return Condition(
        " AND ".join(f"({each.sql})" for each in conditions) or "1",
        tuple(parameter for each in conditions for parameter in each.parameters),
    )
