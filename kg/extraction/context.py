"""A mention as the rules for relations see it: the words around it, and whether they speak of the paper's own work."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kg.extraction.document import Findings
from kg.extraction.named import Named

__all__ = ["CLAUSE", "Context", "own_work_from", "own_work_in", "speaks_of_own_work"]

CLAUSE = r"(?:[^.;:]|(?<=\d)\.(?=\d))"
"""A character within a clause: the point of "Llama 3.1" ends none."""

_OWN_WORK = re.compile(
    r"\b(?:[Ww]e|[Oo]ur|[Tt]his (?:paper|work|study|article|report|survey|thesis)|[Tt]he (?:paper|proposed)|[Hh]ere)\b"
)


@dataclass(frozen=True, slots=True)
class Context:
    """One mention as the rules see it.

    ``before`` and ``after`` are its sentence around it. ``introduced``: a naming pattern presents the thing as the
    paper's own; ``listed``: the vocabulary knows it; ``own_work``: the sentence is one of ``own_work_in``.
    """

    before: str
    after: str
    in_title: bool = False
    introduced: bool = False
    listed: bool = False
    own_work: bool = False


def speaks_of_own_work(words: str) -> bool:
    """Whether words say "we", "our", "this paper" or the like."""
    return bool(_OWN_WORK.search(words))


def own_work_from(found: Findings) -> int:
    """The number of the first sentence that speaks of the paper's own work; what comes before is background."""
    sentences = enumerate(found.sentences)
    own = (i for i, (a, b) in sentences if not found.in_title(a) and _OWN_WORK.search(found.text, a, b))
    return next(own, 0)


def own_work_in(found: Findings, things: Iterable[Named]) -> list[int]:
    """The numbers of the sentences that speak of the paper's own work, or of a thing that it introduces."""
    numbers = {found.sentence_at(c.start) for thing in things if thing.introduced for c in thing.candidates}
    numbers.update(i for i, (start, end) in enumerate(found.sentences) if _OWN_WORK.search(found.text, start, end))
    return sorted(number for number in numbers if not found.in_title(found.sentences[number][0]))
