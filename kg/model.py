"""The values that flow through ``kg``: frozen, typed, and with no behaviour but views of themselves.

Closed sets are ``StrEnum``; everything a reader, the extraction, the linking and the store hand to each other is a
frozen dataclass from this module. It imports nothing else of ours.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

__all__ = [
    "RELATION_STRENGTH",
    "Entity",
    "EntityRelation",
    "EntityType",
    "Evidence",
    "Extraction",
    "Field",
    "LocalEntity",
    "Mention",
    "Paper",
    "Reject",
    "Relation",
    "Result",
    "ResultKind",
    "fitting",
    "strongest",
]


class EntityType(StrEnum):
    """What kind of thing a paper names."""

    METHOD = "method"
    MODEL = "model"
    DATASET = "dataset"
    BENCHMARK = "benchmark"
    METRIC = "metric"
    TASK = "task"


class Relation(StrEnum):
    """What a paper does with an entity."""

    INTRODUCES = "introduces"
    EVALUATES_ON = "evaluates_on"
    TRAINS_ON = "trains_on"
    USES = "uses"
    COMPARES_WITH = "compares_with"
    ADDRESSES = "addresses"
    MENTIONS = "mentions"


RELATION_STRENGTH: tuple[Relation, ...] = tuple(Relation)
"""Strongest first: a paper keeps one relation to an entity, the first of these that its text supports."""


def strongest(relations: Iterable[Relation]) -> Relation:
    """The strongest of the relations that the mentions of one thing support.

    >>> strongest([Relation.MENTIONS, Relation.USES])
    <Relation.USES: 'uses'>
    """
    return min(relations, key=RELATION_STRENGTH.index)


def fitting(relation: Relation, kind: EntityType) -> Relation:
    """The relation, or what stands for it where a thing of this type cannot have it.

    Papers differ on what a thing is; the graph settles its type, and a relation has to hold for that.

    >>> fitting(Relation.EVALUATES_ON, EntityType.BENCHMARK), fitting(Relation.EVALUATES_ON, EntityType.METHOD)
    (<Relation.EVALUATES_ON: 'evaluates_on'>, <Relation.USES: 'uses'>)
    """
    if kind in _FITTING.get(relation, (kind,)):
        return relation
    return Relation.ADDRESSES if kind is EntityType.TASK else Relation.USES


_FITTING: dict[Relation, tuple[EntityType, ...]] = {
    Relation.EVALUATES_ON: (EntityType.BENCHMARK, EntityType.DATASET, EntityType.METRIC),
    Relation.TRAINS_ON: (EntityType.BENCHMARK, EntityType.DATASET),
    Relation.ADDRESSES: (EntityType.TASK,),
}
"""The types that a relation is limited to; the others hold for all."""


class EntityRelation(StrEnum):
    """How two entities relate; all but ``broader`` are derived from what papers say."""

    BROADER = "broader"
    INTRODUCED_BY = "introduced_by"
    BUILDS_ON = "builds_on"
    MEASURED_BY = "measured_by"


class ResultKind(StrEnum):
    """How the number of a result is meant."""

    ABSOLUTE = "absolute"
    GAIN = "gain"
    RELATIVE_GAIN = "relative_gain"
    SPEEDUP = "speedup"
    OTHER = "other"


class Field(StrEnum):
    """The part of a paper that a piece of evidence stands in."""

    TITLE = "title"
    ABSTRACT = "abstract"


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper, as one source states it or as merged from several.

    ``title`` and ``abstract`` are the stored text: LaTeX and all, the text that every offset refers to.
    ``date`` is ISO 8601 as far as it is known (``2024-02-05``, ``2024-02``, ``2024``; ``--06-02`` in a record whose
    source leaves the year out). ``sources`` name where it was read, as ``file:line``.
    """

    title: str
    abstract: str
    id: str = ""
    arxiv: str | None = None
    doi: str | None = None
    date: str | None = None
    author_count: int | None = None
    organisation: str | None = None
    upvotes: int | None = None
    sources: tuple[str, ...] = ()

    def text(self, field: Field) -> str:
        """The stored text of one field."""
        return self.title if field is Field.TITLE else self.abstract


@dataclass(frozen=True, slots=True)
class Reject:
    """A record that a reader had to set aside, with what a person needs to mend it."""

    source: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.source}:{self.line}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a paper names something.

    ``start`` and ``end`` are 0-based, end-exclusive offsets into the stored text of ``field``; so are
    ``sentence_start`` and ``sentence_end``. ``surface`` is the name as rendered for people (without LaTeX).
    ``rule`` names what found it; ``relation`` is what its sentence says the paper does with it.
    """

    field: Field
    start: int
    end: int
    sentence_start: int
    sentence_end: int
    surface: str
    rule: str
    relation: Relation
    confidence: float


@dataclass(frozen=True, slots=True)
class LocalEntity:
    """One thing that one paper names, all its mentions in that paper together.

    ``concept`` is the id of the vocabulary entry, if it is a known thing; ``family`` that of the entry of which it is
    a version or size; ``expansion`` the long form that the paper itself gives for an abbreviation. Identity across
    papers is decided later, by the linking.
    """

    name: str
    type: EntityType
    relation: Relation
    confidence: float
    mentions: tuple[Mention, ...]
    concept: str | None = None
    family: str | None = None
    expansion: str | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """A number that a paper states as an outcome.

    ``value`` is verbatim; ``number`` is it parsed (``None`` when it is no plain number). ``metric``, ``on`` and ``of``
    are names as the paper gives them: what was measured, on which data, achieved by what.
    """

    value: str
    number: float | None
    unit: str | None
    kind: ResultKind
    metric: str | None
    on: str | None
    of: str | None
    field: Field
    start: int
    end: int
    sentence_start: int
    sentence_end: int
    confidence: float

    def sentence(self, paper: Paper) -> str:
        """The sentence of its paper that states it, verbatim."""
        return paper.text(self.field)[self.sentence_start : self.sentence_end]

    @property
    def finite_number(self) -> float | None:
        """The number, where JSON, CSV and ``xsd:decimal`` can write it: none of them knows infinity."""
        return self.number if self.number is not None and math.isfinite(self.number) else None


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was found in one paper, before any other paper is known."""

    entities: tuple[LocalEntity, ...] = ()
    results: tuple[Result, ...] = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """One node of the graph: a thing under all its spellings."""

    id: str
    type: EntityType
    label: str
    aliases: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    exact_matches: tuple[str, ...] = ()
    known: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """The proof of a link: where the paper says so, in its stored text."""

    field: Field
    start: int
    end: int
    sentence: str
    surface: str
    rule: str
    relation: Relation
    confidence: float
