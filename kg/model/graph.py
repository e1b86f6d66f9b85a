"""The graph: entities, what papers do with them, the proofs, and the results between entities."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.model.kinds import EntityType, PassageKind, Relation, ResultKind, Rule
from kg.model.papers import Anchor
from kg.model.results import Conditions, TableCell

if TYPE_CHECKING:
    from kg.model.extractions import LocalSlot

__all__ = ["Derivation", "Entity", "Evidence", "Link", "Result", "Slot", "entity_of", "quote", "text_of"]


@dataclass(frozen=True, slots=True)
class Entity:
    """One node of the graph: a thing under all its spellings.

    Addresses that the vocabulary has for it: ``exact_matches`` of this very thing elsewhere, ``introduced_in`` of the
    papers that introduce it, ``homepages`` of its makers' pages about it. Of a metric it says the ``direction`` in
    which numbers are better (``higher`` or ``lower``) and their ``scale`` (``share`` or ``number``).
    """

    id: str
    type: EntityType
    label: str
    aliases: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    exact_matches: tuple[str, ...] = ()
    introduced_in: tuple[str, ...] = ()
    homepages: tuple[str, ...] = ()
    known: bool = False
    direction: str | None = None
    scale: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """One edge from a paper to an entity."""

    paper_id: str
    entity_id: str
    relation: Relation
    confidence: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """The proof of a link: where the paper says so, in its stored text, and the sentence, verbatim.

    ``score`` (0 to 1) is what the rule that found it makes of it, which is no probability.
    """

    passage: PassageKind
    anchor: Anchor
    sentence: str
    surface: str
    rule: Rule
    relation: Relation
    score: float


@dataclass(frozen=True, slots=True)
class Derivation:
    """That what a paper introduces extends, modifies or instantiates another thing, with the sentence that says so."""

    entity_id: str
    other_id: str
    passage: PassageKind
    anchor: Anchor
    sentence: str


@dataclass(frozen=True, slots=True)
class Slot:
    """A part of a result: as the paper words it, and the entity that it is, where the paper links one."""

    text: str
    entity_id: str | None = None


def quote(proof: Evidence | Result) -> str:
    """The stored text that the anchor of a proof spans."""
    anchor = proof.anchor
    return proof.sentence[anchor.start - anchor.sentence_start : anchor.end - anchor.sentence_start]


def text_of(slot: Slot | LocalSlot | None) -> str | None:
    """How the paper words a part of a result."""
    return slot.text if slot else None


def entity_of(slot: Slot | None) -> str | None:
    """The id of the entity that a part of a result is."""
    return slot.entity_id if slot else None


@dataclass(frozen=True, slots=True)
class Result:
    """A number that a paper states as an outcome, between entities: measured in, on, achieved by.

    ``value`` is verbatim, ``number`` it parsed (None where it is no plain number), in ``unit`` (``%``, ``points``,
    ``x``). ``sentence`` is the one that states it, verbatim; of a table, the row, its cells parted by tabs, and
    ``cell`` tells which.
    """

    value: str
    number: float | None
    unit: str | None
    kind: ResultKind
    metric: Slot | None
    on: Slot | None
    of: Slot | None
    passage: PassageKind
    anchor: Anchor
    sentence: str
    confidence: float
    conditions: Conditions | None = None
    cell: TableCell | None = None

    @property
    def finite_number(self) -> float | None:
        """The number, where JSON, CSV and ``xsd:decimal`` can write it: none of them knows infinity."""
        return self.number if self.number is not None and math.isfinite(self.number) else None

    @property
    def told(self) -> dict[str, str | bool | None]:
        """What is told of it beside its parts, by name; all names are there, None where nothing is told."""
        conditions, cell = self.conditions or _NOT_TOLD, self.cell
        return {
            "split": conditions.split,
            "suite": conditions.suite,
            "setting": conditions.setting,
            "base": conditions.base,
            "own": conditions.own,
            "deviation": conditions.deviation,
            "better": conditions.better,
            "row_head": cell.row if cell else None,
            "column_head": cell.column if cell else None,
            "cell": cell.text if cell else None,
        }


_NOT_TOLD = Conditions()
