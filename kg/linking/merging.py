"""What records of one paper together say of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from kg.model import PAPER_FIELDS, Author, Merge, Paper
from kg.text.dates import is_less_exact

__all__ = ["merge_records"]


def merge_records(paper_id: str, records: Sequence[Paper]) -> Paper:
    """The paper that some records are about.

    Title and abstract come from one record, so that offsets have one text to refer to: the longest abstract, and of
    equals the title with the least markup. The date is the earliest, a month or a year counting only where nobody
    states the day. Every other field is the first that any record states, in that order.
    """
    ordered = sorted(records, key=lambda r: (-len(r.abstract), len(r.title), r.title, r.abstract, r.sources))
    agreed = {field.name: _agreed(field.merge, [getattr(r, field.name) for r in ordered]) for field in PAPER_FIELDS}
    sources = tuple(sorted({source for r in ordered for source in r.sources}, key=_natural))
    return replace(ordered[0], id=paper_id, sources=sources, **agreed)


def _agreed(merge: Merge, values: Sequence[Any]) -> Any:
    """The value of a field that records state one after the other; None and an empty text state nothing."""
    if merge is Merge.ALL:
        return tuple(dict.fromkeys(each for value in values for each in value))
    if merge is Merge.FULLEST:
        return max(values, key=_fullness)
    stated = [value for value in values if value is not None and value != ""]
    if merge is Merge.EARLIEST:
        dates = {date for date in stated if not date.startswith("--")}
        return min((date for date in dates if not is_less_exact(date, dates)), default=None)
    if merge is Merge.LARGEST:
        return max(stated, default=None)
    return next(iter(stated), None)


def _fullness(authors: tuple[Author, ...]) -> tuple[int, int]:
    """How many they are, and how much is said of them; of equals the first counts."""
    return len(authors), sum((author.orcid is not None) + (author.family is not None) for author in authors)


def _natural(source: str) -> tuple[str, int]:
    name, _, line = source.rpartition(":")
    return name, int(line) if line.isdigit() else 0
