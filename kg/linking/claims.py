"""Who introduces a thing that the vocabulary lists.

Papers that extend, apply or benchmark a known thing often read as if it were theirs. So it is that of the paper which
the vocabulary names, or else of the only one that claims it; those that claim it all the same only use it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg.linking.names import NameUse
from kg.vocabulary import Vocabulary

__all__ = ["Claims"]

_ARXIV = "https://arxiv.org/abs/"


@dataclass(frozen=True)
class Claims:
    """By listed thing, the ids of the papers that introduce it; and the listed things that several papers claim."""

    founders: Mapping[str, frozenset[str]] = field(default_factory=dict)
    disputed: frozenset[str] = frozenset()

    @classmethod
    def of(cls, vocabulary: Vocabulary, listed: Iterable[tuple[str, NameUse, int]]) -> Claims:
        """From what papers call listed things: the thing, the way of naming, the number of papers."""
        claimed = Counter[str]()
        for node, use, times in listed:
            claimed[node] += times * use.introduced
        founders = {
            node: frozenset(f"arxiv/{each.removeprefix(_ARXIV)}" for each in concept.introduced_in)
            for node in claimed
            if (concept := vocabulary.concepts.get(node)) and concept.introduced_in
        }
        return cls(founders, frozenset(node for node, times in claimed.items() if times > 1))

    def holds(self, paper: str, node: str) -> bool:
        """Whether a paper that claims a thing may have introduced it.

        Of a paper that goes by no arXiv id it is not known whether it is the one that the vocabulary names.
        """
        founders = self.founders.get(node, frozenset())
        if paper in founders:
            return True
        return node not in self.disputed and not (founders and paper.startswith("arxiv/"))
