"""SPARQL 1.1 over the graph: SELECT, ASK, CONSTRUCT and DESCRIBE, within limits of time and size.

Queries run in processes of their own (``kg.rdf.worker``), started at the first query and kept for the next.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import KgError
from kg.iris import DEFAULT_BASE, check_base
from kg.lending import Lender
from kg.rdf.worker import Kind, Request
from kg.rdf.workers import Worker
from kg.text.characters import storable

if TYPE_CHECKING:
    import rdflib

__all__ = ["DEFAULT_SECONDS", "MAX_SECONDS", "Answer", "SparqlEngine", "literal", "python_term", "uri"]

DEFAULT_SECONDS = 30.0
"""How long a query may run unless told otherwise; making the store ready does not count."""

MAX_SECONDS = 1e6

DEFAULT_WORKERS = 2
"""How many queries run at once; a further process is started only when all others are at work."""

Json = Mapping[str, str]
"""A term as the W3C's JSON results have it."""

_XSD = "http://www.w3.org/2001/XMLSchema#"
_NAME = re.compile(r"[^\W\d]\w*\Z")


def literal(value: str, *, datatype: str | None = None, language: str | None = None) -> dict[str, str]:
    """A text to bind a variable to; ``datatype`` is an IRI or the name of an XML Schema type.

    >>> literal("5", datatype="integer")["datatype"]
    'http://www.w3.org/2001/XMLSchema#integer'
    """
    found = {"type": "literal", "value": value}
    if language is not None:
        found["xml:lang"] = language
    elif datatype is not None:
        found["datatype"] = datatype if ":" in datatype else _XSD + datatype
    return found


def uri(value: str) -> dict[str, str]:
    """An IRI to bind a variable to."""
    return {"type": "uri", "value": value}


def python_term(value: object) -> dict[str, str]:
    """A Python value to bind a variable to: texts, numbers, booleans and dates as literals, rdflib's terms as such.

    >>> python_term(True)["value"], python_term("PPO")["type"]
    ('true', 'literal')
    """
    kind = type(value).__name__
    if kind == "URIRef":
        return uri(str(value))
    if kind == "Literal":
        datatype, language = getattr(value, "datatype", None), getattr(value, "language", None)
        return literal(str(value), datatype=str(datatype) if datatype else None, language=language)
    if isinstance(value, bool):
        return literal(str(value).lower(), datatype="boolean")
    names = {"int": "integer", "float": "double", "Decimal": "decimal", "date": "date", "datetime": "dateTime"}
    if kind in names:
        text = value.isoformat() if hasattr(value, "isoformat") else str(value)
        return literal(text, datatype=names[kind])
    if isinstance(value, str):
        return literal(str(value))
    raise KgError(f"{value!r} cannot be bound to a variable; give a text, number, boolean, date or rdflib term")


@dataclass(frozen=True, slots=True)
class Answer:
    """The result of one query: ``rows`` (of a SELECT), a ``boolean`` (ASK) or a ``graph`` (CONSTRUCT, DESCRIBE).

    ``count`` is the number of rows or triples (of an ASK 1 or 0); ``cut`` says that there were more than asked for.
    """

    kind: Kind
    count: int
    cut: bool
    body: bytes

    def columns(self) -> list[str]:
        """The names of the variables that a SELECT returns, in order."""
        return self._document().head

    def terms(self) -> Iterator[dict[str, dict[str, str]]]:
        """The rows of a SELECT, as terms by variable; what is unbound is left out."""
        yield from self._document().rows

    def values(self) -> list[dict[str, object]]:
        """The rows of a SELECT, as Python values by variable: numbers and booleans as such, all else as text."""
        columns = self.columns()
        return [{name: _python(row.get(name)) for name in columns} for row in self.terms()]

    def boolean(self) -> bool:
        """The answer to an ASK."""
        return bool(self.count)

    def to_rdflib(self) -> rdflib.Graph:
        """The graph that a CONSTRUCT or DESCRIBE made."""
        import rdflib

        from kg.rdf.terms import PREFIXES

        graph = rdflib.Graph()
        for prefix, iri in PREFIXES.items():
            graph.bind(prefix, iri)
        return graph.parse(data=self.body, format="nt")

    def serialise(self, media: str) -> bytes:
        """The result in a W3C format: ``json csv tsv xml`` or ``turtle ntriples nquads trig jsonld rdfxml``.

        Raises:
            KgError: the format is not one for this kind of result.
        """
        import pyoxigraph as ox

        from kg.rdf.terms import PREFIXES

        results = ox.QueryResultsFormat
        rows = {"json": results.JSON, "csv": results.CSV, "tsv": results.TSV, "xml": results.XML}
        graphs = {
            "turtle": ox.RdfFormat.TURTLE,
            "ntriples": ox.RdfFormat.N_TRIPLES,
            "nquads": ox.RdfFormat.N_QUADS,
            "trig": ox.RdfFormat.TRIG,
            "jsonld": ox.RdfFormat.JSON_LD,
            "rdfxml": ox.RdfFormat.RDF_XML,
        }
        fitting = graphs if self.kind == "graph" else rows
        if media not in fitting:
            what = "a graph" if self.kind == "graph" else "rows" if self.kind == "rows" else "yes or no"
            raise KgError(f"the query gives {what}, which {media} cannot hold; choose {', '.join(fitting)}")
        if self.kind == "graph":
            quads = ox.parse(self.body, format=ox.RdfFormat.N_TRIPLES)
            used = {prefix: iri for prefix, iri in PREFIXES.items() if f"<{iri}".encode() in self.body}
            return ox.serialize(quads, format=graphs[media], prefixes=used) or b""
        return ox.parse_query_results(self.body, format=results.JSON).serialize(format=rows[media]) or b""

    def _document(self) -> _Table:
        if self.kind != "rows":
            raise KgError(f"the query gives a {self.kind}, not rows")
        document = json.loads(self.body)
        return _Table(document["head"]["vars"], document["results"]["bindings"])


