"""One thing that a paper names, while the judge puts it together from proposals."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from kg.extraction.proposals import NameProposal
from kg.model import EntityType

__all__ = ["Thing"]


@dataclass(slots=True)
class Thing:
    """One thing that the paper names, while it is put together."""

    key: str
    mentions: list[NameProposal] = field(default_factory=list)
    type: EntityType = EntityType.METHOD
    confidence: float = 0.0

    @property
    def concept(self) -> str | None:
        """The vocabulary id, if any mention knows it."""
        return next((c.concept for c in self.mentions if c.concept), None)

    @property
    def family(self) -> str | None:
        """The vocabulary id of what this is a version of, if any."""
        return next((c.family for c in self.mentions if c.family), None)

    @property
    def listed(self) -> bool:
        """Whether the vocabulary knows it, or what it is a version of."""
        return bool(self.concept or self.family)

    @property
    def expansion(self) -> str | None:
        """The long form that the paper gives."""
        return next((c.expansion for c in self.mentions if c.expansion), None)

    @property
    def introduced(self) -> bool:
        """Whether the paper presents it as its own."""
        return any(c.introduced for c in self.mentions)

    @property
    def name(self) -> str:
        """The name to show: the known label, or the spelling found most (the first of equals)."""
        if self.concept:
            return next(c.name for c in self.mentions if c.concept)
        return Counter(c.name for c in self.mentions).most_common(1)[0][0]
