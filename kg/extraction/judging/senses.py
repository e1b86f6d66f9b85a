"""Whether a word that could be a known name is one here.

"MATH" may be a benchmark or a shout, "Orca" a model or a whale, "CPO" one of several algorithms. A reading that
needs context stays when the paper spells the thing out elsewhere, defines it so, puts a telling noun behind it, states
a value of the measure, trains on the data, or lists it among things of its kind; it goes when the paper defines the
letters otherwise, or has none of the words without which nobody means it. Where the vocabulary knows only one reading,
a sentence about things of its kind is enough.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.extraction.document import Findings
from kg.extraction.judging.settings import Settings
from kg.extraction.lexicon import type_from_noun
from kg.extraction.phrases import pattern
from kg.extraction.proposals import NameProposal, Span
from kg.model import EntityType, Rule
from kg.text.folding import fold
from kg.vocabulary import Concept

__all__ = ["alike", "own_letters", "with_sense"]

_DATA = "data"
_KIND = {EntityType.BENCHMARK: _DATA, EntityType.DATASET: _DATA}
_BETWEEN = pattern("between_listed")
_LONGEST_GAP = 45  # characters between two members of a list: a remark in brackets may stand there
_SAME_WORDS = 0.75  # share of its words that a long form has in common with a label which says the same
_VALUE_AFTER = pattern("value_of_measure_after")
_VALUE_BEFORE = pattern("value_of_measure_before")
_TRAINED_ON = pattern("trained_on_before")
_REACH = 60  # characters before a name in which such words are looked for
_CUES = {
    EntityType.BENCHMARK: pattern("data_cue"),
    EntityType.DATASET: pattern("data_cue"),
    EntityType.METRIC: pattern("metric_cue"),
    EntityType.MODEL: pattern("model_cue"),
    EntityType.METHOD: pattern("method_cue"),
}


def with_sense(found: Findings, concepts: Mapping[str, Concept], settings: Settings) -> list[NameProposal]:
    """All proposed names but the readings that the context does not confirm; those that it does have its score.

    Two passes, so that a confirmed member of a list can vouch for the next.
    """
    kept = [name for name in found.names if name.rule is not Rule.REPEAT]
    kept = [name for name in kept if not _is_defined_otherwise(name, found, concepts)]
    readings = _readings(kept)
    confirmed: set[int] = set()
    for _ in range(2):
        sure = [name for number, name in enumerate(kept) if not name.needs_context or number in confirmed]
        others = _Others.of(found, kept, sure, concepts)
        confirmed |= {
            number
            for number, name in enumerate(kept)
            if name.needs_context
            and number not in confirmed
            and _is_confirmed(name, readings[name.span], others, found, concepts, settings)
        }
    standing = [name for number, name in enumerate(kept) if not name.needs_context or number in confirmed]
    return [
        replace(name, score=settings.confirmed_in_context) if name.needs_context else name
        for name in _of_one_sense(standing)
    ]


def _of_one_sense(names: Sequence[NameProposal]) -> list[NameProposal]:
    """Of several readings of one span only those that the paper names in full, if it does so with any."""
    named = {name.concept for name in names if not name.needs_context}
    spelt = {name.span for name in names if name.needs_context and name.concept in named}
    return [name for name in names if not name.needs_context or name.span not in spelt or name.concept in named]


def own_letters(found: Findings, concepts: Mapping[str, Concept]) -> frozenset[str]:
    """The folded short forms to which the paper gives another meaning than the vocabulary's."""
    redefined = (name for name in found.names if _is_defined_otherwise(name, found, concepts))
    return frozenset(fold(found.text[name.start : name.end]) for name in redefined)


def _is_defined_otherwise(name: NameProposal, found: Findings, concepts: Mapping[str, Concept]) -> bool:
    """Whether the paper itself gives these letters another meaning than the vocabulary's."""
    if name.rule is not Rule.GAZETTEER or name.concept is None:
        return False
    surface = found.text[name.start : name.end]
    long = found.abbreviations.get(surface) or found.abbreviations.get(surface.removesuffix("s"))
    if long is None:
        return False
    # The end of a label says the same where the letters were found in its end: "... and Dynamic Sampling ... (DAPO)".
    return not any(alike(long, label) or fold(label).endswith(fold(long)) for label in concepts[name.concept].labels())


def _readings(names: Sequence[NameProposal]) -> dict[Span, list[NameProposal]]:
    """Span -> all that the vocabulary takes it for."""
    readings: dict[Span, list[NameProposal]] = defaultdict(list)
    for name in names:
        if name.concept is not None:
            readings[name.span].append(name)
    return readings


