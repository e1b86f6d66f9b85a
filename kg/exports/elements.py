"""The graph as nodes and edges with plain attributes: the one view that all graph formats write.

A projection is another such view of the same graph, with attributes of its own; see ``kg.exports.entity_graph``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from kg.choices import parse
from kg.iris import DEFAULT_BASE, entity_iri, paper_iri
from kg.model import PAPER_FIELDS, Entity, EntityRelation, Evidence, Paper, Stored
from kg.questions.derived import builds_on, introduced_by, measured_by
from kg.questions.description import describe
from kg.questions.proofs import best_evidence
from kg.questions.walk import walk_papers
from kg.store import GraphReader
from kg.store.groups import Groups
from kg.text.reading import render

__all__ = [
    "EDGE_ATTRIBUTES",
    "NODE_ATTRIBUTES",
    "STATED",
    "Edge",
    "Elements",
    "Node",
    "Projection",
    "Value",
    "edges",
    "elements",
    "entity_attributes",
    "facts_of",
    "flat",
    "nodes",
]

Value = str | int | float | bool | tuple[str, ...]

_FIELDS = sorted(PAPER_FIELDS, key=lambda field: field.name != "date")  # the date first: what people sort papers by
STATED = tuple(field.name for field in _FIELDS)
"""What sources state of a paper, by the names of the attributes, in their order."""

_TYPES = {Stored.INTEGER: int, Stored.TEXT: str, Stored.TEXTS: tuple, Stored.AUTHORS: tuple}

NODE_ATTRIBUTES: Mapping[str, type] = {
    "kind": str,
    "label": str,
    **{field.name: _TYPES[field.stored] for field in _FIELDS},
    "sources": tuple,
    "aliases": tuple,
    "exact_matches": tuple,
    "introduced_in": tuple,
    "homepages": tuple,
    "known": bool,
    "direction": str,
    "scale": str,
    "papers": int,
    "introduced_by": tuple,
}
"""All that a node may have: ``kind`` (``paper`` or an entity type) and ``label`` always, the others where they are
known. ``papers`` is the number of papers that name an entity, ``known`` whether the vocabulary lists it,
``introduced_by`` the IRIs of the papers that introduce it."""

EDGE_ATTRIBUTES: Mapping[str, type] = {
    "relation": str,
    "label": str,
    "weight": float,
    "confidence": float,
    "sentence": str,
    "surface": str,
    "field": str,
    "start_offset": int,
    "end_offset": int,
}
"""All that an edge may have: always ``relation``, the same in words as its ``label``, and a ``weight``, which is 1 or,
of links, the confidence; links also their ``confidence`` and best evidence (the sentence, the name as it stands there,
and its offsets in the stored ``field``)."""


class Projection(StrEnum):
    """What to make of the graph before it is written."""

    ENTITIES = "entities"


@dataclass(frozen=True, slots=True)
class Node:
    """A paper or an entity, by IRI."""

    id: str
    attributes: dict[str, Value]


@dataclass(frozen=True, slots=True)
class Edge:
    """A link from a paper to an entity, or a relation of two entities; at most one of a relation between two nodes."""

    source: str
    target: str
    attributes: dict[str, Value]


@dataclass(frozen=True, slots=True)
class Elements:
    """A graph to write: which attributes its nodes and edges may have, both as streams, and facts of the whole."""

    node_attributes: Mapping[str, type]
    edge_attributes: Mapping[str, type]
    nodes: Callable[[], Iterator[Node]]
    edges: Callable[[], Iterator[Edge]]
    facts: Mapping[str, Value]


def elements(
    reader: GraphReader, base: str = DEFAULT_BASE, *, license: str | None = None, projection: str | None = None
) -> Elements:
    """The graph, or a projection of it, as nodes and edges.

    Raises:
        KgError: there is no such projection.
    """
    facts = facts_of(reader, base, license)
    if projection is not None:
        parse(Projection, projection)
        from kg.exports.entity_graph import entity_elements

        return entity_elements(reader, base, facts)
    return Elements(NODE_ATTRIBUTES, EDGE_ATTRIBUTES, lambda: nodes(reader, base), lambda: edges(reader, base), facts)


def facts_of(reader: GraphReader, base: str = DEFAULT_BASE, license: str | None = None) -> dict[str, Value]:
    """What the graph is, as names and plain values."""
    return {"id": base, **describe(reader).facts, **({"license": license} if license else {})}


def nodes(reader: GraphReader, base: str = DEFAULT_BASE) -> Iterator[Node]:
    """All papers by id, then all entities by id."""
    for paper in reader.papers():
        yield Node(paper_iri(paper.id, base), _paper(paper))
    papers_of = dict(reader.stream("SELECT entity_id, count(*) FROM link GROUP BY entity_id"))
    introduced = Groups(introduced_by(reader))
    for entity in reader.entities():
        papers = tuple(paper_iri(paper, base) for _, paper in introduced.take(entity.id))
        yield Node(entity_iri(entity.id, base), entity_attributes(entity, papers_of.get(entity.id, 0), papers))


def edges(reader: GraphReader, base: str = DEFAULT_BASE) -> Iterator[Edge]:
    """All links by paper and entity, then the relations of entities: broader, builds on, measured by."""
    for profile in walk_papers(reader):
        source = paper_iri(profile.paper.id, base)
        for link in profile.links:
            best = best_evidence(link.evidence, link.relation)
            attributes = _related(link.relation, link.confidence)
            attributes |= {"confidence": link.confidence, **_proof(best)}
            yield Edge(source, entity_iri(link.entity_id, base), attributes)
    broader = reader.stream("SELECT child, parent FROM broader ORDER BY child, parent")
    for relation, pairs in (
        (EntityRelation.BROADER, broader),
        (EntityRelation.BUILDS_ON, builds_on(reader)),
        (EntityRelation.MEASURED_BY, measured_by(reader)),
    ):
        for one, other in pairs:
            yield Edge(entity_iri(one, base), entity_iri(other, base), _related(relation, 1.0))


def flat(attributes: Mapping[str, Value]) -> dict[str, str | int | float | bool]:
    """For formats without lists.

    >>> flat({"label": "PPO", "aliases": ("Proximal Policy Optimization", "P.P.O.")})
    {'label': 'PPO', 'aliases': 'Proximal Policy Optimization; P.P.O.'}
    """
    return {name: "; ".join(value) if isinstance(value, tuple) else value for name, value in attributes.items()}


def _paper(paper: Paper) -> dict[str, Value]:
    stated = {name: getattr(paper, name) for name in STATED}
    stated["authors"] = tuple(author.name for author in paper.authors)
    return {"kind": "paper", "label": render(paper.title).text} | _known(**stated, sources=paper.sources)


def entity_attributes(entity: Entity, papers: int, introduced: tuple[str, ...]) -> dict[str, Value]:
    """What the node of an entity has; ``introduced`` are the IRIs of the papers that introduce it."""
    return {"kind": str(entity.type), "label": entity.label} | _known(
        aliases=entity.aliases,
        exact_matches=entity.exact_matches,
        introduced_in=entity.introduced_in,
        homepages=entity.homepages,
        known=entity.known,
        direction=entity.direction,
        scale=entity.scale,
        papers=papers,
        introduced_by=introduced,
    )


def _related(relation: str, weight: float) -> dict[str, Value]:
    return {"relation": str(relation), "label": relation.replace("_", " "), "weight": weight}


def _proof(evidence: Evidence | None) -> dict[str, Value]:
    if evidence is None:
        return {}
    return {
        "sentence": render(evidence.sentence).text,
        "surface": evidence.surface,
        "field": str(evidence.passage),
        "start_offset": evidence.anchor.start,
        "end_offset": evidence.anchor.end,
    }


def _known(**values: Value | None) -> dict[str, Value]:
    """Without what is unknown or empty: formats differ in how they say "nothing", not in how they leave out."""
    return {name: value for name, value in values.items() if value is not None and value not in ("", ())}
