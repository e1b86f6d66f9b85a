"""What is known of a thing without the reader: its type, what the rules read of it, and where it stands.

The reader's heads are given these beside its own vectors, in training as in use.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kg.extraction.document import Findings
from kg.extraction.items import Floats
from kg.extraction.judging.relations import Relations
from kg.extraction.judging.things import Thing
from kg.extraction.own_work import own_work_from
from kg.model import EntityType, Relation

__all__ = ["FEATURES", "all_features", "features_of"]

_TYPES, _RELATIONS = tuple(EntityType), tuple(Relation)
_OFTEN = 3  # mentions
FEATURES = len(_TYPES) + 2 * len(_RELATIONS) + 11
"""How many there are."""


def all_features(found: Findings, things: Sequence[Thing], relations: Relations) -> Floats:
    """(things, features)."""
    own_work = own_work_from(found)
    rows = [features_of(thing, found, relations, own_work) for thing in things]
    return np.array(rows, dtype=np.float32).reshape(len(things), FEATURES)


def features_of(thing: Thing, found: Findings, relations: Relations, own_work: int) -> Floats:
    """The features, in an order that the weights depend on; ``own_work`` is the first sentence of the paper's own."""
    starts = {mention.start for mention in thing.mentions}
    sentences = {found.sentence_at(start) for start in starts}
    body = [number for number in sentences if not found.in_title(found.sentences[number][0])]
    in_title = any(map(found.in_title, starts))
    length = len(found.sentences)
    overall, said = relations.by_rules(thing)
    return np.array(
        [
            *(thing.type is each for each in _TYPES),
            *(overall is each for each in _RELATIONS),
            *(each in said for each in _RELATIONS),
            None in said,
            thing.listed,
            thing.introduced,
            in_title,
            not in_title and max(sentences) < own_work,
            len(starts) > 1,
            len(starts) > _OFTEN,
            len(sentences) > 1,
            bool(relations.own & sentences),
            min(body, default=0) / length,
            max(body, default=0) / length,
        ],
        dtype=np.float32,
    )
