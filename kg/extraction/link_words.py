"""The small words and signs by which a sentence ties a number to what it was measured on, and to what achieved it.

"On", "by", "from ... to", a bracket or a semicolon between a number and a name says more than how far apart they stand.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.extraction.proposals import Span

__all__ = ["LINK_WORDS", "links_of"]

_KINDS = (
    ("on",),
    ("in", "within", "across"),
    ("for",),
    ("of",),
    ("with", "using", "under", "via"),
    ("over", "than", "compared", "relative", "versus", "vs", "against"),
    ("to",),
    ("from",),
    ("by",),
    ("at",),
    ("and", "&"),
    ("or",),
    (",",),
    (";",),
    (":",),
    ("(",),
    (")",),
    ("respectively",),
    ("while", "whereas", "but", "although"),
    ("as",),
    ("is", "are", "was", "were"),
    (
        *("achieves", "achieve", "achieving", "achieved", "reaches", "reach", "reaching", "attains", "attain"),
        *("attaining", "obtains", "scores", "yields"),
    ),
    (
        *("improves", "improve", "improving", "improvement", "improvements", "outperforms", "outperform"),
        *("outperforming", "gains", "gain", "increases", "increase", "increasing", "boosts", "surpasses", "surpassing"),
        "exceeds",
    ),
    ("reduces", "reduce", "reducing", "reduction", "decreases", "decrease", "lower", "drops", "drop"),
    ("%", "\\"),
    (".",),
    ("-", "–", "—"),
    ("/",),
    ("=",),
    ("our", "we", "its"),
    ("which", "that", "this"),
    ("only", "just", "up", "average", "averaged", "overall"),
)
LINK_WORDS = len(_KINDS)
"""How many kinds are told apart."""

_KIND_OF = {word: kind for kind, words in enumerate(_KINDS, start=1) for word in words}


def links_of(text: str, pieces: Iterable[Span]) -> list[int]:
    """For each piece of a text, by its place, the kind of link word that it is, from 1; 0: it is none.

    >>> links_of("81 on MATH", [(0, 2), (3, 5), (6, 10)])
    [0, 1, 0]
    """
    return [_KIND_OF.get(text[start:end].lower(), 0) for start, end in pieces]
