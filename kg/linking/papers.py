"""One paper from many records: the same arXiv id, DOI or folded title.

An arXiv id tells papers apart; the other two can mislead. A DOI may be that of the proceedings, and a title may be
"Introduction". So a DOI or a title unites records only as long as nothing says that they are different papers: two
arXiv ids, or more titles of one DOI, or DOIs of one title, than one paper comes by. (A few it does: the published
paper got another title, and the preprint, the publisher and a repository each gave it a DOI.) Where it is open to which
of several papers a record belongs, it belongs to none of them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kg.model import Paper
from kg.text.dates import is_date, is_less_exact
from kg.text.folding import title_hash

__all__ = ["RecordKeys", "complete_date", "group_records", "merge_records"]

_A_FEW = 3  # titles under which one paper is published, or DOIs that it gets


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


def group_records(rows: Iterable[RecordKeys]) -> dict[int, str]:
    """Record number -> paper id; records that share a key are one paper, unless they cannot be (see the module).

    The id is the best identifier in the group (arXiv before DOI before title). It and the groups depend on the records
    alone, not on the order in which they came.
    """
    rows = list(rows)
    shared = _dois_of_many(rows)
    name_of: dict[int, str] = {}
    by_id = _Groups()
    for row in rows:
        names = [f"arxiv/{row.arxiv}"] if row.arxiv else []
        if row.doi and row.doi not in shared:
            names.append(f"doi/{row.doi}")
        name_of[row.record] = names[0] if names else f"title/{row.title}"
        by_id.unite(names)
    group_of = {record: by_id.best(name) for record, name in name_of.items()}
    by_title = _united_by_title(rows, group_of)
    return {record: by_title.get(group, group) for record, group in group_of.items()}


def _dois_of_many(rows: Iterable[RecordKeys]) -> set[str]:
    """The DOIs that different papers state, as that of the proceedings that all of them are in."""
    titles: dict[str, set[str]] = defaultdict(set)
    arxiv: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row.doi:
            titles[row.doi].add(row.title)
            if row.arxiv:
                arxiv[row.doi].add(row.arxiv)
    return {doi for doi in titles if len(titles[doi]) > _A_FEW or len(arxiv.get(doi, ())) > 1}


def _united_by_title(rows: Iterable[RecordKeys], group_of: dict[int, str]) -> dict[str, str]:
    """The groups that are one by a title: each with the best of them."""
    times = Counter(row.title for row in rows)
    groups_with: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if times[row.title] > 1:
            groups_with[row.title].add(group_of[row.record])
    united = _Groups()
    for groups in groups_with.values():
        schemes = Counter(_scheme(group) for group in groups)
        if schemes["arxiv"] <= 1 and schemes["doi"] <= _A_FEW:
            united.unite(groups)
    best = {group: united.best(group) for groups in groups_with.values() for group in groups}
    # Titles can still chain papers together, over one that bears the titles of both: then none of them unites.
    chained = {other for group, other in best.items() if group != other and _scheme(group) == "arxiv"}
    return {group: other for group, other in best.items() if other not in chained}


class _Groups:
    """Names in groups, each known by the best name in it."""

    def __init__(self) -> None:
        self._better: dict[str, str] = {}

    def best(self, name: str) -> str:
        """The best name in the group of this one."""
        while (better := self._better.get(name)) is not None:
            if (still_better := self._better.get(better)) is not None:
                self._better[name] = still_better
            name = better
        return name

    def unite(self, names: Iterable[str]) -> None:
        """Make one group of the groups of these names."""
        found = sorted({self.best(name) for name in names}, key=_rank)
        self._better.update((name, found[0]) for name in found[1:])


def _scheme(name: str) -> str:
    return name.partition("/")[0]


def _rank(name: str) -> tuple[int, str]:
    return ("arxiv", "doi", "title").index(_scheme(name)), name


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
