"""Pages of lists, problems, and the index: what is around the answers."""

from __future__ import annotations

from typing import Generic, TypeVar

from pydantic import BaseModel, Field
from typing_extensions import TypedDict

__all__ = ["Index", "Page", "Problem"]

T = TypeVar("T")


class Page(BaseModel, Generic[T]):
    """A part of a list. ``total`` is how many there are in all (null where that is not told), ``next`` the cursor of
    the next part (null after the last). ``left_out`` counts what is not among them though nothing says that it should
    not be, by what it has: papers without a date, where they are asked by date."""

    items: list[T]
    total: int | None
    next: str | None
    left_out: dict[str, int]


class Problem(BaseModel):
    """What is wrong with a request (RFC 9457). ``suggestions`` are names that are in the graph."""

    type: str
    title: str
    status: int
    detail: str
    suggestions: list[str] = Field(default=[])


class Index(TypedDict):
    """What can be asked, and of which state of the graph."""

    version: int
    state: str
    openapi: str
    questions: dict[str, str]
