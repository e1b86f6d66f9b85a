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
from typing import Any

from kg.model import PAPER_FIELDS, Author, Merge, Paper
from kg.text.dates import is_less_exact
from kg.text.folding import title_hash

__all__ = ["RecordKeys", "group_records", "merge_records"]

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
