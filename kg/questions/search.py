"""What a person may mean who types: things, papers and people whose names go on like that."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from kg.errors import KgError
from kg.questions.fulltext import full_text_query
from kg.questions.moment import of_one_moment
from kg.questions.requests import settle
from kg.questions.sqltext import any_of
from kg.questions.things import Thing, entities_as_things, papers_as_things
from kg.store import GraphReader
from kg.text.folding import fold, fold_person

__all__ = ["Found", "FoundEntity", "FoundPerson", "SearchRequest", "ask"]

_CANDIDATES = 300  # names that are ranked; one letter begins thousands
_COUNTED = 1_000  # papers of each, to rank by: beyond that, all are famous
_INSIDE = 3  # letters: fewer stand inside of most names
_BEGINS = 5  # times as likely as one inside; taste
_LATER = "\U0010ffff"
_MOST = 50


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """What was typed; at most ``limit`` of each kind are wanted.

    Raises:
        KgError: the limit is below one, or above 50.
    """

    text: str
    limit: int = 8

    def __post_init__(self) -> None:
        settle(self, limit=(1, _MOST))


@dataclass(frozen=True, slots=True)
class FoundEntity:
    """An entity, the name of it that fits, and how many papers name it; 1,000 stands for so many or more."""

    entity: Thing
    name: str
    papers: int


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """Somebody who wrote papers, by a name that they are printed with, and of how many."""

    name: str
    papers: int


@dataclass(frozen=True, slots=True)
class Found:
    """The first of each kind, the likeliest first."""

    entities: tuple[FoundEntity, ...]
    papers: tuple[Thing, ...]
    people: tuple[FoundPerson, ...]


@of_one_moment
def ask(reader: GraphReader, request: SearchRequest) -> Found:
    """Things one of whose names begins so or has it inside, papers with these words in their titles, people."""
    if not request.text.strip():
        return Found((), (), ())
    return Found(
        _entities(reader, request.text, request.limit),
        _papers(reader, request.text, request.limit),
        _people(reader, request.text, request.limit),
    )


def _entities(reader: GraphReader, text: str, limit: int) -> tuple[FoundEntity, ...]:
    wanted = fold(text)
    if not wanted:
        return ()
    found = _named(reader, "folded >= ?1 AND folded < ?2", wanted, wanted + _LATER)
    if len(found) < _CANDIDATES and len(wanted) >= _INSIDE:
        found += _named(reader, "instr(folded, ?1) > 1", wanted, "")
    papers = _counted(reader, {entity for entity, *_ in found})
    # An exact name first; then what many papers name, by the shortest name that fits.
    found.sort(key=lambda row: (row[2] != wanted, -_weight(row[2], wanted, papers[row[0]]), len(row[2]), row[0]))
    best: dict[str, str] = {}
    for entity, name, _ in found:
        best.setdefault(entity, name)
    first = list(best)[:limit]
    return tuple(FoundEntity(thing, best[thing.id], papers[thing.id]) for thing in entities_as_things(reader, first))


def _weight(name: str, wanted: str, papers: int) -> int:
    """How likely one is meant: a name that begins so is worth several that only hold it."""
    return papers * (_BEGINS if name.startswith(wanted) else 1)


def _named(reader: GraphReader, condition: str, *parameters: str) -> list[tuple[str, str, str]]:
    return reader.rows(
        f"SELECT entity_id, name, folded FROM name JOIN entity ON entity.id = entity_id WHERE {condition} AND ?2 = ?2 "
        "ORDER BY known DESC, length(folded), folded, entity_id LIMIT ?3",
        (*parameters, _CANDIDATES),
    )


def _counted(reader: GraphReader, entities: set[str]) -> dict[str, int]:
    rows = reader.rows(
        f"SELECT value, (SELECT count(*) FROM (SELECT 1 FROM link WHERE entity_id = value LIMIT {_COUNTED})) "
        "FROM json_each(?)",
        (any_of(sorted(entities)),),
    )
    return dict(rows)


def _papers(reader: GraphReader, text: str, limit: int) -> tuple[Thing, ...]:
    try:
        query = full_text_query(text, last_begins=True)
    except KgError:  # no word in it
        return ()
    rows = reader.rows(
        "SELECT id FROM paper WHERE rowid IN (SELECT rowid FROM paper_text WHERE paper_text MATCH ? LIMIT ?) "
        "ORDER BY date IS NULL, date DESC, id LIMIT ?",
        (f"title : ({query})", _COUNTED, limit),
    )
    return tuple(papers_as_things(reader, [row[0] for row in rows]))


def _people(reader: GraphReader, text: str, limit: int) -> tuple[FoundPerson, ...]:
    """People with a family name that goes on like the last word, and the other words in the whole of the name."""
    words = re.split(r"\s+", fold_person(text).strip())
    if not words[-1] or (len(words) == 1 and len(words[0]) < 2):
        return ()
    family = words[-1]
    rows = reader.rows(
        "SELECT min(paper_id), min(position), count(*), name_folded FROM paper_author "
        "WHERE family_folded >= ?1 AND family_folded < ?2 AND NOT EXISTS (SELECT 1 FROM json_each(?3) AS word "
        "WHERE NOT instr(' ' || name_folded, ' ' || word.value)) "
        "GROUP BY family_folded, name_folded ORDER BY count(*) DESC, name_folded LIMIT ?4",
        (family, family + _LATER, json.dumps(words[:-1]), limit),
    )
    people = [FoundPerson(_printed(reader, paper, place), papers) for paper, place, papers, _ in rows]
    return tuple({person.name: person for person in people}.values())


def _printed(reader: GraphReader, paper_id: str, place: int) -> str:
    rows = reader.rows("SELECT authors FROM paper WHERE id = ?", (paper_id,))
    authors = json.loads(rows[0][0]) if rows and rows[0][0] else []
    return str(authors[place]["name"]) if place < len(authors) else ""
