"""What people decide about a graph, a rule each: about its entities and their links, and which records are one paper.

A rule names entities by the ids that they have after the rules before it, which are the ids that a person saw when
writing it. What people say of what a paper states stands in ``amendments``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.linking.amendments import Add, Amendment
from kg.model import EntityType, Relation
from kg.text.folding import slug

__all__ = [
    "Accept",
    "Correction",
    "Decision",
    "Dismiss",
    "Merge",
    "OnePaper",
    "PaperRule",
    "Rename",
    "Retype",
    "Split",
    "TwoPapers",
    "Witness",
    "named_in",
    "paper_of",
]


@dataclass(frozen=True, slots=True, order=True)
class Witness:
    """A paper that named an entity when a person wrote a rule about it, and what it called it."""

    paper: str
    name: str


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


Decision = Correction | PaperRule | Amendment
"""Anything that people decide about a graph."""


def paper_of(rule: Correction | Amendment) -> str | None:
    """The one paper that a rule is about, if it is about one."""
    return rule.paper if isinstance(rule, Split | Dismiss | Accept | Amendment) else None


def named_in(rule: Decision) -> Iterator[tuple[str, str]]:
    """The parts of a rule that name an entity, each with its id."""
    if isinstance(rule, Correction | Add) and rule.entity:
        yield "entity", rule.entity
    if isinstance(rule, Merge | Split):
        yield "into", rule.into
