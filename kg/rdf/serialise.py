"""The graph in every RDF format: streamed, in a fixed order, the same bytes for the same graph."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import IO, TYPE_CHECKING

from kg.errors import KgError
from kg.iris import DEFAULT_BASE, check_base, check_iri
from kg.rdf.jsonld import jsonld_blocks
from kg.rdf.lines import ntriples_lines, turtle_blocks
from kg.rdf.mapping import graph_nodes
from kg.rdf.nodes import EN, IRI, TERM, TEXT, Node
from kg.rdf.options import RdfOptions
from kg.rdf.terms import PREFIXES, expand
from kg.rdf.xml import xml_blocks
from kg.store import GraphReader

if TYPE_CHECKING:
    import rdflib

__all__ = ["QUAD_FORMATS", "RDF_FORMATS", "nodes_to_rdflib", "ntriples_chunks", "to_rdflib", "write_rdf"]

RDF_FORMATS: dict[str, Callable[..., Iterator[str]]] = {
    "turtle": turtle_blocks,
    "ntriples": ntriples_lines,
    "nquads": ntriples_lines,
    "trig": turtle_blocks,
    "jsonld": jsonld_blocks,
    "rdfxml": xml_blocks,
}
"""How each format writes nodes. A quad format is its triple format, unless all is in a named graph."""
QUAD_FORMATS = ("nquads", "trig", "jsonld")
"""Those that can hold a named graph: they take its IRI as ``graph``."""

_CHUNK = 1 << 18  # characters; a write a line would cost more than making the line


def write_rdf(
    reader: GraphReader,
    output_format: str,
    stream: IO[bytes],
    base: str = DEFAULT_BASE,
    options: RdfOptions | None = None,
) -> None:
    """Write the whole graph in one of ``RDF_FORMATS``.

    Raises:
        KgError: there is no such format, or ``base`` cannot begin IRIs.
    """
    for chunk in _chunks(reader, output_format, base, options):
        stream.write(chunk)


def ntriples_chunks(
    reader: GraphReader, base: str = DEFAULT_BASE, options: RdfOptions | None = None
) -> Iterator[bytes]:
    """The graph as N-Triples in pieces of whole lines: the fastest way into a triple store.

    Raises:
        KgError: ``base`` cannot begin IRIs.
    """
    return _chunks(reader, "ntriples", base, options)


def _chunks(reader: GraphReader, output_format: str, base: str, options: RdfOptions | None) -> Iterator[bytes]:
    if output_format not in RDF_FORMATS:
        raise KgError(f"{output_format!r} is no RDF format; use {', '.join(RDF_FORMATS)}")
    _check_base(base)
    options = options or RdfOptions()
    if options.license:
        check_iri(options.license, "license")
    if options.graph and output_format not in QUAD_FORMATS:
        raise KgError(f"{output_format} has no named graphs; the formats that have them are {', '.join(QUAD_FORMATS)}")
    if options.graph:
        check_iri(options.graph, "graph")
    named = {"graph": options.graph} if options.graph else {}
    return _join(RDF_FORMATS[output_format](graph_nodes(reader, base, options), **named))


def _join(pieces: Iterable[str]) -> Iterator[bytes]:
    waiting: list[str] = []
    size = 0
    for piece in pieces:
        waiting.append(piece)
        size += len(piece)
        if size >= _CHUNK:
            yield "".join(waiting).encode()
            waiting, size = [], 0
    yield "".join(waiting).encode()


def _check_base(base: str) -> None:
    check_base(base)
    scheme = base.partition(":")[0]
    if scheme in PREFIXES:
        # JSON-LD would read such an IRI as a prefixed name.
        raise KgError(f"{base!r} cannot be a base: {scheme!r} is a prefix of the ontology; give another IRI")


def to_rdflib(reader: GraphReader, base: str = DEFAULT_BASE, options: RdfOptions | None = None) -> rdflib.Graph:
    """The same triples in rdflib's memory store.

    Raises:
        KgError: ``base`` cannot begin IRIs.
    """
    _check_base(base)
    return nodes_to_rdflib(graph_nodes(reader, base, options))


def nodes_to_rdflib(nodes: Iterable[Node]) -> rdflib.Graph:
    """The triples of some nodes in rdflib's memory store."""
    import rdflib

    graph = rdflib.Graph()
    for prefix, iri in PREFIXES.items():
        graph.bind(prefix, iri, replace=True)

    @cache
    def named(name: str) -> rdflib.URIRef:
        return rdflib.URIRef(expand(name))

    def thing(kind: str, value: str) -> rdflib.URIRef | rdflib.Literal:
        if kind == IRI:
            return rdflib.URIRef(value)
        if kind == TERM:
            return named(value)
        if kind == TEXT:
            return rdflib.Literal(value)
        return rdflib.Literal(value, lang="en") if kind == EN else rdflib.Literal(value, datatype=named(kind))

    for subject, properties in nodes:
        node = rdflib.URIRef(subject)
        for predicate, kind, value in properties:
            graph.add((node, named(predicate), thing(kind, value)))
    return graph
