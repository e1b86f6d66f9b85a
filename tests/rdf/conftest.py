"""What the tests of RDF share: a graph as bytes of a format, and bytes as triples, by two parsers."""

from __future__ import annotations

import io
from pathlib import Path

import pyoxigraph as ox
import rdflib

from kg.iris import DEFAULT_BASE
from kg.rdf import RdfOptions, write_rdf
from kg.store import GraphReader

OXIGRAPH = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "nquads": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}
RDFLIB = {
    "turtle": "turtle", "ntriples": "nt", "nquads": "nquads", "trig": "trig", "jsonld": "json-ld", "rdfxml": "xml",
}  # fmt: skip


def exported(
    path: Path, output_format: str = "turtle", base: str = DEFAULT_BASE, options: RdfOptions | None = None
) -> bytes:
    """A graph file as one RDF format."""
    stream = io.BytesIO()
    with GraphReader(path) as reader:
        write_rdf(reader, output_format, stream, base, options)
    return stream.getvalue()


def by_oxigraph(data: bytes, output_format: str = "turtle") -> set[ox.Quad]:
    """What Oxigraph reads."""
    return set(ox.parse(data, format=OXIGRAPH[output_format]))


def by_rdflib(data: bytes, output_format: str = "turtle") -> rdflib.Graph:
    """What rdflib reads: everything has to be in the default graph."""
    dataset = rdflib.Dataset()
    dataset.parse(data=data, format=RDFLIB[output_format])
    assert [graph.identifier for graph in dataset.graphs() if len(graph)] == [dataset.default_graph.identifier]
    graph: rdflib.Graph = dataset.default_graph
    return graph
