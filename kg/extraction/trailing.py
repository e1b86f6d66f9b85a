"""Where a name ends: what a result says of a thing is no part of what it is called.

"AIME 2025 81", "GAIA: +61.2", "F1-score of 0.97", "GRPO (81%)": the number is the thing's value. "AIME 2025",
"RewardBench 2", "Llama 3.1" and "SemEval Task 11" are names, for they count editions, versions and parts.
"""

from __future__ import annotations

import re

from kg.extraction.phrases import words
from kg.extraction.proposals import Span
from kg.model import EntityType
from kg.text.sizes import MODEL_SIZE

__all__ = ["is_only_number", "without_value"]

_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_UNIT = r"(?:%|percent|points?|pts|pp|x|\u00d7|ms|s|GB|k?bps|seconds?|hours?|steps?)(?![\w])"
_VALUE = re.compile(
    rf"(?P<gap>\s+(?:(?:of|at|by|to|is|was)\s+)?|\s*[=:\u2248~<>\u2264\u2265]\s*|\s+[-\u2013\u2014]\s*|\s*[(\[]\s*)"
    rf"(?P<sign>[+\u2212-]\s*)?(?P<number>{_NUMBER})(?P<parts>/\d+)?(?P<unit>\s?{_UNIT})?\s*[)\]]?\Z"
)
_GOES_ON = re.compile(rf"(?<=\d)(?:\.\d+)?(?:\s?{_UNIT})?|(?<=\d)(?:,\d{{3}})+")
_REACH = 60  # characters before the end in which a value is looked for: there is none so long
_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_VERSION = re.compile(r"[1-9](?:\.\d)?\Z")
_PART = re.compile(rf"(?:{'|'.join(words('numbered_parts'))})\Z", re.IGNORECASE)
_ENDS_IN_NUMBER = re.compile(r"\s\d+(?:\.\d+)?\Z")
_SIGNS_BEHIND = re.compile(
    rf"(?:\s*[=:;,/(\[{{<>\u2248~\u00b1\u2212\u2013\u2014-]|\s+[+*&]|\s+(?:{'|'.join(words('behind_names'))}))+\Z"
)
_BEFORE = re.compile(r"(?:[/:;,=)\]}]\s*|\d+\.\d+%?\s+|\d+%\s+|of\s+)+")
_ONLY_NUMBER = re.compile(rf"[\W\d_]*(?:(?:{MODEL_SIZE}|{_UNIT})[\W\d_]*)*\Z")


def without_value(text: str, start: int, end: int, kind: EntityType | None) -> Span:
    """The span of a name without the values, units and signs that stand at its ends; empty where nothing is left.

    >>> text = "It gets AIME 2025 81 and GAIA: +61.2%."
    >>> [text[slice(*without_value(text, *span, None))] for span in ((8, 20), (25, 37))]
    ['AIME 2025', 'GAIA']
    """
    if before := _BEFORE.match(text, start, end):
        start = before.end()
    while start < end:
        shorter = _cut(text, start, end, kind)
        if shorter == end:
            return start, end
        end = shorter
    return start, start


def is_only_number(name: str) -> bool:
    """Whether a name is made of numbers, sizes, units and signs alone.

    >>> [is_only_number(name) for name in ("/32B/235B", "2.5%", "R2", "4o")]
    [True, True, False, False]
    """
    return bool(_ONLY_NUMBER.match(name))


def _cut(text: str, start: int, end: int, kind: EntityType | None) -> int:
    near = max(start, end - _REACH)
    if signs := _SIGNS_BEHIND.search(text, near, end):
        return signs.start()
    whole = _GOES_ON.match(text, end)
    value = _VALUE.search(text, near, whole.end() if whole else end)
    return value.start() if value and _is_value(value, text[start : value.start()], kind) else end


def _is_value(match: re.Match[str], name: str, kind: EntityType | None) -> bool:
    number, gap = match["number"], match["gap"].strip()
    if match["sign"] or match["unit"] or match["parts"]:
        return True
    if _YEAR.match(number):
        return kind is EntityType.METRIC
    if gap or kind is EntityType.METRIC or _ENDS_IN_NUMBER.search(name):
        return True
    return not (_VERSION.match(number) or _PART.search(name))
