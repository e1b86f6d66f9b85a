"""One paper from many records: the same arXiv id, DOI or folded title, unless something says that they are two.

An arXiv id tells papers apart; the other two can mislead. A DOI may be that of the proceedings, and a title may be
"Introduction". So a DOI unites records whose titles have much in common, and a title those of which nothing speaks
against it: two arXiv ids, other authors, years far apart under different DOIs, a point or a sharp ("1.5B", "C#"), or
more DOIs than one paper comes by. Where it is open to which of several papers a record belongs, it belongs to none of
them, and there is a doubt for a person to settle.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, pairwise

from kg.linking.curation import OnePaper, PaperRule, TwoPapers
from kg.linking.people import Company, People, company
from kg.model import Author, Paper
from kg.text.folding import fold_title, spell_title, title_hash
from kg.text.titles import type_by_title, unmarked

__all__ = ["Doubt", "Grouping", "RecordKeys", "group_records"]

_A_FEW = 3  # titles under which one paper is published, or DOIs that it gets
_ALIKE = {Company.SAME: 0.2, Company.UNKNOWN: 0.5, Company.OTHER: 0.8}
"""How much two titles of one DOI have in common at least, of their runs of three letters, by who wrote them."""
_YEARS = 3
"""How far apart the DOIs of one paper's preprint and publication are at most (taste, as are the next two)."""
_YEARS_OF_UNKNOWN = {True: 2, False: 5}
"""The same where nobody says that the authors are the same, by whether both have a DOI."""
_COMPARED = 30  # items of one title whose authors are compared in pairs; of more, the first authors tell
_GENERIC = 2  # words of a title that many papers may bear
_ARXIV_DOI = "10.48550/"


@dataclass(frozen=True)
class RecordKeys:
    """What identifies a record: its number, and what it may share with other records of the same paper.

    ``title`` is the hash of the folded title; ``wording`` the title itself, ``authors`` and ``year`` what else tells
    papers apart: they may be left out of records that share no key with another.
    """

    record: int
    arxiv: str | None
    doi: str | None
    title: str
    wording: str = ""
    authors: tuple[Author, ...] = ()
    year: int | None = None

    @classmethod
    def of(cls, record: int, paper: Paper) -> RecordKeys:
        """The keys of one record."""
        year = paper.date[:4] if paper.date and not paper.date.startswith("--") else None
        key = title_hash(paper.title)
        return cls(record, paper.arxiv, paper.doi, key, paper.title, paper.authors, int(year) if year else None)

    @property
    def ids(self) -> list[str]:
        """The ids that a paper of this record could have, the best first."""
        known = (self.arxiv and f"arxiv/{self.arxiv}", self.doi and f"doi/{self.doi}", f"title/{self.title}")
        return [each for each in known if each]

    @property
    def own_ids(self) -> list[str]:
        """The identifiers that it has; the title's where it has none."""
        return self.ids[:-1] or self.ids

    @cached_property
    def people(self) -> People | None:
        """Who wrote it, as far as that is told."""
        return People.of(self.authors)

    @cached_property
    def spelling(self) -> str:
        """What tells its title from others of the same folding."""
        return spell_title(self.wording) if self.wording else ""


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
    united = _Groups()
    united.take_in(grouping.by_title)
    idle = list(_apply(rules, rows, grouping.group_of, united))
    papers = {record: united.best(group) for record, group in grouping.group_of.items()}
    ids = _ids(papers, rows)
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

    def take_in(self, better: Mapping[str, str]) -> None:
        """Unite names, each with a better one."""
        for name, best in better.items():
            self.unite((name, best))


def _scheme(name: str) -> str:
    return name.partition("/")[0]


def _rank(name: str) -> tuple[int, str]:
    return ("arxiv", "doi", "title").index(_scheme(name)), name


@dataclass(slots=True)
class _Item:
    """Records that are one by their identifiers, or by all that they say, as far as it tells papers apart."""

    name: str
    dois: set[str]
    arxiv: bool
    people: People | None = None
    years: tuple[int, int] | None = None

    @property
    def has_id(self) -> bool:
        return self.arxiv or bool(self.dois)

    def take_in(self, row: RecordKeys, *, has_own_doi: bool) -> None:
        """Another record of it; of its lists of authors the longest counts."""
        if row.doi and has_own_doi and not row.doi.startswith(_ARXIV_DOI):
            self.dois.add(row.doi)
        self.arxiv |= row.arxiv is not None
        if row.people is not None and row.people != self.people:
            self.people = row.people if self.people is None else max(self.people, row.people, key=_fullness)
        if row.year is not None:
            first, last = self.years or (row.year, row.year)
            self.years = min(first, row.year), max(last, row.year)


