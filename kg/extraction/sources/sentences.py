"""``kg_sentences``: sentence boundaries that survive "e.g.", "et al.", "vs.", initials and version numbers."""

from __future__ import annotations

import re
from itertools import pairwise

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.document import findings

__all__ = ["sentence_starts"]

# A full stop before white space and something that can open a sentence; or a missing space ("frame.We propose").
_BOUNDARY = re.compile(
    r"(?<![.!?\u2026])(?P<stop>[.!?\u2026]+[\"'\u201d\u2019)\]]*)(?:\s+(?=[\"'\u201c\u2018(\[]*[A-Z0-9\u0370-\u03ff$\\])|"
    r"(?<=[a-z\d)%]\.)(?=[A-Z][a-z]+[ ,]))|\n\s*\n"
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|et al|vs|cf|viz|etc|resp|approx|ca|incl|w\.r\.t|a\.k\.a|i\.i\.d|s\.t|fig|figs|eq|eqs|sec|tab|"
    r"no|dr|prof|mr|ms|st|jr|inc|ltd|dept|univ|vol|pp|ed|eds|al|ref|refs|ch|app)|(?:^|[\s(])[A-Z])\.\Z",
    re.IGNORECASE,
)
_MAY_END = re.compile(r"(?:\b(?:etc|al|[Ii]nc|[Ll]td|a\.k\.a|i\.i\.d)|[^\w.][A-Z])\.\Z")
_OPENER = re.compile(
    r"[\"'\u201c(]*(?:The|This|These|Those|We|Our|In|However|It|To|For|A|An|As|Although|While|When|Moreover|"
    r"Furthermore|Finally|Here|Specifically|Experiments|Results|Extensive|Empirically)\b"
)


def sentence_starts(text: str) -> list[int]:
    """Offsets at which the sentences of a text begin.

    >>> text = "We use PPO, e.g. Clip. Smith et al. (2020) tried GPT-4. It won."
    >>> [text[start:start + 5] for start in sentence_starts(text)]
    ['We us', 'Smith', 'It wo']
    """
    starts = [0]
    for match in _BOUNDARY.finditer(text):
        stop = match.group("stop")
        if stop == "." and _ABBREVIATION.search(text, max(0, match.start() - 12), match.start() + 1):
            ends_too = _MAY_END.search(text, max(0, match.start() - 12), match.start() + 1)
            if not (ends_too and _OPENER.match(text, match.end())):
                continue
        starts.append(match.end())
    return starts


@Language.component("kg_sentences")
def mark_sentences(doc: Doc) -> Doc:
    """Set the sentence boundaries; the title is always one sentence, whatever marks it holds."""
    found = findings(doc)
    title_end = found.paper.body
    starts = sorted({0, title_end} | {start for start in sentence_starts(found.text) if start >= title_end})
    found.sentences = list(pairwise([*starts, len(found.text)]))
    # The first token at or after each start; found in the array, for a token in Python takes longer than a sentence.
    for place in np.unique(np.searchsorted(doc.to_array("IDX"), starts)):
        if place < len(doc):
            doc[int(place)].is_sent_start = True
    return doc
