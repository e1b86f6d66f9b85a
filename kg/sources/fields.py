"""The fields of a paper out of what a record holds, whatever its format.

Records are read with goodwill: only one without a title is set aside, and a field that makes no sense counts as
missing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from kg.identifiers import arxiv_id, doi
from kg.model import DESCRIBED, Author, Paper, PaperField, PaperStatus, Stored
from kg.sources.addresses import addresses_of
from kg.sources.authors import authors_of
from kg.sources.dates import iso_date
from kg.sources.types import paper_type
from kg.text.characters import printable
from kg.text.lines import joined_lines

__all__ = [
    "LONGEST_TEXT",
    "RecordError",
    "Row",
    "at",
    "check_length",
    "clean",
    "count_of",
    "first_found",
    "make_paper",
    "not_understood",
    "one_line",
    "text_of",
    "unwrap",
    "value_of",
]

LONGEST_TEXT = 250_000
"""Characters of title and abstract together: well above every abstract, well below what extraction can hold."""

Row = Mapping[str, object]

_CODES = re.compile(r"[a-z-]+(?:\.[A-Za-z-]+)?(?: [a-z-]+\.[A-Za-z-]+)+\Z")  # as arXiv lists its categories
# What databases write instead of an abstract.
_NO_ABSTRACT = re.compile(
    r"\W{0,3}(?:no abstract(?: (?:is )?(?:available|provided))?|abstract (?:is )?(?:not |un)available)\W{0,3}\Z",
    re.IGNORECASE,
)
_LONGEST_EXCUSE = 40  # characters
_RECURRING = 100  # characters of a text that other records may have as well
_HYPHENS = frozenset("-\u2013\u2014")
_GO_ON = _HYPHENS | {"/"}
# Where a word may go on, seen from the line's end; most abstracts have no such place.
_MAY_BREAK = re.compile(r"\n(?:(?<=[-\u2013\u2014/\s]\n)|[^\S\n]*[-\u2013\u2014])")
_PARAGRAPH = re.compile(r"\n[ \t]*\n\s*|\n(?=[ \t]{2,})")


class RecordError(ValueError):
    """Why one record cannot be taken; the others can."""


def clean(text: str) -> str:
    """The text without what no file can hold and without blanks at its ends."""
    return printable(text).strip()


def one_line(text: str) -> str:
    """A title as one line, however the source wrapped it.

    >>> one_line("Slow Sums:\\n  A State-of-the-\\n  Art Study")
    'Slow Sums: A State-of-the-Art Study'
    """
    text = clean(text)
    if "\n" in text and _may_break_words(text):
        text = joined_lines(text).text
    line = text.replace("\n", " ")
    # Of ASCII without tabs: what is clean has no other blanks. The search takes a tenth of the time of splitting.
    return line if line.isascii() and "  " not in line and "\t" not in line else " ".join(line.split())


def _may_break_words(text: str) -> bool:
    """Whether a word may go on from one line to the next; all else is joined by a blank, without looking closer."""
    if not _MAY_BREAK.search(text):
        return False
    return any(line[-1:] in _GO_ON or line[:1] in _HYPHENS for line in map(str.strip, text.split("\n")))


def unwrap(text: str) -> str:
    """An abstract with its lines joined, a line a paragraph (a blank line or an indent begins one).

    >>> unwrap("  We count sheep,\\nslowly.\\n  They sleep.\\n")
    'We count sheep, slowly.\\nThey sleep.'
    """
    return "\n".join(filter(None, map(one_line, _PARAGRAPH.split(text.strip()))))


def text_of(value: object) -> str:
    """A value as text: strings as they are, whole numbers in digits, anything else as nothing.

    >>> text_of(2024), text_of(2024.0), text_of(2402.0123)  # the last is an arXiv id that lost its zeros, or may have
    ('2024', '2024', '')
    """
    if isinstance(value, str):
        return value
    number = _whole(value)
    return str(number) if number is not None and abs(number) < 2**63 else ""


def at(row: object, *path: str | int) -> object:
    """What stands at a path in nested JSON; None where the path leads nowhere.

    >>> at({"paper": {"authors": ["A"]}}, "paper", "authors", 0), at({"paper": 3}, "paper", "authors")
    ('A', None)
    """
    for key in path:
        if isinstance(key, str) and isinstance(row, dict):
            row = row.get(key)
        elif isinstance(key, int) and isinstance(row, list) and key < len(row):
            row = row[key]
        else:
            return None
    return row


def count_of(value: object) -> int | None:
    """How many: a whole number as it is, a list by its length; None for an empty list and all else."""
    if isinstance(value, list):
        return len(value) or None
    number = _whole(value)
    return number if number is not None and 0 <= number < 2**53 else None


def _whole(value: object) -> int | None:
    """A whole number, also as data frames have it where a column has gaps: 2024.0."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def make_paper(
    origin: str,
    title: object,
    abstract: object,
    *,
    identifiers: Iterable[object] = (),
    dates: Sequence[object] = (),
    urls: Iterable[object] = (),
    status: PaperStatus | None = None,
    remarks: Iterable[str] = (),
    **described: object,
) -> Paper:
    """A paper from a record's fields: ``identifiers`` are ids, DOIs and addresses, ``dates`` the best first.

    ``described`` are values of fields of ``kg.model.DESCRIBED`` as the source has them: authors as a text or a list,
    lists of words likewise. What makes no sense there counts as missing and becomes a remark, after those of the
    reader. ``urls`` are addresses of the paper.

    Raises:
        RecordError: there is no title, or the text is longer than any abstract.
    """
    found = [text for value in identifiers if value is not None and (text := clean(text_of(value)))]
    heading, body = one_line(text_of(title)), unwrap(text_of(abstract))
    if not heading:
        raise RecordError("has no title")
    check_length(heading, body)
    if len(body) <= _LONGEST_EXCUSE and _NO_ABSTRACT.match(body):
        body = ""
    said = [text for text in map(text_of, dates) if text and not text.isspace()]
    date = first_found(iso_date, said)
    authors = authors_of(described.pop("authors", None))
    values = {name: _PARSERS[name](value) for name, value in described.items() if value not in (None, "")}
    if values.get("author_count") is None:
        values["author_count"] = authors.count
    return Paper(
        title=heading,
        abstract=body,
        arxiv=first_found(arxiv_id, found),
        doi=first_found(doi, found),
        date=date,
        status=status and str(status),
        authors=authors.named,
        urls=addresses_of(list(urls)),
        sources=(origin,),
        remarks=(*remarks, *([not_understood("date", said[0])] if said and date is None else ())),
        **values,
    )


