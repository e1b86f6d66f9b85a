"""Names to nodes: which ways of naming, across all papers, are one thing.

Known things meet at their vocabulary entry; so do names of its type that only this entry has. Versions and sizes of
known families become nodes below them. Everything else meets at its folded name, with abbreviations and their long
forms together, except where papers give one abbreviation different long forms: then each meaning is a node of its own.
Nothing is merged on mere similarity. What papers mean by a name that several of them coin is told before (see
``senses``); each of these things is a node.

An id names one thing, whatever papers come later: type and name alone are the id of the only thing of its name. Where
papers mean several, each has behind it what tells it from the others, and the id of the name alone is nobody's, so that
who cited something by it can be sent on to what it meant (``docs/identity.md``).
"""

from __future__ import annotations

from abc import abstractmethod
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from kg.digests import code_digest
from kg.linking.claims import Claims
from kg.linking.curation import Curation, Verdict
from kg.linking.families import Variant
from kg.linking.listed import ListedNames
from kg.linking.names import Named, NameTable, NameUse
from kg.linking.nodes import commonest_spelling, known_entity, variant_entity, variant_id, with_ancestors
from kg.linking.rules import Correction, Witness
from kg.linking.senses import Senses
from kg.linking.things import Thing, Things
from kg.model import Entity, LocalEntity
from kg.text.folding import fold
from kg.vocabulary import Vocabulary

__all__ = ["Decided", "Decisions", "Meant", "decide", "linking_version", "rules_version"]


def linking_version(vocabulary: Vocabulary, curation: Curation) -> str:
    """What the linked graph depends on besides the extractions: code, vocabulary, corrections."""
    return f"{rules_version(vocabulary)}+{curation.version}"


def rules_version(vocabulary: Vocabulary) -> str:
    """The same without the corrections."""
    return f"{code_digest('linking', 'text', 'model')}+{vocabulary.linking_version}"


@dataclass(frozen=True, slots=True)
class Meant:
    """What a paper means by one of its names, before people's corrections: the ``node``; whether it only ``uses`` what
    it seems to introduce; and the other nodes that it may be as well."""

    node: str
    uses: bool = False
    rivals: tuple[str, ...] = ()


class Decided:
    """What has to be decided of names before it can be told what a paper links."""

    curation: Curation
    claims: Claims

    @abstractmethod
    def meant(self, paper_id: str, local: LocalEntity) -> Meant:
        """What a paper means by a name."""

    @abstractmethod
    def folded_names(self, entity_id: str) -> Collection[str]:
        """What an entity goes by, after people's corrections: the keys that spellings share."""

    def link(self, paper_id: str, local: LocalEntity) -> Verdict:
        """The node that a local entity of a paper belongs to, after people's corrections."""
        return self.curation.verdict(paper_id, self.meant(paper_id, local).node, local)

    def rivals(self, paper_id: str, local: LocalEntity) -> tuple[str, ...]:
        """The other nodes that it may belong to as well, after people's corrections."""
        nodes = self.meant(paper_id, local).rivals
        found = (self.curation.verdict(paper_id, node, local).entity for node in nodes)
        return tuple(dict.fromkeys(node for node in found if node is not None))

    def called(self, name: str, among: Iterable[str]) -> str | None:
        """The first of some entities, by id, that goes by a name."""
        if not (folded := fold(name)):
            return None
        return next((each for each in among if folded in self.folded_names(each)), None)


@dataclass(frozen=True)
class Decisions(Decided):
    """Which node each way of naming belongs to, and all nodes, as people have corrected them.

    ``nodes`` is before corrections (they may depend on the paper: see ``link``), ``entities`` after them, by id: what
    papers name and the families above it. ``idle`` are the corrections whose entity is not there.
    """

    nodes: Mapping[NameUse, str]
    entities: tuple[Entity, ...]
    curation: Curation
    idle: tuple[Correction, ...] = ()
    senses: Senses = field(default_factory=Senses)
    claims: Claims = field(default_factory=Claims)
    things: Things | None = field(default=None, compare=False, repr=False)

    def meant(self, paper_id: str, local: Named) -> Meant:
        """What a paper means by a name."""
        return self.meant_by(paper_id, NameUse.of(local))

    def meant_by(self, paper_id: str, use: NameUse) -> Meant:
        """The same by the way of naming."""
        told = self.senses.told.get((paper_id, use)) if self.senses.told else None
        if told is None:
            return Meant(self.nodes[use])
        return Meant(self.nodes[told.applied(use)], told.uses, tuple(self.nodes[each] for each in told.rivals))

    @cached_property
    def names(self) -> Mapping[str, Mapping[str, str]]:
        """By id, what an entity goes by, each name with the key that its spellings share."""
        return {each.id: {name: fold(name) for name in (each.label, *each.aliases)} for each in self.entities}

    def folded_names(self, entity_id: str) -> Collection[str]:
        """What an entity goes by: the keys that spellings share."""
        return self.names[entity_id].values()


