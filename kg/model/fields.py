"""How a field of a paper behaves, said once, beside the field: how records agree on it, how it is stored and named.

Reading, merging, provenance, the store, exports, RDF and shapes go through these; to add a field is to add its line to
``Paper``.
"""

from __future__ import annotations

from dataclasses import Field, dataclass, field, fields
from enum import StrEnum
from typing import Any

__all__ = ["Merge", "PaperField", "Stored", "paper_fields", "stated"]


class Merge(StrEnum):
    """Which value a paper takes where its records state several; they are asked in the order of the longest text."""

    FIRST = "first"  # that any record states
    EARLIEST = "earliest"  # of dates, a less exact one only where nobody states the day
    LARGEST = "largest"
    ALL = "all"  # of lists, what any of them holds, once
    FULLEST = "fullest"  # of lists of people, the longest, and of equals the one that says most of each


class Stored(StrEnum):
    """What a field holds."""

    TEXT = "text"
    INTEGER = "integer"
    TEXTS = "texts"  # a tuple of them
    AUTHORS = "authors"  # a tuple of them

    @property
    def is_list(self) -> bool:
        """Whether a value is a tuple, empty where nothing is stated; the others are None then."""
        return self in (Stored.TEXTS, Stored.AUTHORS)

    @property
    def column(self) -> str:
        """The type of the column in the store, where a list is its JSON."""
        return "INTEGER" if self is Stored.INTEGER else "TEXT"


@dataclass(frozen=True, slots=True)
class PaperField:
    """One field that sources state of a paper beside its text.

    ``name`` is that of the attribute, the column and the key in exports. ``rdf`` is the property that holds it, with
    its datatype (``xsd:string`` is a plain literal), None where RDF says it in a way of its own. ``contested``: sources
    that state it differently disagree (two counts of votes only differ in their day). ``names`` are what columns and
    keys of people's own tables call it, the plainest first.
    """

    name: str
    stored: Stored
    merge: Merge
    rdf: tuple[str, str] | None
    contested: bool
    names: tuple[str, ...]


def stated(
    stored: Stored = Stored.TEXT,
    merge: Merge = Merge.FIRST,
    *,
    rdf: tuple[str, str] | None = None,
    contested: bool = True,
    names: str = "",
) -> Any:
    """A field that a source may state of a paper, or leave out; see ``PaperField``. ``names`` are parted by commas."""
    behaviour = (stored, merge, rdf, contested, tuple(filter(None, map(str.strip, names.split(",")))))
    return field(default=() if stored.is_list else None, metadata={"stated": behaviour})


def paper_fields(paper: type) -> tuple[PaperField, ...]:
    """The stated fields of a dataclass, in their order."""
    return tuple(PaperField(each.name, *_behaviour(each)) for each in fields(paper) if "stated" in each.metadata)


def _behaviour(each: Field[Any]) -> tuple[Any, ...]:
    behaviour: tuple[Any, ...] = each.metadata["stated"]
    return behaviour
