"""Filters by what sources state of a paper beside its text: authors, venue, type, subjects.

Not every source states them. Papers of which none does are left out, and counted (``Filter.unknown``).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from kg.errors import NoNameError
from kg.model import PAPER_FIELDS, Author, PaperType
from kg.questions.conditions import Condition, Filter
from kg.questions.people import Likeness, Person
from kg.store import GraphReader
from kg.store.fields import value_of
from kg.text.folding import fold, plain

__all__ = ["authored_by", "authors_in", "by_author", "by_category", "by_keyword", "by_type", "by_venue"]

_AUTHORS = next(field for field in PAPER_FIELDS if field.name == "authors")
_WORDS = re.compile(r"\w+")


def by_author(reader: GraphReader, name: str) -> Filter:
    """Papers with an author of this name, or family name, or ORCID; see ``kg.questions.people``.

    Raises:
        NoNameError: there is no word in the name.
    """
    found = authored_by(reader, Person.called(name))
    return Filter(
        _among(found[Likeness.SAME]),
        {
            "no authors": _lacking("authors"),
            f"an author whose initials may be those of {name}": _among(found[Likeness.PERHAPS]),
        },
    )


def authored_by(reader: GraphReader, person: Person) -> dict[Likeness, list[int]]:
    """The numbers (``rowid``) of the papers that may have this author, by how well one of their authors fits."""
    found: dict[Likeness, list[int]] = {likeness: [] for likeness in Likeness}
    for rowid, cell in _cells_with(reader, person):
        found[max(map(person.likeness, authors_in(cell)), default=Likeness.OTHER)].append(rowid)
    return found


def authors_in(cell: str | None) -> tuple[Author, ...]:
    """The authors in a cell of the table of papers."""
    found: tuple[Author, ...] = value_of(_AUTHORS, cell)
    return found


def _cells_with(reader: GraphReader, person: Person) -> Iterator[tuple[int, str]]:
    """The authors of the papers that may have this one."""
    if person.orcid:
        condition, parameters = "orcid = ?", [person.orcid]
    else:
        condition = " OR ".join("instr(name_folded, ?) OR instr(family_folded, ?)" for _ in person.heads)
        parameters = [head for head in person.heads for _ in ("name", "family")]
    sql = f"SELECT rowid, authors FROM paper WHERE id IN (SELECT paper_id FROM paper_author WHERE {condition})"
    yield from reader.stream(sql, parameters)


def by_venue(reader: GraphReader, name: str) -> Filter:
    """Papers of venues whose names hold these words side by side, the last maybe not to its end.

    Raises:
        NoNameError: there is no word in the name.
    """
    wanted = _folded_words(name)
    if not wanted:
        raise NoNameError(f"{name!r} names no venue; give words of its name, as NeurIPS")
    venues = [row[0] for row in reader.rows("SELECT DISTINCT venue FROM paper WHERE venue IS NOT NULL")]
    fitting = [venue for venue in venues if f" {wanted}" in f" {_folded_words(venue)}"]
    return Filter(_stated("venue IN (SELECT value FROM json_each(?))", json.dumps(fitting)), _without("venue"))


def _folded_words(text: str) -> str:
    return " ".join(_WORDS.findall(plain(text).casefold()))


def by_type(kind: PaperType) -> Filter:
    """Papers of this type of publication."""
    return Filter(_stated("type = ?", str(kind)), _without("type"))


def by_category(name: str) -> Filter:
    """Papers of a category, or of one below it, as ``cs.CL`` is below ``cs``.

    Raises:
        NoNameError: the name is empty.
    """
    wanted = name.strip().lower()
    if not wanted:
        raise NoNameError("the category is empty; give one as cs.CL, or cs for all below it")
    below = _stated(
        # Its letters stand in the list, which is JSON, and few lists that have them are not worth reading.
        "instr(lower(categories), ?) AND EXISTS (SELECT 1 FROM json_each(categories) AS each "
        "WHERE lower(each.value) = ? OR substr(lower(each.value), 1, ?) = ?)",
        json.dumps(wanted, ensure_ascii=False)[:-1],
        wanted,
        len(wanted) + 1,
        f"{wanted}.",
    )
    return Filter(below, _without("categories"))


def by_keyword(name: str) -> Filter:
    """Papers with this keyword, however it is spelt: case, hyphens, accents and plurals fold away.

    Raises:
        NoNameError: there is no word in it.
    """
    wanted = fold(name)
    if not wanted:
        raise NoNameError(f"{name!r} is no keyword; give a word or several")
    return Filter(
        _stated("EXISTS (SELECT 1 FROM json_each(keywords) AS each WHERE fold(each.value) = ?)", wanted),
        _without("keywords"),
    )


def _without(field: str) -> dict[str, Condition]:
    return {f"no {field}": _lacking(field)}


def _lacking(field: str) -> Condition:
    return _stated(f"{field} IS NULL")


def _stated(condition: str, *parameters: object) -> Condition:
    """A condition of what is stated. Older graphs are read through a view, which alone has all fields."""
    return Condition(f"paper.rowid IN (SELECT rowid FROM paper WHERE {condition})", parameters)


def _among(rowids: Iterable[int]) -> Condition:
    return Condition("paper.rowid IN (SELECT value FROM json_each(?))", (json.dumps(list(rowids)),))
