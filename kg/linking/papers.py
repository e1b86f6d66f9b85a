"""One paper from many records: the same arXiv id, DOI or folded title, unless something says that they are two.

An arXiv id tells papers apart; the other two can mislead. A DOI may be that of the proceedings, and a title may be
"Introduction". So a DOI unites records whose titles have much in common, and a title those of which nothing speaks
against it: two arXiv ids, other authors, years far apart under different DOIs, a point or a sharp ("1.5B", "C#"), or
more DOIs than one paper comes by. Where it is open to which of several papers a record belongs, it belongs to none of
them, and there is a doubt for a person to settle.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from kg.linking.paper_ids import paper_ids
from kg.linking.people import Company, company
from kg.linking.records import RecordKeys
from kg.linking.rules import OnePaper, PaperRule, TwoPapers
from kg.linking.titles import A_FEW, Bearers, Item, authors_agree
from kg.linking.unions import Unions
from kg.text.folding import fold_title
from kg.text.titles import type_by_title

__all__ = ["Doubt", "Grouping", "group_records"]

_ALIKE = {Company.SAME: 0.2, Company.UNKNOWN: 0.5, Company.OTHER: 0.8}
"""How much two titles of one DOI have in common at least, of their runs of three letters, by who wrote them (taste)."""


@dataclass(frozen=True, slots=True, order=True)
class Doubt:
    """Two papers, by id, that may be one, and what speaks for that and against it."""

    paper: str
    other: str
    reason: str


@dataclass(frozen=True, slots=True)
class Grouping:
    """Which paper each record is of, by number; the doubts that are left; the rules of people that met nothing."""

    papers: Mapping[int, str]
    doubts: tuple[Doubt, ...] = ()
    idle: tuple[PaperRule, ...] = ()


def group_records(rows: Iterable[RecordKeys], rules: Sequence[PaperRule] = ()) -> Grouping:
    """The papers that records amount to (see the module), as people corrected them.

    The id is the best identifier in the group (arXiv before DOI before title). It and the groups depend on the records
    alone, not on the order in which they came.
    """
    rows = list(rows)
    grouping = _Grouper(rows, [rule for rule in rules if isinstance(rule, TwoPapers)])
    united = Unions()
    united.take_in(grouping.by_title)
    idle = list(_apply(rules, rows, grouping.group_of, united))
    papers = {record: united.best(group) for record, group in grouping.group_of.items()}
    ids = paper_ids(papers, rows)
    doubts = {
        Doubt(*sorted((ids[united.best(one)], ids[united.best(other)])), reason)  # type: ignore[call-arg]
        for one, other, reason in grouping.doubts
    }
    apart = {frozenset((rule.paper, rule.other)) for rule in rules if isinstance(rule, TwoPapers)}
    return Grouping(
        {record: ids[group] for record, group in papers.items()},
        tuple(sorted(d for d in doubts if d.paper != d.other and {d.paper, d.other} not in apart)),
        tuple(idle),
    )


class _Grouper:
    """The groups of records by their identifiers, and by titles which of these are one."""

    def __init__(self, rows: Sequence[RecordKeys], apart: Sequence[TwoPapers]) -> None:
        self.doubts: list[tuple[str, str, str]] = []
        self._apart = [frozenset((rule.paper, rule.other)) for rule in apart]
        shared = self._shared_dois(rows)
        names = {row.record: _names(row, shared) for row in rows}
        by_id = Unions()
        for found in names.values():
            by_id.unite(found)
        self.group_of = {record: by_id.best(found[0]) for record, found in names.items()}
        self._doubt_shared(shared)
        shared_by: dict[str, set[str]] = defaultdict(set)
        for row in rows:
            shared_by[row.title].add(self.group_of[row.record])
        met = {group for groups in shared_by.values() if len(groups) > 1 for group in groups}
        self._items = {group: Item(group, set(), False) for group in met}
        self._ids: dict[str, set[str]] = defaultdict(set)
        for row in rows:
            if (group := self.group_of[row.record]) in met:
                self._items[group].take_in(row, has_own_doi=row.doi not in shared)
                if self._apart:
                    self._ids[group].update(row.own_ids)
        self.by_title = self._united_by_title([row for row in rows if len(shared_by[row.title]) > 1])

    # DOIs

    def _shared_dois(self, rows: Iterable[RecordKeys]) -> dict[str, Sequence[tuple[RecordKeys, RecordKeys]]]:
        """The DOIs that different papers state, as that of the proceedings; with the records that may be one."""
        by_title: dict[str, dict[str, RecordKeys]] = defaultdict(dict)  # by DOI, of each title what tells most
        arxiv: dict[str, set[str]] = defaultdict(set)
        for row in rows:
            if row.doi:
                titles = by_title[row.doi]
                before = titles.get(row.title)
                titles[row.title] = row if before is None else max(before, row, key=lambda each: each.weight)
                if row.arxiv:
                    arxiv[row.doi].add(row.arxiv)
        shared: dict[str, Sequence[tuple[RecordKeys, RecordKeys]]] = dict.fromkeys(self._dois_apart(rows), ())
        for doi, titles in by_title.items():
            if len(titles) > A_FEW or len(arxiv.get(doi, ())) > 1:
                shared[doi] = ()
            elif doi not in shared and len(titles) > 1 and not _are_one(list(titles.values())):
                shared[doi] = [pair for pair in combinations(titles.values(), 2) if _may_be_one(*pair)]
        return shared

    def _dois_apart(self, rows: Iterable[RecordKeys]) -> set[str]:
        """The DOIs of two records that a person said to be two papers."""
        named = frozenset().union(*self._apart)
        dois: dict[str, set[str]] = defaultdict(set)
        for row in rows if named else ():
            for name in named.intersection(row.ids) if row.doi else ():
                dois[name].add(row.doi or "")
        return set().union(*(set.intersection(*(dois[name] for name in pair)) for pair in self._apart))

    def _doubt_shared(self, shared: Mapping[str, Sequence[tuple[RecordKeys, RecordKeys]]]) -> None:
        for doi, pairs in shared.items():
            reason = f"both have the DOI {doi}, their titles have little in common"
            self.doubts.extend((self.group_of[one.record], self.group_of[other.record], reason) for one, other in pairs)

    # Titles

    def _united_by_title(self, rows: Iterable[RecordKeys]) -> dict[str, str]:
        """The groups that are one by a title: each with the best of them."""
        by_title: dict[str, list[RecordKeys]] = defaultdict(list)
        for row in rows:
            by_title[row.title].append(row)
        united = Unions()
        for of_title in by_title.values():
            spellings = _by_spelling(of_title)
            for some in spellings.values():
                items = sorted({self.group_of[row.record] for row in some})
                bearers = Bearers(min(row.wording for row in some), self._said_apart)
                for part in bearers.parts([self._items[name] for name in items]):
                    united.unite(part)
                self.doubts += bearers.doubts
            self._doubt_spellings(spellings)
        best = {group: united.best(group) for group in self._items}
        # Titles can still chain papers together, over one that bears the titles of both: then none of them unites.
        chained = self._chained(best)
        return {group: other for group, other in best.items() if other not in chained and other != group} | self._bare(
            group for group, other in best.items() if other in chained
        )

    def _bare(self, groups: Iterable[str]) -> dict[str, str]:
        """Of groups that nothing unites, those that say nothing but one title: each with the first of them."""
        first: dict[str, str] = {}
        bare = sorted(name for name in groups if not (self._items[name].has_id or self._items[name].people))
        return {name: first.setdefault(name.partition("\0")[0], name) for name in bare}

    def _chained(self, best: Mapping[str, str]) -> set[str]:
        members: dict[str, list[Item]] = defaultdict(list)
        for group, other in best.items():
            members[other].append(self._items[group])
        return {
            name
            for name, items in members.items()
            if sum(item.arxiv for item in items) > 1 or self._said_apart(items) or not authors_agree(items)
        }

    def _said_apart(self, items: Iterable[Item]) -> bool:
        """Whether a person said that two of these are two papers."""
        if not self._apart:
            return False
        ids = [self._ids[item.name] for item in items]
        together = set().union(*ids)
        return any(pair <= together and not any(pair <= each for each in ids) for pair in self._apart)

    def _doubt_spellings(self, spellings: Mapping[str, Sequence[RecordKeys]]) -> None:
        if not 1 < len(spellings) <= A_FEW:
            return
        for some, others in combinations(spellings.values(), 2):
            one, other = (self._items[min(self.group_of[row.record] for row in rows)] for rows in (some, others))
            if company(one.people, other.people) is Company.SAME:
                self.doubts.append((one.name, other.name, "the same people, titles that differ in a sign"))


def _names(row: RecordKeys, shared: Collection[str]) -> list[str]:
    """The names under which a record meets others at once: its identifiers, or else all that it says."""
    names = [f"arxiv/{row.arxiv}"] if row.arxiv else []
    if row.doi and row.doi not in shared:
        names.append(f"doi/{row.doi}")
    if names:
        return names
    people = ";".join([author.name for author in row.authors])
    return [f"title/{row.title}\0{row.wording}\0{people}\0{row.year or ''}"]


def _may_be_one(one: RecordKeys, other: RecordKeys) -> bool:
    """Whether nothing but their titles speaks against two records of one DOI: a volume is none of its papers."""
    kinds = {type_by_title(row.wording, has_abstract=True) for row in (one, other)}
    return len(kinds) == 1 and company(one.people, other.people) is not Company.OTHER


def _are_one(rows: Sequence[RecordKeys]) -> bool:
    """Whether the titles of some records of one DOI are so alike that they are those of one paper."""
    united = Unions()
    for one, other in combinations(rows, 2):
        if _in_common(one.wording, other.wording) >= _ALIKE[company(one.people, other.people)]:
            united.unite((f"title/{one.title}", f"title/{other.title}"))
    return len({united.best(f"title/{row.title}") for row in rows}) == 1


def _in_common(title: str, other: str) -> float:
    """The share of the shorter title's runs of three letters that the longer has, too; all of it, if one is unknown."""
    few, many = sorted((_runs(title), _runs(other)), key=len)
    return len(few & many) / len(few) if few else 1.0


