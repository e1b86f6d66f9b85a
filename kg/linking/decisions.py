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

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from kg.digests import code_digest, digest_of
from kg.linking.claims import Claims
from kg.linking.curation import Curation, Verdict
from kg.linking.families import Variant
from kg.linking.listed import ListedNames
from kg.linking.names import NameTable, NameUse, Sense
from kg.linking.rules import Correction, Witness
from kg.linking.senses import Senses, Told
from kg.model import Entity, EntityType, LocalEntity
from kg.text.folding import fold, slug
from kg.vocabulary import Concept, Vocabulary

__all__ = ["Decisions", "decide", "linking_version"]

_NO_OTHERS = "other"  # in the id of what a name stands for where it is none of the things that papers define


def linking_version(vocabulary: Vocabulary, curation: Curation) -> str:
    """What the linked graph depends on besides the extractions: code, vocabulary, corrections."""
    return f"{code_digest('linking', 'text', 'model')}+{vocabulary.linking_version}+{curation.version}"


@dataclass(frozen=True)
class Decisions:
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

    def link(self, paper_id: str, local: LocalEntity) -> Verdict:
        """The node that a local entity of a paper belongs to, after people's corrections."""
        return self.curation.verdict(paper_id, self.nodes[self.senses.use(paper_id, local)], local)

    def told(self, paper_id: str, local: LocalEntity) -> Told | None:
        """What is told of a name that may stand for several things."""
        return self.senses.of(paper_id, local)

    def rivals(self, paper_id: str, local: LocalEntity) -> tuple[str, ...]:
        """The other nodes that it may belong to as well, after people's corrections."""
        told = self.told(paper_id, local)
        nodes = [self.nodes[use] for use in told.rivals] if told else []
        found = (self.curation.verdict(paper_id, node, local).entity for node in nodes)
        return tuple(dict.fromkeys(node for node in found if node is not None))

    @cached_property
    def names(self) -> Mapping[str, Mapping[str, str]]:
        """By id, what an entity goes by, each name with the key that its spellings share."""
        return {each.id: {name: fold(name) for name in (each.label, *each.aliases)} for each in self.entities}

    def called(self, name: str, among: Iterable[str]) -> str | None:
        """The first of some entities, by id, that goes by a name."""
        if not (folded := fold(name)):
            return None
        return next((each for each in among if folded in self.names[each].values()), None)


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
    deciding = _Deciding(vocabulary)
    found = deciding.read(table)
    if curation.version:
        there = {entity.id for entity in _entities(deciding, ())} | vocabulary.concepts.keys()
        curation = curation.followed(there, lambda witness: deciding.find(seen.get(witness)), moved or {})
    entities = list(_entities(deciding, curation.targets() & vocabulary.concepts.keys()))
    return Decisions(
        {use: deciding.node_of(use) for use in found},
        tuple(curation.curate(entities)),
        curation,
        tuple(curation.idle(entities)) if curation.corrections else (),
        senses or Senses(),
        claims or Claims(),
    )


@dataclass(slots=True)
class _Sense:
    """One meaning of one unlisted name, while it gathers evidence.

    ``own_names`` are what those call it who introduce it or spell its name out, ``own_types`` what those say it is who
    introduce it. They know best, and what they say stands however many papers come to name it.
    """

    names: Counter[str] = field(default_factory=Counter)
    own_names: Counter[str] = field(default_factory=Counter)
    expansions: Counter[str] = field(default_factory=Counter)
    types: Counter[EntityType] = field(default_factory=Counter)
    own_types: Counter[EntityType] = field(default_factory=Counter)
    qualifier: str | None = None

    def name(self) -> str:
        return _commonest(self.names)

    def name_in_id(self) -> str:
        return _commonest(self.own_names or self.names)

    def label(self) -> str:
        """The name; of one of several things of this name with what tells it from the others, as thesauri write it."""
        return f"{self.name()} ({self.qualifier})" if self.qualifier else self.name()

    def type(self) -> EntityType:
        types = self.own_types or self.types
        return min(types, key=lambda kind: (-types[kind], kind.value))

    def gather(self, use: NameUse, times: int) -> None:
        self.names[use.name] += times
        self.types[use.type] += times
        if use.introduced:
            self.own_types[use.type] += times
        if use.introduced or use.expansion:
            self.own_names[use.name] += times
        if use.expansion:
            self.expansions[use.expansion] += times
        if use.sense is not None:
            self.qualifier = use.sense.qualifier

    def absorb(self, other: _Sense) -> None:
        """Take in what those say who do not spell it out."""
        self.names.update(other.names)
        self.own_names.update(other.own_names)
        self.expansions.update(other.expansions)
        self.types.update(other.types)
        self.own_types.update(other.own_types)


