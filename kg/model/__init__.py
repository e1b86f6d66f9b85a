"""The values that flow through ``kg``: frozen, typed, and with no behaviour but views of themselves.

Closed sets are ``StrEnum``; everything a reader, the extraction, the linking and the store hand to each other is a
frozen dataclass from here. It imports nothing else of ours.
"""

from kg.model.extractions import Extraction, LocalEntity, LocalResult, LocalSlot, Mention
from kg.model.graph import Entity, Evidence, Link, Result, Slot
from kg.model.kinds import (
    EntityRelation,
    EntityType,
    PassageKind,
    Relation,
    ResultKind,
    Rule,
    fitting,
    strongest,
)
from kg.model.papers import Anchor, Paper, Passage, Reject

__all__ = [
    "Anchor",
    "Entity",
    "EntityRelation",
    "EntityType",
    "Evidence",
    "Extraction",
    "Link",
    "LocalEntity",
    "LocalResult",
    "LocalSlot",
    "Mention",
    "Paper",
    "Passage",
    "PassageKind",
    "Reject",
    "Relation",
    "Result",
    "ResultKind",
    "Rule",
    "Slot",
    "fitting",
    "strongest",
]