def decide(
    table: NameTable,
    vocabulary: Vocabulary,
    curation: Curation | None = None,
    senses: Senses | None = None,
    *,
    seen: Mapping[Witness, NameUse] | None = None,
    moved: Mapping[str, str] | None = None,
    claims: Claims | None = None,
) -> Decisions:
    """Decide the identity of all that the table names; the same for the same table, however it came about.

    ``senses`` are what the table has of names that stand for several things. ``seen`` are the ways of naming that the
    witnesses of corrections stand for, ``moved`` ids of before with those of today: what corrections meant by ids that
    are no more. ``claims`` tell whose the listed things are.
    """
    curation, seen = curation or Curation(), seen or {}
    deciding = _Deciding(vocabulary, table)
    if curation.version:
        there = {entity.id for entity in _entities(deciding, ())} | vocabulary.concepts.keys()
        curation = curation.followed(there, lambda witness: deciding.find(seen.get(witness)), moved or {})
    entities = list(_entities(deciding, curation.targets() & vocabulary.concepts.keys()))
    return Decisions(
        deciding.nodes,
        tuple(curation.curate(entities)),
        curation,
        tuple(curation.idle(entities)) if curation.corrections else (),
        senses or Senses(),
        claims or Claims(),
        deciding.things,
    )


class _Deciding:
    """One decision: first what the vocabulary knows, then what it does not."""

    def __init__(self, vocabulary: Vocabulary, table: NameTable) -> None:
        self.vocabulary = vocabulary
        self.concepts: set[str] = set()
        self.variants: dict[str, Counter[Variant]] = defaultdict(Counter)
        self.nodes: dict[NameUse, str] = {}
        listed, unlisted = ListedNames(vocabulary), list[tuple[NameUse, int]]()
        for use, times in table.items():
            if (concept := listed.concept(use)) is not None:
                self.concepts.add(concept)
                self.nodes[use] = concept
            elif (variant := listed.variant(use)) is not None:
                for each in (variant, *variant.parents()):
                    self.variants[each.key][each] += times
                self.concepts.add(variant.family.id)
                self.nodes[use] = variant_id(variant, vocabulary)
            else:
                unlisted.append((use, times))
        self.things = Things(vocabulary, unlisted)
        self.nodes |= self.things.nodes

    def find(self, use: NameUse | None) -> str | None:
        """The node that a use belongs to, before people's corrections; None if nobody names anything so."""
        return self.nodes.get(use) if use is not None else None


def _entities(deciding: _Deciding, corrected: Iterable[str]) -> Iterator[Entity]:
    """All nodes, each once, by id, before people's corrections; ``corrected`` are entries that these lead to."""
    vocabulary, concepts = deciding.vocabulary, deciding.vocabulary.concepts
    nodes: dict[str, Entity] = {}
    variants = [
        variant_entity(commonest_spelling(spellings), vocabulary) for _, spellings in sorted(deciding.variants.items())
    ]
    listed = {node.id for node in variants} & concepts.keys()
    for concept_id in with_ancestors(concepts, deciding.concepts | listed | set(corrected)):
        nodes[concept_id] = known_entity(concepts[concept_id])
    # A variant that is listed stands below the others that papers name, which its entry does not know of.
    nodes |= {node.id: node for node in variants if node.id in listed and concepts[node.id].variant_of}
    things = (thing.entity(node_id) for node_id, thing in sorted(deciding.things.by_id.items(), key=_by_id))
    for node in (*variants, *things):
        nodes.setdefault(node.id, node)
    yield from (nodes[key] for key in sorted(nodes))


def _by_id(item: tuple[str, Thing]) -> str:
    return item[0]
