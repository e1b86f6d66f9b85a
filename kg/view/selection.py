"""What to draw: which entities, which papers, and the links between them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kg.errors import KgError
from kg.model import Entity, EntityType, Link, Paper
from kg.questions.names import find_entities, with_descendants
from kg.store import GraphReader

__all__ = ["MOST_ENTITIES", "MOST_PAPERS", "DrawnEntity", "Part", "Selection", "paper_node", "select"]

MOST_ENTITIES = 20_000
MOST_PAPERS = 40_000
"""Beyond these the file takes long to open, and nobody has looked at all of it: the least named go first."""


@dataclass(frozen=True, slots=True)
class Part:
    """The part of the graph that is asked for; as it stands, all of it.

    ``focus`` names an entity: then only what can be reached from its family in ``depth`` steps, each from an entity
    over the papers that name it to all that they name. ``types`` keeps entities of these types only, ``min_papers``
    those that so many papers name, ``since`` papers of that date or later (``2024``, ``2024-06`` ...), ``top`` the so
    many entities that most papers name. Types and counts are asked of what lies around the focus, not of its family:
    "the benchmarks around GRPO" are drawn around GRPO, a method.
    """

    focus: str | None = None
    depth: int = 1
    types: tuple[EntityType, ...] = ()
    min_papers: int = 1
    since: str | None = None
    top: int | None = None


@dataclass(frozen=True, slots=True)
class DrawnEntity:
    """An entity in the picture, with the number of papers in the whole graph that name it."""

    entity: Entity
    papers: int


@dataclass(frozen=True, slots=True)
class Selection:
    """What is drawn.

    Entities come most named first, papers and links by id; ``links`` are those between what is drawn. ``focus`` holds
    the ids of the entities that the view was asked for, the best fit first. ``all_entities`` and ``all_papers`` count
    what the graph holds that a link joins. ``catalogue`` holds every entity of the graph, for families that reach
    beyond the picture.
    """

    entities: tuple[DrawnEntity, ...]
    papers: tuple[Paper, ...]
    links: tuple[Link, ...]
    focus: tuple[str, ...]
    all_entities: int
    all_papers: int
    catalogue: dict[str, Entity]


def paper_node(paper_id: str) -> str:
    """The name of a paper's node: its path below the base IRI, which no entity shares."""
    return f"paper/{paper_id}"


def select(reader: GraphReader, part: Part | None = None) -> Selection:
    """The part of the graph to draw.

    Raises:
        NotFoundError: nothing is called ``part.focus``.
        KgError: nothing in the graph is like that.
    """
    with reader.snapshot():
        return _select(reader, part or Part())


def _select(reader: GraphReader, part: Part) -> Selection:
    catalogue = {entity.id: entity for entity in reader.entities()}
    everything = list(reader.links())
    fame = Counter(link.entity_id for link in everything)
    asked = find_entities(reader, part.focus) if part.focus is not None else []
    family = set(with_descendants(reader, asked)) if asked else set()
    links = _recent(reader, everything, part)
    if asked:
        reach = _reach(links, family, part.depth)
        links = [link for link in links if link.paper_id in reach]
    fitting = _fitting(part, catalogue, fame) | family
    links = [link for link in links if link.entity_id in fitting]
    first = set(asked)
    entities = _first({link.entity_id for link in links}, fame, first, min(part.top or MOST_ENTITIES, MOST_ENTITIES))
    kept = set(entities)
    links = [link for link in links if link.entity_id in kept]
    papers = set(_first({link.paper_id for link in links}, Counter(link.paper_id for link in links), (), MOST_PAPERS))
    if not papers:
        remedy = "ask for less, or see what there is with: kg stats" if everything else "add papers with: kg build"
        raise KgError(f"nothing in the graph is like that; {remedy}")
    links = [link for link in links if link.paper_id in papers]
    named = {link.entity_id for link in links}
    return Selection(
        tuple(DrawnEntity(catalogue[each], fame[each]) for each in entities if each in named or each in first),
        tuple(paper for paper in reader.papers() if paper.id in papers),
        tuple(links),
        tuple(asked),
        len(fame),
        len({link.paper_id for link in everything}),
        catalogue,
    )


def _recent(reader: GraphReader, links: list[Link], part: Part) -> list[Link]:
    if part.since is None:
        return links
    recent = {row[0] for row in reader.rows("SELECT id FROM paper WHERE date >= ?", (part.since,))}
    return [link for link in links if link.paper_id in recent]


def _fitting(part: Part, catalogue: dict[str, Entity], fame: Counter[str]) -> set[str]:
    types = set(part.types) or set(EntityType)
    return {each for each, papers in fame.items() if papers >= part.min_papers and catalogue[each].type in types}


def _reach(links: list[Link], start: set[str], depth: int) -> set[str]:
    """The papers within so many steps of the entities."""
    papers_of, named_by = defaultdict(list), defaultdict(list)
    for link in links:
        papers_of[link.entity_id].append(link.paper_id)
        named_by[link.paper_id].append(link.entity_id)
    reached: set[str] = set()
    edge = start
    for _ in range(depth):
        fresh = {paper for entity in edge for paper in papers_of[entity]} - reached
        reached |= fresh
        edge = {entity for paper in fresh for entity in named_by[paper]}
    return reached


def _first(ids: set[str], weight: Counter[str], always: Iterable[str], most: int) -> list[str]:
    """The heaviest, and before them those that were asked for."""
    asked = list(always)
    ranked = sorted(ids.difference(asked), key=lambda each: (-weight[each], each))
    return (asked + ranked)[:most]
