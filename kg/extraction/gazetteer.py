"""The gazetteer: the names that the vocabulary lists, found in one pass over the text.

Labels are compiled into a trie over *units* (runs of letters, numbers, ``+``, ``*``), so that hyphens, spaces and
plurals fold away while digits and signs stay. Case decides what a label tolerates: a phrase in lower case matches in
any case, an acronym only as written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from kg.text.folding import fold, plain, singular
from kg.vocabulary import Concept, Vocabulary, load_vocabulary

__all__ = ["Gazetteer", "Match", "shipped_gazetteer"]

_UNIT = re.compile(r"\d+(?:\.\d+)*|[^\W\d_]+|[+*](?!\w)")
_SOFT = frozenset(("", " ", "-", "\u2010", "\u2011", "\u2013", "_"))
_LONG_ENOUGH = 9  # letters: from here on a phrase is specific enough for its case not to matter
_GOES_ON_LEFT = re.compile(r"(?:[A-Z][\w.+*]*|\d)-\Z|[@#\\]\Z|://\S*\Z|\w\.\Z")
_ACRONYM = re.compile(r"(?<![^\W_])[A-Z]{2,5}(?![^\W_])")
# Of "don't" and "model's" no name begins with what stands behind the apostrophe.
_CONTRACTION = re.compile(r"[^\W\d_]['`\u00b4\u2018\u2019\u02bc]\Z")
_PREFIX = re.compile(r"\b(?:Non|Pre|Post|Multi|Vanilla|Standard|Pro|Anti|LLM|RL|LM|VLM|MLLM)-\Z")


@dataclass(frozen=True, slots=True)
class _Label:
    """One spelling of a concept, with what a text must look like to be it; ``tail`` is what is behind its last unit."""

    concept: Concept
    text: str
    separators: tuple[str, ...]
    tail: str
    ambiguous: bool
    any_case: bool


@dataclass(frozen=True, slots=True)
class Match:
    """A span of text that spells a label."""

    start: int
    end: int
    concept: Concept
    ambiguous: bool


class _Node:
    __slots__ = ("labels", "next")

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        self.labels: list[_Label] = []


class Gazetteer:
    """The compiled vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._root = _Node()
        self.by_fold: dict[str, list[Concept]] = {}
        for concept in vocabulary.matched():
            for label in concept.labels():
                self._add(concept, label)
                self.by_fold.setdefault(fold(label), []).append(concept)

    def _add(self, concept: Concept, label: str) -> None:
        text = plain(label)
        spans = list(_UNIT.finditer(text))
        if not spans:
            return
        node = self._root
        for span in spans:
            node = node.next.setdefault(_key(span.group()), _Node())
        separators = tuple(text[a.end() : b.start()] for a, b in pairwise(spans))
        tail = text[spans[-1].end() :]
        any_case = _any_case(text, [s.group() for s in spans])
        node.labels.append(_Label(concept, text, separators, tail, label in concept.ambiguous, any_case))

    def find(self, text: str) -> Iterator[Match]:
        """All matches, overlapping ones too, in the order of their start."""
        folded = text if text.isascii() else _plain_same_length(text)
        units = [(m.start(), m.end(), _key(m.group())) for m in _UNIT.finditer(folded)]
        for first, (start, _, key) in enumerate(units):
            node = self._root.next.get(key)
            at = first
            while node is not None:
                end = units[at][1]
                if node.labels and _stands_alone(folded, start, end):
                    bounds = [(s, e) for s, e, _ in units[first : at + 1]]
                    yield from self._fitting(node.labels, folded, bounds)
                at += 1
                if at == len(units) or units[at][0] - end > 1:
                    break
                node = node.next.get(units[at][2])

    def _fitting(self, labels: list[_Label], text: str, bounds: list[tuple[int, int]]) -> Iterator[Match]:
        start, end = bounds[0][0], bounds[-1][1]
        surface = text[start:end]
        separators = [text[a[1] : b[0]] for a, b in pairwise(bounds)]
        for label in labels:
            if _same_separators(separators, label.separators) and _same_case(surface, label):
                # "TD(\u03bb)" ends with its bracket.
                closes = len(label.tail) if label.tail and text.startswith(label.tail, end) else 0
                yield Match(start, end + closes, label.concept, label.ambiguous)


@cache
def shipped_gazetteer() -> Gazetteer:
    """The shipped vocabulary, compiled once: it has no state."""
    return Gazetteer(load_vocabulary())


@lru_cache(maxsize=50_000)
def _key(unit: str) -> str:
    return singular(unit.casefold())


def _plain_same_length(text: str) -> str:
    """Accents and compatibility forms folded one character to one, so that offsets stay."""
    return "".join(folded if len(folded := plain(c)) == 1 else c for c in text)


def _any_case(label: str, units: list[str]) -> bool:
    """Whether a text may spell this label in another case."""
    if label == label.lower():
        return True
    letters = sum(len(unit) for unit in units if unit.isalpha())
    if any(c.isdigit() for c in label):
        return letters >= 3
    return len(units) > 1 and letters >= _LONG_ENOUGH


def _same_separators(found: list[str], wanted: tuple[str, ...]) -> bool:
    return all(a == b or (a in _SOFT and b in _SOFT) for a, b in zip(found, wanted, strict=True))


def _same_case(surface: str, label: _Label) -> bool:
    if surface in (label.text, label.text + "s"):
        return True
    if label.ambiguous and label.text != label.text.lower():
        return False
    if label.any_case:
        # The acronym in a phrase keeps its case: "math benchmarks" are not the "MATH benchmark".
        return all(acronym in surface for acronym in _ACRONYM.findall(label.text))
    # "Llama" for "LLaMA" and "Deepseek" for "DeepSeek" are as good; "sam" for "SAM" and "Dare" for "DARE" are not.
    name, seen = label.text, surface
    if len(name) >= 3 and seen == name.upper() and sum(c.isupper() for c in name) >= 2:
        return True
    if len(seen) == len(name) + 1 and seen.endswith("s"):
        seen = seen[:-1]
    if not seen[:1].isupper() or (name == name.upper() and len(name) < 6):
        return seen == name
    return len(seen) >= 4


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether no word, compound name or address goes on to the left or right of a span."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if (before and (before.isalnum() or before == "_")) or (after and (after.isalpha() or after == "_")):
        return False
    left = text[max(0, start - 24) : start]
    if _CONTRACTION.search(left):
        return False
    return not (_GOES_ON_LEFT.search(left) and not _PREFIX.search(left))
