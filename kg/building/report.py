"""What a build tells of the sources it read: how many records had what, and why others were set aside, kind by kind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.errors import SourceError
from kg.model import Paper, Reject

__all__ = ["Reason", "SourceReport", "Tally", "reasons_of"]

_MOST_KINDS = 500  # of reasons that are told apart; a hostile file may have one of its own for each record
_QUOTED = re.compile(r"'(?:[^'\\]|\\.){0,300}'|\"[^\"]{0,300}\"")
_NUMBER = re.compile(r"\d[\d,.]*\d|\d")
_FIELD = re.compile(r"'\w{1,40}' ")  # a reason that begins with a field is about this field
_TRAILING = " :,;('\u2026"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why some records were set aside, or what of them could not be understood.

    ``kind`` is the reason without what differs from one record to the next (numbers and quotations), ``first`` the
    first of them in full, with its place.
    """

    kind: str
    count: int
    first: str

    def __str__(self) -> str:
        return self.first if self.count == 1 else f"{self.count:,} x {self.kind}; first: {self.first}"


@dataclass(frozen=True, slots=True)
class SourceReport:
    """What was read of one source: ``records`` + ``set_aside`` are its entries."""

    name: str
    records: int
    set_aside: int
    without_abstract: int
    without_date: int
    remarks: tuple[Reason, ...]


class Tally:
    """Counts what passes from a source to the store."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._records = self._set_aside = self._without_abstract = self._without_date = 0
        self._reasons, self._remarks = _Kinds(), _Kinds()

    def counted(self, rows: Iterable[Paper | Reject]) -> Iterator[Paper | Reject]:
        """The rows as they are.

        Raises:
            SourceError: at the end, if not one of them is a paper.
        """
        for row in rows:
            if isinstance(row, Reject):
                self._set_aside += 1
                self._reasons.add(row.reason, str(row))
            else:
                self._records += 1
                self._without_abstract += not row.abstract
                self._without_date += row.date is None
                for remark in row.remarks:
                    self._remarks.add(remark, f"{row.sources[0]}: {remark}")
            yield row
        if not self._records and self._set_aside:
            raise SourceError(self._nothing_read())

    def report(self) -> SourceReport:
        """What was counted."""
        return SourceReport(
            self._name,
            self._records,
            self._set_aside,
            self._without_abstract,
            self._without_date,
            self._remarks.reasons(),
        )

    def _nothing_read(self) -> str:
        entries = f"all {self._set_aside:,} entries" if self._set_aside > 1 else "its one entry"
        why = "; ".join(map(str, self._reasons.reasons()[:3]))
        return f"{self._name}: nothing in it can be read, {entries} had to be set aside: {why}"


def reasons_of(rejects: Iterable[Reject]) -> tuple[Reason, ...]:
    """Why records were set aside, kind by kind, the most frequent first."""
    kinds = _Kinds()
    for reject in rejects:
        kinds.add(reject.reason, str(reject))
    return kinds.reasons()


class _Kinds:
    """Reasons by their kind: how many, and the first."""

    def __init__(self) -> None:
        self._found: dict[str, list[int]] = {}
        self._first: dict[str, str] = {}

    def add(self, reason: str, in_full: str) -> None:
        kind = _kind(reason)
        if kind not in self._found and len(self._found) >= _MOST_KINDS:
            kind = "other reasons"
        self._found.setdefault(kind, [0])[0] += 1
        self._first.setdefault(kind, in_full)

    def reasons(self) -> tuple[Reason, ...]:
        found = (Reason(kind, count, self._first[kind]) for kind, (count,) in self._found.items())
        return tuple(sorted(found, key=lambda reason: -reason.count))


def _kind(reason: str) -> str:
    """A reason without what it quotes and counts.

    >>> _kind("no abstract follows the title 'Slow Sums'"), _kind("'date' is not understood: 'soon'")
    ('no abstract follows the title', "'date' is not understood")
    """
    reason = reason[:1000]
    field = _FIELD.match(reason)
    begin = field.end() if field else 0
    rest = _NUMBER.sub("N", _QUOTED.sub("\u2026", reason[begin:]))
    return reason[:begin] + rest.rstrip(_TRAILING)
