"""Somebody who wrote papers: what they name, with whom, and when."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass

from kg.errors import NotFoundError
from kg.model import EntityType
from kg.questions.entities import EntityCount
from kg.questions.moment import of_one_moment
from kg.questions.people import Likeness, Person
from kg.questions.requests import settle
from kg.questions.search import FoundPerson
from kg.questions.sqltext import ANY_OF
from kg.questions.stated import authored_by, authors_in
from kg.store import GraphReader

__all__ = ["AuthorProfile", "AuthorRequest", "ask"]

_WITH = 20  # co-authors
_NAMED = 20  # entities


@dataclass(frozen=True, slots=True)
class AuthorRequest:
    """Somebody, by name or ORCID; see ``kg.questions.people`` for what fits a name."""

    name: str

    def __post_init__(self) -> None:
        settle(self)


@dataclass(frozen=True, slots=True)
class AuthorProfile:
    """``names`` and ``orcids`` are those that papers print, the most frequent first.

    ``coauthors`` and ``entities`` are those of the most papers, of ``all_coauthors`` and ``all_entities``; ``perhaps``
    counts papers of which only initials fit. ``years`` count papers.
    """

    names: tuple[str, ...]
    orcids: tuple[str, ...]
    papers: int
    perhaps: int
    coauthors: tuple[FoundPerson, ...]
    all_coauthors: int
    entities: tuple[EntityCount, ...]
    all_entities: int
    years: dict[str, int]


@of_one_moment
def ask(reader: GraphReader, request: AuthorRequest) -> AuthorProfile:
    """All about somebody of this name.

    Raises:
        NotFoundError: nobody is called so.
        KgError: there is no word in the name.
    """
    person = Person.called(request.name)
    found = authored_by(reader, person)
    rowids = found[Likeness.SAME]
    if not rowids:
        raise NotFoundError(request.name)
    names, orcids, others = Counter[str](), Counter[str](), Counter[str]()
    years: Counter[str] = Counter()
    for date, cell in reader.rows(f"SELECT date, authors FROM paper WHERE rowid IN {ANY_OF}", (json.dumps(rowids),)):
        years[(date or "")[:4]] += 1
        for author in authors_in(cell):
            if person.likeness(author) is Likeness.SAME:
                names[author.name] += 1
                orcids.update([author.orcid] if author.orcid else [])
            else:
                others[author.name] += 1
    entities = _entities(reader, rowids)
    return AuthorProfile(
        _frequent(names),
        _frequent(orcids),
        len(rowids),
        len(found[Likeness.PERHAPS]),
        tuple(FoundPerson(name, others[name]) for name in _frequent(others)[:_WITH]),
        len(others),
        entities[:_NAMED],
        len(entities),
        {year: years[year] for year in sorted(years) if year},
    )


def _frequent(counts: Counter[str]) -> tuple[str, ...]:
    return tuple(sorted(counts, key=lambda each: (-counts[each], each)))


def _entities(reader: GraphReader, rowids: list[int]) -> tuple[EntityCount, ...]:
    rows = reader.rows(
        "SELECT entity.id, label, entity.type, count(*) AS papers FROM paper JOIN link ON paper_id = paper.id "
        f"JOIN entity ON entity.id = entity_id WHERE paper.rowid IN {ANY_OF} "
        "GROUP BY entity.id ORDER BY papers DESC, label, entity.id",
        (json.dumps(rowids),),
    )
    return tuple(EntityCount(i, n, EntityType(t), c) for i, n, t, c in rows)
