"""What is at no address: said on a page, with where to go on."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from kg.server.pages.look import Look

__all__ = ["nowhere"]


async def nowhere(request: Request, error: Exception) -> Response:
    """The answer to a request that no route takes; to a known address by another method that is 405, and not this."""
    assert isinstance(error, HTTPException)
    message = f"there is nothing at {request.url.path}; search for what you look for, or begin at the start"
    values = {"status": 404, "message": message, "suggestions": ()}
    return Response(Look().alone("error.html", values), 404, media_type="text/html; charset=utf-8")
