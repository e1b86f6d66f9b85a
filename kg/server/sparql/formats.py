"""The media types that answers are given in, and what ``kg.rdf.sparql`` calls each."""

from __future__ import annotations

from kg.server.negotiation import preferred
from kg.server.problems import ProblemError

__all__ = ["GRAPHS", "RESULT_FORMATS", "ROWS", "check_acceptable", "choose"]

ROWS = {
    "application/sparql-results+json": "json",
    "application/sparql-results+xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/json": "json",
    "application/xml": "xml",
    "text/xml": "xml",
}
"""Of rows and of yes or no, the one that is given unless another is asked for first."""

GRAPHS = {
    "text/turtle": "turtle",
    "application/n-triples": "ntriples",
    "application/ld+json": "jsonld",
    "application/rdf+xml": "rdfxml",
    "application/trig": "trig",
    "application/n-quads": "nquads",
}
"""Of graphs, likewise."""

_W3C = "http://www.w3.org/ns/formats/"
RESULT_FORMATS = tuple(
    _W3C + name
    for name in (
        "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
        "Turtle", "N-Triples", "JSON-LD", "RDF_XML", "TriG", "N-Quads",
    )
)  # fmt: skip
"""The same, as service descriptions name them (https://www.w3.org/ns/formats/)."""


def check_acceptable(accept: str | None) -> None:
    """Refuse to work for who takes none of the formats.

    Raises:
        ProblemError: 406.
    """
    if preferred(accept, (*ROWS, *GRAPHS)) is None:
        raise _not_acceptable("results", (*ROWS, *GRAPHS))


def choose(accept: str | None, kind: str) -> str:
    """The media type for an answer of this kind (``rows``, ``boolean``, ``graph``).

    Raises:
        ProblemError: 406, the client takes none of them.
    """
    offers = GRAPHS if kind == "graph" else ROWS
    found = preferred(accept, offers)
    if found is None:
        raise _not_acceptable("a graph" if kind == "graph" else "rows" if kind == "rows" else "yes or no", offers)
    return found


def _not_acceptable(what: str, offers: dict[str, str] | tuple[str, ...]) -> ProblemError:
    return ProblemError(406, f"the query gives {what}; accept one of {', '.join(offers)}")
