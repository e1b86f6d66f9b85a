"""What people decided about the graph: rules that are applied, in their order, to what linking finds.

A rule names entities by the ids that they have after the rules before it, which are the ids that a person saw when
writing it. A rule whose entity is not there does nothing, and works again when the entity comes back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from kg.model import Entity, EntityType, LocalEntity, Relation
from kg.text.folding import fold, slug

__all__ = [
    "Accept",
    "Correction",
    "Curation",
    "Dismiss",
    "Merge",
    "OnePaper",
    "PaperRule",
    "Rename",
    "Retype",
    "Split",
    "TwoPapers",
    "Verdict",
    "paper_of",
]


@dataclass(frozen=True, slots=True)
class Merge:
    """Two entities are one thing: ``entity`` goes into ``into``, its names become aliases."""

    entity: str
    into: str


@dataclass(frozen=True, slots=True)
class Split:
    """One spelling of an entity is another thing: what papers call ``name`` goes into ``into``; or, with ``paper``,
    what that paper calls so."""

    entity: str
    name: str
    into: str
    paper: str | None = None


@dataclass(frozen=True, slots=True)
class Rename:
    """An entity has another canonical label; the old one becomes an alias."""

    entity: str
    label: str

    @property
    def into(self) -> str:
        """The id that goes with the label."""
        return f"{self.entity.partition('/')[0]}/{slug(self.label)}"


@dataclass(frozen=True, slots=True)
class Retype:
    """An entity is of another type."""

    entity: str
    type: EntityType

    @property
    def into(self) -> str:
        """The id that goes with the type."""
        return f"{self.type}/{self.entity.partition('/')[2]}"


@dataclass(frozen=True, slots=True)
class Dismiss:
    """An entity is no thing at all; or, with ``paper``, that paper does not name it."""

    entity: str
    paper: str | None = None


@dataclass(frozen=True, slots=True)
class Accept:
    """An entity is right as it stands; or, with ``paper``, that paper does name it.

    Such a link is certain. It stays however sure links must be, found again by ``surface``, what the paper calls it;
    ``relation`` corrects what the paper does with it.
    """

    entity: str
    paper: str | None = None
    surface: str | None = None
    relation: Relation | None = None


@dataclass(frozen=True, slots=True)
class OnePaper:
    """Two papers, by id, are one; its id is the better of both."""

    paper: str
    into: str

    @property
    def papers(self) -> tuple[str, str]:
        """The two papers."""
        return self.paper, self.into


@dataclass(frozen=True, slots=True)
class TwoPapers:
    """What may be one paper is two; each is named by an id that it has, also where both went by a third before."""

    paper: str
    other: str

    @property
    def papers(self) -> tuple[str, str]:
        """The two papers."""
        return self.paper, self.other


PaperRule = OnePaper | TwoPapers
"""What people decide about papers, before entities are linked: which records are one."""

Correction = Merge | Split | Rename | Retype | Dismiss | Accept


def paper_of(rule: Correction) -> str | None:
    """The one paper that a rule is about, if it is about one."""
    return rule.paper if isinstance(rule, Split | Dismiss | Accept) else None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one link: its entity (None: rejected), a corrected relation, whether a person confirmed it."""

    entity: str | None
    relation: Relation | None = None
    accepted: bool = False


@dataclass(frozen=True)
class Curation:
    """A sequence of corrections of entities and their links, ready to be applied; and of papers."""

    corrections: tuple[Correction, ...] = ()
    papers: tuple[PaperRule, ...] = ()

    @cached_property
    def _accepting(self) -> set[str]:
        return {each.paper for each in self.corrections if isinstance(each, Accept) and each.paper}

    @property
    def version(self) -> str:
        """The same for the same rules, whatever their file looks like."""
        return hashlib.sha256(repr(self.corrections).encode()).hexdigest()[:12] if self.corrections else ""

    def targets(self) -> set[str]:
        """The entities that others go into."""
        return {rule.into for rule in self.corrections if isinstance(rule, Merge | Split | Rename | Retype)}

    def accepts_in(self, paper: str) -> bool:
        """Whether there is anything that a person said this paper names."""
        return paper in self._accepting

    def may_accept(self, paper: str, local: LocalEntity) -> bool:
        """Whether a person said that this paper names this, so that it counts however unsure its finding was."""
        if not self.accepts_in(paper):
            return False
        names = _names(local)
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
        for rule in self.corrections:
            if rule.entity != found.entity:
                continue
            if isinstance(rule, Merge | Rename | Retype):
                found = replace(found, entity=rule.into)
            elif isinstance(rule, Split):
                if fold(rule.name) in _names(local) and rule.paper in (None, paper):
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
        if not self.corrections:
            return [nodes[key] for key in sorted(nodes)]
        return [_reattached(nodes[key], nodes, outcome.moved) for key in sorted(nodes)]

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


def _names(local: LocalEntity) -> set[str]:
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
        known=other.known or entity.known,
    )


def _reattached(entity: Entity, nodes: dict[str, Entity], moved: dict[str, str]) -> Entity:
    parents = {moved.get(parent, parent) if parent not in nodes else parent for parent in entity.broader}
    return replace(entity, broader=tuple(sorted((parents - {entity.id}) & nodes.keys())))
