"""One thing that a paper names, while the fusion puts it together from candidates."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.extraction.document import Candidate
from kg.model import EntityType

__all__ = ["Named"]


@dataclass(slots=True)
class Named:
    """One thing that the paper names, while it is put together."""

    key: str
    candidates: list[Candidate] = field(default_factory=list)
    type: EntityType = EntityType.METHOD
    confidence: float = 0.0

    @property
    def concept(self) -> str | None:
        """The vocabulary id, if any candidate knows it."""
        return next((c.concept for c in self.candidates if c.concept), None)

    @property
    def family(self) -> str | None:
        """The vocabulary id of what this is a version of, if any."""
        return next((c.family for c in self.candidates if c.family), None)

    @property
    def expansion(self) -> str | None:
        """The long form that the paper gives."""
        return next((c.expansion for c in self.candidates if c.expansion), None)

    @property
    def introduced(self) -> bool:
        """Whether the paper presents it as its own."""
        return any(c.introduced for c in self.candidates)

    @property
    def name(self) -> str:
        """The name to show: the known label, or the spelling found most (the first of equals)."""
        if self.concept:
            return next(c.name for c in self.candidates if c.concept)
        names = [c.name for c in self.candidates]
        return max(names, key=lambda name: (names.count(name), -names.index(name)))