def _fullness(people: People) -> tuple[int, list[list[str]], str]:
    return len(people.keys), [sorted(keys) for keys in people.keys], repr(people.first)


class _Grouper:
    """The groups of records by their identifiers, and by titles which of these are one."""

    def __init__(self, rows: Sequence[RecordKeys], apart: Sequence[TwoPapers]) -> None:
        self.doubts: list[tuple[str, str, str]] = []
        self._apart = [frozenset((rule.paper, rule.other)) for rule in apart]
        shared = self._shared_dois(rows)
        names = {row.record: _names(row, shared) for row in rows}
        by_id = _Groups()
        for found in names.values():
            by_id.unite(found)
        self.group_of = {record: by_id.best(found[0]) for record, found in names.items()}
        self._doubt_shared(shared, rows)
        shared_by: dict[str, set[str]] = defaultdict(set)
        for row in rows:
            shared_by[row.title].add(self.group_of[row.record])
        met = {group for groups in shared_by.values() if len(groups) > 1 for group in groups}
        self._items = {group: _Item(group, set(), False) for group in met}
        self._ids: dict[str, set[str]] = defaultdict(set)
        for row in rows:
            if (group := self.group_of[row.record]) in met:
                self._items[group].take_in(row, has_own_doi=row.doi not in shared)
                if self._apart:
                    self._ids[group].update(row.own_ids)
        self.by_title = self._united_by_title([row for row in rows if len(shared_by[row.title]) > 1])

    # DOIs

    def _shared_dois(self, rows: Iterable[RecordKeys]) -> dict[str, bool]:
        """The DOIs that different papers state, as that of the proceedings; whether that is in doubt."""
        by_title: dict[str, dict[str, RecordKeys]] = defaultdict(dict)  # by DOI, of each title what tells most
        arxiv: dict[str, set[str]] = defaultdict(set)
        for row in rows:
            if row.doi:
                titles = by_title[row.doi]
                before = titles.get(row.title)
                titles[row.title] = row if before is None else max(before, row, key=_weight)
                if row.arxiv:
                    arxiv[row.doi].add(row.arxiv)
        shared = dict.fromkeys(self._dois_apart(rows), False)
        for doi, titles in by_title.items():
            if len(titles) > _A_FEW or len(arxiv.get(doi, ())) > 1:
                shared[doi] = False
            elif doi not in shared and len(titles) > 1 and not _are_one(list(titles.values())):
                shared[doi] = any(
                    company(one.people, other.people) is not Company.OTHER
                    for one, other in combinations(titles.values(), 2)
                )
        return shared

    def _dois_apart(self, rows: Iterable[RecordKeys]) -> set[str]:
        """The DOIs of two records that a person said to be two papers."""
        named = frozenset().union(*self._apart)
        dois: dict[str, set[str]] = defaultdict(set)
        for row in rows if named else ():
            for name in named.intersection(row.ids) if row.doi else ():
                dois[name].add(row.doi or "")
        return set().union(*(set.intersection(*(dois[name] for name in pair)) for pair in self._apart))

    def _doubt_shared(self, shared: Mapping[str, bool], rows: Iterable[RecordKeys]) -> None:
        groups: dict[str, dict[str, str]] = defaultdict(dict)  # by DOI, of each title the first
        for row in rows:
            if row.doi and shared.get(row.doi):
                found, group = groups[row.doi], self.group_of[row.record]
                found[row.title] = min(found.get(row.title, group), group)
        for doi, found in groups.items():
            reason = f"both have the DOI {doi}, their titles have little in common"
            self.doubts.extend((one, other, reason) for one, other in combinations(sorted(found.values()), 2))

    # Titles

    def _united_by_title(self, rows: Iterable[RecordKeys]) -> dict[str, str]:
        """The groups that are one by a title: each with the best of them."""
        by_title: dict[str, list[RecordKeys]] = defaultdict(list)
        for row in rows:
            by_title[row.title].append(row)
        united = _Groups()
        for of_title in by_title.values():
            spellings = _by_spelling(of_title)
            for some in spellings.values():
                items = {self.group_of[row.record] for row in some}
                is_generic = _is_generic(min(row.wording for row in some))
                for part in self._parts([self._items[name] for name in sorted(items)], is_generic=is_generic):
                    united.unite(part)
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
        members: dict[str, list[_Item]] = defaultdict(list)
        for group, other in best.items():
            members[other].append(self._items[group])
        return {
            name
            for name, items in members.items()
            if sum(item.arxiv for item in items) > 1 or self._said_apart(items) or len(_crowds(_known(items))) > 1
        }

    def _said_apart(self, items: Iterable[_Item]) -> bool:
        """Whether a person said that two of these are two papers."""
        if not self._apart:
            return False
        ids = [self._ids[item.name] for item in items]
        together = set().union(*ids)
        return any(pair <= together and not any(pair <= each for each in ids) for pair in self._apart)

    def _parts(self, items: list[_Item], *, is_generic: bool) -> Iterator[list[str]]:
        """Of the items that bear one title, which are one paper: lists of their names."""
        known = _known(items)
        told = {item.name for item in known}
        unknown = [item for item in items if item.name not in told]
        crowds = _crowds(known) or [[]]
        if len(crowds) == 1:
            is_generic = is_generic and not any(item.arxiv for item in items)
            lone = [item for item in unknown if is_generic and item.dois]
            if len(lone) + sum(bool(item.dois) for item in crowds[0]) > 1:
                unknown = [item for item in unknown if not item.dois]
                self._doubt_few((item.name for item in (*lone, *crowds[0][:1])), "a title that many papers have")
            crowds = [[*crowds[0], *unknown]]
        else:
            for item in unknown:
                self._doubt_few((item.name, *(crowd[0].name for crowd in crowds)), "one title, and no authors to tell")
            yield [item.name for item in unknown if not item.has_id]
        for crowd in crowds:
            for part in self._by_year(crowd):
                yield from self._allowed(part)

    def _doubt_few(self, names: Iterable[str], reason: str) -> None:
        """The first is in doubt with each of the others, where they are no more than a person would look at."""
        first, *others = names
        if len(others) <= _A_FEW:
            self.doubts.extend((first, other, reason) for other in others)

    def _by_year(self, items: list[_Item]) -> Iterator[list[_Item]]:
        """The items of one title in parts: identifiers of years that are too far apart are those of two papers."""
        dated = sorted((item for item in items if item.has_id and item.years), key=_in_time)
        parts = [dated[:1]] if dated else []
        for before, item in pairwise(dated):
            if _too_far(before, item):
                self._doubt_few((before.name, item.name), "one title, years far apart, different identifiers")
                parts.append([])
            parts[-1].append(item)
        others = [item for item in items if not (item.has_id and item.years)]
        if len(parts) <= 1:
            yield items
            return
        lone = []
        for item in others:
            near = [part for part in parts if _is_near(item, part)]
            (near[0] if len(near) == 1 else lone).append(item)
        yield from parts
        yield [item for item in lone if not item.has_id]

    def _allowed(self, part: list[_Item]) -> Iterator[list[str]]:
        """The names of a part, if they may all be one paper; else of those that have nothing but the title."""
        schemes = Counter(_scheme(item.name) for item in part)
        if schemes["arxiv"] <= 1 and schemes["doi"] <= _A_FEW and not self._said_apart(part):
            yield [item.name for item in part]
        else:
            yield [item.name for item in part if not item.has_id]

    def _doubt_spellings(self, spellings: Mapping[str, Sequence[RecordKeys]]) -> None:
        if not 1 < len(spellings) <= _A_FEW:
            return
        for some, others in combinations(spellings.values(), 2):
            one, other = (self._items[min(self.group_of[row.record] for row in rows)] for rows in (some, others))
            if company(one.people, other.people) is Company.SAME:
                self._doubt_few((one.name, other.name), "the same people, titles that differ in a sign")


