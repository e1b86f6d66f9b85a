"""Rows of the tables as values of the model."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from kg.model import Entity, EntityType, Evidence, Field, Paper, Relation, Result, ResultKind

__all__ = [
    "EVIDENCE_COLUMNS",
    "PAPER_COLUMNS",
    "RESULT_COLUMNS",
    "entity_from",
    "evidence_from",
    "paper_from",
    "result_from",
]

PAPER_COLUMNS = (
    "paper.id, paper.title, paper.abstract, arxiv, doi, paper.date, author_count, organisation, upvotes, sources"
)
"""What ``paper_from`` makes a paper of."""

EVIDENCE_COLUMNS = 'field, start, "end", sentence_start, sentence_end, surface, rule, evidence.relation, confidence'
"""What ``evidence_from`` makes a piece of evidence of, with the paper that it is in."""

RESULT_COLUMNS = (
    'value, number, unit, kind, metric, measured_on, achieved_by, field, start, "end", sentence_start, sentence_end, '
    "confidence"
)
"""What ``result_from`` makes a result of."""

# Looked up, which takes a quarter of the time of calling the class; large answers have tens of thousands of rows.
_FIELDS = {str(field): field for field in Field}
_RELATIONS = {str(relation): relation for relation in Relation}
_TYPES = {str(kind): kind for kind in EntityType}
_KINDS = {str(kind): kind for kind in ResultKind}


def paper_from(row: Sequence[Any]) -> Paper:
    """The paper that a row of ``PAPER_COLUMNS``, and maybe more columns, holds."""
    paper_id, title, abstract, arxiv, doi, date, author_count, organisation, upvotes, sources = row[:10]
    return Paper(
        title, abstract, paper_id, arxiv, doi, date, author_count, organisation, upvotes, tuple(json.loads(sources))
    )


def entity_from(row: Sequence[Any], aliases: Iterable[str], parents: Iterable[str]) -> Entity:
    """The entity of a row (id, type, label, known, exact matches), with its other names and its families."""
    entity_id, kind, label, known, matches = row
    return Entity(
        entity_id, _TYPES[kind], label, tuple(aliases), tuple(parents), tuple(json.loads(matches)), bool(known)
    )


def evidence_from(paper: Paper, row: Sequence[Any]) -> Evidence:
    """The piece of evidence that a row of ``EVIDENCE_COLUMNS`` holds, its sentence cut from the paper."""
    field, start, end, sentence_start, sentence_end, surface, rule, relation, confidence = row
    part = _FIELDS[field]
    sentence = paper.text(part)[sentence_start:sentence_end]
    return Evidence(part, start, end, sentence, surface, rule, _RELATIONS[relation], confidence)


def result_from(row: Sequence[Any]) -> Result:
    """The result that a row of ``RESULT_COLUMNS`` holds."""
    value, number, unit, kind, metric, on, of, field, *places = row
    return Result(value, number, unit, _KINDS[kind], metric, on, of, _FIELDS[field], *places)
