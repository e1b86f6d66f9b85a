"""Extractions as JSON text, the way they are kept between extracting and linking."""

from __future__ import annotations

import json
from dataclasses import asdict

from kg.model import EntityType, Extraction, Field, LocalEntity, Mention, Relation, Result, ResultKind

__all__ = ["dump_extraction", "load_entities", "load_extraction"]


def dump_extraction(extraction: Extraction) -> str:
    """One line of JSON, the same for equal extractions.

    >>> load_extraction(dump_extraction(Extraction())) == Extraction()
    True
    """
    return json.dumps(asdict(extraction), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def load_extraction(payload: str) -> Extraction:
    """The extraction that ``dump_extraction`` wrote."""
    data = json.loads(payload)
    return Extraction(
        entities=_entities(data),
        results=tuple(
            Result(**{**row, "kind": ResultKind(row["kind"]), "field": Field(row["field"])}) for row in data["results"]
        ),
    )


def load_entities(payload: str, *, mentions: bool = True) -> tuple[LocalEntity, ...]:
    """The entities of the extraction alone; without ``mentions``, which are most of it, where nobody asks for them."""
    return _entities(json.loads(payload), mentions=mentions)


def _entities(data: dict[str, list[dict[str, object]]], *, mentions: bool = True) -> tuple[LocalEntity, ...]:
    return tuple(_entity(row if mentions else {**row, "mentions": []}) for row in data["entities"])


def _entity(row: dict[str, object]) -> LocalEntity:
    mentions = row.pop("mentions")
    assert isinstance(mentions, list)
    return LocalEntity(
        **{  # type: ignore[arg-type]
            **row,
            "type": EntityType(str(row["type"])),
            "relation": Relation(str(row["relation"])),
            "mentions": tuple(
                Mention(**{**m, "field": Field(m["field"]), "relation": Relation(m["relation"])}) for m in mentions
            ),
        }
    )
