"""What to draw: which entities, which papers, and the links between them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from kg.model import Entity, Paper
from kg.query import find_entities, list_entities
from kg.query.names import with_descendants
from kg.store import GraphReader
from kg.store.reader import Link

__all__ = ["MOST_PAPERS", "DrawnEntity", "Selection", "paper_node", "select"]

MOST_PAPERS = 1500
"""More dots than these no eye tells apart, and the drawing library no longer moves them smoothly."""


@dataclass(frozen=True, slots=True)
class DrawnEntity:
    """An entity in the picture, with the number of papers in the whole graph that name it."""

    entity: Entity
    papers: int


@dataclass(frozen=True, slots=True)
class Selection:
    """A part of the graph, small enough to look at.

    Entities come most named first, papers and links by id; ``links`` are those between what is drawn. ``focus`` holds
    the ids of the entities that the view was asked for, the best fit first. ``all_entities`` and ``all_papers`` count
    what the graph holds.
    """

    entities: tuple[DrawnEntity, ...]
    papers: tuple[Paper, ...]
    links: tuple[Link, ...]
    focus: tuple[str, ...]
    all_entities: int
    all_papers: int


def paper_node(paper_id: str) -> str:
    """The name of a paper's node: its path below the base IRI, which no entity shares."""
    return f"paper/{paper_id}"


def select(reader: GraphReader, *, focus: str | None = None, top: int = 150) -> Selection:
    """The part of the graph to draw.

    Raises:
        NotFoundError: nothing is called ``focus``.
    """
    counts = {each.id: each.papers for each in list_entities(reader)}
    if focus is None:
        asked: list[str] = []
        entities = list(counts)[:top]
        core = set(entities)
        papers = _most_linked(link for link in reader.links() if link.entity_id in core)
    else:
        asked = find_entities(reader, focus)
        family = _family(reader, asked, counts)[:top]
        core = set(family)
        papers = _most_linked(link for link in reader.links() if link.entity_id in core)
        named = Counter(
            link.entity_id for link in reader.links() if link.paper_id in papers and link.entity_id not in core
        )
        others = sorted(named, key=lambda entity: (-named[entity], -counts[entity], entity))
        entities = family + others[: top - len(family)]
    drawn = set(entities)
    return Selection(
        tuple(DrawnEntity(each, counts.get(each.id, 0)) for each in map(reader.entity, entities) if each),
        tuple(paper for paper in map(reader.paper, sorted(papers)) if paper),
        tuple(link for link in reader.links() if link.paper_id in papers and link.entity_id in drawn),
        tuple(asked),
        len(counts),
        int(str(reader.rows("SELECT count(*) FROM paper")[0][0])),
    )


def _family(reader: GraphReader, asked: list[str], counts: dict[str, int]) -> list[str]:
    """The entities that were asked for, then all below them, most named first."""
    below = set(with_descendants(reader, asked)) - set(asked)
    return asked + sorted(below, key=lambda entity: (-counts.get(entity, 0), entity))


def _most_linked(links: Iterable[Link]) -> set[str]:
    degree = Counter(link.paper_id for link in links)
    return set(sorted(degree, key=lambda paper: (-degree[paper], paper))[:MOST_PAPERS])
