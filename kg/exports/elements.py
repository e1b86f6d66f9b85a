"""The graph as nodes and edges with plain attributes: the one view that all graph formats write."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.iris import DEFAULT_BASE, entity_iri, paper_iri
from kg.model import PAPER_FIELDS, Entity, EntityRelation, Evidence, Paper, Stored
from kg.questions.proofs import best_evidence
from kg.questions.walk import walk_papers
from kg.store import GraphReader
from kg.text.reading import render

__all__ = ["EDGE_ATTRIBUTES", "NODE_ATTRIBUTES", "STATED", "Edge", "Node", "Value", "edges", "flat", "nodes"]

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
    "papers": int,
}
"""All that a node may have: ``kind`` (``paper`` or an entity type) and ``label`` always, the others where they are
known. ``papers`` is the number of papers that name an entity, ``known`` whether the vocabulary lists it."""

EDGE_ATTRIBUTES: Mapping[str, type] = {
    "relation": str,
    "confidence": float,
    "sentence": str,
    "surface": str,
    "field": str,
    "start": int,
    "end": int,
}
"""All that an edge may have: ``relation`` always; links also their ``confidence`` and best evidence (the sentence, the
name as it stands there, and its offsets in the stored ``field``)."""


@dataclass(frozen=True, slots=True)
class Node:
    """A paper or an entity, by IRI."""

    id: str
    attributes: dict[str, Value]


@dataclass(frozen=True, slots=True)
class Edge:
    """A link from a paper to an entity, or from an entity to its family; at most one between two nodes."""

    source: str
    target: str
    attributes: dict[str, Value]


def nodes(reader: GraphReader, base: str = DEFAULT_BASE) -> Iterator[Node]:
    """All papers by id, then all entities by id."""
    for paper in reader.papers():
        yield Node(paper_iri(paper.id, base), _paper(paper))
    papers_of = dict(reader.stream("SELECT entity_id, count(*) FROM link GROUP BY entity_id"))
    for entity in reader.entities():
        yield Node(entity_iri(entity.id, base), _entity(entity, papers_of.get(entity.id, 0)))


def edges(reader: GraphReader, base: str = DEFAULT_BASE) -> Iterator[Edge]:
    """All links by paper and entity, then all families."""
    for profile in walk_papers(reader):
        source = paper_iri(profile.paper.id, base)
        for link in profile.links:
            best = best_evidence(link.evidence, link.relation)
            attributes = {"relation": str(link.relation), "confidence": link.confidence, **_proof(best)}
            yield Edge(source, entity_iri(link.entity_id, base), attributes)
    for child, parent in reader.stream("SELECT child, parent FROM broader ORDER BY child, parent"):
        yield Edge(entity_iri(child, base), entity_iri(parent, base), {"relation": str(EntityRelation.BROADER)})


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


def _entity(entity: Entity, papers: int) -> dict[str, Value]:
    return {"kind": str(entity.type), "label": entity.label} | _known(
        aliases=entity.aliases,
        exact_matches=entity.exact_matches,
        introduced_in=entity.introduced_in,
        homepages=entity.homepages,
        known=entity.known,
        papers=papers,
    )


def _proof(evidence: Evidence | None) -> dict[str, Value]:
    if evidence is None:
        return {}
    return {
        "sentence": render(evidence.sentence).text,
        "surface": evidence.surface,
        "field": str(evidence.passage),
        "start": evidence.anchor.start,
        "end": evidence.anchor.end,
    }


def _known(**values: Value | None) -> dict[str, Value]:
    """Without what is unknown or empty: formats differ in how they say "nothing", not in how they leave out."""
    return {name: value for name, value in values.items() if value is not None and value not in ("", ())}
