"""Rows of the tables as values of the model."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from kg.model import (
    BODY,
    PAPER_FIELDS,
    Anchor,
    Conditions,
    Derivation,
    Entity,
    EntityType,
    Evidence,
    Paper,
    PassageKind,
    Relation,
    Result,
    ResultKind,
    Rule,
    Slot,
    TableCell,
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

ENTITY_COLUMNS = "id, type, label, exact_matches, introduced_in, homepages, known, direction, scale"
"""What ``entity_from`` makes an entity of, with its other names and families."""


def _part(table: str) -> str:
    """Kind and sentence of a place behind the abstract; title and abstract are read with the paper."""
    sentence = "substr(text, sentence_start + 1, sentence_end - sentence_start)"
    return (
        f"CASE WHEN {table}.place >= {BODY} THEN (SELECT json_array(part.kind, {sentence}) FROM paper "
        f"JOIN part ON record_id = body_record WHERE paper.id = {table}.paper_id AND part.place = {table}.place) END"
    )


EVIDENCE_COLUMNS = (
    'evidence.place, start, "end", sentence_start, sentence_end, surface, rule, evidence.relation, score, '
    + _part("evidence")
)
"""What ``evidence_from`` makes a piece of evidence of, with the paper that it is in."""

RESULT_COLUMNS = (
    'result.place, start, "end", sentence_start, sentence_end, value, number, unit, result.kind, '
    "metric, metric_id, measured_on, measured_on_id, achieved_by, achieved_by_id, confidence, "
    "split, suite, setting, base, own, deviation, better, row_head, column_head, cell, " + _part("result")
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
_PASSAGES = (PassageKind.TITLE, PassageKind.ABSTRACT)


def paper_from(row: Sequence[Any]) -> Paper:
    """The paper that a row of ``PAPER_COLUMNS``, and maybe more columns, holds."""
    *stated, sources = row[:_PAPER_WIDTH]
    for place, field in _LISTS:
        stated[place] = value_of(field, stated[place])
    return Paper(*(*stated, tuple(json.loads(sources))))


def entity_from(row: Sequence[Any], aliases: Iterable[str], parents: Iterable[str]) -> Entity:
    """The entity that a row of ``ENTITY_COLUMNS`` holds, with its other names and its families."""
    entity_id, kind, label, *addresses, known, direction, scale = row
    matches, papers, homepages = (_NONE if each == "[]" else tuple(json.loads(each)) for each in addresses)
    return Entity(
        entity_id,
        _TYPES[kind],
        label,
        tuple(aliases),
        tuple(parents),
        matches,
        papers,
        homepages,
        bool(known),
        direction,
        scale,
    )


def evidence_from(paper: Paper, row: Sequence[Any]) -> Evidence:
    """The piece of evidence that a row of ``EVIDENCE_COLUMNS`` holds; a sentence of title or abstract is cut from the
    paper."""
    place, start, end, sentence_start, sentence_end, surface, rule, relation, score, part = row
    anchor = Anchor(place, start, end, sentence_start, sentence_end)
    return Evidence(*_stated(paper, anchor, part), surface, _RULES.get(rule, Rule.PLUGIN), _RELATIONS[relation], score)


def derivation_from(paper: Paper, row: Sequence[Any]) -> Derivation:
    """The derivation that a row of ``DERIVATION_COLUMNS`` holds, its sentence cut from the paper."""
    anchor, (entity_id, other_id) = Anchor(*row[:5]), row[5:]
    return Derivation(entity_id, other_id, _PASSAGES[anchor.place], anchor, paper.sentence(anchor))


def result_from(paper: Paper, row: Sequence[Any]) -> Result:
    """The result that a row of ``RESULT_COLUMNS`` holds; a sentence of title or abstract is cut from the paper."""
    anchor = Anchor(*row[:5])
    value, number, unit, kind, metric, metric_id, on, on_id, of, of_id, confidence = row[5:16]
    slots = ((metric, metric_id), (on, on_id), (of, of_id))
    metric, on, of = (Slot(text, entity) if text else None for text, entity in slots)
    told, proof, part = row[16:23], row[23:26], row[26]
    passage, anchor, sentence = _stated(paper, anchor, part)
    conditions = _conditions(*told) if any(each is not None for each in told) else None
    cell = TableCell(*proof) if proof[2] is not None else None
    return Result(
        value, number, unit, _KINDS[kind], metric, on, of, passage, anchor, sentence, confidence, conditions, cell
    )


def _conditions(split: str, suite: str, setting: str, base: str, own: int, deviation: str, better: str) -> Conditions:
    return Conditions(split, suite, setting, base, None if own is None else bool(own), deviation, better)


def _stated(paper: Paper, anchor: Anchor, part: str | None) -> tuple[PassageKind, Anchor, str]:
    """Where something is stated, and the sentence: ``part`` has kind and sentence where it is in the body."""
    if part is None:
        text = paper.title if anchor.place == 0 else paper.abstract
        return _PASSAGES[anchor.place], anchor, text[anchor.sentence_start : anchor.sentence_end]
    kind, sentence = json.loads(part)
    return PassageKind(kind), anchor, sentence
