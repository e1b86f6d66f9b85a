"""What a paper says of things behind its abstract, put to what title and abstract name.

The body tells what a paper does with a thing, never that it introduces one: that, its abstract says. What is only
mentioned there counts for nothing, for a full text mentions everything.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kg.model import (
    ACHIEVERS,
    DATA,
    MEASURES,
    Anchor,
    EntityType,
    Extraction,
    LocalEntity,
    Mention,
    Relation,
    Rule,
    strongest,
)
from kg.text.folding import fold

__all__ = ["Things", "group_of", "moved"]

_STATED = (Relation.EVALUATES_ON, Relation.TRAINS_ON, Relation.USES, Relation.COMPARES_WITH)
_MOST_PROOFS = 5  # of one thing, from the body: more proves nothing more


class Things:
    """What a paper names, by number: first what title and abstract name, then what its body does."""

    def __init__(self, extraction: Extraction) -> None:
        self.entities = list(extraction.entities)
        self._numbers: dict[str, int] = {}
        self._others: dict[tuple[EntityType, str], int] = {}  # of a name that is of another kind first
        self._proofs: dict[int, list[int]] = {}
        for number, entity in enumerate(self.entities):
            self._know(number, entity)

    def add_stated(self, found: Iterable[LocalEntity]) -> None:
        """Put what a piece of the body names to the rest, as far as the paper does something with it."""
        for entity in found:
            mentions = [mention for mention in entity.mentions if mention.relation in _STATED]
            relation = entity.relation if entity.relation in _STATED else None
            if mentions or relation:
                stated = relation or strongest(mention.relation for mention in mentions)
                self.put(replace(entity, relation=stated, mentions=tuple(mentions or entity.mentions), coined=False))

    def put(self, entity: LocalEntity, *, of_a_kind: bool = False) -> int:
        """Put a thing to what is known; its number. What is known keeps its name and type.

        Texts differ on the type of one thing. Where a table tells which part of a result it is, ``of_a_kind``, a name
        of another kind is another thing: a model and the metric that is computed with it.
        """
        number = self._number_of(entity.name, entity.concept)
        if number is not None and of_a_kind and self.entities[number].type not in group_of(entity.type):
            number = self._others.get((entity.type, fold(entity.name)))
            if number is None:
                number = self._others[entity.type, fold(entity.name)] = len(self.entities)
                self.entities.append(replace(entity, mentions=()))
        if number is None:
            number = len(self.entities)
            self.entities.append(replace(entity, mentions=()))
            self._know(number, entity)
        known = self.entities[number]
        self.entities[number] = replace(
            known,
            relation=strongest((known.relation, entity.relation)),
            confidence=max(known.confidence, entity.confidence),
            mentions=(*known.mentions, *self._new_proofs(number, entity.mentions)),
        )
        return number

    def _number_of(self, name: str, concept: str | None) -> int | None:
        found = self._numbers.get(concept) if concept else None
        return self._numbers.get(fold(name)) if found is None else found

    def own(self) -> tuple[int, ...]:
        """The numbers of what the paper introduces."""
        return tuple(number for number, entity in enumerate(self.entities) if entity.relation is Relation.INTRODUCES)

    def _know(self, number: int, entity: LocalEntity) -> None:
        for key in (entity.concept, fold(entity.name), entity.expansion and fold(entity.expansion)):
            if key:
                self._numbers.setdefault(key, number)

    def _new_proofs(self, number: int, mentions: Iterable[Mention]) -> list[Mention]:
        """Those that prove something new: a few of each thing, and one a table."""
        kept = []
        for mention in mentions:
            proofs = self._proofs.setdefault(number, [])
            in_table = mention.rule is Rule.TABLE and mention.anchor.place in proofs
            if len(proofs) < _MOST_PROOFS and not in_table:
                proofs.append(mention.anchor.place)
                kept.append(mention)
        return kept


def group_of(kind: EntityType) -> tuple[EntityType, ...]:
    """The types that can be the same part of a result: measures, data, or what achieves.

    >>> group_of(EntityType.MODEL)
    (<EntityType.MODEL: 'model'>, <EntityType.METHOD: 'method'>)
    """
    return next(group for group in (MEASURES, DATA, ACHIEVERS) if kind in group)


def moved(entity: LocalEntity, by: int) -> LocalEntity:
    """A thing that was found in a piece of a passage which begins so far behind the passage's start."""

    def there(anchor: Anchor) -> Anchor:
        return Anchor(
            anchor.place,
            anchor.start + by,
            anchor.end + by,
            anchor.sentence_start + by,
            anchor.sentence_end + by,
        )

    return replace(entity, mentions=tuple(replace(each, anchor=there(each.anchor)) for each in entity.mentions))
