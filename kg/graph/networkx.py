"""The graph as a networkx ``MultiDiGraph``, and as GraphML."""

from __future__ import annotations

from typing import IO

import networkx as nx

from kg.iris import DEFAULT_BASE, entity_iri, paper_iri
from kg.model import EntityRelation
from kg.store import GraphReader
from kg.text.latex import render

__all__ = ["to_networkx", "write_graphml"]


def to_networkx(reader: GraphReader, base: str = DEFAULT_BASE) -> nx.MultiDiGraph[str]:
    """Papers and entities as nodes (by IRI), links and families as edges.

    Node attributes: ``kind`` (``paper`` or an entity type), ``label``; papers also ``date`` where known, entities
    ``aliases``. Edge attributes: ``relation`` and, for links, ``confidence``.
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for paper in reader.papers():
        node = paper_iri(paper.id, base)
        graph.add_node(node, kind="paper", label=render(paper.title).text)
        if paper.date:
            graph.nodes[node]["date"] = paper.date
    for entity in reader.entities():
        graph.add_node(
            entity_iri(entity.id, base), kind=str(entity.type), label=entity.label, aliases="; ".join(entity.aliases)
        )
        for parent in entity.broader:
            graph.add_edge(entity_iri(entity.id, base), entity_iri(parent, base), relation=str(EntityRelation.BROADER))
    for link in reader.links():
        graph.add_edge(
            paper_iri(link.paper_id, base),
            entity_iri(link.entity_id, base),
            relation=str(link.relation),
            confidence=link.confidence,
        )
    return graph


def write_graphml(reader: GraphReader, stream: IO[bytes], base: str = DEFAULT_BASE) -> None:
    """Write GraphML, as Gephi, yEd and Cytoscape read it."""
    nx.write_graphml_xml(to_networkx(reader, base), stream, named_key_ids=True)
