"""A result that a table states, with where each part of it stands."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from kg.model import Cell, ResultKind

__all__ = ["Better", "NamedIn", "Part", "TableRow"]

Better = Literal["higher", "lower"]


class NamedIn(StrEnum):
    """Where a part of a result is named."""

    CELL = "cell"  # of the table, a head as a rule
    PANEL = "panel"  # the caption of a panel of its own
    CAPTION = "caption"
    TEXT = "text"  # that refers to the table, or stands around it
    TITLE = "title"  # of the paper


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a result: its name, and the cell that names it or else the place."""

    name: str
    where: NamedIn
    cell: Cell | None = None


@dataclass(frozen=True, slots=True)
class TableRow:
    """One number of a table as a result: ``of`` reached ``value`` on ``on``, measured in ``metric``.

    ``base`` is what ``of`` was put on top of ("+ X" below a model); ``own`` whether the paper proposes ``of``, None
    where that is open; ``cited`` whether its cell cites somebody's work. ``on`` is a benchmark or data set with a name
    of its own, ``suite`` the one that it is part of, ``split`` a slice of it. ``setting`` is the protocol ("5-shot").

    ``value`` is the number as printed, without separators of thousands, sign of percent and marks; ``std`` what stands
    behind a plus-minus sign. ``better`` is None where neither the table nor the metric says it. ``reference`` marks
    rows of people, oracles and chance. ``confidence`` is the probability that of, on, metric and value are all right.

    ``place`` is that of the table in the paper's passages, ``cell`` the one of the number; ``row`` and ``column`` are
    the heads of its row and column as people would cite them.
    """

    of: Part
    on: Part
    metric: Part | None
    value: str
    number: float
    place: int
    cell: Cell
    row: str
    column: str
    confidence: float
    base: str | None = None
    own: bool | None = None
    cited: bool = False
    suite: str | None = None
    split: str | None = None
    setting: str | None = None
    std: str | None = None
    unit: str | None = None
    better: Better | None = None
    kind: ResultKind = ResultKind.ABSOLUTE
    reference: bool = False
