"""One thing of the graph, an entity or a paper, by whatever a person calls it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kg.errors import NotFoundError
from kg.model import EntityType, Evidence, Relation
from kg.query.names import find_entities, is_entity, suggest
from kg.query.papers import best_evidence, find_paper
from kg.store import GraphReader
from kg.text.latex import render

__all__ = ["Thing", "describe", "find_thing", "proof"]

_MOST_PARAMETERS = 500


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


def find_thing(reader: GraphReader, name: str, kind: EntityType | None = None) -> Thing:
    """The entity (of this type, if given) that a name stands for, or else the paper.

    A paper goes by its id, its title, or words that only its title has.

    Raises:
        NotFoundError: nothing is called so; with suggestions.
    """
    if is_entity(reader, name, kind):
        return describe(reader, find_entities(reader, name, kind)[:1], papers=False)[0]
    try:
        paper = find_paper(reader, name)
    except NotFoundError as not_a_paper:
        raise (not_a_paper if not_a_paper.suggestions else NotFoundError(name, suggest(reader, name, kind))) from None
    return Thing(paper.id, "paper", render(paper.title).text, paper.date)


def describe(reader: GraphReader, ids: list[str], *, papers: bool) -> list[Thing]:
    """The papers, or the entities, with these ids, in their order."""
    found: dict[str, Thing] = {}
    for first in range(0, len(ids), _MOST_PARAMETERS):
        part = ids[first : first + _MOST_PARAMETERS]
        marks = ",".join("?" * len(part))
        if papers:
            for paper_id, title, date in reader.rows(f"SELECT id, title, date FROM paper WHERE id IN ({marks})", part):
                found[paper_id] = Thing(paper_id, "paper", render(title).text, date)
        else:
            for entity_id, kind, label in reader.rows(
                f"SELECT id, type, label FROM entity WHERE id IN ({marks})", part
            ):
                found[entity_id] = Thing(entity_id, EntityType(kind), label)
    return [found[each] for each in ids]


def proof(reader: GraphReader, paper_id: str, entity_id: str, relation: Relation) -> Evidence | None:
    """The best evidence of one link."""
    paper = reader.paper(paper_id)
    return best_evidence(reader.evidence_of(paper).get(entity_id, []), relation) if paper else None
