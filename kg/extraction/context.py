"""A name as the rules for relations see it."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Context"]


@dataclass(frozen=True, slots=True)
class Context:
    """A name as the rules see it: its sentence ``before`` and ``after`` it, and whether that is the title.

    ``introduced``: a naming pattern presents the thing as the paper's own.
    """

    before: str
    after: str
    in_title: bool = False
    introduced: bool = False
