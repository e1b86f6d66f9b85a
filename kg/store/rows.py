"""Rows of the tables as values of the model."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from kg.model import (
    PAPER_FIELDS,
    Anchor,
    Derivation,
    Entity,
    EntityType,
    Evidence,
    Paper,
    Relation,
    Result,
    ResultKind,
    Rule,
    Slot,
)
from kg.store.fields import value_of

__all__ = [
    "DERIVATION_COLUMNS",
    "ENTITY_COLUMNS",
    "EVIDENCE_COLUMNS",
    "PAPER_COLUMNS",
    "RESULT_COLUMNS",
    "derivation_from",
    "entity_from",
    "evidence_from",
    "paper_from",
    "result_from",
]

PAPER_COLUMNS = ", ".join(
    f"paper.{name}" for name in ("title", "abstract", "id", *(field.name for field in PAPER_FIELDS), "sources")
)
"""What ``paper_from`` makes a paper of, in the order of the fields of ``Paper``."""

ENTITY_COLUMNS = "id, type, label, exact_matches, introduced_in, homepages, known"
"""What ``entity_from`` makes an entity of, with its other names and families."""

EVIDENCE_COLUMNS = 'place, start, "end", sentence_start, sentence_end, surface, rule, evidence.relation, score'
"""What ``evidence_from`` makes a piece of evidence of, with the paper that it is in."""

RESULT_COLUMNS = (
    'place, start, "end", sentence_start, sentence_end, value, number, unit, kind, '
    "metric, metric_id, measured_on, measured_on_id, achieved_by, achieved_by_id, confidence"
)
"""What ``result_from`` makes a result of, with the paper that it is in."""

DERIVATION_COLUMNS = 'place, start, "end", sentence_start, sentence_end, entity_id, other_id'
"""What ``derivation_from`` makes a derivation of, with the paper that it is in."""

_PAPER_WIDTH = PAPER_COLUMNS.count(",") + 1
_LISTS = [
    (place, field)
    for place, field in enumerate(PAPER_FIELDS, start=len(("title", "abstract", "id")))
    if field.stored.is_list
]

_NONE: tuple[str, ...] = ()  # of most entities nothing is listed
# Looked up, which takes a quarter of the time of calling the class; large answers have tens of thousands of rows.
_RELATIONS = {str(relation): relation for relation in Relation}
_TYPES = {str(kind): kind for kind in EntityType}
_KINDS = {str(kind): kind for kind in ResultKind}
_RULES = {str(rule): rule for rule in Rule}
_PASSAGES = tuple(passage.kind for passage in Paper("", "").passages)


def paper_from(row: Sequence[Any]) -> Paper:
    """The paper that a row of ``PAPER_COLUMNS``, and maybe more columns, holds."""
    *stated, sources = row[:_PAPER_WIDTH]
    for place, field in _LISTS:
        stated[place] = value_of(field, stated[place])
    return Paper(*(*stated, tuple(json.loads(sources))))


def entity_from(row: Sequence[Any], aliases: Iterable[str], parents: Iterable[str]) -> Entity:
    """The entity that a row of ``ENTITY_COLUMNS`` holds, with its other names and its families."""
    entity_id, kind, label, *addresses, known = row
    matches, papers, homepages = (_NONE if each == "[]" else tuple(json.loads(each)) for each in addresses)
    return Entity(
        entity_id, _TYPES[kind], label, tuple(aliases), tuple(parents), matches, papers, homepages, bool(known)
    )


def evidence_from(paper: Paper, row: Sequence[Any]) -> Evidence:
    """The piece of evidence that a row of ``EVIDENCE_COLUMNS`` holds, its sentence cut from the paper."""
    place, start, end, sentence_start, sentence_end, surface, rule, relation, score = row
    return Evidence(
        _PASSAGES[place],
        Anchor(place, start, end, sentence_start, sentence_end),
        paper.text_at(place)[sentence_start:sentence_end],
        surface,
        _RULES.get(rule, Rule.PLUGIN),
        _RELATIONS[relation],
        score,
    )


def derivation_from(paper: Paper, row: Sequence[Any]) -> Derivation:
    """The derivation that a row of ``DERIVATION_COLUMNS`` holds, its sentence cut from the paper."""
    anchor, (entity_id, other_id) = Anchor(*row[:5]), row[5:]
    return Derivation(entity_id, other_id, _PASSAGES[anchor.place], anchor, paper.sentence(anchor))


def result_from(paper: Paper, row: Sequence[Any]) -> Result:
    """The result that a row of ``RESULT_COLUMNS`` holds, its sentence cut from the paper."""
    anchor = Anchor(*row[:5])
    value, number, unit, kind, metric, metric_id, on, on_id, of, of_id, confidence = row[5:]
    slots = ((metric, metric_id), (on, on_id), (of, of_id))
    metric, on, of = (Slot(text, entity) if text else None for text, entity in slots)
    passage, sentence = _PASSAGES[anchor.place], paper.sentence(anchor)
    return Result(value, number, unit, _KINDS[kind], metric, on, of, passage, anchor, sentence, confidence)
