"""What is at no address: said on a page, with where to go on."""

from __future__ import annotations

from typing import NoReturn

from kg.errors import NotFoundError
from kg.server.pages.visit import Visit

__all__ = ["show"]


def show(visit: Visit) -> NoReturn:
    """Say that there is nothing at this address.

    Raises:
        NotFoundError: always.
    """
    raise NotFoundError(visit.name)