@dataclass(frozen=True, slots=True)
class _Others:
    """What a paper names, as far as it tells the sense of one name; made once, for a text may have thousands.

    ``concepts`` are those that are named for sure, ``introduced`` the folded names of the paper's own, ``lacking`` the
    concepts of which no word stands in the text without which nobody means them, ``tags`` the reader's best scores.
    """

    concepts: frozenset[str | None]
    introduced: frozenset[str]
    lacking: frozenset[str]
    tags: Mapping[tuple[Span, str | None], float]
    by_start: Sequence[NameProposal]
    by_end: Sequence[NameProposal]

    @classmethod
    def of(
        cls,
        found: Findings,
        names: Sequence[NameProposal],
        sure: Sequence[NameProposal],
        concepts: Mapping[str, Concept],
    ) -> _Others:
        tags: dict[tuple[Span, str | None], float] = {}
        for name in found.names:
            if name.rule is Rule.TAGGER:
                at = name.span, _kind(name.type)
                tags[at] = max(tags.get(at, 0.0), name.score)
        needed = {name.concept for name in names if name.concept and name.concept in concepts}
        return cls(
            frozenset((*(name.concept for name in sure), *(name.family for name in sure if name.family))),
            frozenset(fold(name.name) for name in found.names if name.introduced),
            frozenset(concept for concept in needed if not _has_word_of(concepts[concept].context, found.text)),
            tags,
            sorted(sure, key=lambda name: name.start),
            sorted(sure, key=lambda name: name.end),
        )

    def beside(self, name: NameProposal) -> Iterator[NameProposal]:
        """The sure names that may stand in one list with a name."""
        behind = bisect_right(self.by_start, name.end, key=lambda other: other.start)
        for other in self.by_start[behind:]:
            if other.start > name.end + _LONGEST_GAP:
                break
            yield other
        before = bisect_left(self.by_end, name.start - _LONGEST_GAP, key=lambda other: other.end)
        for other in self.by_end[before:]:
            if other.end >= name.start:
                break
            yield other


def _has_word_of(words: frozenset[str], text: str) -> bool:
    return not words or any(re.search(rf"\b{re.escape(word)}", text, re.IGNORECASE) for word in words)


def _is_confirmed(
    name: NameProposal,
    readings: Sequence[NameProposal],
    others: _Others,
    found: Findings,
    concepts: Mapping[str, Concept],
    settings: Settings,
) -> bool:
    text, surface = found.text, found.text[name.start : name.end]
    if name.concept in others.concepts:
        return True
    if fold(surface) in others.introduced:
        return False
    if surface.removesuffix("s") in found.abbreviations:
        return True
    if name.concept in others.lacking:
        return False
    if others.tags.get((name.span, _kind(name.type)), 0.0) >= settings.tagger_vouches:
        return True
    if name.type is not None and _kind(type_from_noun(text, name.end)) == _kind(name.type):
        return True
    if any(_listed_together(name, other, text) for other in others.beside(name)):
        return True
    if _is_used_as_its_kind(name, found):
        return True
    live = {_broadly(other.type) for other in readings if other.concept not in others.lacking}
    return len(live) == 1 and _case_and_cue(name, surface, found, concepts)


def _broadly(kind: EntityType | None) -> EntityType | None:
    """Architectures and the models that have them go by the same letters (DiT, DINO): either reading is right."""
    return EntityType.METHOD if kind is EntityType.MODEL else kind


def _is_used_as_its_kind(name: NameProposal, found: Findings) -> bool:
    """Whether a value of the measure is stated, or the data trained on."""
    text, sentence = found.text, found.sentences[found.sentence_at(name.start)]
    before = max(sentence[0], name.start - _REACH)
    if name.type is EntityType.METRIC:
        return bool(_VALUE_AFTER.match(text, name.end) or _VALUE_BEFORE.search(text, before, name.start))
    return _kind(name.type) == _DATA and _TRAINED_ON.search(text, before, name.start) is not None


def _case_and_cue(name: NameProposal, surface: str, found: Findings, concepts: Mapping[str, Concept]) -> bool:
    """Unusual capitals, and a sentence that talks about things of this kind; of tasks, the words that it needs."""
    if sum(c.isupper() for c in surface) < 2 or len(surface) < 3 or name.type is None:
        return False
    if name.type is EntityType.TASK:
        return bool(concepts[name.concept or ""].context)
    cue = _CUES.get(name.type)
    if cue is None or found.in_title(name.start):
        return False
    return bool(cue.search(found.text, *found.sentences[found.sentence_at(name.start)]))


def alike(long: str, label: str) -> bool:
    """Whether a long form says the same as a label: most of its words are the label's.

    >>> alike("proximal policy optimisation", "Proximal Policy Optimization")
    True
    >>> alike("Conservative PO", "Contrastive PO")
    False
    """
    if fold(long) == fold(label):
        return True
    a, b = ({word[:6] for word in re.findall(r"\w+", text.lower()) if len(word) > 2} for text in (long, label))
    return len(a) > 1 and len(b) > 1 and len(a & b) / max(len(a), len(b)) >= _SAME_WORDS


def _kind(kind: EntityType | None) -> str | None:
    return None if kind is None else _KIND.get(kind, kind.value)


def _listed_together(name: NameProposal, other: NameProposal, text: str) -> bool:
    if _kind(name.type) != _kind(other.type):
        return False
    first, second = sorted((name, other), key=lambda each: each.start)
    if not 0 < second.start - first.end <= _LONGEST_GAP:
        return False
    return bool(_BETWEEN.fullmatch(text, first.end, second.start))
