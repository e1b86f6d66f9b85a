"""What the reader's labels mean: where a text is cut into parts, which spans its labels spell, where names end.

Labels are decoded under the rules of BIO, and a span is as sure as its pieces on average.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from kg.extraction.names import stem
from kg.model import EntityType

__all__ = ["LABELS", "Floats", "TaggedSpan", "cuts_of", "decode", "name_bounds"]

LABELS: tuple[str, ...] = ("O", *(f"{tag}-{kind}" for kind in EntityType for tag in "BI"))

_PART = 340  # pieces
_MOVED = 85  # pieces: with both cuts moved so far, no part outgrows the encoder's 512 positions
Floats = npt.NDArray[np.float32]
Kind = TypeVar("Kind")

_NEVER = -1e4
_SURELY_OUTSIDE = 0.99

TaggedSpan = tuple[int, int, Kind, float]
"""First piece, piece after the last, kind, probability."""


def decode(probabilities: Floats, kinds: Sequence[Kind]) -> list[TaggedSpan[Kind]]:
    """The spans of the likeliest label sequence in which every I follows its own B or I.

    ``probabilities`` is (pieces, labels), the labels O and for each of the ``kinds`` B and I. Pieces that are surely
    outside, which most are, part the text into stretches that are decoded one by one.
    """
    unsure = np.flatnonzero(probabilities[:, 0] < _SURELY_OUTSIDE)
    stretches = np.split(unsure, np.flatnonzero(np.diff(unsure) > 1) + 1) if len(unsure) else []
    found = []
    for stretch in stretches:
        first = int(stretch[0])
        likely = probabilities[first : first + len(stretch)]
        found += [
            (first + a, first + b, kind, sure) for a, b, kind, sure in _spans(_likeliest_path(likely), likely, kinds)
        ]
    return found


def _likeliest_path(probabilities: Floats) -> list[int]:
    """The labels, by Viterbi's algorithm.

    In plain numbers, for a step over so few labels is shorter than a call of numpy: O and every B follow whatever is
    best, each I only the better of its own two.
    """
    scores = np.log(probabilities + 1e-9).tolist()
    labels = range(2, probabilities.shape[1], 2)  # I of each kind: O stands first, then B and I of each
    total = [score if label not in labels else _NEVER + score for label, score in enumerate(scores[0])]
    back: list[list[int]] = []
    for step in scores[1:]:
        best = max(total)
        origin = total.index(best)
        following, origins = [best + step[0]], [origin]
        for inside in labels:
            own = inside - 1 if total[inside - 1] >= total[inside] else inside
            following += (best + step[inside - 1], total[own] + step[inside])
            origins += (origin, own)
        total = following
        back.append(origins)
    path = [total.index(max(total))]
    for origins in reversed(back):
        path.append(origins[path[-1]])
    return path[::-1]


def _spans(path: list[int], probabilities: Floats, kinds: Sequence[Kind]) -> list[TaggedSpan[Kind]]:
    starts = [i for i, label in enumerate(path) if label % 2 == 1]
    found = []
    for start in starts:
        end = start + 1
        while end < len(path) and path[end] == path[start] + 1:
            end += 1
        kind = kinds[path[start] // 2]
        # Either tag of the type counts: where a name is cut into pieces, B and I share what belongs to the type.
        likely = probabilities[start:end, path[start]] + probabilities[start:end, path[start] + 1]
        found.append((start, end, kind, float(likely.mean())))
    return found


def cuts_of(length: int, sentences: Sequence[int]) -> list[int]:
    """Where to cut a text of so many pieces, both ends included: parts of like size, cut at the nearest of the sentence
    starts (numbers of pieces, ascending) unless that is too far away.

    >>> cuts_of(600, [0, 20, 270, 400])
    [0, 270, 600]
    >>> cuts_of(600, [0])
    [0, 300, 600]
    """
    parts = -(-length // _PART)
    size = length / parts
    cuts = {0, length}
    for part in range(1, parts):
        aim = round(part * size)
        place = bisect_left(sentences, aim)
        nearest = min(sentences[max(place - 1, 0) : place + 1], key=lambda start: abs(start - aim), default=aim)
        cuts.add(nearest if abs(nearest - aim) <= min(size / 2, _MOVED) else aim)
    return sorted(cuts)


_LEADING = re.compile(r"(?:\d+(?:\.\d+)?[BMK]|the|our|a|an)\s", re.IGNORECASE)
_TRAILING = re.compile(
    r"(?:\s(?:leaderboards?|benchmarks?|datasets?|models?|algorithms?|methods?|frameworks?|suites?|environments?|"
    r"metrics?|scores?|series|famil(?:y|ies)|variants?|pipelines?)|\s?&|[-@.,/(]+|"
    r"\s(?:with|for|and|of|in|on|to|via|by|from|the))\Z"
)
_GOES_ON = re.compile(r"[^\W_]*(?:-[A-Z0-9]\w*)*")


def name_bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """A span with all of its last word and all parts of a compound name, without size or article before it and without
    the noun of its kind or a preposition behind it; of an adjective ("GRPO-trained"), only the name. No bracket of a
    name stays open or closes what it has not opened."""
    if rest := _GOES_ON.match(text, end):
        end = rest.end()
    end = start + len(stem(text[start:end]))
    while leading := _LEADING.match(text, start, end):
        start = leading.end()
    start, end = _balanced(text, start, end)
    while (trailing := _TRAILING.search(text, start, end)) and any(c.isupper() for c in text[start : trailing.start()]):
        end = trailing.start()
    return start, end


_PAIRS = {"(": ")", "[": "]", "{": "}"}


def _balanced(text: str, start: int, end: int) -> tuple[int, int]:
    """A span cut before a bracket that stays open in it, unless it belongs to the word ("TD(λ)", "MBPP (+)") and is
    closed at once; and cut at one that it has not opened."""
    waiting: list[int] = []
    middle = (start + end) // 2
    for place in range(start, end):
        if text[place] in _PAIRS:
            waiting.append(place)
        elif text[place] in ")]}" and waiting:
            waiting.pop()
        elif text[place] in ")]}" and place < middle:
            start = place + 1 + text[place + 1 : end].startswith(" ")
        elif text[place] in ")]}":
            end = place
            break
    if not waiting:
        return start, end
    first = waiting[0]
    belongs = first > start and (not text[first - 1].isspace() or end - first <= 2)
    if len(waiting) == 1 and belongs and text[end : end + 1] == _PAIRS[text[first]]:
        return start, end + 1
    return start, start + len(text[start:first].rstrip())
