"""What people decided, applied to what linking finds, rule by rule in their order.

Where an id in a rule has moved since it was written, the paper that was seen to name the entity tells what it is now. A
rule whose entity is not there does nothing, and works again when the entity comes back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeVar

from kg.linking.amendments import Add, Amendment
from kg.linking.rules import (
    Accept,
    Correction,
    Dismiss,
    Merge,
    PaperRule,
    Rename,
    Retype,
    Split,
    Witness,
    named_in,
    paper_of,
)
from kg.model import Entity, EntityType, LocalEntity, Relation
from kg.text.folding import fold

__all__ = ["Curation", "Verdict", "names_of"]


RuleT = TypeVar("RuleT", Correction, Amendment)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one link: its entity (None: rejected), a corrected relation, whether a person confirmed it."""

    entity: str | None
    relation: Relation | None = None
    accepted: bool = False


@dataclass(frozen=True)
class Curation:
    """A sequence of corrections of entities and their links, ready to be applied; of papers; and of what these say."""

    corrections: tuple[Correction, ...] = ()
    papers: tuple[PaperRule, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    seen: Mapping[str, Witness] = field(default_factory=dict)
    """By id, a paper that named what a person called by it."""

    @cached_property
    def _accepting(self) -> set[str]:
        return {each.paper for each in self.corrections if isinstance(each, Accept) and each.paper}

    @property
    def version(self) -> str:
        """The same for the same rules, whatever their file looks like."""
        if not self.corrections and not self.amendments:
            return ""
        rules = (self.corrections, self.amendments, sorted(self.seen.items()))
        return hashlib.sha256(repr(rules).encode()).hexdigest()[:12]

    def with_papers(self, current: Callable[[str], str | None]) -> Curation:
        """The same with papers by their ids of today, where ``current`` knows them."""

        def today(rule: RuleT) -> RuleT:
            paper = paper_of(rule)
            return replace(rule, paper=current(paper) or paper) if paper else rule  # type: ignore[arg-type]

        seen = {entity: replace(each, paper=current(each.paper) or each.paper) for entity, each in self.seen.items()}
        corrections, amendments = tuple(map(today, self.corrections)), tuple(map(today, self.amendments))
        return replace(self, corrections=corrections, amendments=amendments, seen=seen)

    def followed(
        self, there: Container[str], meant: Callable[[Witness], str | None], moved: Mapping[str, str]
    ) -> Curation:
        """The same with entities by their ids of today.

        ``there`` are the entities that linking finds. An id that is none of them, nor made by the rules before, is that
        of what its witness names today, or else what ``moved`` has under it.
        """
        known, rules = _Known(there), list[Correction]()
        for rule in self.corrections:
            for part, given in named_in(rule):
                if given not in known and (found := self._followed(given, known, rules, meant, moved)):
                    rule = replace(rule, **{part: found})  # type: ignore[arg-type]
            if isinstance(rule, Merge | Split | Rename | Retype):
                known.made.add(rule.into)
            rules.append(rule)
        amendments = []
        for each in self.amendments:
            if isinstance(each, Add) and each.entity and each.entity not in known:
                each = replace(each, entity=self._followed(each.entity, known, rules, meant, moved) or each.entity)
            amendments.append(each)
        return replace(self, corrections=tuple(rules), amendments=tuple(amendments))

    @cached_property
    def _added(self) -> Mapping[str, list[Add]]:
        """By paper, what it names that a person said to be an entity of the graph."""
        found: dict[str, list[Add]] = {}
        for each in self.amendments:
            if isinstance(each, Add) and each.entity:
                found.setdefault(each.paper, []).append(each)
        return found

    def of_paper(self, paper: str) -> list[Amendment]:
        """What people amended of one paper."""
        return self._by_paper.get(paper, [])

    @cached_property
    def _by_paper(self) -> Mapping[str, list[Amendment]]:
        found: dict[str, list[Amendment]] = {}
        for each in self.amendments:
            found.setdefault(each.paper, []).append(each)
        return found

    def _followed(
        self,
        given: str,
        known: Container[str],
        rules: Iterable[Correction],
        meant: Callable[[Witness], str | None],
        moved: Mapping[str, str],
    ) -> str | None:
        witness = self.seen.get(given)
        found = meant(witness) if witness else None
        if found is None:
            return moved[given] if given in moved and moved[given] in known else None
        for rule in rules:
            if rule.entity == found and isinstance(rule, Merge | Rename | Retype):
                found = rule.into
        return found

    def targets(self) -> set[str]:
        """The entities that others go into."""
        added = {each.entity for each in self.amendments if isinstance(each, Add) and each.entity}
        return added | {rule.into for rule in self.corrections if isinstance(rule, Merge | Split | Rename | Retype)}

    def accepts_in(self, paper: str) -> bool:
        """Whether there is anything that a person said this paper names."""
        return paper in self._accepting

    def may_accept(self, paper: str, local: LocalEntity) -> bool:
        """Whether a person said that this paper names this, so that it counts however unsure its finding was."""
        if not self.accepts_in(paper):
            return False
        names = names_of(local)
        return any(
            isinstance(rule, Accept)
            and rule.paper == paper
            and rule.surface is not None
            and fold(rule.surface) in names
            for rule in self.corrections
        )

    def verdict(self, paper: str, entity: str, local: LocalEntity) -> Verdict:
        """What the rules make of the link from a paper to the entity that linking found."""
        found = Verdict(entity)
        for added in self._added.get(paper, ()):
            if fold(added.name) in names_of(local):
                found = Verdict(added.entity, accepted=True)
        for rule in self.corrections:
            if rule.entity != found.entity:
                continue
            if isinstance(rule, Merge | Rename | Retype):
                found = replace(found, entity=rule.into)
            elif isinstance(rule, Split):
                if fold(rule.name) in names_of(local) and rule.paper in (None, paper):
                    found = replace(found, entity=rule.into)
            elif isinstance(rule, Dismiss):
                if rule.paper in (None, paper):
                    return Verdict(None)
            elif rule.paper == paper:
                found = Verdict(found.entity, rule.relation or found.relation, accepted=True)
        return found

    def curate(self, entities: Iterable[Entity]) -> list[Entity]:
        """The entities after all rules, by id; families follow those who moved."""
        outcome = self._apply(entities)
        nodes = outcome.nodes
        for each in (added for of_paper in self._added.values() for added in of_paper):
            assert each.entity is not None
            nodes.setdefault(each.entity, Entity(each.entity, _type(each.entity), each.name))
        if not self.corrections:
            return [nodes[key] for key in sorted(nodes)]
        return _without_circles([_reattached(nodes[key], nodes, outcome.moved) for key in sorted(nodes)])

    def idle(self, entities: Iterable[Entity]) -> list[Correction]:
        """The rules whose entity is not there when their turn comes."""
        return self._apply(entities).idle

    def _apply(self, entities: Iterable[Entity]) -> _Outcome:
        outcome = _Outcome({entity.id: entity for entity in entities})
        for rule in self.corrections:
            if rule.entity not in outcome.nodes:
                outcome.idle.append(rule)
            elif isinstance(rule, Merge | Rename | Retype):
                outcome.move(rule)
            elif isinstance(rule, Split):
                outcome.split(rule)
            elif isinstance(rule, Dismiss) and rule.paper is None:
                del outcome.nodes[rule.entity]
        return outcome


@dataclass(frozen=True, slots=True)
class _Known:
    """The entities that are there, and those that rules made."""

    there: Container[str]
    made: set[str] = field(default_factory=set)

    def __contains__(self, entity: object) -> bool:
        return entity in self.made or entity in self.there


@dataclass(slots=True)
class _Outcome:
    """The entities while rules are applied, what moved where, and the rules that met nothing."""

    nodes: dict[str, Entity]
    moved: dict[str, str] = field(default_factory=dict)
    idle: list[Correction] = field(default_factory=list)

    def move(self, rule: Merge | Rename | Retype) -> None:
        entity, other = self.nodes.pop(rule.entity), self.nodes.get(rule.into)
        if isinstance(rule, Rename):
            self.nodes[rule.into] = _as(_joined(entity, other), rule.into, rule.label)
        else:
            self.nodes[rule.into] = _joined(_as(entity, rule.into, entity.label), other)
        self.moved = {old: rule.into if new == rule.entity else new for old, new in self.moved.items()}
        self.moved[rule.entity] = rule.into

    def split(self, rule: Split) -> None:
        entity = self.nodes[rule.entity]
        if rule.paper is None:  # else others may still call it so
            kept = tuple(alias for alias in entity.aliases if fold(alias) != fold(rule.name))
            self.nodes[rule.entity] = replace(entity, aliases=kept)
        fresh = Entity(rule.into, _type(rule.into), rule.name)
        self.nodes[rule.into] = _joined(fresh, self.nodes.get(rule.into))


def names_of(local: LocalEntity) -> set[str]:
    """All that a paper calls a thing, folded."""
    return {fold(local.name), *(fold(mention.surface) for mention in local.mentions)}


def _type(entity_id: str) -> EntityType:
    return EntityType(entity_id.partition("/")[0])


def _as(entity: Entity, entity_id: str, label: str) -> Entity:
    aliases = tuple(sorted({entity.label, *entity.aliases} - {label}))
    return replace(entity, id=entity_id, type=_type(entity_id), label=label, aliases=aliases)


def _joined(entity: Entity, other: Entity | None) -> Entity:
    """An entity that comes to an id where there may be another, whose label then stays."""
    if other is None:
        return entity
    return replace(
        other,
        aliases=tuple(sorted({*other.aliases, entity.label, *entity.aliases} - {other.label})),
        broader=tuple(sorted({*other.broader, *entity.broader})),
        exact_matches=tuple(sorted({*other.exact_matches, *entity.exact_matches})),
        introduced_in=tuple(sorted({*other.introduced_in, *entity.introduced_in})),
        homepages=tuple(sorted({*other.homepages, *entity.homepages})),
        known=other.known or entity.known,
        direction=other.direction or entity.direction,
        scale=other.scale or entity.scale,
    )


def _reattached(entity: Entity, nodes: dict[str, Entity], moved: dict[str, str]) -> Entity:
    parents = {moved.get(parent, parent) if parent not in nodes else parent for parent in entity.broader}
    return replace(entity, broader=tuple(sorted((parents - {entity.id}) & nodes.keys())))


def _without_circles(entities: list[Entity]) -> list[Entity]:
    """Families in which nothing stands above itself: what was merged into a thing below it loses its place there."""
    above = {entity.id: set(entity.broader) for entity in entities}
    kept = []
    for entity in entities:
        for parent in entity.broader:
            if entity.id in _ancestors(parent, above):
                above[entity.id].discard(parent)
        kept.append(replace(entity, broader=tuple(sorted(above[entity.id]))))
    return kept


def _ancestors(entity_id: str, above: Mapping[str, Collection[str]]) -> set[str]:
    found: set[str] = set()
    waiting = [entity_id]
    while waiting:
        for parent in above.get(waiting.pop(), ()):
            if parent not in found:
                found.add(parent)
                waiting.append(parent)
    return found
