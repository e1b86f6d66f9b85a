"""What the service is, as RDF (https://www.w3.org/TR/sparql11-service-description/)."""

from __future__ import annotations

import pyoxigraph as ox

from kg.rdf.terms import PREFIXES
from kg.server.settings import Settings
from kg.server.sparql.formats import RESULT_FORMATS

__all__ = ["FORMATS", "service_description"]

FORMATS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}

_SD = "http://www.w3.org/ns/sparql-service-description#"
_A = ox.NamedNode(PREFIXES["rdf"] + "type")
_COMMENT = ox.NamedNode(PREFIXES["rdfs"] + "comment")


def service_description(endpoint: str, settings: Settings, media: str) -> bytes:
    """The service at the address ``endpoint``, in one of ``FORMATS``."""
    prefixes = {"sd": _SD, "rdfs": PREFIXES["rdfs"], "void": PREFIXES["void"]}
    return ox.serialize(_triples(endpoint, settings), format=FORMATS[media], prefixes=prefixes) or b""


def _triples(endpoint: str, settings: Settings) -> list[ox.Triple]:
    service, dataset = ox.NamedNode(f"{endpoint}#service"), ox.NamedNode(f"{endpoint}#dataset")
    graph = ox.NamedNode(settings.base)
    limits = (
        f"Read only, without SERVICE. A query may take {settings.sparql_seconds:g} seconds and gives at most "
        f"{settings.sparql_rows} rows or triples; the header Kg-Truncated says when there were more."
    )
    return [
        ox.Triple(service, _A, _sd("Service")),
        ox.Triple(service, _sd("endpoint"), ox.NamedNode(endpoint)),
        ox.Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query")),
        *(ox.Triple(service, _sd("resultFormat"), ox.NamedNode(each)) for each in RESULT_FORMATS),
        ox.Triple(service, _sd("extensionFunction"), ox.NamedNode(PREFIXES["kg"] + "matches")),
        ox.Triple(service, _COMMENT, ox.Literal(limits, language="en")),
        ox.Triple(service, _sd("defaultDataset"), dataset),
        ox.Triple(dataset, _A, _sd("Dataset")),
        ox.Triple(dataset, _sd("defaultGraph"), graph),
        ox.Triple(graph, _A, _sd("Graph")),
        ox.Triple(graph, _A, ox.NamedNode(PREFIXES["void"] + "Dataset")),
        ox.Triple(ox.NamedNode(PREFIXES["kg"] + "matches"), _A, _sd("Function")),
    ]


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(_SD + name)
