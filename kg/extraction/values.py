"""Numbers that are measured values: their digits and their unit, as papers write them."""

from __future__ import annotations

import math
import re

from kg.extraction.phrases import pattern

__all__ = ["TIMES", "number_in", "number_of", "unit_in", "unit_of", "value_bounds"]

_VALUE = pattern("value")
_LONGEST_NUMBER = 24  # characters
_DIGITS_BEFORE = re.compile(r"(?<![\w.,])\d[\d.,]{0,23}\Z")
_DIGITS_BEHIND = re.compile(r"(?:[.,]?\d){1,24}")
_BEHIND = re.compile(r"(?:[,;:(]|\s(?:of|in|on|over|to|by|than|and|the|a))+\Z")
_UNIT_SIGN = re.compile(r"\s?\\?%|[x\u00d7](?!\w)")
TIMES = ("x", "\u00d7", "times")


def number_in(text: str) -> float | None:
    """The first number of a value, with its sign; None where it has none, or a row of digits too long to be one.

    >>> number_in("~88%"), number_in("+2.2 points"), number_in("twice")
    (88.0, 2.2, None)
    """
    match = _VALUE.search(text.lstrip("~<>\u2248\u223c "))
    return number_of(match) if match else None


def unit_in(text: str) -> str | None:
    """The unit of a value: ``%``, ``points`` or ``x``; None without one.

    >>> unit_in("88%"), unit_in("2.2 points"), unit_in("3.5x"), unit_in("0.71")
    ('%', 'points', 'x', None)
    """
    match = _VALUE.search(text.lstrip("~<>\u2248\u223c "))
    return unit_of(match.group("unit")) if match else None


def value_bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """The span of a value with all of its digits and the sign of its unit, and without the words behind it.

    >>> text = "rises by 10 points of 34%"
    >>> [text[slice(*value_bounds(text, *span))] for span in ((9, 21), (22, 24))]
    ['10 points', '34%']
    >>> value_bounds("an error of 108,318.128", 16, 21)
    (12, 23)
    """
    if text[start].isdigit() and (before := _DIGITS_BEFORE.search(text, max(start - _LONGEST_NUMBER, 0), start)):
        start = before.start()
    if text[end - 1].isdigit() and (more := _DIGITS_BEHIND.match(text, end)):
        end = more.end()
    if behind := _BEHIND.search(text, start, end):
        end = behind.start()
    elif sign := _UNIT_SIGN.match(text, end):
        end = sign.end()
    return start, end


def number_of(match: re.Match[str]) -> float | None:
    """The number of a match of the phrase ``value``, with its sign."""
    number = float(match.group("number").replace(",", ""))
    signed = number if match.group("sign") in (None, "+") else -number
    return signed if math.isfinite(signed) else None


def unit_of(unit: str | None) -> str | None:
    """The unit, of what the phrase ``value`` has for it."""
    if unit is None:
        return None
    if unit in (*TIMES, "fold"):
        return "x"
    return "points" if "point" in unit or unit in ("pp", "%p") else "%"
