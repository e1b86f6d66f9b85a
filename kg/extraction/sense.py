"""``kg_sense``: whether a word that could be a known name is one here.

"MATH" may be a benchmark or a shout, "Orca" a model or a whale, "CPO" one of several algorithms. A reading that
needs context stays when the paper spells the thing out elsewhere, defines it so, puts a telling noun behind it, or
lists it among things of its kind; it goes when the paper defines the letters otherwise.
"""

from __future__ import annotations

import re
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.document import Candidate, Findings, findings
from kg.extraction.nameshape import type_from_noun
from kg.model import EntityType, Rule
from kg.text.folding import fold
from kg.vocabulary import load_vocabulary

__all__ = ["alike"]

_KIND = {EntityType.BENCHMARK: "data", EntityType.DATASET: "data"}
_TAGGER_VOUCHES = 0.8
_BETWEEN = re.compile(r"(?:,| and| or|, and|, or|/| &|,? as well as| \([^)]{1,40}\),?(?: and)?)\s?(?:the )?\Z")
_EVALUATION = re.compile(
    r"\b(?:benchmarks?|datasets?|evaluat\w+|accuracy|experiments?|pass@|test set|leaderboard|scores?|points?)\b", re.I
)
_MODEL_CUE = re.compile(r"\b(?:models?|LLMs?|series|family|fine-?tun\w+|base)\b")
_METHOD_CUE = re.compile(
    r"\b(?:algorithms?|methods?|baselines?|approach(?:es)?|prompting|optimi[sz]\w+|agents?|policy|training|frameworks?|techniques?)\b",
    re.I,
)
_CUES = {
    EntityType.BENCHMARK: _EVALUATION,
    EntityType.DATASET: _EVALUATION,
    EntityType.METRIC: re.compile(r"\b(?:scores?|metrics?|measured?|points?|%|improv\w+)(?!\w)", re.I),
    EntityType.MODEL: _MODEL_CUE,
    EntityType.METHOD: _METHOD_CUE,
}  # fmt: skip


@Language.factory("kg_sense")
def make_sense(nlp: Language, name: str) -> SenseComponent:
    """The component over the shipped vocabulary."""
    return SenseComponent()


class SenseComponent:
    """Confirms or drops each candidate that needs context."""

    def __init__(self) -> None:
        self.concepts = load_vocabulary().concepts

    def __call__(self, doc: Doc) -> Doc:
        """Settle the readings of a doc; two passes, so that a confirmed list member can vouch for the next."""
        found = findings(doc)
        kept = [c for c in found.candidates if not self._is_defined_otherwise(c, found)]
        for _ in range(2):
            sure = [c for c in kept if not c.needs_context]
            kept = [
                replace(c, needs_context=False, score=0.85)
                if c.needs_context and self._confirmed(c, sure, found)
                else c
                for c in kept
            ]
        found.candidates = [c for c in kept if not c.needs_context]
        return doc

    def _is_defined_otherwise(self, candidate: Candidate, found: Findings) -> bool:
        """Whether the paper itself gives these letters another meaning than the vocabulary's."""
        if candidate.rule is not Rule.GAZETTEER or candidate.concept is None:
            return False
        surface = found.text[candidate.start : candidate.end]
        long = found.abbreviations.get(surface) or found.abbreviations.get(surface.removesuffix("s"))
        if long is None:
            return False
        return not any(alike(long, label) for label in self.concepts[candidate.concept].labels())

    def _confirmed(self, candidate: Candidate, sure: list[Candidate], found: Findings) -> bool:
        text = found.text
        surface = text[candidate.start : candidate.end]
        if any(c.concept == candidate.concept or (c.family and c.family == candidate.concept) for c in sure):
            return True
        if any(c.introduced and fold(c.name) == fold(surface) for c in found.candidates):
            return False
        if surface.removesuffix("s") in found.abbreviations:
            return True
        if any(
            c.rule is Rule.TAGGER and _same_name(c, candidate) and c.score >= _TAGGER_VOUCHES for c in found.candidates
        ):
            return True
        if candidate.type is not None and _kind(type_from_noun(text, candidate.end)) == _kind(candidate.type):
            return True
        if any(_listed_together(candidate, other, text) for other in sure):
            return True
        return self._case_and_cue(candidate, surface, found)

    @staticmethod
    def _case_and_cue(candidate: Candidate, surface: str, found: Findings) -> bool:
        """Unusual capitals, and a sentence that talks about things of this kind."""
        if sum(c.isupper() for c in surface) < 2 or len(surface) < 3 or candidate.type is None:
            return False
        cue = _CUES.get(candidate.type)
        if cue is None or found.in_title(candidate.start):
            return False
        first, last = found.sentences[found.sentence_at(candidate.start)]
        return bool(cue.search(found.text, first, last))


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
    return len(a) > 1 and len(b) > 1 and len(a & b) / max(len(a), len(b)) >= 0.75


def _kind(kind: EntityType | None) -> str | None:
    return None if kind is None else _KIND.get(kind, kind.value)


def _same_name(first: Candidate, second: Candidate) -> bool:
    return (first.start, first.end) == (second.start, second.end) and _kind(first.type) == _kind(second.type)


def _listed_together(candidate: Candidate, other: Candidate, text: str) -> bool:
    if _kind(candidate.type) != _kind(other.type):
        return False
    first, second = sorted((candidate, other), key=lambda c: c.start)
    gap = text[first.end : second.start]
    return 0 < len(gap) <= 45 and bool(_BETWEEN.match(gap))
