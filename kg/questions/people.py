"""Whether an author that a source names is the one that a person asks for.

Names come parted or not, with initials or not, the family name first or last, with accents or without. So a name is
compared word by word, folded; what an initial stands for is unknown, and so is whether "J. Smith" is Jane Smith.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from kg.errors import NoNameError
from kg.model import Author
from kg.text.folding import fold_person, plain

__all__ = ["Likeness", "Person"]

_ORCID = re.compile(
    r"(?:(?:https?://)?orcid\.org/|orcid:\s?)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])/?", re.IGNORECASE | re.ASCII
)
_WORDS = re.compile(r"[^\W\d_]+")
_RUN_OF_INITIALS = 3  # letters, as "JRR Tolkien" has them
_MARKS = frozenset("jr sr ii iii iv phd dr prof".split())
# Before a family name, and never the whole of one.
_PARTICLES = frozenset(
    "al bin da das de del della den der des di do dos du el ibn la le los ten ter van vom von y zu zum zur".split()
)


class Likeness(IntEnum):
    """How an author fits a name that is asked for."""

    OTHER = 0
    PERHAPS = 1  # only an initial of a name that is asked for in full
    SAME = 2


@dataclass(frozen=True)
class Person:
    """Who is asked for: by an ORCID, or by the words of a name, the family name last.

    ``orders`` are the ways to read the name: as it stands, and with the family name first.
    """

    orcid: str | None
    orders: tuple[tuple[str, ...], ...]

    @classmethod
    def called(cls, name: str) -> Person:
        """The person of a name or ORCID: "Smith", "Jane Smith", "J. Smith", "Smith, Jane", "0000-0002-1825-0097".

        Raises:
            NoNameError: there is no word in it.
        """
        if found := _ORCID.fullmatch(name.strip()):
            return cls(found.group(1).upper(), ())
        family, comma, given = name.partition(",")
        words = _words(f"{given} {family}") if comma else _words(name)
        if not words:
            raise NoNameError(f"{name!r} names nobody; give a family name, a full name or an ORCID")
        orders = (words,) if comma or len(words) == 1 else (words, (*words[1:], words[0]))
        # No family name is an initial, unless all that is given are.
        return cls(None, tuple(order for order in orders if len(order[-1]) > 1) or orders)

    @property
    def heads(self) -> tuple[str, ...]:
        """Words, folded, one of which stands in every name that is like this one."""
        return tuple(dict.fromkeys(order[-1] for order in self.orders))

    def likeness(self, author: Author) -> Likeness:
        """How an author fits; one with an ORCID of another person is another.

        >>> jane = Person.called("Jane Smith")
        >>> [jane.likeness(Author(name)).name for name in ("Jane Q. Smith", "J. Smith", "John Smith")]
        ['SAME', 'PERHAPS', 'OTHER']
        """
        if self.orcid is not None:
            return Likeness.SAME if author.orcid == self.orcid else Likeness.OTHER
        words = _words(f"{author.given or ''} {author.family}" if author.family else author.name)
        family = _words(author.family) if author.family else words[-1:]
        return max((_compare(order, words, family) for order in self.orders), default=Likeness.OTHER)


def _words(name: str) -> tuple[str, ...]:
    """The words of a name, folded; a run of initials is a word each, and "Jr" is none."""
    name = plain(name).replace("'", "").replace("\u2019", "")
    shouted = name.upper() == name
    found: list[str] = []
    for word in _WORDS.findall(name):
        if word.isupper() and not shouted and len(word) <= _RUN_OF_INITIALS:
            found += fold_person(word)
        else:
            found.append(fold_person(word))
    return tuple(word for number, word in enumerate(found) if number == 0 or word not in _MARKS)


def _compare(asked: Sequence[str], words: Sequence[str], family: Sequence[str]) -> Likeness:
    if not words:
        return Likeness.OTHER
    if asked == words[-len(asked) :] and not set(asked) <= _PARTICLES:
        return Likeness.SAME  # a family name of several words, or a name without those in front
    heads = {words[-1], family[0], family[-1]} - _PARTICLES if family else {words[-1]}
    if asked[-1] not in heads:
        return Likeness.OTHER
    given = words[: -len(family)] or words[:-1]
    return _compare_given(asked[:-1], given)


def _compare_given(asked: Sequence[str], given: Sequence[str]) -> Likeness:
    """The first given name must be the first; of the others, those that both tell, in their order."""
    if not asked:
        return Likeness.SAME
    if not given:
        return Likeness.OTHER
    found, rest = _alike(asked[0], given[0]), given[1:]
    for word in asked[1:]:
        place = next((n for n, each in enumerate(rest) if _alike(word, each)), None)
        if place is None:
            # Jane Quentin Smith is perhaps whom others call Jane Smith, but not Jane Robin Smith.
            return min(found, Likeness.OTHER if rest else Likeness.PERHAPS)
        found, rest = min(found, _alike(word, rest[place])), rest[place + 1 :]
    return found


def _alike(asked: str, given: str) -> Likeness:
    if asked == given or (len(asked) == 1 and given.startswith(asked)):
        return Likeness.SAME
    return Likeness.PERHAPS if len(given) == 1 and asked.startswith(given) else Likeness.OTHER
