"""One thing of the graph, an entity or a paper, by whatever a person calls it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kg.errors import GoneError, NotFoundError
from kg.model import EntityType, Paper
from kg.questions.moment import of_one_moment
from kg.questions.names import begins_a_name, find_entities, is_entity, suggest
from kg.questions.sqltext import ANY_OF, any_of
from kg.questions.titles import find_identified_paper, find_titled_paper
from kg.store import GraphReader
from kg.text.folding import fold_title
from kg.text.reading import render

__all__ = ["Thing", "entities_as_things", "find_thing", "papers_as_things"]

_SUGGESTIONS = 4


@dataclass(frozen=True, slots=True)
class Thing:
    """A paper or an entity: its id in its table, ``paper`` or the entity's type, and its title or label as read."""

    id: str
    kind: EntityType | Literal["paper"]
    label: str
    date: str | None = None

    @property
    def is_paper(self) -> bool:
        """Whether it is a paper."""
        return self.kind == "paper"


@of_one_moment
def find_thing(reader: GraphReader, name: str, kind: EntityType | None = None) -> Thing:
    """The entity that a name stands for, or else the paper; with a type, an entity of that type or nothing.

    A paper goes by its id, its arXiv id, DOI or address, its title, or words that only its title has.

    Raises:
        GoneError: it was an id of the graph, of what is in it no more.
        NotFoundError: nothing is called so; with suggestions.
    """
    if kind is not None or is_entity(reader, name):
        return entities_as_things(reader, find_entities(reader, name, kind)[:1])[0]
    if identified := find_identified_paper(reader, name):
        return _paper_as_thing(identified)
    if reader.is_gone(name):
        raise GoneError(name)
    try:
        paper = find_titled_paper(reader, name)
    except NotFoundError as not_a_paper:
        raise NotFoundError(name, (*suggest(reader, name), *not_a_paper.suggestions)[:_SUGGESTIONS]) from None
    if fold_title(name) != fold_title(paper.title) and begins_a_name(reader, name):
        # "HotpotQ" is an entity's name mistyped sooner than the one title that begins so.
        raise NotFoundError(name, (*suggest(reader, name), paper.title)[:_SUGGESTIONS])
    return _paper_as_thing(paper)


def _paper_as_thing(paper: Paper) -> Thing:
    return Thing(paper.id, "paper", render(paper.title).text, paper.date)


def entities_as_things(reader: GraphReader, ids: list[str]) -> list[Thing]:
    """The entities with these ids, in their order."""
    rows = reader.rows(f"SELECT id, type, label FROM entity WHERE id IN {ANY_OF}", (any_of(ids),))
    found = {entity_id: Thing(entity_id, EntityType(kind), label) for entity_id, kind, label in rows}
    return [found[each] for each in ids]


def papers_as_things(reader: GraphReader, ids: list[str]) -> list[Thing]:
    """The papers with these ids, in their order."""
    rows = reader.rows(f"SELECT id, title, date FROM paper WHERE id IN {ANY_OF}", (any_of(ids),))
    found = {paper_id: Thing(paper_id, "paper", render(title).text, date) for paper_id, title, date in rows}
    return [found[each] for each in ids]
