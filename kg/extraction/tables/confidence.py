"""How sure a row of a table is: a factor for each of its parts, fitted on tables that people read."""

from __future__ import annotations

from kg.extraction.tables.axes import Axis
from kg.extraction.tables.slots import Measure, Slots

__all__ = ["confidence_of"]

_NO_METRIC = 0.9
_GUESSED = 0.8
_NEITHER = 0.7
_NAME = 0.995


def confidence_of(slots: Slots, metric: Measure | None, axis: Axis, *, guessed: bool) -> float:
    """The probability that of, on, metric and value are all right."""
    sure = _NAME * slots.sure * (metric.sure if metric is not None else _NO_METRIC)
    if axis is Axis.NEITHER:
        sure *= _NEITHER
    if guessed:
        sure *= _GUESSED
    return round(sure, 3)
