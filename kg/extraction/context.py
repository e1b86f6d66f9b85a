"""A name as the rules for relations see it, and the words of its sentence that are worth a look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.extraction.denials import denied_in, is_denied_subject
from kg.extraction.phrases import Phrase
from kg.extraction.proposals import Span

__all__ = ["Context", "Cues"]

_NEAR = 400  # characters of a sentence around a name that the rules read; more would be none of English


@dataclass(frozen=True, slots=True)
class Context:
    """A name as the rules see it: its sentence ``before`` and ``after`` it, and whether that is the title.

    ``introduced``: a naming pattern presents the thing as the paper's own. ``not_done``, ``left_out``: the
    sentence denies it (``Denials``). ``cues``: the phrases that may stand before it, by name.
    """

    before: str
    after: str
    in_title: bool
    introduced: bool
    not_done: bool
    left_out: bool
    cues: frozenset[str]

    def says(self, phrase: Phrase) -> bool:
        """Whether the words before the name say so."""
        return phrase.name in self.cues and phrase.pattern.search(self.before) is not None


class Cues:
    """One sentence, and from where on the words stand in it that phrases need, so that most phrases are never tried."""

    def __init__(self, text: str, sentence: Span, phrases: Sequence[Phrase], *, in_title: bool) -> None:
        self.text, self.sentence, self.in_title = text, sentence, in_title
        self.denials = denied_in(text, sentence)
        words = text[slice(*sentence)].lower()
        self.first = [
            (sentence[0] + place, phrase.name) for phrase in phrases if (place := phrase.first_cue(words)) >= 0
        ]

    def context(self, span: Span, *, introduced: bool) -> Context:
        """The context of a name in the sentence."""
        start, end = self.sentence
        before = self.text[max(start, span[0] - _NEAR) : span[0]]
        after = self.text[span[1] : min(end, span[1] + _NEAR)]
        return Context(
            before=before,
            after=after,
            in_title=self.in_title,
            introduced=introduced,
            not_done=_holds(self.denials.not_done, span) or is_denied_subject(before, after),
            left_out=_holds(self.denials.left_out, span),
            cues=frozenset(name for first, name in self.first if first < span[0]),
        )


def _holds(stretches: Sequence[Span], span: Span) -> bool:
    return any(start <= span[0] < end for start, end in stretches)