def _commonest(names: Counter[str]) -> str:
    return min(names, key=lambda name: (-names[name], name))


def _digest(key: _SenseKey) -> str:
    return digest_of(part.encode("utf-8", "surrogatepass") for part in key[:2])[:6]


_SenseKey = tuple[str, str, Sense | None]
"""Folded name; folded long form where papers give one, else an empty text; the sense instead, where it is told."""


def _sense_key(use: NameUse) -> _SenseKey:
    name, expansion = fold(use.name), fold(use.expansion or "")
    if use.sense is not None:
        return name, "", use.sense
    return (name, expansion, None) if expansion != name else (name, "", None)


def _by_rank(key: _SenseKey) -> tuple[str, int, str]:
    """The order in which senses come to their ids."""
    name, expansion, sense = key
    return name, -1 if sense is None else sense.rank, expansion


class _Deciding:
    """The state of one decision."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.concepts: set[str] = set()
        self.variants: dict[str, Counter[Variant]] = defaultdict(Counter)
        self.senses: dict[str, _Sense] = {}  # by node id
        self._listed = ListedNames(vocabulary)
        self._nodes: dict[NameUse, str] = {}

    def read(self, table: NameTable) -> list[NameUse]:
        """Take note of all uses: first what the vocabulary knows, then what it does not."""
        unlisted: dict[_SenseKey, _Sense] = defaultdict(_Sense)
        keys: dict[NameUse, _SenseKey] = {}
        for use, times in table.items():
            if (concept := self._listed.concept(use)) is not None:
                self.concepts.add(concept)
                self._nodes[use] = concept
            elif (variant := self._listed.variant(use)) is not None:
                for each in (variant, *variant.parents()):
                    self.variants[each.key][each] += times
                self.concepts.add(variant.family.id)
                self._nodes[use] = self.variant_id(variant)
            else:
                keys[use] = _sense_key(use)
                unlisted[keys[use]].gather(use, times)
        identities = self._identities(unlisted)
        self._nodes |= {use: identities[key] for use, key in keys.items()}
        return list(self._nodes)

    def node_of(self, use: NameUse) -> str:
        """The id of the node that a use belongs to, before people's corrections."""
        return self._nodes[use]

    def find(self, use: NameUse | None) -> str | None:
        """The same; None if nobody names anything so."""
        return self._nodes.get(use) if use is not None else None

    def variant_id(self, variant: Variant) -> str:
        """The id of a version's node, which may be spelt so that it is listed after all ("GPT-4" + "Turbo")."""
        listed = self._listed.find(variant.family.type, variant.label)
        return listed or f"{variant.family.type}/{slug(variant.label)}"

    def _identities(self, unlisted: Mapping[_SenseKey, _Sense]) -> dict[_SenseKey, str]:
        """The node of each sense; its node gathers what is known of it."""
        defined: dict[str, list[_SenseKey]] = defaultdict(list)
        short_forms: dict[str, set[_SenseKey]] = defaultdict(set)
        for key in sorted(unlisted, key=_by_rank):
            name, expansion, sense = key
            if expansion or sense is not None:
                defined[name].append(key)
                for long in [expansion] if expansion else map(fold, unlisted[key].expansions):
                    short_forms[long].add(key)
        targets = {key: _defined_as(key[0], defined, short_forms) or key for key in unlisted if not (key[1] or key[2])}
        for key, target in targets.items():
            if target != key:
                unlisted[target].absorb(unlisted[key])
        things = {key: unlisted[key] for key in unlisted if targets.get(key, key) == key}
        ids = self._ids(things, defined)
        self.senses = {ids[key]: sense for key, sense in things.items()}
        return {key: ids[targets.get(key, key)] for key in unlisted}

    def _ids(
        self, things: Mapping[_SenseKey, _Sense], defined: Mapping[str, Sequence[_SenseKey]]
    ) -> dict[_SenseKey, str]:
        """An id for each thing, which no other claims: not the vocabulary, and none that is spelt so in an id only."""
        claims: dict[str, list[_SenseKey]] = defaultdict(list)
        for key, thing in things.items():
            others = [things[other] for other in defined.get(key[0], ()) if other != key]
            claims[self._claim(key, thing, others)].append(key)
        return {
            key: claim if len(keys) == 1 else f"{claim}-{_digest(key)}"
            for claim, keys in claims.items()
            for key in keys
        }

    def _claim(self, key: _SenseKey, thing: _Sense, others: Sequence[_Sense]) -> str:
        """From type and name; with what tells it from the ``others`` that papers define under its name."""
        name = f"{thing.type()}/{slug(thing.name_in_id())}"
        _, expansion, sense = key
        is_word = sense is not None and not sense.suffix
        alone = not others and (sense is None or is_word)
        of_its_kind = is_word and all(other.type() is not thing.type() for other in others)
        entry = self.vocabulary.concepts.get(name)
        if (alone or of_its_kind) and (entry is None or entry.variant_of is not None):
            return name
        if sense is not None and sense.suffix:
            return f"{name}-{sense.suffix}"
        return f"{name}-{slug(_commonest(thing.expansions)) if expansion else _NO_OTHERS}"


