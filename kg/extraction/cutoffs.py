"""Measures at a cut-off: "pass@200", "NDCG@10", "Recall@k" are one measure each, whatever the number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["AtCutoff", "measures_at_cutoff"]

_AT_CUTOFF = re.compile(
    r"(?<![\w@./-])(?P<measure>[A-Za-z][A-Za-z0-9]{0,40}(?:-[A-Za-z0-9]{1,40}){0,5})@(?:\d{1,9}(?:\.\d{1,9})?|[kKnN])(?!\w|@|\.\w)"
)


@dataclass(frozen=True, slots=True)
class AtCutoff:
    """A measure as a text gives it; ``name`` has k in the number's place."""

    start: int
    end: int
    name: str


def measures_at_cutoff(text: str) -> Iterator[AtCutoff]:
    """All measures at a cut-off, in the order of the text.

    >>> [measure.name for measure in measures_at_cutoff("pass@1, NDCG@10 and maj@K; write to me@example.org")]
    ['pass@k', 'NDCG@k', 'maj@k']
    """
    for match in _AT_CUTOFF.finditer(text):
        yield AtCutoff(match.start(), match.end(), f"{match['measure']}@k")
