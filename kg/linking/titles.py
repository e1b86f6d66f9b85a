"""Which of the papers that bear one title are one: told by who wrote them, and when.

Nothing here compares all with all, for a title may be that of thousands ("Introduction"): where many bear it, the first
authors tell, and years are gone through in their order.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise

from kg.linking.people import Company, People, company
from kg.linking.records import RecordKeys
from kg.linking.unions import Unions, scheme
from kg.text.titles import type_by_title

__all__ = ["A_FEW", "Bearers", "Item", "authors_agree"]

A_FEW = 3
"""How many titles one paper is published under, or DOIs that it gets, at most."""

_YEARS = 3  # how far apart the DOIs of one paper's preprint and publication are at most (taste, as the next two are)
_YEARS_OF_UNKNOWN = {True: 2, False: 5}
"""The same where nobody says that the authors are the same, by whether both have a DOI."""
_COMPARED = 30  # items of one title whose authors are compared in pairs; of more, the first authors tell
_GENERIC = 2  # words of a title that many papers may bear
_ARXIV_DOI = "10.48550/"


@dataclass(slots=True)
class Item:
    """Records that are one by their identifiers, or by all that they say, as far as it tells papers apart."""

    name: str
    dois: set[str]
    arxiv: bool
    people: People | None = None
    years: tuple[int, int] | None = None

    @property
    def has_id(self) -> bool:
        """Whether it has an identifier of its own."""
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


@dataclass(slots=True)
class Bearers:
    """The items that bear one title: ``parts`` are those that are one paper, by name, ``doubts`` what is open."""

    title: str
    said_apart: Callable[[Sequence[Item]], bool]
    doubts: list[tuple[str, str, str]] = field(default_factory=list)

    def parts(self, items: Sequence[Item]) -> Iterator[list[str]]:
        """Of the items that bear one title, which are one paper: lists of their names."""
        known = _known(items)
        told = {item.name for item in known}
        unknown = [item for item in items if item.name not in told]
        crowds = _crowds(known) or [[]]
        if len(crowds) == 1:
            lone = [item for item in unknown if item.dois]
            if lone and sum(bool(item.dois) for item in items) > 1 and self._says_little(items):
                unknown = [item for item in unknown if not item.dois]
                self._doubt((item.name for item in (*lone, *crowds[0][:1])), "a title that many papers have")
            crowds = [[*crowds[0], *unknown]]
        else:
            for item in unknown:
                self._doubt((item.name, *(crowd[0].name for crowd in crowds)), "one title, and no authors to tell")
            yield [item.name for item in unknown if not item.has_id]
        for crowd in crowds:
            for part in self._by_year(crowd):
                yield from self._allowed(part)

    def _says_little(self, items: Sequence[Item]) -> bool:
        """Whether DOIs of this title may well be those of two papers."""
        return not any(item.arxiv for item in items) and _is_generic(self.title)

    def _doubt(self, names: Iterable[str], reason: str) -> None:
        """The first is in doubt with each of the others, where they are no more than a person would look at."""
        first, *others = names
        if len(others) <= A_FEW:
            self.doubts.extend((first, other, reason) for other in others)

    def _by_year(self, items: list[Item]) -> Iterator[list[Item]]:
        """The items of one title in parts: identifiers of years that are too far apart are those of two papers."""
        dated = sorted((item for item in items if item.has_id and item.years), key=_in_time)
        parts = [dated[:1]] if dated else []
        for before, item in pairwise(dated):
            if _too_far(before, item):
                self._doubt((before.name, item.name), "one title, years far apart, different identifiers")
                parts.append([])
            parts[-1].append(item)
        others = [item for item in items if not (item.has_id and item.years)]
        if len(parts) <= 1:
            yield items
            return
        lone: list[Item] = []
        spans = [_span(part) for part in parts]
        for item in others:
            near = [part for part, span in zip(parts, spans, strict=True) if _is_near(item, span)]
            (near[0] if len(near) == 1 else lone).append(item)
        yield from parts
        yield [item for item in lone if not item.has_id]

    def _allowed(self, part: list[Item]) -> Iterator[list[str]]:
        """The names of a part, if they may all be one paper; else of those that have nothing but the title."""
        schemes = Counter(scheme(item.name) for item in part)
        if schemes["arxiv"] <= 1 and schemes["doi"] <= A_FEW and not self.said_apart(part):
            yield [item.name for item in part]
        else:
            yield [item.name for item in part if not item.has_id]


def authors_agree(items: Sequence[Item]) -> bool:
    """Whether nothing that is known of the authors of some items speaks against their being one paper."""
    return len(_crowds(_known(items))) <= 1


def _known(items: Sequence[Item]) -> list[Item]:
    """The items whose authors are known, in the one script in which they can be compared: Latin if there is such."""
    latin = [item for item in items if item.people and item.people.latin]
    return latin or [item for item in items if item.people]


def _crowds(items: Sequence[Item]) -> list[list[Item]]:
    """Items whose authors are known, by who wrote them: lists of items, linked by having authors in common."""
    if len(items) <= 1:
        return [list(items)] if items else []
    united = Unions()
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
    crowds: dict[str, list[Item]] = defaultdict(list)
    for name, item in zip(name_of, items, strict=True):
        crowds[united.best(name)].append(item)
    return list(crowds.values())


def _in_time(item: Item) -> tuple[tuple[int, int], str]:
    return item.years or (0, 0), item.name


def _too_far(before: Item, after: Item) -> bool:
    """Whether the years of two items, in their order, speak against their being one paper."""
    assert before.years is not None
    assert after.years is not None
    both = bool(before.dois and after.dois)
    told = company(before.people, after.people) is Company.SAME
    if before.dois & after.dois or (told and not both):
        return False
    return after.years[0] - before.years[1] > (_YEARS if told else _YEARS_OF_UNKNOWN[both])


def _span(part: Sequence[Item]) -> tuple[int, int]:
    years = [year for item in part for year in item.years or ()]
    return min(years) - _YEARS, max(years) + _YEARS


def _is_near(item: Item, span: tuple[int, int]) -> bool:
    return item.years is not None and span[0] <= item.years[1] and item.years[0] <= span[1]


def _is_generic(wording: str) -> bool:
    """Whether many papers may have this title."""
    if not wording:
        return False
    return len(wording.split()) <= _GENERIC or type_by_title(wording, has_abstract=True) is not None
