"""The endpoint itself, at ``/sparql``."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from kg.errors import KgError
from kg.rdf.sparql import Answer
from kg.server.negotiation import preferred
from kg.server.origins import sharing
from kg.server.problems import ProblemError, problem_of
from kg.server.served import ServedGraph
from kg.server.settings import Settings
from kg.server.sparql.description import FORMATS, service_description
from kg.server.sparql.formats import GRAPHS, ROWS, check_acceptable, choose
from kg.server.sparql.protocol import Operation, read_operation
from kg.server.turns import Turns

__all__ = ["routes"]

_METHODS = ("GET", "HEAD", "POST", "OPTIONS")
_EDITOR = "/query"  # where people write queries


def routes(served: ServedGraph, settings: Settings) -> list[BaseRoute]:
    """The one route of the protocol."""
    endpoint = _Endpoint(served, settings)
    return [Route("/sparql", endpoint.answer, methods=list(_METHODS), middleware=sharing(settings))]


class _Endpoint:
    def __init__(self, served: ServedGraph, settings: Settings) -> None:
        self._served, self._settings = served, settings
        self._turns = Turns(settings.sparql_workers, settings.sparql_waiting, settings.sparql_patience)

    async def answer(self, request: Request) -> Response:
        """The answer to any request; what is wrong with it as a problem."""
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={"allow": ", ".join(_METHODS)})
        try:
            operation = await read_operation(request)
            return self._describe(request) if operation is None else await self._query(request, operation)
        except ProblemError as problem:
            return problem.response()
        except KgError as error:
            return problem_of(error).response()

    def _describe(self, request: Request) -> Response:
        media = preferred(request.headers.get("accept"), (*FORMATS, "text/html"))
        if media == "text/html":
            return RedirectResponse(_EDITOR, status_code=303, headers={"vary": "accept"})
        if media is None:
            raise ProblemError(406, f"the service is described in RDF; accept one of {', '.join(FORMATS)}")
        endpoint = str(request.url.replace(query="", fragment=""))
        body = service_description(endpoint, self._settings, media)
        return Response(body, media_type=media, headers={"vary": "accept"})

    async def _query(self, request: Request, operation: Operation) -> Response:
        accept = request.headers.get("accept")
        check_acceptable(accept)
        self._check_dataset(operation)
        return await self._turns.call(lambda: self._respond(operation, accept))

    def _check_dataset(self, operation: Operation) -> None:
        """There is one graph, which is the default one and, where a client wants to call it something, the dataset."""
        others = [iri for iri in operation.default_graphs if iri != self._settings.base]
        if others or operation.named_graphs:
            raise ProblemError(
                400,
                f"there is no graph {(*others, *operation.named_graphs)[0]!r}: all is in the default graph, whose IRI "
                f"is {self._settings.base}; leave out default-graph-uri and named-graph-uri",
            )

    def _respond(self, operation: Operation, accept: str | None) -> Response:
        answer = self._served.sparql.ask(operation.query)
        media = choose(accept, answer.kind)
        body = answer.serialise((GRAPHS if answer.kind == "graph" else ROWS)[media])
        return Response(body, media_type=media, headers={"vary": "accept", **_truncated(answer)})


def _truncated(answer: Answer) -> dict[str, str]:
    what = "triples" if answer.kind == "graph" else "rows"
    return {"kg-truncated": f"only the first {answer.count} {what}"} if answer.cut else {}