def _names(row: RecordKeys, shared: Mapping[str, bool]) -> list[str]:
    """The names under which a record meets others at once: its identifiers, or else all that it says."""
    names = [f"arxiv/{row.arxiv}"] if row.arxiv else []
    if row.doi and row.doi not in shared:
        names.append(f"doi/{row.doi}")
    if names:
        return names
    people = ";".join([author.name for author in row.authors])
    return [f"title/{row.title}\0{row.wording}\0{people}\0{row.year or ''}"]


def _weight(row: RecordKeys) -> tuple[int, str, str]:
    return len(row.people.keys) if row.people else 0, row.wording, repr(row.authors)


def _are_one(rows: Sequence[RecordKeys]) -> bool:
    """Whether the titles of some records of one DOI are so alike that they are those of one paper."""
    united = _Groups()
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


def _known(items: Sequence[_Item]) -> list[_Item]:
    """The items whose authors are known, in the one script in which they can be compared: Latin if there is such."""
    latin = [item for item in items if item.people and item.people.latin]
    return latin or [item for item in items if item.people]


def _crowds(items: Sequence[_Item]) -> list[list[_Item]]:
    """Items whose authors are known, by who wrote them: lists of items, linked by having authors in common."""
    if len(items) <= 1:
        return [list(items)] if items else []
    united = _Groups()
    name_of = [f"title/{number:09}" for number in range(len(items))]
    if len(items) <= _COMPARED:
        for (one, item), (two, other) in combinations(enumerate(items), 2):
            if company(item.people, other.people) is Company.SAME:
                united.unite((name_of[one], name_of[two]))
    else:
        met: dict[str, str] = {}
        for name, item in zip(name_of, items, strict=True):
            for key in item.people.keys[0] if item.people else ():
                united.unite((name, met.setdefault(key, name)))
    crowds: dict[str, list[_Item]] = defaultdict(list)
    for name, item in zip(name_of, items, strict=True):
        crowds[united.best(name)].append(item)
    return list(crowds.values())