@dataclass(frozen=True, slots=True)
class _Table:
    head: list[str]
    rows: list[dict[str, dict[str, str]]]


class SparqlEngine:
    """Answers queries on one graph file, of any thread; use as a context manager, or ``close`` it.

    Up to ``workers`` queries run at once, each in a process of its own; more wait for one. ``in_memory`` keeps the
    triples of a large graph in memory, not on disk: faster queries after a slower start, and each process has its own.
    ``memory`` is how many bytes the queries of a process may take; 0 is no limit. A ``lasting`` engine goes on with the
    graph as it was when its processes were started, where others start new ones for a graph that has changed.
    """

    def __init__(
        self,
        graph: Path,
        base: str = DEFAULT_BASE,
        *,
        in_memory: bool = False,
        workers: int = DEFAULT_WORKERS,
        memory: int = 0,
        lasting: bool = False,
    ) -> None:
        check_base(base)
        self._beginning: list[Worker] = []
        self._workers = Lender(
            lambda: Worker(graph, base, in_memory=in_memory, memory=memory, lasting=lasting, begun=self._begin),
            self._end,
            stop=Worker.stop,
            fit=lambda worker: worker.is_fit,
            size=workers,
        )

    def close(self) -> None:
        """End the processes, and with them the queries that they are at; also those that are not ready yet."""
        self._workers.close()
        for worker in self._beginning.copy():
            worker.stop()

    def _begin(self, worker: Worker) -> None:
        self._beginning.append(worker)
        if self._workers.closed:
            worker.stop()

    def _end(self, worker: Worker) -> None:
        worker.end()
        self._beginning.remove(worker)

    def __enter__(self) -> SparqlEngine:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def ask(
        self,
        query: str,
        values: Mapping[str, Json] | None = None,
        *,
        seconds: float = DEFAULT_SECONDS,
        rows: int = 0,
        size: int = 0,
    ) -> Answer:
        """Run a query, with ``values`` in place of variables; at most so many ``rows`` or triples, and ``size`` bytes.

        0 ``seconds``, ``rows`` or ``size`` is no limit.

        Raises:
            KgError: the query is no SPARQL, an update or a federated one, or a value or name of a variable is none.
            LimitError: it took longer than ``seconds``, needed more memory than there is for it, or its answer is
                larger than ``size``.
            GraphError: the graph cannot be read.
            ClosedError: the engine is closed, or was while it answered.
        """
        if not 0 <= seconds <= MAX_SECONDS or rows < 0:
            raise KgError(f"limits are 0 to {MAX_SECONDS:g} seconds and 0 or more rows, not {seconds} and {rows}")
        bound = {name: dict(value) for name, value in (values or {}).items()}
        for name in bound:
            if not _NAME.match(name):
                raise KgError(f"{name!r} is no name of a variable; give letters, digits and underscores")
        with self._workers.lend() as worker:
            reply, body = worker.ask(Request(storable(query), bound, seconds, rows, size))
        return Answer(reply.kind, reply.count, reply.cut, body)


def _python(term: Mapping[str, str] | None) -> object:
    if term is None:
        return None
    text, datatype = term["value"], term.get("datatype", "").removeprefix(_XSD)
    with suppress(ValueError):
        if datatype in ("integer", "nonNegativeInteger", "int", "long"):
            return int(text)
        if datatype in ("decimal", "double", "float"):
            return float(text)
    return text == "true" if datatype == "boolean" else text
