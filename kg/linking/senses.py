"""Which of several things a paper means by a name that papers give to things of their own.

"SABER" of a planner and "SABER" of an attack are two things, though letter for letter one name. Two papers that coin a
name mean two things unless something says that they mean one: the same long form, the same people, or that one says of
its own thing that it was made from the other. Who only uses the name means the thing that fits best by type, by what is
named beside it, and by date, for nobody uses what is not yet there; where none fits clearly, the nearest is taken, and
the others are told, for a person to settle.

All of it depends on what the papers name, say of themselves and when they came, never on their order.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from kg.linking.listed import ListedNames
from kg.linking.names import Named, NameTable, NameUse, Sense
from kg.linking.people import Company, People, company
from kg.model import EntityType
from kg.text.folding import fold, plain, singular, slug
from kg.text.reading import render

__all__ = ["Naming", "Senses", "Told", "ambiguous", "key_of", "magnitude", "tell_apart"]

_CLEARLY = 0.5
"""By so much the best sense must lead: one rare name beside both, or the kind of thing alone, is enough (taste)."""
_KIND, _PEOPLE, _MOST_BESIDE = 1.0, 3.0, 2.0  # what the type, the authors and the names beside it weigh (taste)
_KINDS = {EntityType.MODEL: EntityType.METHOD, EntityType.DATASET: EntityType.BENCHMARK}
"""Types that papers confuse."""
_MOST_COMPARED = 300  # papers that define one name, by their authors
_LONGEST_GLOSS = 60  # characters of a title that tell a thing from others
_BEGINNING = 6  # letters of a word that tell it from others, and not from its other forms
_WORD = re.compile(r"[^\W_]+")
_LEADING = re.compile(r"\W+")
_WORD_SENSE = Sense(-1, "", "")
"""That of a plain word that somebody's thing is called by: recall, where a paper presents its RECALL."""


@dataclass(frozen=True, slots=True)
class Naming:
    """How one paper names something that may be one of several things.

    ``coined``: it says that the name is its own; ``derived``: that its own thing was made from what goes by this name.
    ``beside`` is what else it names, by ``key_of``.
    """

    paper: str
    use: NameUse
    coined: bool = False
    derived: bool = False
    beside: frozenset[str] = frozenset()
    date: str | None = None
    people: People | None = None
    title: str = ""

    @property
    def when(self) -> str:
        """The date to sort by; nobody knows that of what has none, or no year."""
        return self.date if self.date and not self.date.startswith("--") else "9999"

    @property
    def long(self) -> str:
        """The folded long form that the paper gives, if it gives one."""
        return _long(self.use)


@dataclass(frozen=True, slots=True)
class Told:
    """What a paper means by a name: the sense (None: none of those that others mean), which others it may be, by a use
    of theirs, and whether it only uses what it seemed to introduce."""

    sense: Sense | None
    rivals: tuple[NameUse, ...] = ()
    uses: bool = False

    @property
    def share(self) -> float:
        """How sure the sense is: one in so many."""
        return 1 / (1 + len(self.rivals))

    def applied(self, use: NameUse) -> NameUse:
        """A way of naming, with what is told of it."""
        return replace(use, sense=self.sense, introduced=use.introduced and not self.uses)


@dataclass(frozen=True)
class Senses:
    """What papers, by id, mean by their ways of naming, where that is more than the name says."""

    told: Mapping[tuple[str, NameUse], Told] = field(default_factory=dict)

    def of(self, paper: str, local: Named) -> Told | None:
        """What was told of a paper's naming; None where the name says it all."""
        return self.told.get((paper, NameUse.of(local))) if self.told else None

    def use(self, paper: str, local: Named) -> NameUse:
        """The way in which a paper names a thing, with the sense."""
        use = NameUse.of(local)
        return self.told[paper, use].applied(use) if (paper, use) in self.told else use

    def applied(self, table: NameTable) -> NameTable:
        """A table of what papers say, with the senses."""
        plain = NameTable(use for _, use in self.told)
        return table - plain + NameTable(told.applied(use) for (_, use), told in self.told.items())


def magnitude(papers: int) -> int:
    """How many papers name something, as a power of two; so that one more seldom changes what others mean.

    >>> [magnitude(papers) for papers in (1, 2, 3, 4, 5, 1000)]
    [0, 1, 2, 2, 3, 10]
    """
    return max(papers - 1, 0).bit_length()


def key_of(use: NameUse) -> str:
    """What two papers that name the same thing have in common, as far as they can tell without each other."""
    return use.concept or fold(use.name)


def ambiguous(table: NameTable, listed: ListedNames) -> frozenset[str]:
    """The folded names, unknown to the vocabulary, that several papers introduce or give different long forms, or that
    some introduce and others write as a plain word."""
    introduced, long_forms, words = Counter[str](), defaultdict[str, set[str]](set), set[str]()
    for use, times in table.items():
        word = not use.introduced and use.name.islower()
        if not (use.introduced or use.expansion or word) or listed.knows(use):
            continue
        name = fold(use.name)
        introduced[name] += times * use.introduced
        if word:
            words.add(name)
        if long := _long(use):
            long_forms[name].add(long)
    several = {name for name, times in introduced.items() if times > 1 or (times and name in words)}
    return frozenset(several | {name for name, forms in long_forms.items() if len(forms) > 1}) - {""}


