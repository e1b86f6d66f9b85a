"""The process in which queries run: it can be killed in the middle of one.

The engine cannot be interrupted from Python, so it runs in a process of its own that kills itself by alarm when the
time is over.

One line of JSON comes in for each query (``Request``), one goes out (``Reply``), followed by ``size`` bytes of result.
"""

from __future__ import annotations

import json
import re
import resource
import signal
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Literal

import pyoxigraph as ox

from kg.errors import KgError, LimitError
from kg.rdf.fulltext import MATCHES, Matcher
from kg.rdf.querytext import bind, check_reads_only
from kg.rdf.terms import PREFIXES
from kg.rdf.triplestore import open_store
from kg.store import GraphReader
from kg.text.characters import storable

__all__ = ["Kind", "Reply", "Request", "evaluate", "serve"]

Kind = Literal["rows", "boolean", "graph"]
Functions = Mapping[ox.NamedNode, Callable[..., ox.Literal | None]]


@dataclass(frozen=True, slots=True)
class Request:
    """A query; ``values`` are what its variables are bound to, as terms of the W3C's JSON results.

    ``seconds`` and ``rows`` limit what it may take, ``size`` the bytes of its result; 0 is no limit.
    """

    query: str
    values: dict[str, dict[str, str]]
    seconds: float
    rows: int
    size: int = 0


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of it: an ``error`` (``beyond`` a limit, if so), or a result of ``size`` bytes, ``cut`` if there was
    more.

    Rows and booleans come as the W3C's JSON results, graphs as N-Triples.
    """

    kind: Kind = "rows"
    count: int = 0
    cut: bool = False
    size: int = 0
    error: str | None = None
    beyond: bool = False


def serve(graph: str, base: str, where: Literal["memory", "disk"], memory: str = "0") -> None:
    """Answer queries on standard input until it ends; ``where`` is the place of the triples of a large graph, and
    ``memory`` how many bytes more the process may take once it is ready."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started us decides when we end
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGALRM})
    try:
        with GraphReader(Path(graph)) as reader:
            store = open_store(reader, base, _say, in_memory=where == "memory")
            functions = {MATCHES: Matcher(reader, base)}
            _limit_memory(int(memory))
            _send(Reply())
            for line in sys.stdin:
                _send(*evaluate(store, functions, base, Request(**json.loads(line))))
    except KgError as error:
        _send(Reply(error=str(error)))


def _limit_memory(more: int) -> None:
    """End the process, and nothing else of the machine, when a query takes much more than is taken now.

    Where the system does not tell how much that is (it does on Linux), there is no limit.
    """
    if more:
        with suppress(OSError, ValueError):
            pages = int(Path("/proc/self/statm").read_text().split()[0])
            limit = pages * resource.getpagesize() + more
            resource.setrlimit(resource.RLIMIT_AS, (limit, resource.getrlimit(resource.RLIMIT_AS)[1]))


def _say(text: str) -> None:
    print(f"kg: {text}", file=sys.stderr)


def _send(reply: Reply, body: bytes = b"") -> None:
    sys.stdout.buffer.write(json.dumps(asdict(reply)).encode() + b"\n" + body)
    sys.stdout.buffer.flush()


def evaluate(store: ox.Store, functions: Functions, base: str, request: Request) -> tuple[Reply, bytes]:
    """Run one query, within its limits."""
    try:
        signal.setitimer(signal.ITIMER_REAL, request.seconds)
        check_reads_only(request.query)
        values = {name: str(_term(name, value)) for name, value in request.values.items()}
        results = _query(store, functions, base, request.query, values)
        kind, count, cut, body = _collect(results, request.rows or None)
        if 0 < request.size < len(body):
            raise LimitError(f"the answer has {len(body):,} bytes, more than {request.size:,}; ask for less")
        return Reply(kind, count, cut, len(body)), body
    except KgError as error:
        return Reply(error=str(error), beyond=isinstance(error, LimitError)), b""
    except MemoryError:
        return Reply(error="the query needs more memory than it may take; ask for less", beyond=True), b""
    except (OSError, RuntimeError, ValueError) as error:
        return Reply(error=f"the query failed: {error}"), b""
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _query(
    store: ox.Store, functions: Functions, base: str, query: str, values: Mapping[str, str]
) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    try:
        return store.query(bind(query, values), base_iri=base, prefixes=PREFIXES, custom_functions=dict(functions))
    except SyntaxError as error:
        found = _syntax_error(query, base)
        if found is None:
            names = ", ".join(f"?{name}" for name in values)
            raise KgError(f"{names}: a value cannot stand where the query has this variable") from error
        raise KgError(f"not SPARQL: {_place(found, query)}") from None


