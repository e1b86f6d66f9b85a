"""Names written together: "Llama-3.1-8B/70B", "AIME 2024 and 2025", "Qwen2.5-{7B,14B}-Instruct" are several names each.

A coordination is found by what its members end in, all of one kind: sizes, years, numbers or variants. What stands
before the first, the stem, is known only to those who know the name (``sources/coordinations.py``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from kg.extraction.phrases import words
from kg.extraction.proposals import Span
from kg.extraction.versions import VARIANT
from kg.text.sizes import MODEL_SIZE

__all__ = ["Coordination", "Ending", "coordinations", "member_name"]


class Ending(StrEnum):
    """What the members of a coordination end in."""

    SIZE = "size"
    YEAR = "year"
    NUMBER = "number"
    VARIANT = "variant"


@dataclass(frozen=True, slots=True)
class Coordination:
    """The ``members`` of a coordination, what each has for itself; ``end`` is that of the whole.

    ``shared`` is what all have in common behind it ("-Instruct"). ``listed``: the members are parted by words, so that
    a number may as well go on with the sentence ("GPT-3.5 and 4 others").
    """

    members: tuple[Span, ...]
    end: int
    ending: Ending
    shared: str = ""
    listed: bool = False

    @property
    def start(self) -> int:
        """Where the first member begins."""
        return self.members[0][0]


_WITH_VARIANT = rf"(?:-{VARIANT})*"
_ENDINGS = {
    Ending.SIZE: rf"{MODEL_SIZE}{_WITH_VARIANT}",
    Ending.YEAR: r"(?:(?:19|20)\d\d|'?[0-3]\d)(?!\d)",
    Ending.NUMBER: rf"[vV]?\d{{1,4}}(?:\.\d{{1,2}}){{0,2}}[a-z]?(?![A-Za-z\d]){_WITH_VARIANT}",
    Ending.VARIANT: VARIANT,
}
# Behind the last of several sizes: what they count, or the name that the last belongs to ("8B and 7B Zorp").
_COUNTED = rf"(?! (?:{'|'.join(words('counted_in_sizes'))})\b| (?!{VARIANT})[A-Z])"
_ENDS = r"(?![\w/%]|\.\d|-\w|'\w)"
_SENTENCE_GOES_ON = re.compile(r"\s*(?:[,.;:)\]]|\Z|(?:{})\b)".format("|".join(words("behind_bare_number"))))
_AND = r"(?:,? (?:and|or|&) |, ?)"


def _patterns() -> Iterator[tuple[Ending, bool, re.Pattern[str]]]:
    for ending, one in _ENDINGS.items():
        before = r"(?<![\d.])" if ending is not Ending.VARIANT else r"(?<=[- ])"
        yield ending, False, re.compile(rf"{before}{one}(?:\s?/\s?-?(?:{one})){{1,9}}{_ENDS}")
        # Behind a word, a hyphen shows that a member has no stem of its own; sizes and years show it themselves.
        hyphen = "-?" if ending in (Ending.SIZE, Ending.YEAR, Ending.NUMBER) else "-"
        yield ending, True, re.compile(rf"{before}{one}(?:{_AND}{hyphen}(?:{one})){{1,9}}{_ENDS}{_COUNTED}")


_PATTERNS = tuple(_patterns())
_BRACED = re.compile(
    r"(?P<open>[{{\[]|(?<=-)\()\s?(?P<inside>(?:{one})(?:\s?[,/]\s?(?:{one})){{1,9}})\s?[}}\])](?P<shared>(?:-[A-Za-z]\w{{0,20}}){{0,3}})".format(
        one="|".join(_ENDINGS[ending] for ending in (Ending.SIZE, Ending.NUMBER, Ending.VARIANT))
    )
)
_MEMBER = {ending: re.compile(one) for ending, one in _ENDINGS.items()}
_ANY_MEMBER = re.compile("|".join(_ENDINGS[ending] for ending in (Ending.SIZE, Ending.NUMBER, Ending.VARIANT)))
_SIZE_ALONE = re.compile(MODEL_SIZE)
# Between two members; most texts have few such places, and only what is around them is read for members.
_JOINT = re.compile(
    r"(?<=\w)\s?/\s?-?(?=[\w'])|"
    r"(?<=[\dA-Za-z])(?:,? (?:and|or|&) |, ?)-(?=\w)|"
    r"(?<=[\dBMKT])(?:,? (?:and|or|&) |, ?)(?=['\d])"
)
_BEFORE_JOINT, _BEHIND_JOINT = 40, 60  # characters: no member is longer


def coordinations(text: str) -> Iterator[Coordination]:
    """All that may be coordinations, those with more members first where several begin at one place.

    >>> text = "We tune Llama-3.1-8B/70B and test on AIME 2024 and 2025."
    >>> [[text[slice(*member)] for member in found.members] for found in coordinations(text)]
    [['8B', '70B'], ['2024', '2025']]
    """
    found = [*_in_braces(text), *_side_by_side(text)]
    reached = 0
    for each in sorted(found, key=lambda each: (each.start, -len(each.members), each.listed)):
        if each.start >= reached:
            reached = each.end
            yield each


def _in_braces(text: str) -> Iterator[Coordination]:
    for match in _BRACED.finditer(text):
        members = tuple(each.span() for each in _ANY_MEMBER.finditer(text, *match.span("inside")))
        sized = _SIZE_ALONE.match(match["inside"])
        yield Coordination(members, match.end(), Ending.SIZE if sized else Ending.NUMBER, match["shared"])


def _side_by_side(text: str) -> Iterator[Coordination]:
    for start, end in _around_joints(text):
        yield from _between(text, start, end)


def _around_joints(text: str) -> Iterator[Span]:
    """The stretches of a text that may hold a coordination, none touching another."""
    start = end = 0
    for joint in _JOINT.finditer(text):
        if joint.start() - _BEFORE_JOINT > end:
            if end:
                yield start, end
            start = joint.start() - _BEFORE_JOINT
        end = min(joint.end() + _BEHIND_JOINT, len(text))
    if end:
        yield start, end


def _between(text: str, start: int, end: int) -> Iterator[Coordination]:
    for ending, listed, pattern in _PATTERNS:
        for match in pattern.finditer(text, start, end):
            if listed and ending is Ending.NUMBER and not _SENTENCE_GOES_ON.match(text, match.end()):
                continue
            members = tuple(each.span() for each in _MEMBER[ending].finditer(text, *match.span()))
            if len(members) > 1:
                shared = "" if listed or ending is not Ending.SIZE else _shared(text, members)
                yield Coordination(members, match.end(), ending, shared, listed)


def _shared(text: str, members: tuple[Span, ...]) -> str:
    """The variant that only the last of several sizes spells out: "3B/7B-Instruct"."""
    *others, last = (text[slice(*member)] for member in members)
    size = _SIZE_ALONE.match(last)
    alone = size is not None and all(_SIZE_ALONE.fullmatch(other) for other in others)
    return last[size.end() :] if size and alone else ""


def member_name(text: str, stem: str, found: Coordination, member: Span) -> str:
    """What a member is called in full.

    >>> text = "AIME 2024/25"
    >>> found = next(coordinations(text))
    >>> [member_name(text, "AIME ", found, member) for member in found.members]
    ['AIME 2024', 'AIME 2025']
    """
    first, own = text[slice(*found.members[0])], text[slice(*member)].lstrip("'")
    if found.ending is Ending.YEAR and len(first) == 4 and len(own) == 2:
        own = first[:2] + own
    hyphen = (
        "-" if stem[-1:].isalnum() and text[member[0] - 1 : member[0]] == "-" and member != found.members[0] else ""
    )
    shared = "" if own.endswith(found.shared) else found.shared
    return f"{stem.rstrip(chr(39))}{hyphen}{own}{shared}"
