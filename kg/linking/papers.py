"""One paper from many records: the same arXiv id, DOI or folded title."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kg.model import Paper
from kg.text.dates import is_date, is_less_exact
from kg.text.folding import title_hash

__all__ = ["RecordKeys", "complete_date", "group_records", "merge_records"]


@dataclass(frozen=True, slots=True)
class RecordKeys:
    """What identifies a record: its number and the keys that it shares with other records of the same paper."""

    record: int
    arxiv: str | None
    doi: str | None
    title: str

    @classmethod
    def of(cls, record: int, paper: Paper) -> RecordKeys:
        """The keys of one record."""
        return cls(record, paper.arxiv, paper.doi, title_hash(paper.title))

    def names(self) -> list[str]:
        """Identifiers, the one that names the paper best first."""
        found = (("arxiv", self.arxiv), ("doi", self.doi), ("title", self.title))
        return [f"{scheme}/{value}" for scheme, value in found if value]


def group_records(rows: Iterable[RecordKeys]) -> dict[int, str]:
    """Record number -> paper id; records that share any key are one paper.

    The id is the best identifier in the group (arXiv before DOI before title), so it depends on the group alone, not
    on the order in which its records came.
    """
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent.setdefault(name, name) != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    anchor: dict[int, str] = {}
    for row in rows:
        names = row.names()
        anchor[row.record] = names[0]
        for other in names[1:]:
            a, b = root(names[0]), root(other)
            parent[max(a, b, key=_rank)] = min(a, b, key=_rank)
    return {record: root(name) for record, name in anchor.items()}


def _rank(name: str) -> tuple[int, str]:
    return ("arxiv", "doi", "title").index(name.partition("/")[0]), name


def merge_records(paper_id: str, records: Sequence[Paper]) -> Paper:
    """The paper that some records are about.

    Title and abstract come from one record, so that offsets have one text to refer to: the longest abstract, and of
    equals the title with the least markup. The date is the earliest, a month or a year counting only where nobody
    states the day. Every other field is the first that any record states, in that order.
    """
    ordered = sorted(records, key=lambda r: (-len(r.abstract), len(r.title), r.title, r.abstract, r.sources))
    best = ordered[0]
    dates = {r.date for r in ordered if r.date and not r.date.startswith("--")}
    return replace(
        best,
        id=paper_id,
        arxiv=next((r.arxiv for r in ordered if r.arxiv), None),
        doi=next((r.doi for r in ordered if r.doi), None),
        date=min((date for date in dates if not is_less_exact(date, dates)), default=None),
        author_count=next((r.author_count for r in ordered if r.author_count is not None), None),
        organisation=next((r.organisation for r in ordered if r.organisation), None),
        upvotes=max((r.upvotes for r in ordered if r.upvotes is not None), default=None),
        sources=tuple(sorted({source for r in ordered for source in r.sources}, key=_natural)),
    )


def _natural(source: str) -> tuple[str, int]:
    name, _, line = source.rpartition(":")
    return name, int(line) if line.isdigit() else 0


def complete_date(date: str | None, latest_year: int | None) -> str | None:
    """A date without its year ("--06-02") set in the year after the latest that its page spells out.

    Listing pages leave the year out for papers of the year in which they were saved, which is later than every year
    that they do print. A page that prints none leaves the date open, and it stays unknown; a 29 February that the year
    does not have is February.

    >>> complete_date("--06-02", 2024), complete_date("--06-02", None), complete_date("2023-10-04", 2024)
    ('2025-06-02', None, '2023-10-04')
    """
    if date is None or not date.startswith("--"):
        return date
    if latest_year is None:
        return None
    day = f"{latest_year + 1}{date[1:]}"
    return next(filter(is_date, (day, day[: len("2024-06")])), None)
