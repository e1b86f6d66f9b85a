"""What heads and texts say of a number beside its measure and its data: protocol, slice, unit, that it is none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extraction.tables.context import Context, Source
from kg.extraction.tables.heads import Role
from kg.extraction.tables.rows import NamedIn
from kg.extraction.tables.slots import Item

__all__ = ["is_no_result", "percent_said", "said_setting", "told_setting", "told_split"]

_SET = re.compile(r"[\s-](?:sets?|splits?)\Z")
_TRAINING = frozenset(("train", "training"))
_USUAL = {"development": "dev", "testing": "test", "devel": "dev"}


def said_setting(items: Sequence[Item]) -> str | None:
    """The protocol that the heads around a number name."""
    found: list[str] = [part.name for item in items for part in item.head.parts if part.role is Role.SETTING]
    return " ".join(dict.fromkeys(found)) or None


def told_split(context: Context) -> str | None:
    """The slice that caption or text name for all of a table; None where they name none or several."""
    for source in context:
        named = {_USUAL.get(bare, bare) for split in source.splits if (bare := _SET.sub("", split.lower()))}
        named -= _TRAINING
        if named:
            return named.pop() if len(named) == 1 else None
    return None


def told_setting(context: Context) -> str | None:
    """The protocol that panel or caption name for all of a table; None where they name none or several."""
    for source in context:
        named = {setting.lower(): setting for setting in source.settings}
        if named and source.where is not NamedIn.TEXT:
            return next(iter(named.values())) if len(named) == 1 else None
    return None


def percent_said(items: Sequence[Item], sources: Sequence[Source]) -> bool:
    """Whether heads or caption say that numbers are percentages."""
    return any(item.head.unit == "%" for item in items) or any(source.percent for source in sources)


def is_no_result(items: Sequence[Item]) -> bool:
    """Whether a head says that its numbers are costs, ranks, gains or counts."""
    return any(item.head.has(Role.NOTHING) for item in items)
