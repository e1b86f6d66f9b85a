"""The nodes of the graph, one by one, from what is kept of namings."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property

from kg.linking.families import Variant
from kg.linking.nodes import commonest_spelling, known_entity, variant_entity
from kg.linking.things import Things
from kg.model import Entity
from kg.store.namings import KeptNamings
from kg.vocabulary import Vocabulary

__all__ = ["KeptNodes"]


class KeptNodes:
    """The nodes that papers name or that stand above these, before people's corrections; those of unlisted names only
    as far as ``things`` has them."""

    def __init__(self, namings: KeptNamings, vocabulary: Vocabulary, things: Things) -> None:
        self._namings = namings
        self._vocabulary = vocabulary
        self._things = things
        self._there: dict[str, bool] = {}
        self._corrected: frozenset[str] = frozenset()

    @property
    def corrected(self) -> frozenset[str]:
        """Entries of the vocabulary that corrections lead to, whether papers name them or not."""
        return self._corrected

    @corrected.setter
    def corrected(self, entries: frozenset[str]) -> None:
        self._corrected = entries
        self._there.clear()

    def with_parents(self, nodes: Iterable[str]) -> dict[str, Entity]:
        """Those of some nodes that are there, and all that stand above them, by id."""
        found, waiting, seen = dict[str, Entity](), list(nodes), set[str]()
        while waiting:
            node = waiting.pop()
            if node in seen:
                continue
            seen.add(node)
            if (entity := self.entity(node)) is not None:
                found[node] = entity
                waiting.extend(entity.broader)
        return {node: found[node] for node in sorted(found)}

    def entity(self, node: str) -> Entity | None:
        """The node of this id; None if no paper names it, nor anything below it."""
        concept, versions = self._vocabulary.concepts.get(node), list(self._versions(node))
        if concept is not None:
            if versions and concept.variant_of:
                return versions[-1]
            if self._is_there(node):
                return known_entity(concept)
        if versions:
            return versions[0]
        thing = self._things.by_id.get(node)
        return thing.entity(node) if thing is not None else None

    def _versions(self, node: str) -> Iterator[Entity]:
        """The versions of families that have this id, as the most papers spell them."""
        for key in self._namings.keys_spelt(node):
            spellings = {
                Variant(self._vocabulary.concepts[family], tuple(json.loads(parts))): times
                for family, parts, times in self._namings.spellings(key)
            }
            entity = variant_entity(commonest_spelling(spellings), self._vocabulary)
            if entity.id == node:
                yield entity

    def _is_there(self, concept: str) -> bool:
        """Whether papers name an entry of the vocabulary, or one below it."""
        if concept not in self._there:
            self._there[concept] = (
                concept in self._corrected
                or self._namings.has_listed(concept)
                or bool(list(self._versions(concept)))
                or any(map(self._is_there, self._below.get(concept, ())))
            )
        return self._there[concept]

    @cached_property
    def _below(self) -> dict[str, list[str]]:
        below: dict[str, list[str]] = defaultdict(list)
        for concept in self._vocabulary.concepts.values():
            for parent in concept.broader:
                below[parent].append(concept.id)
        return below
