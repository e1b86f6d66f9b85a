"""The graph as RDF: terms, mapping, serialisation."""

from kg.rdf.serialise import to_rdflib, write_turtle

__all__ = ["to_rdflib", "write_turtle"]