def _syntax_error(query: str, base: str) -> SyntaxError | None:
    """What is wrong with a query as its author wrote it."""
    try:
        with suppress(RuntimeError):  # a function that is not known here
            ox.Store().query(query, base_iri=base, prefixes=PREFIXES)
    except SyntaxError as error:
        return error
    return None


def _place(error: SyntaxError, query: str) -> str:
    """The engine's "error at 2:12: expected one of ..." as line, column and the text before that."""
    found = re.match(r"error at (\d+):(\d+)", str(error))
    if found is None:
        return " ".join(str(error).split())
    line, column = int(found[1]), int(found[2])
    lines = query.split("\n")[:line]
    text = " ".join("\n".join([*lines[:-1], lines[-1][: column - 1]]).split())[-_SHOWN:]
    reason = "a prefix there is not declared" if "Prefix not found" in str(error) else "it cannot go on like this"
    return f"line {line}, column {column}, after {text!r}: {reason}"


def _collect(
    results: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, limit: int | None
) -> tuple[Kind, int, bool, bytes]:
    if isinstance(results, ox.QueryBoolean):
        return "boolean", int(bool(results)), False, results.serialize(format=ox.QueryResultsFormat.JSON) or b""
    more = object()
    if isinstance(results, ox.QueryTriples):
        lines = {f"{triple} .\n" for triple in islice(results, limit)}
        cut = limit is not None and next(results, more) is not more
        return "graph", len(lines), cut, "".join(sorted(lines)).encode()
    names = [variable.value for variable in results.variables]
    rows = []
    for solution in islice(results, limit):
        found = ((name, solution[name]) for name in names)
        rows.append({name: _as_json(value) for name, value in found if value is not None})
    cut = limit is not None and next(results, more) is not more
    document = {"head": {"vars": names}, "results": {"bindings": rows}}
    return "rows", len(rows), cut, json.dumps(document, ensure_ascii=False).encode()


def _as_json(value: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> dict[str, object]:
    """A term as the W3C's JSON results have it."""
    if isinstance(value, ox.NamedNode):
        return {"type": "uri", "value": value.value}
    if isinstance(value, ox.BlankNode):
        return {"type": "bnode", "value": value.value}
    if isinstance(value, ox.Triple):
        parts = {"subject": value.subject, "predicate": value.predicate, "object": value.object}
        return {"type": "triple", "value": {name: _as_json(part) for name, part in parts.items()}}
    found: dict[str, object] = {"type": "literal", "value": value.value}
    if value.language:
        found["xml:lang"] = value.language
    elif value.datatype != _STRING:
        found["datatype"] = value.datatype.value
    return found


_SHOWN = 40  # characters of a query that cannot be read
_STRING = ox.NamedNode("http://www.w3.org/2001/XMLSchema#string")


def _term(name: str, value: Mapping[str, str]) -> ox.NamedNode | ox.Literal:
    text = storable(value["value"])
    try:
        if value["type"] == "uri":
            return ox.NamedNode(text)
        if "xml:lang" in value:
            return ox.Literal(text, language=value["xml:lang"])
        if "datatype" in value:
            return ox.Literal(text, datatype=ox.NamedNode(value["datatype"]))
        return ox.Literal(text)
    except ValueError as error:
        raise KgError(f"?{name}: {text!r} cannot be used: {error}") from None
