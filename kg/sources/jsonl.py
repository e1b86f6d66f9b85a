"""Papers as JSON of ``kg``'s own, and of everyone's who names its fields plainly.

One object a record: ``title`` (required), ``abstract``, ``arxiv``, ``doi``, ``date``, ``authors``, ``author_count``,
``organisation``, ``upvotes`` ... Fields are found by their names, however they are spelt, also in an object within the
record that speaks of the same paper, and are read in the forms that people write them in. A value that cannot be
understood costs itself alone and leaves a remark.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple

from kg.identifiers import arxiv_id, doi, is_no_doi
from kg.model import DESCRIBED, Paper, PaperField, Stored
from kg.sources.addresses import addresses_of
from kg.sources.authors import Authors, authors_of
from kg.sources.dates import iso_date
from kg.sources.fields import (
    RecordError,
    Row,
    check_length,
    clean,
    count_of,
    first_found,
    not_understood,
    unwrap,
)
from kg.sources.fields import value_of as field_value
from kg.sources.jsonvalues import date_in, paragraphs, plain_text, texts_in
from kg.sources.synonyms import Column, column_of, places_of

__all__ = ["column_named", "completed", "is_record", "opened", "paper", "titles_of"]

# Names that no other format has.
_OWN = frozenset(("arxiv", "date", "author_count", "organisation"))

_VOCABULARY = re.compile(r"(?:dc|dcterms|prism|schema|bibo|fabio):", re.IGNORECASE)
_INDEXED = re.compile(r"_(?:s|ss|t|txt|display|tesim|tdate)\Z")  # by which Solr tells the types of its fields
_ALSO = {"identifier": "id", "identifiers": "id", "headline": "title", "ispartof": "venue", "pub": "venue",
         "authfullname": "authors", "doiid": "doi", "journals": "venue", "produceddate": "date"}  # fmt: skip
_ALSO_NAMES = frozenset(("name", "paper"))  # of a title, but of much else besides
_NO_TITLE = ("http://", "https://", "10.", "arxiv:")
_PEOPLE = ("authors", "author", "list", "items", "data", "nodes", "edges")  # around a list of people
_MOST_NAMES = 200  # of fields, of an object whose names are worth remembering
_PROSE = 200  # characters that no title and no name have
_NOTHING = (None, ())
_OPEN = ("type", "organisation", "venue")  # whose values need be in no form
_MODELS_WORDS = ("tldr", "tl;dr", "aisummary", "ai_summary")
_FULL_TEXT = ("body", "fulltext", "full_text", "references", "bibliography")


def is_record(row: Row) -> bool:
    """Whether an object bears a name that tells it from records of other formats; not each of ours does."""
    return not _OWN.isdisjoint(row)


def paper(row: Row, origin: str) -> Paper:
    """The paper of one object.

    Raises:
        RecordError: it has no title, or its text is longer than any abstract.
    """
    row = opened(row)
    fields = _Fields(row)
    title = next(iter(_titles(fields)), "")
    if not title:
        raise RecordError("'title' is missing or empty")
    abstract = _abstract(fields)
    check_length(title, abstract)
    remarks: list[str] = []
    arxiv, found_doi = _identifier(row, "arxiv", arxiv_id, remarks), _identifier(row, "doi", doi, remarks)
    dates = _dates(row, fields)
    date = first_found(iso_date, dates)
    if dates and date is None:
        remarks.append(not_understood("date", dates[0]))
    described = {each.name: _value(row, fields, each, remarks) for each in DESCRIBED if each.name != "authors"}
    authors = _authors(fields, remarks)
    described["author_count"] = described["author_count"] or _number(fields.under("authors"), authors)
    identifiers = fields.texts("identifier")
    if not abstract:
        remarks += _unread_prose(row)
    return Paper(
        title=title,
        abstract=abstract,
        arxiv=arxiv or arxiv_id(found_doi or "") or first_found(arxiv_id, [*identifiers, *fields.texts("title")]),
        doi=found_doi or first_found(doi, identifiers),
        date=date,
        authors=authors.named,
        urls=addresses_of(identifiers),
        sources=(origin,),
        remarks=tuple(remarks),
        **described,
    )


def completed(paper: Paper, row: Row) -> Paper:
    """A paper from a record of another format, with what it lacks from fields whose names leave no doubt.

    Raises:
        RecordError: the text is longer than any abstract.
    """
    fields = _Fields(row)
    changes: dict[str, Any] = {
        each.name: found
        for each in fields.described
        if getattr(paper, each.name) in _NOTHING
        and (found := _value(row, fields, each, []) if each.name != "authors" else _authors(fields, []).named)
        not in _NOTHING
    }
    if not paper.abstract and (abstract := unwrap(_abstract(fields))):
        check_length(paper.title, abstract)
        changes["abstract"] = abstract
    if paper.date is None and (date := first_found(iso_date, _dates(row, fields))):
        changes |= {"date": date, "remarks": tuple(each for each in paper.remarks if not each.startswith("'date'"))}
    if paper.arxiv is None or paper.doi is None or not paper.urls:
        identifiers = fields.texts("identifier")
        if paper.arxiv is None and (found := first_found(arxiv_id, identifiers)):
            changes["arxiv"] = found
        if paper.doi is None and (found := first_found(doi, identifiers)):
            changes["doi"] = found
        if not paper.urls and (urls := addresses_of(identifiers)):
            changes["urls"] = urls
    return replace(paper, **changes) if changes else paper


def titles_of(row: Row) -> list[str]:
    """What may be the title, under the plainest name first; addresses, identifiers and numbers are none."""
    return _titles(_Fields(row))


def _titles(fields: _Fields) -> list[str]:
    values = (value for value in fields.under("title") if not isinstance(value, (int, float)))
    texts = (clean(text) for value in values for text in texts_in(value))
    return [text for text in texts if text and not text.lower().startswith(_NO_TITLE)]


def opened(row: Row) -> Row:
    """An object together with what an object in it says of the same paper: ``{"details": {"abstract": ...}}``.

    It is the same if it has the same title, or only one of the two has any. What the outer object says itself counts.

    >>> opened({"title": "A", "details": {"title": "A", "abstract": "B"}})["abstract"]
    'B'
    """
    inner: dict[str, object] = {}
    for key, value in islice(row.items(), _MOST_NAMES):
        if isinstance(value, dict) and column_named(key) in (None, "title", "abstract") and _is_same(row, value):
            inner |= value
    return {**inner, **{key: value for key, value in row.items() if key not in inner or value}} if inner else row


def _is_same(outer: Row, inner: Row) -> bool:
    title, own = ({text.casefold() for text in _plain_titles(each)} for each in (outer, inner))
    if title and own:
        return not title.isdisjoint(own)
    return bool(own) or bool(_Fields(inner).texts("abstract"))


def _plain_titles(row: Row) -> list[str]:
    """Titles under names that only titles have."""
    return titles_of({name: value for name, value in row.items() if name not in _ALSO_NAMES})


def _abstract(fields: _Fields) -> str:
    return next(filter(None, (clean(paragraphs(value)) for value in fields.under("abstract"))), "")


def _identifier(row: Row, key: str, parse: Callable[[str], str | None], remarks: list[str]) -> str | None:
    """The identifier under its own name."""
    text = clean(plain_text(row.get(key)))
    found = parse(text)
    if text and found is None and (key != "doi" or is_no_doi(text)):
        remarks.append(not_understood(key, text))
    return found


def _dates(row: Row, fields: _Fields) -> list[str]:
    """All dates, the one of the plainest name first; a month in a field of its own belongs to the year."""
    found = [date_in(value) for value in fields.under("date")]
    if month := next((row[key] for key in ("month", "Month", "published_month") if row.get(key)), None):
        found = [date_in({"year": date, "month": month}) if len(date) == 4 else date for date in found]
    return list(filter(None, found))


def _value(row: Row, fields: _Fields, field: PaperField, remarks: list[str]) -> Any:
    """A field by its names; a count only by its own name, for a list under another would be counted."""
    for value in [row.get(field.name)] if field.stored is Stored.INTEGER else fields.under(field.name):
        if value in (None, "", [], {}):
            continue
        found = field_value(field, _plain(field, value))
        if found not in _NOTHING:
            return found
        if field.name not in _OPEN:
            remarks.append(not_understood(field.name, value))
    return () if field.stored.is_list else None


def _plain(field: PaperField, value: object) -> object:
    """The value without an object or a list around what the field holds."""
    if field.stored is Stored.TEXT and field.name != "type":
        return "; ".join(texts_in(value)) if field.name == "organisation" else plain_text(value)
    if field.stored is Stored.TEXTS and isinstance(value, (list, Mapping)):
        return texts_in(value)
    return value


def _authors(fields: _Fields, remarks: list[str]) -> Authors:
    """The authors under the plainest name that has any, also in an object around the list of them."""
    for value in fields.under("authors"):
        if isinstance(value, Mapping):
            value = next((value[key] for key in _PEOPLE if key in value), value)
        if (found := authors_of(value)).named:
            return found
        if value not in (None, "", [], {}) and count_of(value) is None:
            remarks.append(not_understood("authors", value))
    return Authors()


def _number(values: Iterable[object], authors: Authors) -> int | None:
    """How many authors there are: the names, or a number that stands where they should."""
    return authors.count if authors.named else next(filter(None, map(count_of, values)), None)


def _unread_prose(row: Row) -> list[str]:
    """Remarks on long texts under names that say nothing to us, any of which may be the abstract."""
    names = [name for name, value in _flat(row) if len(value) >= _PROSE and ". " in value and _may_be_abstract(name)]
    return [f"{name[:60]!r} looks like an abstract and was not used" for name in names[:3]]


def _may_be_abstract(name: str) -> bool:
    last = name.rpartition(".")[2].lower()
    return last not in _MODELS_WORDS and last not in _FULL_TEXT and column_named(last) is None


def _flat(row: Row) -> Iterable[tuple[str, str]]:
    """The texts of an object and of those in it, by their names."""
    for key, value in islice(row.items(), _MOST_NAMES):
        for name, text in islice(value.items(), _MOST_NAMES) if isinstance(value, dict) else ():
            if isinstance(text, str):
                yield f"{key}.{name}", text
        if isinstance(value, str):
            yield key, value


@lru_cache(maxsize=1024)
def column_named(name: str) -> Column | None:
    """What a field is by its name, which may have the mark of a vocabulary before it or of an index behind it.

    >>> column_named("dc:title"), column_named("abstract_s"), column_named("identifier"), column_named("shoe_size_s")
    ('title', 'abstract', 'identifier', None)
    """
    return column_of(_plain_name(name))


class _Shape(NamedTuple):
    """What the names of an object's fields say: where which column stands, and which fields of a paper there are."""

    places: Mapping[Column, Sequence[int]]
    described: tuple[PaperField, ...]


@lru_cache(maxsize=256)
def _shape(names: tuple[str, ...]) -> _Shape:
    places = places_of.__wrapped__(tuple(map(_plain_name, names)))
    return _Shape(places, tuple(each for each in DESCRIBED if each.name in places))


def _plain_name(name: str) -> str:
    name = name[:80]
    plain = _INDEXED.sub("", _VOCABULARY.sub("", name))
    return _ALSO.get(plain.lower(), plain)


class _Fields:
    """The fields of an object by what their names say they hold, the plainest name first."""

    def __init__(self, row: Row) -> None:
        names = tuple(row)
        # Of more names than any record has, none are worth remembering.
        self._places, self.described = _shape(names) if len(names) <= _MOST_NAMES else _shape.__wrapped__(names)
        self._values = list(row.values())

    def under(self, column: Column) -> list[object]:
        """The values of all fields of one kind."""
        return [self._values[place] for place in self._places.get(column, ())]

    def texts(self, column: Column) -> list[str]:
        """The texts in them."""
        return [
            text
            for value in self.under(column)
            if value is not None
            for text in map(clean, (value,) if isinstance(value, str) else texts_in(value))
            if text
        ]
