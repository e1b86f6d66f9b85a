"""Errors as programs read them: problem details (RFC 9457), of the status that says whose turn it is.

What a client can mend is said to it, in the words that the command line prints. What it cannot (a file that cannot be
read) is said without the file's name.
"""

from __future__ import annotations

from http import HTTPStatus

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from kg.errors import (
    ClosedError,
    ContradictionError,
    GoneError,
    GraphError,
    KgError,
    LimitError,
    NoNameError,
    NotFoundError,
)

__all__ = ["MEDIA_TYPE", "ProblemError", "problem_of", "problem_response"]

MEDIA_TYPE = "application/problem+json"


class ProblemError(Exception):
    """Something that a request is refused for: a ``status``, what is wrong and what to do, and more by name."""

    def __init__(self, status: int, detail: str, *, headers: dict[str, str] | None = None, **more: object) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.headers = headers or {}
        self.more = more

    def response(self) -> Response:
        """The problem as the answer to the request."""
        body = {
            "type": "about:blank",
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.detail,
            **self.more,
        }
        return Response(msgspec.json.encode(body), self.status, self.headers, MEDIA_TYPE)


def problem_of(error: KgError) -> ProblemError:
    """An error of a question as a problem of its request."""
    if isinstance(error, GoneError):
        return ProblemError(410, str(error))
    if isinstance(error, NotFoundError):
        return ProblemError(404, str(error), suggestions=list(error.suggestions))
    if isinstance(error, NoNameError):
        return ProblemError(404, str(error))
    if isinstance(error, LimitError):
        return ProblemError(503, str(error))
    if isinstance(error, ClosedError | GraphError):
        return ProblemError(503, "the graph cannot be read now; ask again later", headers={"retry-after": "5"})
    return ProblemError(409 if isinstance(error, ContradictionError) else 400, str(error))


async def problem_response(_: Request, error: Exception) -> Response:
    """For ``exception_handlers``: the answer to what was raised."""
    if isinstance(error, KgError):
        error = problem_of(error)
    if not isinstance(error, ProblemError):
        raise error
    return error.response()
