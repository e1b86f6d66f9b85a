"""Papers as JSON of ``kg``'s own, and of everyone's who names its fields plainly.

One object a record: ``title`` (required), ``abstract``, ``arxiv``, ``doi``, ``date``, ``authors``, ``author_count``,
``organisation``, ``upvotes`` ... Fields are found by their names, however they are spelt, also in an object within the
record that speaks of the same paper, and are read in the forms that people write them in. A value that cannot be
understood costs itself alone and leaves a remark.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from kg.model import DESCRIBED, Paper, PaperField, Stored
from kg.sources.addresses import addresses_of
from kg.sources.authors import authors_of
from kg.sources.dates import iso_date
from kg.sources.fields import RecordError, Row, check_length, clean, count_of, make_paper, not_understood, unwrap
from kg.sources.fields import value_of as field_value
from kg.sources.identifiers import arxiv_id, doi
from kg.sources.jsonvalues import date_in, paragraphs, plain_text, texts_in
from kg.sources.synonyms import Column, column_of, places_of

__all__ = ["completed", "is_record", "opened", "paper", "titles_of"]

# Names that no other format has.
_OWN = frozenset(("arxiv", "date", "author_count", "organisation"))

_ALSO_NAMES = frozenset(("name", "paper"))  # of a title, but of much else besides
_NO_TITLE = ("http://", "https://", "10.", "arxiv:")
_PEOPLE = ("authors", "author", "list", "items", "data", "nodes", "edges")  # around a list of people
_MOST_NAMES = 200  # of fields, of an object whose names are worth remembering
_PROSE = 200  # characters that no title and no name have
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
    title = next(iter(titles_of(row)), "")
    if not title:
        raise RecordError("'title' is missing or empty")
    abstract = _abstract(row)
    check_length(title, abstract)
    remarks: list[str] = []
    arxiv, found_doi = _identifier(row, "arxiv", arxiv_id, remarks), _identifier(row, "doi", doi, remarks)
    found = make_paper(
        origin,
        title,
        "",
        dates=_dates(row),
        urls=addresses_of(_others(row, "identifier")),
        remarks=remarks,
        **{each.name: _value(row, each, remarks) for each in DESCRIBED},
    )
    return replace(
        found,
        title=title,
        abstract=abstract,
        arxiv=arxiv or arxiv_id(found_doi or "") or _first(arxiv_id, row, "identifier") or _first(arxiv_id, row, "title"),
        doi=found_doi or _first(doi, row, "identifier"),
        author_count=found.author_count or _number_of_authors(row),
        remarks=(*found.remarks, *(() if abstract else _unread_prose(row))),
    )


def completed(paper: Paper, row: Row) -> Paper:
    """A paper from a record of another format, with what it lacks from fields whose names leave no doubt.

    Raises:
        RecordError: the text is longer than any abstract.
    """
    abstract = paper.abstract or unwrap(_abstract(row))
    check_length(paper.title, abstract)
    date = paper.date or next(filter(None, map(iso_date, _dates(row))), None)
    return replace(
        paper,
        abstract=abstract,
        arxiv=paper.arxiv or _first(arxiv_id, row, "identifier"),
        doi=paper.doi or _first(doi, row, "identifier"),
        date=date,
        urls=paper.urls or addresses_of(_others(row, "identifier")),
        remarks=() if date and not paper.date else paper.remarks,
        **{each.name: _value(row, each, []) for each in DESCRIBED if getattr(paper, each.name) in (None, "", ())},
    )


def titles_of(row: Row) -> list[str]:
    """What may be the title, under the plainest name first; addresses, identifiers and numbers are none."""
    values = (value for value in _under(row, "title") if not isinstance(value, (int, float)))
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
        if isinstance(value, dict) and column_of(key) in (None, "title", "abstract") and _is_same(row, value):
            inner |= value
    return {**inner, **{key: value for key, value in row.items() if key not in inner or value}} if inner else row


def _is_same(outer: Row, inner: Row) -> bool:
    title, own = ({text.casefold() for text in _plain_titles(each)} for each in (outer, inner))
    if title and own:
        return not title.isdisjoint(own)
    return bool(own) or bool(_others(inner, "abstract"))


def _plain_titles(row: Row) -> list[str]:
    """Titles under names that only titles have."""
    return titles_of({name: value for name, value in row.items() if name not in _ALSO_NAMES})


def _abstract(row: Row) -> str:
    values = (clean(paragraphs(value)) for value in _under(row, "abstract"))
    return next(filter(None, values), "")


def _identifier(row: Row, key: str, parse: Callable[[str], str | None], remarks: list[str]) -> str | None:
    """The identifier under its own name; one with a blank in it is not understood, for who knows which half is right."""
    text = clean(plain_text(row.get(key)))
    found = parse(text)
    if found is not None and key == "doi" and len(text.removeprefix("doi:").split()) > 1:
        found = None
    if text and found is None:
        remarks.append(not_understood(key, text))
    return found


def _dates(row: Row) -> list[str]:
    """All dates, the one of the plainest name first; a month in a field of its own belongs to the year."""
    found = [date_in(value) for value in _under(row, "date")]
    if month := next((row[key] for key in ("month", "Month", "published_month") if row.get(key)), None):
        found = [date_in({"year": date, "month": month}) if len(date) == 4 else date for date in found]
    return list(filter(None, found))


def _value(row: Row, field: PaperField, remarks: list[str]) -> Any:
    """A field by its names; a count only by its own name, for a list under another would be counted."""
    values = [row.get(field.name)] if field.stored is Stored.INTEGER else list(_under(row, field.name))
    for value in values:
        if value in (None, "", [], {}):
            continue
        found = field_value(field, _plain(field, value))
        if found not in (None, ()):
            return found
        if field.name not in ("type", "organisation", "venue") and not _is_number_of(field, value):
            remarks.append(not_understood(field.name, value))
    return None


def _plain(field: PaperField, value: object) -> object:
    """The value without an object or a list around what the field holds."""
    if field.stored is Stored.AUTHORS:
        return next((value[key] for key in _PEOPLE if key in value), value) if isinstance(value, Mapping) else value
    if field.stored is Stored.TEXT and field.name != "type":
        return "; ".join(texts_in(value)) if field.name == "organisation" else plain_text(value)
    if field.stored is Stored.TEXTS and isinstance(value, (list, Mapping)):
        return texts_in(value)
    return value


def _is_number_of(field: PaperField, value: object) -> bool:
    return field.stored is Stored.AUTHORS and count_of(value) is not None


def _number_of_authors(row: Row) -> int | None:
    """How many authors there are where a number stands instead of their names."""
    return next((count for value in _under(row, "authors") if (count := count_of(value)) and not authors_of(value).named),
                None)  # fmt: skip


def _unread_prose(row: Row) -> list[str]:
    """Remarks on long texts under names that say nothing to us, any of which may be the abstract."""
    names = [name for name, value in _flat(row) if len(value) >= _PROSE and ". " in value and _may_be_abstract(name)]
    return [f"{name[:60]!r} looks like an abstract and was not used" for name in names[:3]]


def _may_be_abstract(name: str) -> bool:
    last = name.rpartition(".")[2].lower()
    return last not in _MODELS_WORDS and last not in _FULL_TEXT and column_of(last) is None


def _flat(row: Row) -> Iterable[tuple[str, str]]:
    """The texts of an object and of those in it, by their names."""
    for key, value in islice(row.items(), _MOST_NAMES):
        for name, text in islice(value.items(), _MOST_NAMES) if isinstance(value, dict) else ():
            if isinstance(text, str):
                yield f"{key}.{name}", text
        if isinstance(value, str):
            yield key, value


def _first(parse: Callable[[str], str | None], row: Row, column: Column) -> str | None:
    return next(filter(None, map(parse, _others(row, column))), None)


def _others(row: Row, column: Column) -> list[str]:
    """The texts of all fields that a name says to be of one kind."""
    return [text for value in _under(row, column) for text in map(clean, texts_in(value)) if text]


def _under(row: Row, column: Column) -> Iterable[object]:
    """What stands in the fields that a name says to be of one kind, the plainest name first."""
    values = list(row.values())
    return (values[place] for place in _places(tuple(row)).get(column, ()))


def _places(names: tuple[str, ...]) -> Mapping[Column, Sequence[int]]:
    """As ``places_of``, which remembers; of more names than any record has, none are worth it."""
    return places_of(names) if len(names) <= _MOST_NAMES else places_of.__wrapped__(names)
