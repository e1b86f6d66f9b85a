"""What running text tells of a score beside its parts: whether it is the paper's own, and which numbers are better."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.extraction.tables.metrics import metric_named
from kg.model import ACHIEVERS, Conditions, LocalEntity, LocalResult, LocalSlot, Relation, ResultKind

__all__ = ["told_of", "with_ownership"]

_WE = re.compile(
    r"\b[Oo]ur (?:[a-z-]{1,20} ){0,3}(?:models?|methods?|approach(?:es)?|systems?|parsers?|taggers?|frameworks?|"
    r"agents?|networks?|architectures?|algorithms?)\b|"
    r"\b[Ww]e (?:[a-z]{1,15} )?(?:achieve|obtain|reach|attain|set|establish|score|improve)\b"
)
_BY_RELATION = {Relation.INTRODUCES: True, Relation.COMPARES_WITH: False}


def told_of(kind: ResultKind, metric: LocalSlot | None, of: LocalSlot | None, sentence: str) -> Conditions | None:
    """What metric and sentence say of a score: its direction, and that "we" reached it where nothing else did."""
    if kind is not ResultKind.ABSOLUTE:
        return None
    measure = metric_named(metric.text) if metric is not None else None
    better = measure.better if measure is not None else None
    told = Conditions(own=True if of is None and _WE.search(sentence) else None, better=better)
    return None if told == Conditions() else told


def with_ownership(result: LocalResult, entities: Sequence[LocalEntity]) -> LocalResult:
    """The result with ``own``, where the relation of what achieved it tells: own if the paper introduces it, not if it
    compares with it."""
    if result.kind is not ResultKind.ABSOLUTE or result.of is None or result.of.entity is None:
        return result
    achiever = entities[result.of.entity]
    own = _BY_RELATION.get(achiever.relation) if achiever.type in ACHIEVERS else None
    return result if own is None else replace(result, conditions=replace(result.conditions or Conditions(), own=own))
