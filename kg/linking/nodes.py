"""Nodes of what the vocabulary knows: its entries, and the versions and sizes below its families."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from kg.linking.families import Variant
from kg.linking.listed import ListedNames
from kg.model import Entity
from kg.text.folding import slug
from kg.vocabulary import Concept, Vocabulary

__all__ = ["commonest_spelling", "known_entity", "variant_entity", "variant_id", "with_ancestors"]


def with_ancestors(concepts: Mapping[str, Concept], ids: Iterable[str]) -> set[str]:
    """Some entries of the vocabulary and all that stand above them."""
    found: set[str] = set()
    waiting = list(ids)
    while waiting:
        concept_id = waiting.pop()
        if concept_id not in found:
            found.add(concept_id)
            waiting.extend(concepts[concept_id].broader)
    return found


def known_entity(concept: Concept) -> Entity:
    """The node of an entry."""
    return Entity(
        concept.id,
        concept.type,
        concept.label,
        concept.aliases,
        concept.broader,
        concept.exact_matches,
        concept.introduced_in,
        concept.homepages,
        known=True,
        direction=concept.direction,
        scale=concept.scale,
    )


def variant_id(variant: Variant, vocabulary: Vocabulary) -> str:
    """The id of a version's node, which may be spelt so that it is listed after all ("GPT-4" + "Turbo")."""
    listed = ListedNames(vocabulary).find(variant.family.type, variant.label)
    return listed or f"{variant.family.type}/{slug(variant.label)}"


def commonest_spelling(spellings: Mapping[Variant, int]) -> Variant:
    """How the most papers spell a version."""
    return min(spellings, key=lambda variant: (-spellings[variant], variant.parts))


def variant_entity(variant: Variant, vocabulary: Vocabulary) -> Entity:
    """The node of a version, below the next of which it is one."""
    node_id = variant_id(variant, vocabulary)
    concept = vocabulary.concepts.get(node_id)
    if concept is not None and concept.variant_of is None:
        return known_entity(concept)
    parents = variant.parents()
    parent = variant_id(parents[0], vocabulary) if parents else variant.family.id
    if concept is not None:
        return replace(known_entity(concept), broader=(parent,))
    return Entity(node_id, variant.family.type, variant.label, broader=(parent,))
