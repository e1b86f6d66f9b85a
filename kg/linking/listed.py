"""The names of the vocabulary by spelling, for what extraction named and typed without recognising it."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache

from kg.linking.families import Variant, variant_of
from kg.linking.names import NameUse
from kg.model import EntityType
from kg.text.folding import fold
from kg.vocabulary import Vocabulary

__all__ = ["ListedNames"]

Key = tuple[EntityType, str]


class ListedNames:
    """Which entry of the vocabulary goes by a name, if there is one alone."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def find(self, kind: EntityType, name: str) -> str | None:
        """The entry of this type with exactly this label; else the only one with a label, or an alias, folding alike.

        Labels that are also something else ("Orca", "MATH") count as spelt only, such aliases not at all.
        """
        return _exact(self._vocabulary).get((kind, name)) or _folded(self._vocabulary).get((kind, fold(name)))

    def concept(self, use: NameUse) -> str | None:
        """The vocabulary entry that extraction recognised, or else the one of this type that is called the same."""
        if use.concept in self._vocabulary.concepts:
            return use.concept
        return self.find(use.type, use.expansion or use.name)

    def variant(self, use: NameUse) -> Variant | None:
        """What a use names as a version of a listed family."""
        family = self._vocabulary.concepts.get(use.family or "")
        return variant_of(use.name, family) if family is not None else None

    def knows(self, use: NameUse) -> bool:
        """Whether the vocabulary tells what a use names."""
        return self.concept(use) is not None or self.variant(use) is not None


@lru_cache(maxsize=4)
def _exact(vocabulary: Vocabulary) -> dict[Key, str]:
    return {(concept.type, concept.label): concept.id for concept in vocabulary.matched()}


@lru_cache(maxsize=4)
def _folded(vocabulary: Vocabulary) -> dict[Key, str]:
    labels, aliases = defaultdict[Key, set[str]](set), defaultdict[Key, set[str]](set)
    for concept in vocabulary.matched():
        for names, found in (((concept.label,), labels), (concept.aliases, aliases)):
            for name in names:
                if name not in concept.ambiguous:
                    found[concept.type, fold(name)].add(concept.id)
    return {key: min(ids) for key, ids in (aliases | labels).items() if len(ids) == 1}
