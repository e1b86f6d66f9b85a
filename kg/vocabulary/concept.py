"""A known thing and the set of them."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import EntityType

__all__ = ["Concept", "Vocabulary"]


@dataclass(frozen=True, slots=True)
class Concept:
    """One entry of the vocabulary.

    ``id`` is the IRI's path below the base (``method/ppo``). ``hidden`` spellings are recognised and never shown.
    ``ambiguous`` holds those labels, shown or not, that are also something else ("MATH", "Orca") and so count only
    with evidence from the context; all hidden spellings are ambiguous.
    """

    id: str
    type: EntityType
    label: str
    aliases: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    ambiguous: frozenset[str] = frozenset()
    broader: tuple[str, ...] = ()
    exact_matches: tuple[str, ...] = ()

    def labels(self) -> tuple[str, ...]:
        """All spellings, the preferred one first."""
        return (self.label, *self.aliases, *self.hidden)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All concepts by id, with the version that extraction results are stamped with."""

    concepts: dict[str, Concept]
    version: str
