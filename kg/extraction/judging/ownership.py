"""Whether a result of running text is the paper's own: by its words, and by the relation of what achieved it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.model import ACHIEVERS, Conditions, LocalEntity, LocalResult, LocalSlot, Relation, ResultKind

__all__ = ["claimed", "with_ownership"]

_WE = re.compile(
    r"\b[Oo]ur (?:[a-z-]{1,20} ){0,3}(?:models?|methods?|approach(?:es)?|systems?|parsers?|taggers?|frameworks?|"
    r"agents?|networks?|architectures?|algorithms?)\b|"
    r"\b[Ww]e (?:[a-z]{1,15} )?(?:achieve|obtain|reach|attain|set|establish|score|improve)\b"
)
_BY_RELATION = {Relation.INTRODUCES: True, Relation.COMPARES_WITH: False}


def claimed(kind: ResultKind, of: LocalSlot | None, sentence: str) -> Conditions | None:
    """What the sentence of a score says of whose it is: that "we" or "our" system reached it, and nothing else did."""
    return Conditions(own=True) if kind is ResultKind.ABSOLUTE and of is None and _WE.search(sentence) else None


def with_ownership(result: LocalResult, entities: Sequence[LocalEntity]) -> LocalResult:
    """The result with ``own``, where the relation of what achieved it tells: own if the paper introduces it, not if it
    compares with it."""
    if result.kind is not ResultKind.ABSOLUTE or result.of is None or result.of.entity is None:
        return result
    achiever = entities[result.of.entity]
    own = _BY_RELATION.get(achiever.relation) if achiever.type in ACHIEVERS else None
    return result if own is None else replace(result, conditions=Conditions(own=own))
