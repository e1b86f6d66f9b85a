"""Linked data: what the graph's IRIs answer when they are followed (https://www.w3.org/TR/cooluris/).

An IRI names a thing, which cannot be sent: ``/id/...`` answers 303 to a page or a document about it, as the client
would rather have; an id of before 308 to that of today, and 410 where nothing is that any more. The documents are at
``/data/....ttl`` (Turtle), ``.jsonld`` (JSON-LD), ``.nt`` (N-Triples) and ``.rdf`` (RDF/XML).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from kg.errors import KgError
from kg.rdf.described import Described
from kg.server.freshness import is_fresh, of_state
from kg.server.negotiation import preferred
from kg.server.origins import sharing
from kg.server.problems import ProblemError, problem_of
from kg.server.served import ServedGraph
from kg.server.settings import Settings

__all__ = ["routes"]

_DOCUMENTS = {
    "text/turtle": ("ttl", "turtle"),
    "application/ld+json": ("jsonld", "jsonld"),
    "application/n-triples": ("nt", "ntriples"),
    "application/rdf+xml": ("rdf", "rdfxml"),
}
_HTML = "text/html"
_WHOLE = "void"  # the name of the document about the graph as a whole, whose path is empty
_KEPT = 32  # descriptions; that of the graph as a whole is dear


def routes(served: ServedGraph, settings: Settings) -> list[BaseRoute]:
    """``/id/...`` and ``/data/...``, and where crawlers look for a description of the graph."""
    things = _Things(served, settings)
    shared = sharing(settings)
    return [
        Route("/id/{path:path}", things.follow, middleware=shared),
        Route("/data/{path:path}", things.document, middleware=shared),
        Route("/.well-known/void", things.well_known, middleware=shared),
    ]


class _Things:
    def __init__(self, served: ServedGraph, settings: Settings) -> None:
        self._served, self._base = served, settings.base
        self._described = lru_cache(_KEPT)(self._describe)

    async def follow(self, request: Request) -> Response:
        """Where the thing of an IRI is described."""
        return await run_in_threadpool(_told, lambda: self._follow(request))

    async def document(self, request: Request) -> Response:
        """The document about a thing."""
        return await run_in_threadpool(_told, lambda: self._document(request))

    async def well_known(self, _: Request) -> Response:
        """The document about the graph (https://www.w3.org/TR/void/#well-known)."""
        return RedirectResponse(f"/data/{_WHOLE}.ttl", status_code=302)

    def _follow(self, request: Request) -> Response:
        found = self._described(self._served.state(), _below(request, "/id/"))
        if found.moved:
            return RedirectResponse(f"/id/{found.path}", status_code=308)
        media = preferred(request.headers.get("accept"), (*_DOCUMENTS, _HTML))
        if media is None:
            raise ProblemError(406, f"accept one of {', '.join((*_DOCUMENTS, _HTML))}")
        where = _page(found) if media == _HTML else _address(found.path, _DOCUMENTS[media][0])
        return RedirectResponse(where, status_code=303, headers={"vary": "accept", "link": _links(found)})

    def _document(self, request: Request) -> Response:
        path, _, ending = _below(request, "/data/").rpartition(".")
        named = {ending: (media, name) for media, (ending, name) in _DOCUMENTS.items()}
        if ending not in named:
            raise ProblemError(404, f"documents end in {', '.join(f'.{each}' for each in named)}")
        state = self._served.state()
        found = self._described(state, "" if path == _WHOLE else path)
        if found.moved:
            return RedirectResponse(_address(found.path, ending), status_code=308)
        media, name = named[ending]
        headers = {**of_state(state), "link": _links(found)}
        if is_fresh(request, state):
            return Response(status_code=304, headers=headers)
        return Response(found.serialise(name), media_type=media, headers=headers)

    def _describe(self, _state: str, path: str) -> Described:
        with self._served.graph() as graph:
            return graph.describe(path, base=self._base)


def _told(work: Callable[[], Response]) -> Response:
    try:
        return work()
    except ProblemError as problem:
        return problem.response()
    except KgError as error:
        return problem_of(error).response()


def _below(request: Request, prefix: str) -> str:
    """The path as it was sent: in the id of a DOI ``%2F`` is another thing than a slash."""
    raw: bytes = request.scope.get("raw_path") or quote(request.scope["path"]).encode()
    return raw.decode("ascii", "replace").partition("?")[0].partition(prefix)[2]


def _address(path: str, ending: str) -> str:
    return f"/data/{path or _WHOLE}.{ending}"


def _page(found: Described) -> str:
    """The page about it."""
    if found.entity_id is not None:
        return f"/entity/{quote(found.entity_id)}"
    return "/" if found.paper_id is None else f"/paper/{quote(found.paper_id)}"


def _links(found: Described) -> str:
    """All representations, for who reads headers (RFC 8288)."""
    places = {media: _address(found.path, ending) for media, (ending, _) in _DOCUMENTS.items()} | {_HTML: _page(found)}
    return ", ".join(f'<{place}>; rel="alternate"; type="{media}"' for media, place in places.items())