def first_found(parse: Callable[[str], str | None], texts: Iterable[str]) -> str | None:
    """What the first of some texts in which anything is found holds."""
    for text in texts:
        if found := parse(text):
            return found
    return None


def value_of(field: PaperField, value: object) -> Any:
    """A field's value out of what a source has for it; None, or an empty tuple, for what makes no sense there.

    A whole number may also come as text or as the length of a list, a list as a text with marks between its words.
    """
    return _PARSERS[field.name](value)


def not_understood(field: str, value: object) -> str:
    """The remark for a value that was left out because nobody could make sense of it."""
    return f"{field!r} is not understood: {one_line(str(value))[:60]!r}"


def _counted(value: object) -> int | None:
    if isinstance(value, str):
        text = value.strip().replace(",", "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None
    return count_of(value)


def _named(value: object) -> tuple[Author, ...]:
    return authors_of(value).named


def _line(value: object) -> str | None:
    return one_line(text_of(value)) or None


def _texts(value: object) -> tuple[str, ...]:
    """Words of a list, or of a text that parts them by semicolons, bars or commas; of objects, their names.

    >>> _texts("vision; language"), _texts(["cs.CL", {"name": "Parsing"}]), _texts("cs.CL cs.LG")
    (('vision', 'language'), ('cs.CL', 'Parsing'), ('cs.CL', 'cs.LG'))
    """
    if isinstance(value, str):
        return _split(value) if len(value) <= _RECURRING else _split.__wrapped__(value)
    return _distinct(value if isinstance(value, (list, tuple)) else ())


@lru_cache(maxsize=4096)  # papers of a field have the same categories, and there are not many
def _split(text: str) -> tuple[str, ...]:
    mark = next((mark for mark in (";", "|", "\n", ",") if mark in text), None)
    return _distinct(text.split(mark) if mark or _CODES.match(text[:500]) else [text])


def _distinct(parts: Iterable[object]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (one_line(text_of(_word(part))) for part in parts))))


def _word(part: object) -> object:
    """What an object in a list of words is called."""
    if not isinstance(part, dict):
        return part
    return next(filter(None, (part.get(key) for key in ("name", "display_name", "term", "tag", "category"))), None)


_BY_STORED: Mapping[Stored, Callable[[object], Any]] = {
    Stored.TEXT: _line,
    Stored.INTEGER: _counted,
    Stored.TEXTS: _texts,
    Stored.AUTHORS: _named,
}
_PARSERS: Mapping[str, Callable[[object], Any]] = {
    **{field.name: _BY_STORED[field.stored] for field in DESCRIBED},
    "repositories": addresses_of,
    "type": paper_type,
}


def check_length(title: str, abstract: str) -> None:
    """Refuse what is no title and no abstract by its length.

    Raises:
        RecordError: the two are longer than ``LONGEST_TEXT``.
    """
    if len(title) + len(abstract) > LONGEST_TEXT:
        raise RecordError(
            f"title and abstract have {len(title) + len(abstract):,} characters, more than {LONGEST_TEXT:,}; "
            "give the abstract, not the full text"
        )
