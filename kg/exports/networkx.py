"""The graph as a networkx ``MultiDiGraph``."""

from __future__ import annotations

import networkx as nx

from kg.exports.elements import elements, flat
from kg.iris import DEFAULT_BASE
from kg.store import GraphReader

__all__ = ["to_networkx"]


def to_networkx(
    reader: GraphReader, base: str = DEFAULT_BASE, *, projection: str | None = None
) -> nx.MultiDiGraph[str]:
    """Papers and entities as nodes (by IRI), links and relations of entities as edges; or a projection of these.

    ``graph.graph`` says what the whole is. Attributes are those of ``kg.exports.elements``, where they are known; lists
    as one string, parted by ``; ``, so that all that networkx writes can hold them.
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    with reader.snapshot():
        found = elements(reader, base, projection=projection)
        graph.graph.update(flat(found.facts))
        for node in found.nodes():
            graph.add_node(node.id, **flat(node.attributes))
        for edge in found.edges():
            graph.add_edge(edge.source, edge.target, **flat(edge.attributes))
    return graph