def _defined_as(
    name: str, defined: Mapping[str, Sequence[_SenseKey]], short_forms: Mapping[str, set[_SenseKey]]
) -> _SenseKey | None:
    """The one sense that a bare name has where papers define it, or that a long form has as somebody's short form."""
    if len(senses := defined.get(name, ())) == 1 and senses[0][2] is None:
        return senses[0]
    if senses:
        return None
    if len(shorts := short_forms.get(name, set())) == 1:
        return next(iter(shorts))
    return None


def _entities(deciding: _Deciding, corrected: Iterable[str]) -> Iterator[Entity]:
    """All nodes, each once, by id, before people's corrections; ``corrected`` are entries that these lead to."""
    concepts = deciding.vocabulary.concepts
    nodes: dict[str, Entity] = {}
    variants = [
        _variant_entity(deciding, min(spellings, key=lambda v: (-spellings[v], v.parts)))
        for _, spellings in sorted(deciding.variants.items())
    ]
    listed = {node.id for node in variants} & concepts.keys()
    for concept_id in _with_ancestors(concepts, deciding.concepts | listed | set(corrected)):
        nodes[concept_id] = _known_entity(concepts[concept_id])
    # A variant that is listed stands below the others that papers name, which its entry does not know of.
    nodes |= {node.id: node for node in variants if node.id in listed and concepts[node.id].variant_of}
    for node in (*variants, *(_unlisted_entity(*item) for item in sorted(deciding.senses.items(), key=_by_id))):
        nodes.setdefault(node.id, node)
    yield from (nodes[key] for key in sorted(nodes))


def _by_id(item: tuple[str, _Sense]) -> str:
    return item[0]


def _with_ancestors(concepts: Mapping[str, Concept], ids: Iterable[str]) -> set[str]:
    found: set[str] = set()
    waiting = list(ids)
    while waiting:
        concept_id = waiting.pop()
        if concept_id not in found:
            found.add(concept_id)
            waiting.extend(concepts[concept_id].broader)
    return found


def _variant_entity(deciding: _Deciding, variant: Variant) -> Entity:
    node_id = deciding.variant_id(variant)
    concept = deciding.vocabulary.concepts.get(node_id)
    if concept is not None and concept.variant_of is None:
        return _known_entity(concept)
    parents = variant.parents()
    parent = deciding.variant_id(parents[0]) if parents else variant.family.id
    if concept is not None:
        return replace(_known_entity(concept), broader=(parent,))
    return Entity(node_id, variant.family.type, variant.label, broader=(parent,))


def _known_entity(concept: Concept) -> Entity:
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


def _unlisted_entity(node_id: str, sense: _Sense) -> Entity:
    label = sense.label()
    aliases = {*sense.names, *sense.expansions} - {label}
    return Entity(node_id, EntityType(node_id.partition("/")[0]), label, tuple(sorted(aliases)))
