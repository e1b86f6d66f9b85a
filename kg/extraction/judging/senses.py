"""Whether a word that could be a known name is one here.

"MATH" may be a benchmark or a shout, "Orca" a model or a whale, "CPO" one of several algorithms. A reading that
needs context stays when the paper spells the thing out elsewhere, defines it so, puts a telling noun behind it, or
lists it among things of its kind; it goes when the paper defines the letters otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kg.extraction.document import Findings
from kg.extraction.judging.settings import Settings
from kg.extraction.lexicon import type_from_noun
from kg.extraction.phrases import pattern
from kg.extraction.proposals import NameProposal
from kg.model import EntityType, Rule
from kg.text.folding import fold
from kg.vocabulary import Concept

__all__ = ["alike", "with_sense"]

_DATA = "data"
_KIND = {EntityType.BENCHMARK: _DATA, EntityType.DATASET: _DATA}
_BETWEEN = pattern("between_listed")
_LONGEST_GAP = 45  # characters between two members of a list: a remark in brackets may stand there
_SAME_WORDS = 0.75  # share of its words that a long form has in common with a label which says the same
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
    confirmed: set[int] = set()
    for _ in range(2):
        sure = [name for number, name in enumerate(kept) if not name.needs_context or number in confirmed]
        confirmed |= {
            number
            for number, name in enumerate(kept)
            if name.needs_context and number not in confirmed and _is_confirmed(name, sure, found, settings)
        }
    return [
        replace(name, score=settings.confirmed_in_context) if name.needs_context else name
        for number, name in enumerate(kept)
        if not name.needs_context or number in confirmed
    ]


def _is_defined_otherwise(name: NameProposal, found: Findings, concepts: Mapping[str, Concept]) -> bool:
    """Whether the paper itself gives these letters another meaning than the vocabulary's."""
    if name.rule is not Rule.GAZETTEER or name.concept is None:
        return False
    surface = found.text[name.start : name.end]
    long = found.abbreviations.get(surface) or found.abbreviations.get(surface.removesuffix("s"))
    if long is None:
        return False
    return not any(alike(long, label) for label in concepts[name.concept].labels())


def _is_confirmed(name: NameProposal, sure: Sequence[NameProposal], found: Findings, settings: Settings) -> bool:
    text, surface = found.text, found.text[name.start : name.end]
    if any(other.concept == name.concept or (other.family and other.family == name.concept) for other in sure):
        return True
    if any(other.introduced and fold(other.name) == fold(surface) for other in found.names):
        return False
    if surface.removesuffix("s") in found.abbreviations:
        return True
    if any(
        other.rule is Rule.TAGGER and _same_name(other, name) and other.score >= settings.tagger_vouches
        for other in found.names
    ):
        return True
    if name.type is not None and _kind(type_from_noun(text, name.end)) == _kind(name.type):
        return True
    if any(_listed_together(name, other, text) for other in sure):
        return True
    return _case_and_cue(name, surface, found)


def _case_and_cue(name: NameProposal, surface: str, found: Findings) -> bool:
    """Unusual capitals, and a sentence that talks about things of this kind."""
    if sum(c.isupper() for c in surface) < 2 or len(surface) < 3 or name.type is None:
        return False
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


def _same_name(first: NameProposal, second: NameProposal) -> bool:
    return first.span == second.span and _kind(first.type) == _kind(second.type)


def _listed_together(name: NameProposal, other: NameProposal, text: str) -> bool:
    if _kind(name.type) != _kind(other.type):
        return False
    first, second = sorted((name, other), key=lambda each: each.start)
    if not 0 < second.start - first.end <= _LONGEST_GAP:
        return False
    return bool(_BETWEEN.fullmatch(text, first.end, second.start))
