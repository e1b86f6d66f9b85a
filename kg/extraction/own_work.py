"""Which words and sentences speak of the paper's own work."""

from __future__ import annotations

from collections.abc import Iterable

from kg.extraction.document import Findings
from kg.extraction.phrases import pattern

__all__ = ["own_work_from", "own_work_in", "speaks_of_own_work"]

_OWN_WORK = pattern("own_work")


def speaks_of_own_work(words: str) -> bool:
    """Whether words say "we", "our", "this paper" or the like."""
    return bool(_OWN_WORK.search(words))


def own_work_from(found: Findings) -> int:
    """The number of the first sentence that speaks of the paper's own work; what comes before is background."""
    sentences = enumerate(found.sentences)
    own = (i for i, (a, b) in sentences if not found.in_title(a) and _OWN_WORK.search(found.text, a, b))
    return next(own, 0)


def own_work_in(found: Findings, own_names: Iterable[int]) -> list[int]:
    """The numbers of the sentences that speak of the paper's own work, or hold a place of ``own_names``."""
    numbers = {found.sentence_at(place) for place in own_names}
    numbers.update(i for i, (start, end) in enumerate(found.sentences) if _OWN_WORK.search(found.text, start, end))
    return sorted(number for number in numbers if not found.in_title(found.sentences[number][0]))
