"""The values that flow through ``kg``: frozen, typed, and with no behaviour but views of themselves.

Closed sets are ``StrEnum``; everything a reader, the extraction, the linking and the store hand to each other is a
frozen dataclass from here. It imports nothing else of ours.

What only builds hand on (extractions, and what is linked of them) is loaded on first use: questions are to answer at
once, and need none of it.
"""

from typing import TYPE_CHECKING, Any

from kg.model.authors import Author
from kg.model.fields import Merge, PaperField, Stored
from kg.model.fulltext import Cell, Part, Table
from kg.model.graph import Derivation, Entity, Evidence, Link, Result, Slot, entity_of, quote, text_of
from kg.model.kinds import (
    ACHIEVERS,
    DATA,
    MEASURES,
    EntityRelation,
    EntityType,
    PaperStatus,
    PaperType,
    PassageKind,
    Relation,
    ResultKind,
    Rule,
    fitting,
    strongest,
)
from kg.model.papers import BODY, DESCRIBED, PAPER_FIELDS, Anchor, Paper, Passage, Reject
from kg.model.results import Conditions, TableCell

if TYPE_CHECKING:
    from kg.model.extractions import Extraction, LocalDerivation, LocalEntity, LocalResult, LocalSlot, Mention
    from kg.model.linked import LinkedPaper, ResolvedResult

__all__ = [
    "ACHIEVERS",
    "BODY",
    "DATA",
    "DESCRIBED",
    "MEASURES",
    "PAPER_FIELDS",
    "Anchor",
    "Author",
    "Cell",
    "Conditions",
    "Derivation",
    "Entity",
    "EntityRelation",
    "EntityType",
    "Evidence",
    "Extraction",
    "Link",
    "LinkedPaper",
    "LocalDerivation",
    "LocalEntity",
    "LocalResult",
    "LocalSlot",
    "Mention",
    "Merge",
    "Paper",
    "PaperField",
    "PaperStatus",
    "PaperType",
    "Part",
    "Passage",
    "PassageKind",
    "Reject",
    "Relation",
    "ResolvedResult",
    "Result",
    "ResultKind",
    "Rule",
    "Slot",
    "Stored",
    "Table",
    "TableCell",
    "entity_of",
    "fitting",
    "quote",
    "strongest",
    "text_of",
]


def __getattr__(name: str) -> Any:
    """A value of builds, from the module that it lies in."""
    if name in __all__:
        from kg.model import extractions, linked

        for module in (extractions, linked):
            if name in module.__all__:
                return getattr(module, name)
    raise AttributeError(f"module 'kg.model' has no attribute {name!r}")
