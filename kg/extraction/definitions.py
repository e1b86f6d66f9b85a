"""Definitions of short forms: "Group Relative Policy Optimization (GRPO)", either way round.

The algorithm is that of A. Schwartz and M. Hearst, "A simple algorithm for identifying abbreviation definitions in
biomedical text" (PSB 2003): the letters of the short form are matched from the right into the words before the bracket.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extraction.phrases import pattern, words
from kg.text.folding import fold

__all__ = ["definitions", "long_form"]

_BRACKET = re.compile(r"\(\s{0,9}([^()]{2,90}?)\s{0,9}\)")
_SHORT = re.compile(r"(?=[^\s]*[A-Z\u0370-\u03ff])[A-Za-z0-9\u0370-\u03ff][\w.+*@/-]{1,14}\Z")
_WORD = re.compile(r"[^\s()\[\],;:\"\u201c\u201d]+")
_CLAUSE_BREAK = pattern("long_form_break")
_CITATION = pattern("citation")
_OR = pattern("defined_by_or")
_COLON = pattern("defined_by_colon")
_LEADING = frozenset(words("leading"))
_REACH = 160  # characters before a short form in which its long form is looked for: twenty words


def definitions(text: str) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Pairs of (long form span, short form span) that a text defines.

    >>> text = "We use Proximal Policy Optimization (PPO)."
    >>> [(text[a:b], text[c:d]) for (a, b), (c, d) in definitions(text)]
    [('Proximal Policy Optimization', 'PPO')]
    """
    for match in _BRACKET.finditer(text):
        inside = re.split(r"[,;]|\s(?:e\.g|i\.e)\b", match.group(1))[0].strip().strip("\"'\u201c\u201d")
        at = text.find(inside, match.start(1), match.end(1)) if inside else -1
        if at < 0:
            continue
        if _SHORT.match(inside) and not _CITATION.search(inside):
            span = _long_form_at(text, match.start(), inside)
            if span is not None:
                yield span, (at, at + len(inside))
        elif not _CITATION.search(inside) and " " in inside:
            before = re.search(r"([^\s()]+)\s*\Z", text[max(0, match.start() - 40) : match.start()])
            if before and _SHORT.match(before.group(1)):
                short_start = max(0, match.start() - 40) + before.start(1)
                span = long_form(inside, before.group(1))
                if span is not None and span[0] == 0:
                    yield (at, at + len(inside)), (short_start, short_start + len(before.group(1)))
    yield from _spelt_out(text)


def _spelt_out(text: str) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """ "Meta Reinforcement Fine-Tuning, or MRT," and "RISE: Recursive IntroSpEction"."""
    for match in _OR.finditer(text):
        span = _long_form_at(text, match.start(), match.group(1))
        if span is not None:
            yield span, match.span(1)
    for match in _COLON.finditer(text):
        span = long_form(match.group(2), match.group(1))
        if span is not None and span[0] == 0:
            yield match.span(2), match.span(1)


def _long_form_at(text: str, end: int, short: str) -> tuple[int, int] | None:
    """The long form that ends at a place of a text."""
    start = max(0, end - _REACH)
    span = long_form(text[start:end], short)
    return None if span is None else (start + span[0], start + span[1])


def long_form(before: str, short: str) -> tuple[int, int] | None:
    """The span at the end of ``before`` whose words the letters of ``short`` abbreviate; None if there is none."""
    window_start = max(0, len(before) - _REACH)
    window = before[window_start:].rstrip().rstrip("\"'\u201d")
    breaks = list(_CLAUSE_BREAK.finditer(window))
    clause_start = breaks[-1].end() if breaks else 0
    letters = [c.lower() for c in _REPEATED.sub(_repeat, re.sub(r"(?<=[A-Z])s\Z", "", short)) if c.isalnum()]
    words = list(_WORD.finditer(window, clause_start))[-(min(len(letters) + 5, len(letters) * 2)) :]
    if not words:
        return None
    initials = start = _match_initials(words, letters)
    if start is None:
        start = _match_letters(window, letters, words[0].start())
    if start is None:
        return None
    start = _skip_leading(window, start)
    form = window[start:]
    # "mathematics (MATH)" names a benchmark of mathematics; it abbreviates nothing. "Emergent misalignment (EM)" does,
    # and so does "Sample Anomaly Miner (SAM)".
    if initials is None and fold(re.split(r"[\s-]", form)[-1]).startswith(fold(short)):
        return None
    count = len(_WORD.findall(form))
    if (
        len(form) <= len(short)
        or not (count > 1 or "-" in form or len(form) > 2 * len(short))
        or fold(short) in fold(form).split()
    ):
        return None
    return window_start + start, window_start + len(window)


_REPEATED = re.compile(r"([A-Z])([2-4])(?=[A-Z])")


def _repeat(match: re.Match[str]) -> str:
    """ "P3O" stands for three words in P and one in O."""
    return match.group(1) * int(match.group(2))


def _match_initials(words: list[re.Match[str]], letters: list[str]) -> int | None:
    """The start of the last words whose initials (hyphenated parts count) spell the short form, small words skipped."""
    remaining = list(letters)
    for word in reversed(words):
        parts = [part[0].lower() for part in re.split(r"[-/]", word.group()) if part]
        for size in (len(parts), 1):
            if size <= len(remaining) and remaining[-size:] == parts[:size]:
                del remaining[-size:]
                break
        else:
            if word.group().lower() not in _LEADING:
                return None
        if not remaining:
            return word.start()
    return None


def _match_letters(window: str, letters: list[str], floor: int) -> int | None:
    """Right to left, each letter of the short form in order; the first must begin a word."""
    position = len(window) - 1
    for index in range(len(letters) - 1, -1, -1):
        letter, first = letters[index], index == 0
        while position >= floor and (
            window[position].lower() != letter or (first and position > 0 and window[position - 1].isalnum())
        ):
            position -= 1
        if position < floor:
            return None
        position -= 1
    return position + 1


def _skip_leading(window: str, start: int) -> int:
    while (word := _WORD.match(window, start)) and word.group().lower() in _LEADING and word.end() < len(window) - 1:
        start = word.end() + 1
    return start
