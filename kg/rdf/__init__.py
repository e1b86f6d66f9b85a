"""The graph as RDF: terms, mapping, serialisation, validation."""

from kg.rdf.mapping import graph_nodes
from kg.rdf.options import EvidenceLevel, RdfOptions
from kg.rdf.serialise import RDF_FORMATS, ntriples_chunks, to_rdflib, write_rdf

__all__ = ["RDF_FORMATS", "EvidenceLevel", "RdfOptions", "graph_nodes", "ntriples_chunks", "to_rdflib", "write_rdf"]
