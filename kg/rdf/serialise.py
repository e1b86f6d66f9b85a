"""The triples as Turtle, and in rdflib's memory store."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

import pyoxigraph as ox

from kg.iris import DEFAULT_BASE, check_base
from kg.rdf.mapping import graph_triples
from kg.rdf.terms import PREFIXES
from kg.store import GraphReader

if TYPE_CHECKING:
    import rdflib

__all__ = ["to_rdflib", "write_turtle"]


def write_turtle(reader: GraphReader, stream: IO[bytes], base: str = DEFAULT_BASE) -> None:
    """Write Turtle, streamed, in a fixed order.

    Raises:
        KgError: ``base`` is no absolute IRI.
    """
    check_base(base)
    ox.serialize(graph_triples(reader, base), stream, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES)


def to_rdflib(reader: GraphReader, base: str = DEFAULT_BASE) -> rdflib.Graph:
    """The same triples as an rdflib graph."""
    import rdflib

    check_base(base)
    graph = rdflib.Graph()
    for prefix, iri in PREFIXES.items():
        graph.bind(prefix, iri)
    text = ox.serialize(graph_triples(reader, base), format=ox.RdfFormat.N_TRIPLES)
    return graph.parse(data=text, format="nt")
