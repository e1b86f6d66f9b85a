"""What one paper names and states, before any other paper is known."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model.kinds import EntityType, Relation, ResultKind, Rule
from kg.model.papers import Anchor
from kg.model.results import Conditions, TableCell

__all__ = ["Extraction", "LocalDerivation", "LocalEntity", "LocalResult", "LocalSlot", "Mention"]


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a paper names something.

    ``surface`` is the name as rendered for people (without LaTeX). ``rule`` is what found it, ``score`` (0 to 1) how
    much that rule makes of it, which is no probability; ``relation`` is what its sentence says the paper does with it.
    """

    anchor: Anchor
    surface: str
    rule: Rule
    relation: Relation
    score: float


@dataclass(frozen=True, slots=True)
class LocalEntity:
    """One thing that one paper names, all its mentions in that paper together.

    ``concept`` is the id of the vocabulary entry, if it is a known thing; ``family`` that of the entry of which it is
    a version or size; ``expansion`` the long form that the paper itself gives for an abbreviation. ``confidence`` is
    the calibrated probability that the paper names it. ``coined`` where the paper says in so many words that the name
    is its own ("we propose X"), which ``INTRODUCES`` may also be for want of anything else that it could be. Identity
    across papers is decided later, by the linking.
    """

    name: str
    type: EntityType
    relation: Relation
    confidence: float
    mentions: tuple[Mention, ...]
    concept: str | None = None
    family: str | None = None
    expansion: str | None = None
    coined: bool = False


@dataclass(frozen=True, slots=True)
class LocalDerivation:
    """That the paper says of a thing of its own that it extends, modifies or instantiates another.

    Both are numbers of the extraction's entities; ``anchor`` is the place that says so.
    """

    new: int
    old: int
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class LocalSlot:
    """A part of a result: as the paper words it, and which of the extraction's entities that is (its number)."""

    text: str
    entity: int | None = None


@dataclass(frozen=True, slots=True)
class LocalResult:
    """A number that a paper states as an outcome.

    ``value`` is verbatim; ``number`` is it parsed (``None`` when it is no plain number), in ``unit`` (``%``,
    ``points``, ``x``). The slots: what was measured, on which data or task, achieved by what. ``cell`` is where a table
    states it.
    """

    value: str
    number: float | None
    unit: str | None
    kind: ResultKind
    metric: LocalSlot | None
    on: LocalSlot | None
    of: LocalSlot | None
    anchor: Anchor
    confidence: float
    conditions: Conditions | None = None
    cell: TableCell | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was found in one paper."""

    entities: tuple[LocalEntity, ...] = ()
    results: tuple[LocalResult, ...] = ()
    derivations: tuple[LocalDerivation, ...] = ()
