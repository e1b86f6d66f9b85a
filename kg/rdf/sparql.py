"""SPARQL 1.1 over the graph: SELECT, ASK, CONSTRUCT and DESCRIBE, within limits of time and size.

Queries run in a process of their own (``kg.rdf.worker``), started at the first query and kept for the next.
"""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import KgError
from kg.iris import DEFAULT_BASE, check_base
from kg.rdf.triplestore import graph_state
from kg.rdf.worker import Kind, Reply, Request
from kg.text.characters import storable

if TYPE_CHECKING:
    import rdflib

__all__ = ["DEFAULT_SECONDS", "MAX_SECONDS", "Answer", "SparqlEngine", "literal", "python_term", "uri"]

DEFAULT_SECONDS = 30.0
"""How long a query may run unless told otherwise; making the store ready does not count."""

MAX_SECONDS = 1e6

Json = Mapping[str, str]
"""A term as the W3C's JSON results have it."""

_XSD = "http://www.w3.org/2001/XMLSchema#"
_NAME = re.compile(r"[^\W\d]\w*\Z")
_WORKER = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from kg.rdf.worker import serve; serve(*sys.argv[2:])"
)


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
    """Answers queries on one graph file; use as a context manager, or ``close`` it.

    ``in_memory`` keeps the triples of a large graph in memory, not on disk: faster queries after a slower start.
    """

    def __init__(self, graph: Path, base: str = DEFAULT_BASE, *, in_memory: bool = False) -> None:
        check_base(base)
        self._graph = graph
        self._arguments = (str(graph), base, "memory" if in_memory else "disk")
        self._process: subprocess.Popen[bytes] | None = None
        self._state = ""

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    with suppress(OSError):
                        stream.close()

    def __enter__(self) -> SparqlEngine:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def ask(
        self, query: str, values: Mapping[str, Json] | None = None, *, seconds: float = DEFAULT_SECONDS, rows: int = 0
    ) -> Answer:
        """Run a query, with ``values`` in place of variables; at most so many ``rows`` or triples.

        0 ``seconds`` or ``rows`` is no limit.

        Raises:
            KgError: the query is no SPARQL, an update or a federated one, took longer than ``seconds``, or a value or
                name of a variable is none.
        """
        if not 0 <= seconds <= MAX_SECONDS or rows < 0:
            raise KgError(f"limits are 0 to {MAX_SECONDS:g} seconds and 0 or more rows, not {seconds} and {rows}")
        bound = {name: dict(value) for name, value in (values or {}).items()}
        for name in bound:
            if not _NAME.match(name):
                raise KgError(f"{name!r} is no name of a variable; give letters, digits and underscores")
        try:
            process = self._ready()
            reply, body = _exchange(process, Request(storable(query), bound, seconds, rows))
        except BaseException:
            self.close()
            raise
        if reply is None:
            status = process.wait()
            self.close()
            if status == -signal.SIGALRM:
                raise KgError(f"stopped after {seconds:g} s; ask for less, or allow more time")
            raise KgError(f"the query's process ended early ({_reason(status)}); ask for less")
        if reply.error is not None:
            raise KgError(reply.error)
        return Answer(reply.kind, reply.count, reply.cut, body)

    def _ready(self) -> subprocess.Popen[bytes]:
        """The process, holding the graph as it is now."""
        state = graph_state(self._graph)
        if self._process is not None and state == self._state:
            return self._process
        self.close()
        command = [sys.executable, "-P", "-c", _WORKER, json.dumps(sys.path), *self._arguments]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._state = state
        reply, _ = _receive(self._process)
        if reply is None:
            raise KgError(f"the query's process did not start ({_reason(self._process.wait())})")
        if reply.error is not None:
            raise KgError(reply.error)
        return self._process


def _exchange(process: subprocess.Popen[bytes], request: Request) -> tuple[Reply | None, bytes]:
    assert process.stdin is not None
    with suppress(BrokenPipeError):
        process.stdin.write(json.dumps(asdict(request)).encode() + b"\n")
        process.stdin.flush()
    return _receive(process)


def _receive(process: subprocess.Popen[bytes]) -> tuple[Reply | None, bytes]:
    """The next reply with its bytes; None when the process ended without one."""
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line.endswith(b"\n"):
        return None, b""
    reply = Reply(**json.loads(line))
    body = process.stdout.read(reply.size)
    return (reply, body) if len(body) == reply.size else (None, b"")


def _reason(status: int) -> str:
    return f"signal {-status}" if status < 0 else f"exit code {status}"


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
