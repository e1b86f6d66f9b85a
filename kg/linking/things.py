"""What names that the vocabulary does not list stand for: things, each with its names and its id.

Names meet at their folded spelling, abbreviations and their long forms together, except where papers give one
abbreviation several long forms. What a name stands for depends on the names that share a spelling or a long form with
it, and on those that would have its id; on no others.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kg.digests import digest_of
from kg.linking.names import NameUse, Sense
from kg.model import Entity, EntityType
from kg.text.folding import fold, slug
from kg.vocabulary import Vocabulary

__all__ = ["Thing", "ThingKey", "Things"]

_NO_OTHERS = "other"  # in the id of what a name stands for where it is none of the things that papers define


class Things:
    """Some unlisted ways of naming, each with how many papers name so, and the things that they stand for.

    ``nodes`` has the id of each way of naming; ``by_id`` the things; ``claims`` the id that each thing would have if
    no other claimed it.
    """

    def __init__(self, vocabulary: Vocabulary, uses: Iterable[tuple[NameUse, int]]) -> None:
        self._vocabulary = vocabulary
        self.nodes: dict[NameUse, str] = {}
        self.by_id: dict[str, Thing] = {}
        self.claims: dict[ThingKey, str] = {}
        self.ids: dict[ThingKey, str] = {}
        unlisted: dict[ThingKey, Thing] = defaultdict(Thing)
        keys: dict[NameUse, ThingKey] = {}
        for use, times in uses:
            keys[use] = _thing_key(use)
            unlisted[keys[use]].gather(use, times)
        identities = self._identities(unlisted)
        self.nodes = {use: identities[key] for use, key in keys.items()}

    def rows(self) -> list[tuple[str, str, str]]:
        """Of each thing the folded name, the id that it claims, and the id that it has."""
        return [(key[0], self.claims[key], node) for key, node in self.ids.items()]

    def _identities(self, unlisted: Mapping[ThingKey, Thing]) -> dict[ThingKey, str]:
        """The node of each key; the thing gathers what is known of it."""
        defined: dict[str, list[ThingKey]] = defaultdict(list)
        short_forms: dict[str, set[ThingKey]] = defaultdict(set)
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
        self.ids = ids = self._ids(things, defined)
        self.by_id = {ids[key]: thing for key, thing in things.items()}
        return {key: ids[targets.get(key, key)] for key in unlisted}

    def _ids(self, things: Mapping[ThingKey, Thing], defined: Mapping[str, Sequence[ThingKey]]) -> dict[ThingKey, str]:
        """An id for each thing, which no other claims: not the vocabulary, and none that is spelt so in an id only."""
        claims: dict[str, list[ThingKey]] = defaultdict(list)
        for key, thing in things.items():
            others = [things[other] for other in defined.get(key[0], ()) if other != key]
            if _is_word(key) and (bare := things.get((key[0], "", None))) is not None:
                others.append(bare)
            self.claims[key] = self._claim(key, thing, others)
            claims[self.claims[key]].append(key)
        return {
            key: claim if len(keys) == 1 else f"{claim}-{_digest(key)}"
            for claim, keys in claims.items()
            for key in keys
        }

    def _claim(self, key: ThingKey, thing: Thing, others: Sequence[Thing]) -> str:
        """From type and name; with what tells it from the ``others`` that papers define under its name."""
        name = f"{thing.type()}/{slug(thing.name_in_id())}"
        _, expansion, sense = key
        is_word = _is_word(key)
        alone = not others and (sense is None or is_word)
        of_its_kind = is_word and all(thing.type() not in other.said_types() for other in others)
        entry = self._vocabulary.concepts.get(name)
        if (alone or of_its_kind) and (entry is None or entry.variant_of is not None):
            return name
        if sense is not None and sense.suffix:
            return f"{name}-{sense.suffix}"
        return f"{name}-{slug(_commonest(thing.expansions)) if expansion else _NO_OTHERS}"


def _is_word(key: ThingKey) -> bool:
    """Whether a name is used as a plain word, beside things that are called by it."""
    return key[2] is not None and not key[2].suffix


def _defined_as(
    name: str, defined: Mapping[str, Sequence[ThingKey]], short_forms: Mapping[str, set[ThingKey]]
) -> ThingKey | None:
    """The one sense that a bare name has where papers define it, or that a long form has as somebody's short form."""
    if len(senses := defined.get(name, ())) == 1 and senses[0][2] is None:
        return senses[0]
    if senses:
        return None
    if len(shorts := short_forms.get(name, set())) == 1:
        return next(iter(shorts))
    return None


@dataclass(slots=True)
class Thing:
    """What one unlisted name means, while it gathers evidence.

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
        """What the most papers call it."""
        return _commonest(self.names)

    def name_in_id(self) -> str:
        """What those call it who know best."""
        return _commonest(self.own_names or self.names)

    def label(self) -> str:
        """The name; of one of several things of this name with what tells it from the others, as thesauri write it."""
        return f"{self.name()} ({self.qualifier})" if self.qualifier else self.name()

    def type(self) -> EntityType:
        """What the most of those say that it is who introduce it, or else of all."""
        types = self.said_types()
        return min(types, key=lambda kind: (-types[kind], kind.value))

    def said_types(self) -> Counter[EntityType]:
        """What those say that it is who introduce it, or else all, each with how many."""
        return self.own_types or self.types

    def gather(self, use: NameUse, times: int) -> None:
        """Take note of a way of naming it."""
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

    def absorb(self, other: Thing) -> None:
        """Take in what those say who do not spell it out."""
        self.names.update(other.names)
        self.own_names.update(other.own_names)
        self.expansions.update(other.expansions)
        self.types.update(other.types)
        self.own_types.update(other.own_types)

    def entity(self, node_id: str) -> Entity:
        """The node of this id, before people's corrections."""
        label = self.label()
        aliases = {*self.names, *self.expansions} - {label}
        return Entity(node_id, EntityType(node_id.partition("/")[0]), label, tuple(sorted(aliases)))


def _commonest(names: Counter[str]) -> str:
    return min(names, key=lambda name: (-names[name], name))


def _digest(key: ThingKey) -> str:
    return digest_of(part.encode("utf-8", "surrogatepass") for part in key[:2])[:6]


ThingKey = tuple[str, str, Sense | None]
"""Folded name; folded long form where papers give one, else an empty text; the sense instead, where it is told."""


def _thing_key(use: NameUse) -> ThingKey:
    name, expansion = fold(use.name), fold(use.expansion or "")
    if use.sense is not None:
        return name, "", use.sense
    return (name, expansion, None) if expansion != name else (name, "", None)


def _by_rank(key: ThingKey) -> tuple[str, int, str]:
    """The order in which senses come to their ids."""
    name, expansion, sense = key
    return name, -1 if sense is None else sense.rank, expansion