def tell_apart(namings: Iterable[Naming], common: Mapping[str, int]) -> Senses:
    """What papers mean by names that may mean several things; ``common`` counts the papers that name a thing."""
    by_name: dict[str, list[Naming]] = defaultdict(list)
    for naming in namings:
        by_name[fold(naming.use.name)].append(naming)
    told: dict[tuple[str, NameUse], Told] = {}
    for name in sorted(by_name):
        found = sorted(by_name[name], key=_order)
        told.update(((naming.paper, naming.use), each) for naming, each in _meant(found, common))
    return Senses(told)


def _order(naming: Naming) -> tuple[str, str, str]:
    return naming.when, naming.paper, repr(naming.use)


def _long(use: NameUse) -> str:
    """The long form by the beginnings of its words: "Optimization" says the same as "optimizer"."""
    if not use.expansion or fold(use.expansion) == fold(use.name):
        return ""
    return " ".join(singular(word)[:_BEGINNING] for word in _WORD.findall(plain(use.expansion).casefold()))


# The senses of one name


@dataclass(frozen=True, slots=True)
class _Meaning:
    """One thing that a name stands for: the papers that define it, the earliest first."""

    sense: Sense
    papers: Sequence[Naming]
    beside: frozenset[str]

    @property
    def coined(self) -> bool:
        return any(naming.coined for naming in self.papers)

    @property
    def use(self) -> NameUse:
        return replace(self.papers[0].use, sense=self.sense)


def _meant(namings: Sequence[Naming], common: Mapping[str, int]) -> Iterator[tuple[Naming, Told]]:
    """What each paper means by one name; nothing of those for whom the name alone says it."""
    words = _plain_words(namings)
    for naming in words:
        yield naming, Told(_WORD_SENSE, uses=naming.use.introduced)
    said = set(map(id, words))
    namings = [naming for naming in namings if id(naming) not in said]
    groups = _groups([naming for naming in namings if _defines(naming, namings)]) if _is_coinable(namings) else []
    meanings = _meanings(groups) if len(groups) > 1 or words else []
    defined = {id(naming): meaning for meaning in meanings for naming in meaning.papers}
    for naming in namings:
        meaning = defined.get(id(naming))
        if meaning is not None:
            yield naming, Told(meaning.sense, uses=_is_others(naming, meaning.papers))
        elif meanings:
            yield naming, replace(_fitting(naming, meanings, common), uses=naming.use.introduced)
        elif _is_others(naming, namings):
            yield naming, Told(None, uses=True)


def _plain_words(namings: Sequence[Naming]) -> list[Naming]:
    """Those that mean by a name what others write in small letters, where it is a thing of another kind than what is
    presented under that name."""
    small = Counter(_kind(naming) for naming in namings if _is_small(naming))
    things = [naming for naming in namings if naming.coined and not naming.use.name.islower()]
    if not small or not things:
        return []
    usual = min(small, key=lambda kind: (-small[kind], kind.value))
    if usual in map(_kind, things):
        return []
    return [each for each in namings if _is_small(each) or (not (each.coined or each.long) and _kind(each) is usual)]


def _is_small(naming: Naming) -> bool:
    """Whether a paper writes a name in small letters, as a word, and does not say that it is its own."""
    return naming.use.name.islower() and not naming.coined


def _is_coinable(namings: Iterable[Naming]) -> bool:
    """Whether it is written as a name: what words say ("deep learning") two papers call the same thing."""
    written = [naming.use.name.strip() for naming in namings]
    return any(" " not in name for name in written) and not any(name.islower() for name in written)


def _defines(naming: Naming, namings: Sequence[Naming]) -> bool:
    """Whether a paper says itself what the name stands for: it gives the long form, or the name is its own."""
    if naming.long or naming.coined:
        return True
    return naming.use.introduced and not naming.derived and not _is_others(naming, namings)


def _is_others(naming: Naming, namings: Iterable[Naming]) -> bool:
    """Whether what a paper seems to introduce, without saying so, is what others have: a name that another coined
    before, or that nobody coins, a common word of several papers."""
    if naming.coined or not naming.use.introduced:
        return False
    coiners = [each for each in namings if each.coined]
    if coiners:
        return any(_is_older(coiner, naming) for coiner in coiners)
    return sum(each.use.introduced for each in namings) > 1


def _is_older(one: Naming, other: Naming) -> bool:
    """Whether a paper came before another, as far as both dates are known."""
    if "9999" in (one.when, other.when):
        return False
    known = min(len(one.when), len(other.when))
    return one.when[:known] < other.when[:known]


