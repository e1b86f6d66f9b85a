"""One thing of the graph, an entity or a paper, by whatever a person calls it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kg.errors import NotFoundError
from kg.model import EntityType, Evidence, Relation
from kg.query.moment import of_one_moment
from kg.query.names import begins_a_name, find_entities, is_entity, suggest
from kg.query.papers import best_evidence, find_paper
from kg.query.sql import LISTED, listed
from kg.store import GraphReader
from kg.text.folding import fold_title
from kg.text.latex import render

__all__ = ["Thing", "describe", "find_thing", "proof"]

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

    A paper goes by its id, its title, or words that only its title has.

    Raises:
        NotFoundError: nothing is called so; with suggestions.
    """
    if kind is not None or is_entity(reader, name):
        return describe(reader, find_entities(reader, name, kind)[:1], papers=False)[0]
    try:
        paper = find_paper(reader, name)
    except NotFoundError as not_a_paper:
        raise NotFoundError(name, (*suggest(reader, name), *not_a_paper.suggestions)[:_SUGGESTIONS]) from None
    if name != paper.id and fold_title(name) != fold_title(paper.title) and begins_a_name(reader, name):
        # "HotpotQ" is an entity's name mistyped sooner than the one title that begins so.
        raise NotFoundError(name, (*suggest(reader, name), paper.title)[:_SUGGESTIONS])
    return Thing(paper.id, "paper", render(paper.title).text, paper.date)


def describe(reader: GraphReader, ids: list[str], *, papers: bool) -> list[Thing]:
    """The papers, or the entities, with these ids, in their order."""
    found: dict[str, Thing] = {}
    if papers:
        rows = reader.rows(f"SELECT id, title, date FROM paper WHERE id IN {LISTED}", (listed(ids),))
        found |= {paper_id: Thing(paper_id, "paper", render(title).text, date) for paper_id, title, date in rows}
    else:
        rows = reader.rows(f"SELECT id, type, label FROM entity WHERE id IN {LISTED}", (listed(ids),))
        found |= {entity_id: Thing(entity_id, EntityType(kind), label) for entity_id, kind, label in rows}
    return [found[each] for each in ids]


def proof(reader: GraphReader, paper_id: str, entity_id: str, relation: Relation) -> Evidence | None:
    """The best evidence of one link."""
    paper = reader.paper(paper_id)
    return best_evidence(reader.evidence_of(paper).get(entity_id, []), relation) if paper else None
