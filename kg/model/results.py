"""What is told of a result beside its value and its parts."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Conditions", "TableCell"]


@dataclass(frozen=True, slots=True)
class Conditions:
    """Under what a number was reached, and how it is to be read; None where the paper does not tell.

    ``split`` is the part of the data (``dev``, a language), ``suite`` the collection that the data is of, ``setting``
    the protocol (``5-shot``), ``base`` the model that a method was applied to. ``own`` tells whether the paper proposes
    what achieved it. ``deviation`` is the number behind plus-minus, as printed; ``better`` is ``higher`` or ``lower``.
    """

    split: str | None = None
    suite: str | None = None
    setting: str | None = None
    base: str | None = None
    own: bool | None = None
    deviation: str | None = None
    better: str | None = None


@dataclass(frozen=True, slots=True)
class TableCell:
    """The cell that states a number: what heads its row and its column, and the cell verbatim."""

    row: str
    column: str
    text: str
