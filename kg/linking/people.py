"""Whether two lists of authors are of the same people, however their sources write names.

Sources turn names round, shorten given names to initials and leave authors out. So a name is known by pairs of one of
its words and the first letter of another: "Berry, A. B.", "Ada Berry" and "Berry Ada" have one in common.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from kg.model import Author
from kg.text.folding import plain, slug

__all__ = ["Company", "People", "company"]

_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[a-z]")
_MOST_WORDS = 6  # of one name; the rest tells no more
_MOST_AUTHORS = 500  # of one list that are compared
_PARTICLES = frozenset("van von der den de del della dos bin ibn ter ten".split())  # no one is known by them
_NO_PERSON = frozenset(
    "anonymous unknown authors author team teams group groups consortium collaboration committee project lab labs "
    "laboratory institute university inc llc ltd gmbh corporation company foundation research".split()
)
_AI = re.compile(r"\b(?:Gen)?AI\b")  # "Ai" is also a person's name
_ENOUGH = 0.25  # of the shorter list in common: the same people, some of whom came or went (taste)


class Company(Enum):
    """How two lists of authors compare."""

    SAME = "same"
    OTHER = "other"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class People:
    """The persons in a list of authors, the ``first`` of them, and the keys under which each is known."""

    keys: tuple[frozenset[str], ...]
    first: Author
    latin: bool

    @property
    def surname(self) -> str:
        """What to call the first by, as part of an id."""
        return slug(self.first.family or self.first.name.split()[-1])

    @classmethod
    def of(cls, authors: Iterable[Author]) -> People | None:
        """The persons among authors; None where nobody is named, or only teams and "Anonymous"."""
        found = [(keys, author) for author in authors if (keys := _keys(author))][:_MOST_AUTHORS]
        if not found:
            return None
        latin = any(_LATIN.search(key) for keys, _ in found for key in keys)
        return cls(tuple(keys for keys, _ in found), found[0][1], latin)


@lru_cache(maxsize=65_536)  # who writes one paper writes others
def _keys(author: Author) -> frozenset[str]:
    """The pairs that a person is known by; none for one of whom there is a single Latin word, a team or a company."""
    words = _WORD.findall(plain(author.name).casefold())[:_MOST_WORDS]
    if _NO_PERSON.intersection(words) or _AI.search(author.name):
        return frozenset()
    if not any(map(_LATIN.search, words)):
        return frozenset(("".join(words),)) - {""}  # of a script whose names are not taken apart
    found = set()
    for word in words:
        if len(word) > 1 and (word not in _PARTICLES or len(words) == 2):
            found.update([f"{word} {other[0]}" for other in words if other is not word])
    return frozenset(found)


def company(one: People | None, other: People | None) -> Company:
    """Whether two lists are of the same people; it cannot be told of no list, or of names in different scripts.

    >>> ada, berry = People.of([Author("Ada Berry"), Author("Bo Cress")]), People.of([Author("Berry A B")])
    >>> company(ada, berry), company(ada, People.of([Author("Dan Dill")])), company(ada, None)
    (<Company.SAME: 'same'>, <Company.OTHER: 'other'>, <Company.UNKNOWN: 'unknown'>)
    """
    if one is None or other is None or one.latin != other.latin:
        return Company.UNKNOWN
    few, many = sorted((one, other), key=lambda people: len(people.keys))
    if few.keys[0] & many.keys[0]:
        return Company.SAME
    known = frozenset().union(*many.keys)
    shared = sum(not known.isdisjoint(keys) for keys in few.keys)
    return Company.SAME if shared >= _ENOUGH * len(few.keys) else Company.OTHER
