"""What the components of the pipeline say of a text. Proposals decide nothing; the judge does.

A proposal names its span by offsets into the text that is read (``Findings.text``). Its ``score``, 0 to 1, is what its
source makes of it: no probability, and comparable only as the judge's weights say.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import EntityType, Relation, ResultKind, Rule

__all__ = ["ROW_RULES", "NameProposal", "RelationProposal", "RowProposal", "Span"]

Span = tuple[int, int]
"""Start and end, 0-based, end-exclusive."""

ROW_RULES = "kg_row_rules"
"""The source of rows that rules propose: beside a reader they only back it."""


@dataclass(frozen=True, slots=True)
class NameProposal:
    """That a span is a name.

    ``concept`` is the vocabulary id when the name is known; ``family`` the vocabulary id of what this is a version or
    size of; ``expansion`` the long form that the paper gives. ``needs_context`` marks a reading that only the context
    can confirm; ``introduced`` that the paper presents it as its own; ``fragment`` a span that is no form of the name
    elsewhere ("70B" of "Llama-3.1-8B/70B"). A component that is not ours gives the rule ``Rule.PLUGIN``.
    """

    start: int
    end: int
    name: str
    rule: Rule
    score: float
    type: EntityType | None = None
    concept: str | None = None
    family: str | None = None
    expansion: str | None = None
    needs_context: bool = False
    introduced: bool = False
    fragment: bool = False

    @property
    def span(self) -> Span:
        """Start and end."""
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class RelationProposal:
    """That the words around a name say what the paper does with the thing, whatever the thing turns out to be.

    It holds for things of the types ``holds_for``; with ``listed`` only for things that the vocabulary knows (True) or
    does not know (False); with ``own_work`` only in a sentence that turns out to speak of the paper's own work. Of the
    proposals for a name that hold, the judge takes the one of the highest score.
    """

    start: int
    end: int
    relation: Relation
    score: float
    source: str
    holds_for: frozenset[EntityType] = frozenset(EntityType)
    listed: bool | None = None
    own_work: bool = False


@dataclass(frozen=True, slots=True)
class RowProposal:
    """That a number is an outcome: ``number`` (None when it is too long to be one), its ``unit`` and ``kind``.

    ``digits`` is the span of the number within that of the whole value; where a name has any of them, it is no outcome.
    ``measure`` is what is measured, in the paper's words, where it is too general to be a name ("accuracy").
    ``needs_metric`` marks a number that is an outcome only beside the name of a metric. ``metric``, ``on`` and ``of``
    are the spans of names that may fill the slots, best first; what they leave open the judge fills from the names of
    the sentence.
    """

    start: int
    end: int
    digits: Span
    number: float | None
    unit: str | None
    kind: ResultKind
    score: float
    source: str
    measure: str | None = None
    needs_metric: bool = False
    metric: tuple[Span, ...] = ()
    on: tuple[Span, ...] = ()
    of: tuple[Span, ...] = ()
