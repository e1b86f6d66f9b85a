"""Letters that stand for two things in one paper: short forms that it defines twice, or otherwise than the vocabulary.

"Local Search (LS) ... Least Squares (LS)" are two things; so are the paper's own "Direct Policy Optimization (DPO)" and
the listed DPO that it compares with.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from kg.extraction.document import Findings
from kg.extraction.judging.senses import alike
from kg.extraction.proposals import NameProposal, Span
from kg.model import Rule
from kg.text.folding import fold
from kg.vocabulary import Concept

__all__ = ["Homonyms"]

_TWICE, _LISTED = 0.5, 0.75
"""The share of the words of the shorter of two long forms that is in both where they say the same: of two that a paper
gives for one short form, and of its own beside the vocabulary's. Papers word their own names variously (taste)."""


class Homonyms:
    """What tells the things of one paper apart by: their letters, or where these stand for two, the long forms."""

    def __init__(self, found: Findings, names: Sequence[NameProposal], concepts: Mapping[str, Concept]) -> None:
        self._senses: dict[str, list[str]] = defaultdict(list)  # by folded short form, the long ones, as first given
        self._defined: dict[Span, str] = {}
        for name in sorted(names, key=lambda each: each.span):
            if name.rule is Rule.ABBREVIATION and name.expansion:
                self._defined.setdefault(name.span, self._sense(fold(name.name), name.expansion))
        self._redefined = {
            name.concept
            for name in names
            if name.concept
            and name.concept in concepts
            and self._means_else(name, found, concepts[name.concept].labels())
        }

    def node(self, name: NameProposal) -> str:
        """What a name has in common with all others that stand for the same thing; bare letters mean the first."""
        short = fold(name.name)
        if name.concept in self._redefined:
            return f"is {name.concept}"
        senses = self._senses.get(short, ())
        return _node(short, self._defined.get(name.span, senses[0])) if len(senses) > 1 else short

    def definitions(self, abbreviations: Mapping[str, str]) -> Iterable[tuple[str, str]]:
        """The nodes of both ends of all definitions."""
        for short, long in abbreviations.items():
            senses = self._senses.get(fold(short), ())
            if len(senses) < 2:
                yield fold(short), fold(long)
            else:
                yield from ((_node(fold(short), sense), fold(sense)) for sense in senses)

    def _sense(self, short: str, long: str) -> str:
        """The long form that is meant: the first of those that say the same."""
        senses = self._senses[short]
        same = next((sense for sense in senses if _says_the_same(sense, long, _TWICE)), None)
        if same is None:
            senses.append(long)
        return same or long

    def _means_else(self, name: NameProposal, found: Findings, labels: Sequence[str]) -> bool:
        """Whether a known name is spelt out where the paper defines its letters in another way."""
        written = found.text[slice(*name.span)]
        senses = self._senses.get(fold(name.name), ())
        if not senses or name.rule is Rule.ABBREVIATION or " " not in written:
            return False
        return not any(_says_the_same(sense, label, _LISTED) for sense in senses for label in (written, *labels))


def _node(short: str, sense: str) -> str:
    return f"{short} = {fold(sense)}"


def _says_the_same(long: str, other: str, least: float) -> bool:
    """Whether two long forms are alike, begin alike, or one says more than the other: "chain-of-thought prompting"."""
    few, many = sorted(([word[:6] for word in re.findall(r"\w+", text.lower())] for text in (long, other)), key=len)
    shared = len(set(few) & set(many))
    return alike(long, other) or (len(few) > 1 and (few[:2] == many[:2] or shared >= least * len(set(few))))