def _groups(defining: Sequence[Naming]) -> list[list[Naming]]:
    """The papers that define a name, together where something says that they mean one thing; in their order."""
    parent = list(range(len(defining)))

    def root(number: int) -> int:
        while parent[number] != number:
            number = parent[number]
        return number

    long_forms = [{naming.long} - {""} for naming in defining]
    for one, other in _pairs(defining):
        first, second = sorted((root(one), root(other)))
        # Who names two things alike makes no one thing of them: two long forms never meet.
        if first != second and len(long_forms[first] | long_forms[second]) < 2:
            parent[second] = first
            long_forms[first] |= long_forms[second]
    groups: dict[int, list[Naming]] = defaultdict(list)
    for number, naming in enumerate(defining):
        groups[root(number)].append(naming)
    return list(groups.values())


def _pairs(defining: Sequence[Naming]) -> Iterator[tuple[int, int]]:
    """Which of them mean one thing: those with one long form; of one that gives none, what else its people name so."""
    by_long: dict[str, int] = {}
    for number, naming in enumerate(defining):
        if naming.long:
            yield by_long.setdefault(naming.long, number), number
    written = [number for number, naming in enumerate(defining) if naming.people is not None][:_MOST_COMPARED]
    for one, other in combinations(written, 2):
        told = defining[one].long and defining[other].long
        if not told and company(defining[one].people, defining[other].people) is Company.SAME:
            yield one, other


def _meanings(groups: Sequence[Sequence[Naming]]) -> list[_Meaning]:
    """Groups with what tells them apart; those whose thing is their own first, then by date, so that a paper that
    comes later moves none of them."""
    ranked = sorted(groups, key=lambda group: (not any(each.coined for each in group), _order(group[0])))
    found: list[_Meaning] = []
    taken: set[str] = set()
    for rank, group in enumerate(ranked):
        first, long = group[0], next((each.use.expansion for each in group if each.long), None)
        number = _number(first)
        suffix = slug(first.use.expansion) if first.long and first.use.expansion else number
        if suffix in taken:
            suffix = f"{suffix}-{number}"
        taken.add(suffix)
        beside = frozenset().union(*(each.beside for each in group))
        found.append(_Meaning(Sense(rank, suffix, long or _gloss(first)), group, beside))
    return found


def _number(naming: Naming) -> str:
    """What a paper goes by: its arXiv id or DOI; the first words of its title rather than their hash."""
    scheme, _, number = naming.paper.partition("/")
    return slug(_gloss(naming) if scheme == "title" and naming.title else number)


def _gloss(naming: Naming) -> str:
    """What a paper's title says of the name, or the title."""
    title = render(naming.title).text.strip() or naming.paper
    behind = title[len(naming.use.name) :] if title.startswith(naming.use.name) else title
    words = _LEADING.sub("", behind, count=1) if _LEADING.match(behind) else behind
    return _cut(words or title)


def _cut(text: str) -> str:
    """A text of few words, cut between two of them."""
    if len(text) <= _LONGEST_GLOSS:
        return text
    return text[: _LONGEST_GLOSS + 1].rpartition(" ")[0].rstrip(" ,:;-") or text[:_LONGEST_GLOSS]


# Who only uses a name


def _fitting(naming: Naming, meanings: Sequence[_Meaning], common: Mapping[str, int]) -> Told:
    """The sense that fits a paper best, with those that fit about as well."""
    fit = {each.sense.rank: _fit(naming, each, common) for each in meanings if _may_mean(naming, each, common)}
    there = [each for each in meanings if each.sense.rank in fit]
    if not there:
        return Told(None)
    best = max(there, key=lambda each: (fit[each.sense.rank], each.coined, -each.sense.rank))
    near = [each for each in there if each is not best and fit[best.sense.rank] - fit[each.sense.rank] < _CLEARLY]
    return Told(best.sense, tuple(each.use for each in near))


def _may_mean(naming: Naming, meaning: _Meaning, common: Mapping[str, int]) -> bool:
    """Whether a paper can mean what others define: what is coined, from then on; what papers only spell out may be one
    of many things with these letters, so something beside it must speak for it."""
    if meaning.coined:
        return not _is_older(naming, meaning.papers[0])
    return _beside(naming, meaning, common) >= _CLEARLY


def _fit(naming: Naming, meaning: _Meaning, common: Mapping[str, int]) -> float:
    kind = any(_kind(naming) is _kind(each) for each in meaning.papers)
    people = any(company(naming.people, each.people) is Company.SAME for each in meaning.papers)
    return round(_KIND * kind + _PEOPLE * people + min(_beside(naming, meaning, common), _MOST_BESIDE), 6)


def _beside(naming: Naming, meaning: _Meaning, common: Mapping[str, int]) -> float:
    """What is named beside both; what many papers name says little."""
    shared = sorted(naming.beside & meaning.beside)
    return sum(1 / (1 + magnitude(common.get(each, 1))) for each in shared)


def _kind(naming: Naming) -> EntityType:
    return _KINDS.get(naming.use.type, naming.use.type)
