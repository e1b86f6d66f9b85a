"""From a request to the query that it asks: the protocol's section 2.1, and what it refuses."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.requests import Request

from kg.server.negotiation import media_type
from kg.server.problems import ProblemError

__all__ = ["Operation", "read_operation"]

_FORM, _DIRECT, _UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
_FIELDS = 100  # parameters of a request; clients send a handful
_READ_ONLY = "the graph is only read here; change it with 'kg build' and its sources"


@dataclass(frozen=True, slots=True)
class Operation:
    """A query, and the dataset that the protocol asks for beside it: the IRIs of default and of named graphs."""

    query: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


async def read_operation(request: Request) -> Operation | None:
    """What a request asks; None for a bare GET, which asks what this service is.

    Raises:
        ProblemError: 400, there is not exactly one query, or what is sent is no UTF-8; 403, it is an update; 415, it
            is of a type that the protocol has no use for.
    """
    asked = _parameters(request.scope["query_string"])
    if request.method != "POST":
        return _operation(asked) if asked else None
    kind, charset = media_type(request.headers.get("content-type", ""))
    if kind == _UPDATE:
        raise ProblemError(403, f"updates are refused: {_READ_ONLY}")
    if kind not in (_FORM, _DIRECT):
        raise ProblemError(415, f"send a query as {_FORM} or as {_DIRECT}, not as {kind or 'nothing that is told'}")
    if charset not in ("utf-8", "utf8", "us-ascii"):
        raise ProblemError(415, f"send the query in UTF-8, not in {charset}")
    body = await request.body()
    if kind == _FORM:
        return _operation(asked + _parameters(body))
    return _operation([*asked, ("query", _text(body))])


def _operation(parameters: list[tuple[str, str]]) -> Operation:
    if any(name == "update" for name, _ in parameters):
        raise ProblemError(403, f"updates are refused: {_READ_ONLY}")
    queries = [value for name, value in parameters if name == "query"]
    if len(queries) != 1:
        raise ProblemError(400, f"give one query, in the parameter 'query'; there are {len(queries) or 'none'}")
    default, named = (
        tuple(value for name, value in parameters if name == wanted)
        for wanted in ("default-graph-uri", "named-graph-uri")
    )
    return Operation(queries[0], default, named)


def _parameters(text: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            text.decode("ascii"), keep_blank_values=True, encoding="utf-8", errors="strict", max_num_fields=_FIELDS
        )
    except UnicodeDecodeError:
        raise ProblemError(400, "the parameters are no UTF-8; encode each byte of it as %XX") from None
    except ValueError:
        raise ProblemError(400, f"there are more than {_FIELDS} parameters") from None


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ProblemError(400, "the query is no UTF-8 text") from None
