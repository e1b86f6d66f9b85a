"""The API as an application of its own: a route a question, errors as problems, and the description of it all."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable
from typing import Annotated, Any

import msgspec
from fastapi import FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount

from kg import wire
from kg.errors import KgError
from kg.questions import Question, questions
from kg.server.api.paging import CURSOR, page
from kg.server.api.parameters import DEFAULT_LIMIT, MAX_LIMIT, described, is_list, parameters, words_of
from kg.server.api.shapes import SHAPES, Index, Page, Problem
from kg.server.freshness import is_fresh, of_state
from kg.server.origins import sharing
from kg.server.problems import MEDIA_TYPE, ProblemError, problem_response
from kg.server.served import ServedGraph
from kg.server.settings import Settings
from kg.server.turns import Turns

__all__ = ["api_application", "routes"]

_WAITING = 64  # questions beside those that are being answered
_PAGED = ("path", "compare", "review", "trend")  # single answers that the wire has as lists
_LIST = dict[str, Any]
_PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"description": text, "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
    for status, text in {
        400: "What is asked cannot be asked so.",
        404: "Something that is named is not in the graph.",
        409: "Parts of the request contradict each other, or the cursor the graph, which has changed since.",
        410: "An id of what is in the graph no more.",
        503: "It took too long, or too much is asked at once.",
    }.items()
}
_PROBLEMS[304] = {"description": "What the client has is what it would get."}
_PROBLEMS[422] = {"description": "Not used: what is no value of a parameter is answered with 400."}


def routes(served: ServedGraph, settings: Settings) -> list[BaseRoute]:
    """All below ``/api/v1``."""
    return [Mount("/api/v1", app=api_application(served, settings), middleware=sharing(settings))]


def api_application(served: ServedGraph, settings: Settings) -> FastAPI:
    """The application; its description is at ``openapi.json``."""
    app = FastAPI(
        title="paperkg",
        version=str(wire.VERSION),
        summary="A knowledge graph of machine-learning papers, with the sentence that proves each statement.",
        docs_url=None,  # whose page loads scripts from elsewhere
        redoc_url=None,
        exception_handlers={
            ProblemError: problem_response,
            KgError: problem_response,
            RequestValidationError: _invalid,
            HTTPException: _http,
        },
    )
    # Others are to be answered while all of these take their time, so no more than half of the readers are ours.
    turns = Turns(max(1, settings.readers // 2), _WAITING, max(1.0, settings.seconds))
    for question in questions():
        if not question.local:
            _add(app, question, _Answers(served, question, turns).endpoint())

    @app.get("/", responses=_PROBLEMS, name="index", summary="What can be asked.")
    async def index() -> Index:
        told = {each.name: each.help for each in questions() if not each.local}
        openapi = "/api/v1/openapi.json"
        return {"version": wire.VERSION, "state": served.state(), "openapi": openapi, "questions": told}

    _describe_problems(app)
    return app


def _add(app: FastAPI, question: Question[Any, Any], endpoint: Callable[..., Awaitable[Response]]) -> None:
    model = SHAPES.get(question.name, Page[_LIST] if is_list(question) else Any)
    about: dict[str, Any] = {"summary": question.help, "description": described(question), "name": question.name}
    path = f"/{question.name}"
    app.add_api_route(
        path, endpoint, methods=["GET"], response_model=model, responses=_PROBLEMS, operation_id=question.name, **about
    )
    app.add_api_route(path, endpoint, methods=["HEAD"], response_model=None, include_in_schema=False)


class _Answers:
    """The answers to one question."""

    def __init__(self, served: ServedGraph, question: Question[Any, Any], turns: Turns) -> None:
        self._served, self._question, self._turns = served, question, turns

    def endpoint(self) -> Callable[..., Awaitable[Response]]:
        """A function whose parameters are those of the question, as FastAPI wants it."""
        question = self._question
        asked = [*parameters(question), *(_PAGING if is_list(question) else ())]
        known = {each.name for each in asked}

        async def answer(request: Request, **given: Any) -> Response:
            for name in request.query_params:
                if name not in known:
                    what = ", ".join(sorted(known)) or "nothing"
                    raise ProblemError(400, f"{name!r} is nothing that can be asked here; there is {what}")
            state = self._served.state()
            headers = of_state(state)
            if is_fresh(request, state):
                return Response(status_code=304, headers=headers)
            body = await self._turns.call(lambda: self._body(given, state))
            return Response(body, media_type="application/json", headers=headers)

        first = inspect.Parameter("request", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=Request)
        answer.__signature__ = inspect.Signature([first, *asked])  # type: ignore[attr-defined]
        answer.__name__ = question.name
        return answer

    def _body(self, given: dict[str, Any], state: str) -> bytes:
        question = self._question
        limit, cursor = DEFAULT_LIMIT, None
        if is_list(question):
            limit, cursor = given.pop("limit"), given.pop("cursor")
        words = words_of(given)
        with self._served.graph() as graph:
            if is_list(question) or question.name in _PAGED:
                return msgspec.json.encode(page(graph, question, words, limit, cursor, state))
            return wire.encode(graph.ask(question.name, **words))


_PAGING = (
    inspect.Parameter(
        "limit",
        inspect.Parameter.KEYWORD_ONLY,
        annotation=Annotated[int, Query(ge=1, le=MAX_LIMIT, description="How many at once.")],
        default=DEFAULT_LIMIT,
    ),
    inspect.Parameter(
        "cursor",
        inspect.Parameter.KEYWORD_ONLY,
        annotation=Annotated[
            str, Query(description="The `next` of the part before.", json_schema_extra={"pattern": CURSOR})
        ],
        default=None,
    ),
)


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    told = [f"{'.'.join(map(str, each['loc'][1:]))}: {each['msg']}" for each in error.errors()[:5]]
    return await problem_response(request, ProblemError(400, "; ".join(told)))


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    detail = "there is no such question; /api/v1/ lists all" if error.status_code == 404 else str(error.detail)
    return await problem_response(request, ProblemError(error.status_code, detail, headers=dict(error.headers or {})))


def _describe_problems(app: FastAPI) -> None:
    """Put the shape of problems into the description, which FastAPI does not for other media types than JSON."""
    made = app.openapi

    def openapi() -> dict[str, Any]:
        described = made()
        schemas = described.setdefault("components", {}).setdefault("schemas", {})
        schemas["Problem"] = Problem.model_json_schema()
        for path in described["paths"].values():
            for operation in path.values():
                operation["responses"].pop("422", None)
        for unused in ("HTTPValidationError", "ValidationError"):
            schemas.pop(unused, None)
        return described

    app.openapi = openapi  # type: ignore[method-assign]
