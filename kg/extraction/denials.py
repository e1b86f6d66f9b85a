"""What a sentence says that is not done: "we do not test on X", "without X", "on Y, not X", "X was not used".

What stands in a denied stretch is named, and nothing is done with it. A denial ends with its clause, or, where it takes
something out of what is done ("without", "except", "not X"), with its phrase; what is affirmed beside it stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extraction.phrases import Phrase, pattern, phrase
from kg.extraction.proposals import Span

__all__ = ["Denials", "denied_in", "is_denied_subject", "is_faulted"]

_NOT_DONE = phrase("denied_doing")
_WITHOUT = phrase("denied_without")
_PUT_OFF = phrase("put_off")
_NOT_THIS = phrase("denied_member")
_GOVERNED = pattern("governed")
_CLAUSE = pattern("scope_of_doing")
_PHRASE = pattern("scope_without")

_SUBJECT = pattern("subject")
_SUBJECT_OF_NONE = pattern("subject_of_none")
_IS_DONE = pattern("is_done")
_IS_NOT_DONE = pattern("is_not_done")
_IS_FAULTED = pattern("is_faulted")

_NEAR = 200  # characters before "not" that may say what is done


@dataclass(frozen=True, slots=True)
class Denials:
    """The stretches of one sentence in which names are denied: as what is ``not_done``, or ``left_out`` of what is."""

    not_done: tuple[Span, ...] = ()
    left_out: tuple[Span, ...] = ()


def denied_in(text: str, sentence: Span) -> Denials:
    """What a sentence denies.

    >>> text = "We test on MATH but not on GSM8K, and do not train on C4 or MATH, using PPO without RLHF on AIME."
    >>> found = denied_in(text, (0, len(text)))
    >>> [text[start:end] for start, end in found.not_done], [text[start:end] for start, end in found.left_out]
    ([' C4 or MATH', ' GSM8K'], [' RLHF'])
    """
    words = text[slice(*sentence)].lower()
    not_done = [*_behind(_NOT_DONE, _CLAUSE, text, words, sentence)]
    not_done += _behind(_NOT_THIS, _PHRASE, text, words, sentence, governed=True)
    left_out = [*_behind(_WITHOUT, _PHRASE, text, words, sentence), *_behind(_PUT_OFF, _CLAUSE, text, words, sentence)]
    return Denials(tuple(not_done), tuple(left_out)) if not_done or left_out else _NOTHING


_NOTHING = Denials()


def _behind(
    cue: Phrase, scope: re.Pattern[str], text: str, words: str, sentence: Span, *, governed: bool = False
) -> Iterator[Span]:
    """The stretches behind a cue; ``governed``: where the sentence says before it what is done."""
    if cue.first_cue(words) < 0:
        return
    start, end = sentence
    for match in cue.pattern.finditer(text, start, end):
        if governed and not _GOVERNED.search(text[max(start, match.start() - _NEAR) : match.start()]):
            continue
        stretch = scope.match(text, match.end(), end)
        if stretch:
            yield stretch.span()


def is_denied_subject(before: str, after: str) -> bool:
    """Whether a name is the subject of a denial: "training on X is avoided", "neither X nor Y is used"."""
    if _IS_NOT_DONE.match(after):
        return _SUBJECT.search(before) is not None
    return _IS_DONE.match(after) is not None and _SUBJECT_OF_NONE.search(before) is not None


def is_faulted(before: str, after: str) -> bool:
    """Whether a clause about a thing says that it will not do: "X is saturated", "X does not test"."""
    return _IS_FAULTED.match(after) is not None and _SUBJECT.search(before) is not None
