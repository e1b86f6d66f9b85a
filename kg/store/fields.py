"""The stated fields of papers as cells of the store: lists are JSON, and an empty one is NULL."""

from __future__ import annotations

import json
from typing import Any

from kg.model import Author, PaperField, Stored

__all__ = ["cell_of", "value_of"]


def cell_of(field: PaperField, value: Any) -> str | int | None:
    """What is stored of a value.

    >>> from kg.model import PAPER_FIELDS
    >>> (authors,) = (field for field in PAPER_FIELDS if field.name == "authors")
    >>> cell_of(authors, (Author("Ada Apple", orcid="0000-0002-1825-0097"),))
    '[{"name": "Ada Apple", "orcid": "0000-0002-1825-0097"}]'
    """
    if not field.stored.is_list:
        return value  # type: ignore[no-any-return]
    if field.stored is Stored.AUTHORS:
        value = [author.known for author in value]
    return json.dumps(value, ensure_ascii=False) if value else None


def value_of(field: PaperField, cell: str | int | None) -> Any:
    """The value of which ``cell_of`` made a cell."""
    if not field.stored.is_list:
        return cell
    if cell is None:
        return ()
    values = json.loads(str(cell))
    return tuple(Author(**each) for each in values) if field.stored is Stored.AUTHORS else tuple(values)
