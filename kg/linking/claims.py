"""Who introduces a thing that the vocabulary lists.

Papers that extend, apply or benchmark a known thing often read as if it were theirs. So it is that of the paper which
the vocabulary names, or else of the only one that claims it, or that does so in its title; those that claim it all the
same only use it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

from kg.linking.listed import ListedNames
from kg.linking.names import NameUse
from kg.vocabulary import Vocabulary

__all__ = ["Claim", "Claims", "settled"]

_ARXIV = "https://arxiv.org/abs/"


Claim = tuple[bool, str | None]
"""What became of the claims to one thing: whether several papers claim it, and to which of them it is left then."""


def settled(concept: str, papers: Collection[str], in_title: Callable[[str, str], bool]) -> Claim:
    """To which of the papers that claim a thing it is left: to the one that names it in its title, if that is one
    alone."""
    if len(papers) < 2:
        return False, None
    titled = [paper for paper in papers if in_title(paper, concept)]
    return True, titled[0] if len(titled) == 1 else None


@dataclass(frozen=True)
class Claims:
    """By listed thing, the ids of the papers that introduce it; and of those that several papers claim, the one that
    does so in its title, if that is one alone. ``claimed`` are those that any paper claims."""

    founders: Mapping[str, frozenset[str]] = field(default_factory=dict)
    disputed: Mapping[str, str | None] = field(default_factory=dict)
    claimed: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls, vocabulary: Vocabulary, uses: Iterable[tuple[str, NameUse]], in_title: Callable[[str, str], bool]
    ) -> Claims:
        """From the ways in which papers, by id, name things; ``in_title`` tells whether the title of a paper names a
        thing."""
        listed, claiming = ListedNames(vocabulary), defaultdict[str, set[str]](set)
        for paper, use in uses:
            if use.introduced and (concept := listed.concept(use)) is not None:
                claiming[concept].add(paper)
        return cls.settled(
            vocabulary, ((concept, settled(concept, papers, in_title)) for concept, papers in claiming.items())
        )

    @classmethod
    def settled(cls, vocabulary: Vocabulary, claims: Iterable[tuple[str, Claim]]) -> Claims:
        """From what became of the claims to each thing."""
        founders, disputed, claimed = dict[str, frozenset[str]](), dict[str, str | None](), set[str]()
        for concept, claim in claims:
            claimed.add(concept)
            if addresses := vocabulary.concepts[concept].introduced_in:
                founders[concept] = frozenset(f"arxiv/{each.removeprefix(_ARXIV)}" for each in addresses)
            if claim[0]:
                disputed[concept] = claim[1]
        return cls(founders, disputed, frozenset(claimed))

    def rows(self) -> list[tuple[str, Claim]]:
        """What became of the claims to each thing."""
        return [(each, (each in self.disputed, self.disputed.get(each))) for each in sorted(self.claimed)]

    def holds(self, paper: str, node: str) -> bool:
        """Whether a paper that claims a thing may have introduced it.

        Of a paper that goes by no arXiv id it is not known whether it is the one that the vocabulary names.
        """
        founders = self.founders.get(node, frozenset())
        if paper in founders:
            return True
        if founders and paper.startswith("arxiv/"):
            return False
        return self.disputed.get(node, paper) == paper