def _in_time(item: _Item) -> tuple[tuple[int, int], str]:
    return item.years or (0, 0), item.name


def _too_far(before: _Item, after: _Item) -> bool:
    """Whether the years of two items, in their order, speak against their being one paper."""
    assert before.years is not None
    assert after.years is not None
    both = bool(before.dois and after.dois)
    told = company(before.people, after.people) is Company.SAME
    if before.dois & after.dois or (told and not both):
        return False
    return after.years[0] - before.years[1] > (_YEARS if told else _YEARS_OF_UNKNOWN[both])


def _is_near(item: _Item, part: Sequence[_Item]) -> bool:
    if item.years is None:
        return False
    spans = [each.years for each in part if each.years]
    first, last = min(span[0] for span in spans), max(span[1] for span in spans)
    return first - _YEARS <= item.years[1] and item.years[0] <= last + _YEARS


def _is_generic(wording: str) -> bool:
    """Whether many papers may have this title."""
    if not wording:
        return False
    return len(wording.split()) <= _GENERIC or type_by_title(wording, has_abstract=True) is not None


# What people said


def _apply(
    rules: Sequence[PaperRule], rows: Sequence[RecordKeys], group_of: Mapping[int, str], united: _Groups
) -> Iterator[PaperRule]:
    """Unite what people said to be one paper; yields the rules of which a paper is not there."""
    if not rules:
        return
    wanted = {each for rule in rules for each in rule.papers}
    groups_with: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for name in wanted.intersection(row.ids):
            groups_with[name].add(group_of[row.record])
    ids = _ids({row.record: united.best(group_of[row.record]) for row in rows}, rows)
    named = {paper_id: group for group, paper_id in ids.items()}
    for rule in rules:
        found = [_meant(each, named, groups_with, united) for each in rule.papers]
        if None in found:
            yield rule
        elif isinstance(rule, OnePaper):
            united.unite(each for each in found if each)


def _meant(paper_id: str, named: Mapping[str, str], groups_with: Mapping[str, set[str]], united: _Groups) -> str | None:
    """The group that goes by an id, or the one that has it beside a better one."""
    if paper_id in named:
        return united.best(named[paper_id])
    groups = {united.best(group) for group in groups_with.get(paper_id, ())}
    return groups.pop() if len(groups) == 1 else None


# Ids


def _ids(group_of: Mapping[int, str], rows: Iterable[RecordKeys]) -> dict[str, str]:
    """The paper id of each group: its best identifier, or the hash of its title.

    Where several papers would go by one title, each has behind it what tells it apart: first author, year, spelling.
    """
    ids = {group: group for group in group_of.values() if not group.startswith("title/")}
    by_title: dict[str, dict[str, list[RecordKeys]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        group = group_of[row.record]
        if group not in ids:
            by_title[group.partition("\0")[0]][group].append(row)
    for title, groups in by_title.items():
        if len(groups) == 1:
            ids[next(iter(groups))] = title
            continue
        told = {group: "-".join((title, *_telling(records))) for group, records in groups.items()}
        times = Counter(told.values())
        for group, name in told.items():
            ids[group] = name if times[name] == 1 else f"{name}-{hashlib.sha256(group.encode()).hexdigest()[:8]}"
    return ids


def _telling(records: Sequence[RecordKeys]) -> Iterator[str]:
    """What tells a paper from others of its title, as part of an id; nothing of one that says nothing."""
    fullest = max(records, key=_weight)
    if fullest.people:
        yield fullest.people.surname
    if years := [record.year for record in records if record.year]:
        yield str(min(years))
    spelling = min(record.spelling for record in records)
    if spelling != fold_title(unmarked(min(record.wording for record in records))):
        yield hashlib.sha256(spelling.encode("utf-8", "surrogatepass")).hexdigest()[:6]
