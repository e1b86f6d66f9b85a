"""``kg_abbreviations``: "Group Relative Policy Optimization (GRPO)", either way round.

The algorithm is that of A. Schwartz and M. Hearst, "A simple algorithm for identifying abbreviation definitions in
biomedical text" (PSB 2003): the letters of the short form are matched from the right into the words before the bracket.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.document import Candidate, findings
from kg.extraction.lexicon import GENERIC, head_type
from kg.model import EntityType, Rule
from kg.text.folding import fold

__all__ = ["definitions", "long_form"]

_BRACKET = re.compile(r"\(\s*([^()]{2,90}?)\s*\)")
_SHORT = re.compile(r"(?=[^\s]*[A-Z\u0370-\u03ff])[A-Za-z0-9\u0370-\u03ff][\w.+*@/-]{1,14}\Z")
_OR = re.compile(r", (?:or|abbreviated(?: as)?|shortened to|in short) ([A-Z][\w-]{1,10})(?=[,.;])")
_TITLE_WORD = r"(?:[A-Z][\w-]+|of|for|with|and|from|via|the)"
_COLON = re.compile(rf"\b([A-Z][\w-]{{1,10}})(?::| \u2014| --) ({_TITLE_WORD}(?: {_TITLE_WORD}){{1,7}})")
_WORD = re.compile(r"[^\s()\[\],;:\"\u201c\u201d]+")
_CLAUSE_BREAK = re.compile(r"[\n,;:()\[\]\"\u201c\u201d]|[.!?]\s")
_CITATION = re.compile(r"\d{4}|et al|e\.g|i\.e|\bsee\b")
_LEADING = frozenset(
    "a an the of and or in on for with by to our new novel called named via using as from such is are both this that "
    "these".split()
)


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
            span = long_form(text[: match.start()], inside)
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
        span = long_form(text[: match.start()], match.group(1))
        if span is not None:
            yield span, match.span(1)
    for match in _COLON.finditer(text):
        span = long_form(match.group(2), match.group(1))
        if span is not None and span[0] == 0:
            yield match.span(2), match.span(1)


def long_form(before: str, short: str) -> tuple[int, int] | None:
    """The span at the end of ``before`` whose words the letters of ``short`` abbreviate; None if there is none."""
    window_start = max(0, len(before) - 160)
    window = before[window_start:].rstrip().rstrip("\"'\u201d")
    breaks = list(_CLAUSE_BREAK.finditer(window))
    clause_start = breaks[-1].end() if breaks else 0
    letters = [c.lower() for c in _REPEATED.sub(_repeat, re.sub(r"(?<=[A-Z])s\Z", "", short)) if c.isalnum()]
    words = list(_WORD.finditer(window, clause_start))[-(min(len(letters) + 5, len(letters) * 2)) :]
    if not words:
        return None
    start = _match_initials(words, letters)
    if start is None:
        start = _match_letters(window, letters, words[0].start())
    if start is None:
        return None
    start = _skip_leading(window, start)
    form = window[start:]
    # "mathematics (MATH)" names a benchmark of mathematics; it abbreviates nothing.
    if any(fold(word).startswith(fold(short)) for word in re.split(r"[\s-]", form)):
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


@Language.component("kg_abbreviations")
def find_abbreviations(doc: Doc) -> Doc:
    """Record each definition; as candidates where the head of the long form says that a thing is named.

    What defines a class or an ordinary noun ("microcontroller units (MCUs)") excludes its short form instead, so that
    no later component takes the capitals for a name.
    """
    found = findings(doc)
    known = {(c.start, c.end): c for c in found.candidates if not c.needs_context}
    for long_span, short_span in definitions(found.text):
        long, short = found.text[slice(*long_span)], found.text[slice(*short_span)]
        name = re.sub(r"(?<=[A-Z])s\Z", "", short)
        found.abbreviations[name] = long
        if fold(name) in GENERIC or fold(long) in GENERIC:
            found.excluded.update((fold(name), fold(long)))
            continue
        # The short form alone decides nothing: "Conservative Policy Optimization (CPO)" is not the vocabulary's CPO.
        concept = known.get(long_span)
        if concept is not None:
            for span in (long_span, short_span):
                found.candidates.append(
                    Candidate(
                        *span,
                        concept.name,
                        Rule.ABBREVIATION,
                        0.97,
                        concept.type,
                        concept.concept,
                        concept.family,
                        expansion=long,
                    )
                )
            continue
        before = found.text[max(0, long_span[0] - _NEAR) : long_span[0]]
        kind = _type_of_long_form(long, proposed=bool(_PROPOSED.search(before)))
        if kind is None:
            found.excluded.add(fold(name))
            continue
        confidence = 0.85 if _is_titled(long) else 0.7
        for span in (long_span, short_span):
            found.candidates.append(Candidate(*span, name, Rule.ABBREVIATION, confidence, kind, expansion=long))
    return doc


def _is_titled(long: str) -> bool:
    """Whether a long form is written as a name: most of its longer words have a capital."""
    words = [w for w in re.findall(r"[A-Za-z]+", long) if len(w) > 3]
    return bool(words) and sum(any(c.isupper() for c in w) for w in words) >= 0.7 * len(words)


_PLAIN_HEADS = frozenset("process problem unit system task game agent gap rate score network model".split())
_NEAR = 80  # characters: "In this work, we carefully propose the novel and simple ..."
_PROPOSED = re.compile(
    r"\b(?:[Ww]e|[Pp]aper|[Ww]ork) (?:[a-z]+ )?(?:propose|introduce|present|develop|design|devise)s? "
    r"(?:(?:the|a|an|our|novel|new|simple) )*\Z"
)
_PREPOSITION = re.compile(r"\s(?:from|with|via|for|by|through|over|of|in|on|under|as|to|without)\s")


def _type_of_long_form(long: str, *, proposed: bool) -> EntityType | None:
    """The type that the head noun of a long form speaks for; None for classes, problems and plain nouns.

    What is ``proposed`` is a method if nothing says otherwise. The head stands before the first preposition:
    "Reinforcement Learning from Static Metrics" is a kind of learning.
    """
    words = re.findall(r"[A-Za-z]+", _PREPOSITION.split(long)[0])
    if not words:
        return None
    head = words[-1].lower()
    kind, titled = head_type(head), _is_titled(long)
    if kind is EntityType.TASK or (not titled and (kind is EntityType.METRIC or head.rstrip("s") in _PLAIN_HEADS)):
        return None
    if kind is None and (titled or proposed or head.endswith(("ing", "tion", "former", "gram", "ment"))):
        return EntityType.METHOD
    return kind
