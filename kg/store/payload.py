"""Extractions as JSON text, the way they are kept between extracting and linking."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from kg.model import EntityType, Extraction, Relation

__all__ = ["NamedThing", "dump_extraction", "load_extraction", "load_names"]


@dataclass(frozen=True, slots=True)
class NamedThing:
    """A local entity as far as its identity goes: without its mentions, which are most of what is stored."""

    name: str
    type: EntityType
    relation: Relation
    confidence: float
    concept: str | None = None
    family: str | None = None
    expansion: str | None = None


@dataclass(frozen=True, slots=True)
class _Names:
    entities: tuple[NamedThing, ...] = ()


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Extraction).decode
_decode_names = msgspec.json.Decoder(_Names).decode


def dump_extraction(extraction: Extraction) -> str:
    """One line of JSON, the same for equal extractions.

    >>> load_extraction(dump_extraction(Extraction())) == Extraction()
    True
    """
    return _encode(extraction).decode()


def load_extraction(payload: str) -> Extraction:
    """The extraction that ``dump_extraction`` wrote."""
    return _decode(payload)


def load_names(payload: str) -> tuple[NamedThing, ...]:
    """What the extraction names, alone."""
    return _decode_names(payload).entities
