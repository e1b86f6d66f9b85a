"""Counts of what was found, and the figures that they amount to."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Figure", "Tally"]


@dataclass(frozen=True, slots=True)
class Figure:
    """Precision, recall and their harmonic mean, with the counts they come from."""

    precision: float
    recall: float
    hit: int = 0
    gold: int = 0
    predicted: int = 0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(slots=True)
class Tally:
    """What was hit, of what was asked for and of what was found; grows paper by paper."""

    hit: int = 0
    gold: int = 0
    predicted: int = 0

    def add(self, hit: int, gold: int, predicted: int) -> None:
        """Count what came of one paper."""
        self.hit += hit
        self.gold += gold
        self.predicted += predicted

    def figure(self) -> Figure:
        """Precision and recall of all counted."""
        return Figure(
            self.hit / self.predicted if self.predicted else 0.0,
            self.hit / self.gold if self.gold else 0.0,
            self.hit,
            self.gold,
            self.predicted,
        )
