"""Papers as JSON of ``kg``'s own, the way for programs to feed it.

One object a record: ``title`` (required), ``abstract``, ``arxiv``, ``doi``, ``date`` (ISO 8601), ``author_count`` (or
``authors``, a list), ``organisation``, ``upvotes``. These are held to their word: one that is wrong sets the record
aside. Other fields are taken where their names leave no doubt (``url``, ``year`` ...) and ignored where they do.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from kg.identifiers import arxiv_id, doi
from kg.model import DESCRIBED, Paper, PaperField, Stored
from kg.sources.addresses import addresses_of
from kg.sources.authors import authors_of
from kg.sources.dates import iso_date
from kg.sources.fields import RecordError, Row, check_length, clean, count_of, text_of, unwrap, value_of
from kg.sources.synonyms import Column, places_of
from kg.text.dates import is_date

__all__ = ["completed", "is_record", "paper"]

# Names that no other format has.
_OWN = frozenset(("arxiv", "date", "author_count", "organisation"))

_DATE = re.compile(r"(\d{4})(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?(?=\Z|T)", re.ASCII)


def is_record(row: Row) -> bool:
    """Whether an object bears a name that tells it from records of other formats; not each of ours does."""
    return not _OWN.isdisjoint(row)


def paper(row: Row, origin: str) -> Paper:
    """The paper of one object.

    Raises:
        RecordError: it has no title, or one of its fields is not what its name promises.
    """
    title = _string(row, "title") or _other(row, "title")
    if not title:
        raise RecordError("'title' is missing or empty")
    abstract = _string(row, "abstract") or _other(row, "abstract")
    check_length(title, abstract)
    described: dict[str, Any] = {each.name: _own(row, each) for each in DESCRIBED}
    if described["author_count"] is None:
        described["author_count"] = authors_of(row.get("authors")).count
    arxiv, found_doi = _arxiv(row), _doi(row)
    return Paper(
        title=title,
        abstract=abstract,
        arxiv=arxiv or arxiv_id(found_doi or "") or _first(arxiv_id, row, "identifier"),
        doi=found_doi or _first(doi, row, "identifier"),
        date=_date(row) or _first(iso_date, row, "date"),
        urls=addresses_of(_others(row, "identifier")),
        sources=(origin,),
        **described,
    )


def completed(paper: Paper, row: Row) -> Paper:
    """A paper from a record of another format, with what it lacks from fields whose names leave no doubt.

    Raises:
        RecordError: the text is longer than any abstract.
    """
    abstract = paper.abstract or unwrap(_other(row, "abstract"))
    check_length(paper.title, abstract)
    return replace(
        paper,
        abstract=abstract,
        arxiv=paper.arxiv or _first(arxiv_id, row, "identifier"),
        doi=paper.doi or _first(doi, row, "identifier"),
        date=paper.date or _first(iso_date, row, "date"),
        urls=paper.urls or addresses_of(_others(row, "identifier")),
        **{each.name: _described(row, each) for each in DESCRIBED if getattr(paper, each.name) in (None, "", ())},
    )


def _described(row: Row, field: PaperField) -> Any:
    """A field by its own name if it counts something, by any name that leaves no doubt if it does not."""
    return value_of(field, row.get(field.name) if field.stored is Stored.INTEGER else _value(row, field.name))


def _first(parse: Callable[[str], str | None], row: Row, column: Column) -> str | None:
    return next(filter(None, map(parse, _others(row, column))), None)


def _others(row: Row, column: Column) -> list[str]:
    values = list(row.values())
    return [clean(text_of(values[place])) for place in places_of(tuple(row)).get(column, ())]


def _other(row: Row, column: Column) -> str:
    return next(filter(None, _others(row, column)), "")


def _string(row: Row, key: str) -> str | None:
    value = row.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise RecordError(f"{key!r} must be a string")
    return clean(value)


def _own(row: Row, field: PaperField) -> Any:
    """A field by its own name, held to its word; a list also by other names, and in any form."""
    if field.stored is Stored.INTEGER:
        return _integer(row, field.name)
    if field.stored.is_list or field.name == "type":
        return value_of(field, _value(row, field.name))
    return _string(row, field.name) or _other(row, field.name) or None


def _value(row: Row, column: Column) -> object:
    """What stands under the plainest name of a thing that holds anything."""
    values = list(row.values())
    return next(filter(None, (values[place] for place in places_of(tuple(row)).get(column, ()))), None)


def _integer(row: Row, key: str) -> int | None:
    value = row.get(key)
    if value is None:
        return None
    number = None if isinstance(value, list) else count_of(value)
    if number is None:
        raise RecordError(f"{key!r} must be a whole number")
    return number


def _arxiv(row: Row) -> str | None:
    value = _string(row, "arxiv")
    if value and arxiv_id(value) is None:
        raise RecordError(f"'arxiv' is no arxiv identifier: {value[:60]!r}")
    return arxiv_id(value) if value else None


def _doi(row: Row) -> str | None:
    value = _string(row, "doi")
    if value and doi(value) is None:
        raise RecordError(f"'doi' is no doi identifier: {value[:60]!r}")
    return doi(value) if value else None


def _date(row: Row) -> str | None:
    value = _string(row, "date")
    if not value:
        return None
    match = _DATE.match(value)
    if match is None:
        raise RecordError(f"'date' must be ISO 8601, as 2024-02-05: {value[:40]!r}")
    if not is_date(match.group(0)):
        raise RecordError(f"'date' is not in the calendar: {match.group(0)}")
    return match.group(0)