def _runs(title: str) -> set[str]:
    text = fold_title(title)
    return {text[start : start + 3] for start in range(max(len(text) - 2, 1))} if text else set()


def _by_spelling(rows: Sequence[RecordKeys]) -> Mapping[str, Sequence[RecordKeys]]:
    """Records of one folded title, by what tells their titles apart all the same."""
    if len({row.wording for row in rows}) == 1:
        return {"": rows}
    found: dict[str, list[RecordKeys]] = defaultdict(list)
    for row in rows:
        found[row.spelling].append(row)
    return found


# What people said


def _apply(
    rules: Sequence[PaperRule], rows: Sequence[RecordKeys], group_of: Mapping[int, str], united: Unions
) -> Iterator[PaperRule]:
    """Unite what people said to be one paper; yields the rules of which a paper is not there."""
    if not rules:
        return
    wanted = {each for rule in rules for each in rule.papers}
    groups_with: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for name in wanted.intersection(row.ids):
            groups_with[name].add(group_of[row.record])
    ids = paper_ids({row.record: united.best(group_of[row.record]) for row in rows}, rows)
    named = {paper_id: group for group, paper_id in ids.items()}
    for rule in rules:
        found = [_meant(each, named, groups_with, united) for each in rule.papers]
        if None in found:
            yield rule
        elif isinstance(rule, OnePaper):
            united.unite(each for each in found if each)


def _meant(paper_id: str, named: Mapping[str, str], groups_with: Mapping[str, set[str]], united: Unions) -> str | None:
    """The group that goes by an id, or the one that has it beside a better one."""
    if paper_id in named:
        return united.best(named[paper_id])
    groups = {united.best(group) for group in groups_with.get(paper_id, ())}
    return groups.pop() if len(groups) == 1 else None
