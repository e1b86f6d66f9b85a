"""Names to nodes: which mentions, across all papers, are one thing.

Known things meet at their vocabulary entry; so do names of its type that only this entry has. Versions and sizes of
known families become nodes below them. Everything else meets at its folded name, with abbreviations and their long
forms together, except where papers give one abbreviation different long forms: then each meaning is a node of its own.
Nothing is merged on mere similarity.

The linker sees every local entity once (``observe``), then answers which node each belongs to (``resolve``); the
answer depends on the set of what it saw, not on the order.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from kg.linking.curation import Curation, Correction, Verdict
from kg.linking.families import Variant, variant_of
from kg.linking.listed import ListedNames
from kg.model import Entity, EntityType, LocalEntity, Relation
from kg.text.folding import fold, slug
from kg.vocabulary import Concept, Vocabulary

__all__ = ["LINKER_VERSION", "Linker"]

LINKER_VERSION = "2"
"""Goes up whenever the code may make another graph of the same extractions; graphs linked by others are linked anew."""


@dataclass(slots=True)
class _Sense:
    """One meaning of one unlisted name, while it gathers evidence."""

    names: Counter[str] = field(default_factory=Counter)
    expansions: Counter[str] = field(default_factory=Counter)
    types: Counter[EntityType] = field(default_factory=Counter)

    def label(self) -> str:
        return min(self.names, key=lambda name: (-self.names[name], name))

    def type(self) -> EntityType:
        return min(self.types, key=lambda kind: (-self.types[kind], kind.value))


class Linker:
    """Decides the identity of entities over a whole graph."""

    def __init__(self, vocabulary: Vocabulary, curation: Curation | None = None) -> None:
        self.curation = curation or Curation()
        self._vocabulary = vocabulary
        self._listed = ListedNames(vocabulary)
        self._concepts: set[str] = set()
        self._variants: dict[str, Counter[Variant]] = defaultdict(Counter)
        self._names: dict[str, _Sense] = {}
        self._defined: dict[tuple[str, str], _Sense] = {}

    @property
    def version(self) -> str:
        """What the outcome depends on besides the extractions."""
        return f"{LINKER_VERSION}+{self._vocabulary.linking_version}+{self.curation.version}"

    def observe(self, local: LocalEntity) -> None:
        """Take note of what one paper names."""
        if (concept := self._concept(local)) is not None:
            self._concepts.add(concept)
        elif (variant := self._variant(local)) is not None:
            for each in (variant, *variant.parents()):
                self._variants[each.key][each] += 1
            self._concepts.add(variant.family.id)
        else:
            self._gather(local)

    def _gather(self, local: LocalEntity) -> None:
        sense = self._sense(local)
        sense.names[local.name] += 1
        # What a paper calls its own work it also describes best: its word on the type counts most.
        sense.types[local.type] += 3 if local.relation is Relation.INTRODUCES else 1
        if local.expansion:
            sense.expansions[local.expansion] += 1

    def _sense(self, local: LocalEntity) -> _Sense:
        name = fold(local.name)
        if local.expansion and fold(local.expansion) != name:
            return self._defined.setdefault((name, fold(local.expansion)), _Sense())
        return self._names.setdefault(name, _Sense())

    def _concept(self, local: LocalEntity) -> str | None:
        """The vocabulary entry that extraction recognised, or else the one of this type that is called the same."""
        if local.concept in self._vocabulary.concepts:
            return local.concept
        return self._listed.find(local.type, local.expansion or local.name)

    def _variant(self, local: LocalEntity) -> Variant | None:
        family = self._vocabulary.concepts.get(local.family or "")
        return variant_of(local.name, family) if family is not None else None

    def link(self, paper: str, local: LocalEntity) -> Verdict:
        """The node that a local entity of a paper belongs to, after people's corrections."""
        return self.curation.verdict(paper, self.resolve(local), local)

    def resolve(self, local: LocalEntity) -> str:
        """The id of the node that a local entity belongs to, before people's corrections (see ``link``)."""
        if (concept := self._concept(local)) is not None:
            return concept
        if (variant := self._variant(local)) is not None:
            return self._variant_id(variant)
        name = fold(local.name)
        if local.expansion and fold(local.expansion) != name:
            return self._identities[name, fold(local.expansion)]
        return self._identities[name, ""]

    def entities(self) -> list[Entity]:
        """All nodes, each once, by id: what papers name and the families above it, as people have corrected them."""
        return self.curation.curate(self._found())

    def idle_rules(self) -> list[Correction]:
        """The corrections that name an entity which is not there."""
        return self.curation.idle(self._found()) if self.curation.rules else []

    def _found(self) -> Iterator[Entity]:
        nodes: dict[str, Entity] = {}
        variants = [
            self._variant_entity(min(spellings, key=lambda v: (-spellings[v], v.parts)))
            for _, spellings in sorted(self._variants.items())
        ]
        listed = {node.id for node in variants} & self._vocabulary.concepts.keys()
        corrected = self.curation.targets() & self._vocabulary.concepts.keys()
        for concept_id in self._with_ancestors(self._concepts | listed | corrected):
            nodes[concept_id] = _known_entity(self._vocabulary.concepts[concept_id])
        for node in variants:
            nodes.setdefault(node.id, node)
        for node in self._unlisted:
            nodes.setdefault(node.id, node)
        yield from (nodes[key] for key in sorted(nodes))

    def _with_ancestors(self, ids: Iterable[str]) -> set[str]:
        found: set[str] = set()
        waiting = list(ids)
        while waiting:
            concept_id = waiting.pop()
            if concept_id not in found:
                found.add(concept_id)
                waiting.extend(self._vocabulary.concepts[concept_id].broader)
        return found

    def _variant_id(self, variant: Variant) -> str:
        # A variant may be spelt so that it is a listed thing after all ("GPT-4" + "Turbo").
        listed = self._listed.find(variant.family.type, variant.label)
        return listed or f"{variant.family.type}/{slug(variant.label)}"

    def _variant_entity(self, variant: Variant) -> Entity:
        node_id = self._variant_id(variant)
        if node_id in self._vocabulary.concepts:
            return _known_entity(self._vocabulary.concepts[node_id])
        parents = variant.parents()
        parent = self._variant_id(parents[0]) if parents else variant.family.id
        return Entity(node_id, variant.family.type, variant.label, broader=(parent,))

    @cached_property
    def _unlisted(self) -> list[Entity]:
        return [_unlisted_entity(node_id, sense) for node_id, sense in sorted(self._nodes.items())]

    @cached_property
    def _nodes(self) -> dict[str, _Sense]:
        self._identities  # noqa: B018  (fills the nodes)
        return self._merged

    @cached_property
    def _identities(self) -> dict[tuple[str, str], str]:
        """(folded name, folded expansion or "") -> node id."""
        self._merged: dict[str, _Sense] = {}
        senses_of: dict[str, list[str]] = defaultdict(list)
        short_of: dict[str, set[str]] = defaultdict(set)
        for name, expansion in self._defined:
            senses_of[name].append(expansion)
            short_of[expansion].add(name)
        identities: dict[tuple[str, str], str] = {}
        for (name, expansion), sense in sorted(self._defined.items()):
            several = len(senses_of[name]) > 1
            identities[name, expansion] = self._claim(sense, distinguish=several)
        for name, sense in sorted(self._names.items()):
            target = None
            if len(senses_of[name]) == 1:
                target = identities[name, senses_of[name][0]]
            elif len(short_of[name]) == 1:
                target = identities[next(iter(short_of[name])), name]
            if target is not None:
                _absorb(self._merged[target], sense)
                identities[name, ""] = target
            else:
                identities[name, ""] = self._claim(sense, distinguish=False)
        return identities

    def _claim(self, sense: _Sense, *, distinguish: bool) -> str:
        """A node id for a sense: from type and label; with the long form where the label alone would not tell."""
        node_id = f"{sense.type()}/{slug(sense.label())}"
        if distinguish or node_id in self._vocabulary.concepts or node_id in self._merged:
            expansion = min(sense.expansions, key=lambda e: (-sense.expansions[e], e), default="other")
            node_id = f"{node_id}-{slug(expansion)}"
        if node_id in self._merged:
            _absorb(self._merged[node_id], sense)
        else:
            self._merged[node_id] = sense
        return node_id


def _absorb(target: _Sense, other: _Sense) -> None:
    target.names.update(other.names)
    target.expansions.update(other.expansions)
    target.types.update(other.types)


def _known_entity(concept: Concept) -> Entity:
    return Entity(
        concept.id, concept.type, concept.label, concept.aliases, concept.broader, concept.exact_matches, known=True
    )


def _unlisted_entity(node_id: str, sense: _Sense) -> Entity:
    label = sense.label()
    aliases = {*sense.names, *sense.expansions} - {label}
    return Entity(node_id, EntityType(node_id.partition("/")[0]), label, tuple(sorted(aliases)))
