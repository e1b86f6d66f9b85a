"""What became of a paper, by the words that indexes have for it beside its type."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.model import PaperStatus

__all__ = ["status_of"]

# A paper is a "Retracted Publication" or "Retracted"; a "Retraction of Publication" is the notice of it.
_STATUS = re.compile(
    r"(?:^|[;,|]\s?)(retracted|withdrawn)(?: (?:publication|article|paper|chapter))?\s?(?=[;,|:.!]|\Z)", re.IGNORECASE
)


def status_of(words: Iterable[str]) -> PaperStatus | None:
    """The status that one of some words says.

    >>> status_of(["Article; Retracted Publication"]), status_of(["Retraction of Publication", "Article"])
    (<PaperStatus.RETRACTED: 'retracted'>, None)
    """
    found = (_STATUS.search(word[:200]) for word in words)
    match = next(filter(None, found), None)
    return PaperStatus(match.group(1).lower()) if match else None
