"""``kg_row_rules``: the numbers that a paper states as outcomes: value, unit, kind, and what is measured.

Where a reader has read, which knows numbers better, these proposals only back it where it is in doubt.

A number counts when its unit or the metric beside it says that something was measured, and its sentence speaks of an
outcome. To what a number belongs is left to the judge, who knows what the sentence names.
"""

from __future__ import annotations

import re

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.document import Findings, findings
from kg.extraction.own_work import own_work_from
from kg.extraction.phrases import pattern
from kg.extraction.proposals import ROW_RULES, RowProposal, Span
from kg.extraction.values import TIMES, number_of, unit_of
from kg.model import ResultKind

__all__ = ["RowRulesComponent"]

_VALUE = pattern("value")
_OUTCOME = pattern("outcome")
_NO_OUTCOME = pattern("no_outcome")
_STATED = pattern("stated")
_GAIN_BEFORE = pattern("gain_before")
_GAIN_AFTER = pattern("gain_after")
_ABSOLUTE_BEFORE = pattern("absolute_before")
_RELATIVE = pattern("relative")
_MEASURE = pattern("measure")
_DIGIT = re.compile(r"\s?\d")
_LETTER = re.compile(r"[A-Za-z]")

# Characters of a sentence around a number that are read:
_NEAR = 60  # for the measure before it,
_BEHIND, _BEHIND_BARE = 40, 30  # behind it, and behind a decimal without unit,
_RELATIVE_BEFORE, _RELATIVE_BEHIND = 20, 30  # for "relative",
_REACH = 160  # and for what makes a level or a gain of it.


@Language.factory(ROW_RULES)
def make_row_rules(nlp: Language, name: str, score: float) -> RowRulesComponent:
    """The component, with the score of its proposals."""
    return RowRulesComponent(score)


class RowRulesComponent:
    """Proposes each number of the body that is stated as an outcome."""

    def __init__(self, score: float) -> None:
        self.score = score

    def __call__(self, doc: Doc) -> Doc:
        """Read the numbers of a doc."""
        found = findings(doc)
        text = found.text
        own_work = found.sentences[own_work_from(found)][0]
        for sentence in found.body_sentences():
            speaks = bool(_OUTCOME.search(text, *sentence))
            if speaks or sentence[0] >= own_work:
                for match in _VALUE.finditer(text, *sentence):
                    self._propose(found, match, sentence, speaks_of_outcome=speaks)
        return doc

    def _propose(self, found: Findings, match: re.Match[str], sentence: Span, *, speaks_of_outcome: bool) -> None:
        text = found.text
        needs_metric = False
        if _NO_OUTCOME.match(text, match.end()):
            return
        if match.group("unit"):
            if match.group("unit") in TIMES and _DIGIT.match(text, match.end()):
                return
        elif "." not in match.group("number") or _LETTER.match(text, match.end("number")):
            return
        else:
            stated = speaks_of_outcome and _is_stated(text, match, sentence)
            needs_metric = not stated and _measure(text, match, sentence, _BEHIND_BARE) is None
        found.rows.append(
            RowProposal(
                *match.span("value"),
                digits=match.span("number"),
                number=number_of(match),
                unit=unit_of(match.group("unit")),
                kind=_kind(text, match, sentence),
                score=self.score,
                source=ROW_RULES,
                measure=_measure(text, match, sentence, _BEHIND),
                needs_metric=needs_metric,
            )
        )


def _is_stated(text: str, match: re.Match[str], sentence: Span) -> bool:
    start = match.start("value")
    return bool(_STATED.search(text, max(sentence[0], start - _REACH), start))


def _measure(text: str, match: re.Match[str], sentence: Span, behind: int) -> str | None:
    """What is measured everywhere ("accuracy") and named nowhere."""
    start, end = max(sentence[0], match.start() - _NEAR), min(sentence[1], match.end() + behind)
    found = _MEASURE.search(text[start:end])
    return found.group().lower() if found else None


def _kind(text: str, match: re.Match[str], sentence: Span) -> ResultKind:
    if unit_of(match.group("unit")) == "x":
        return ResultKind.SPEEDUP
    before = text[max(sentence[0], match.start() - _REACH) : match.start()]
    after = text[match.end() : min(sentence[1], match.end() + _REACH)]
    if _RELATIVE.search(after[:_RELATIVE_BEHIND]) or _RELATIVE.search(before[-_RELATIVE_BEFORE:]):
        return ResultKind.RELATIVE_GAIN
    if match.group("sign"):
        return ResultKind.GAIN
    if _ABSOLUTE_BEFORE.search(before) and not _GAIN_AFTER.match(after):
        return ResultKind.ABSOLUTE
    return ResultKind.GAIN if _GAIN_AFTER.match(after) or _GAIN_BEFORE.search(before) else ResultKind.ABSOLUTE
