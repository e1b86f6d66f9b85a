"""What a cell holds: numbers that are results, other quantities, marks that something is missing, or words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from kg.model import Cell

__all__ = ["Content", "Measured", "content_of", "measured_in", "plain_cell"]

_LONGEST = 120  # characters: a cell with more is prose

_NUMBER = r"(?:\d{1,3}(?:[,\u2009\u202f\u00a0 ]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
_VALUE = re.compile(
    rf"(?P<near>[~\u2248\u223c<>\u2264\u2265])?\s?(?P<sign>[+\-\u2212\u2013](?=[\d.]))?(?P<number>{_NUMBER})"
    rf"(?P<exponent>[eE][+-]?\d{{1,3}}(?![\w.]))?\s?(?P<percent>%)?"
)
_SPREAD = re.compile(rf"\s*(?:\(\s?)?(?:\u00b1|\+/-|\+-|\u2213|\\pm)\s?(?P<std>{_NUMBER})\s?%?\s?\)?")
_INTERVAL = re.compile(
    rf"\s*[(\[]\s?[-\u2212]?{_NUMBER}\s?%?\s?(?:-|\u2013|\u2014|,|;|to|\u2013)\s?[-\u2212]?{_NUMBER}\s?%?\s?[)\]]"
)
_BRACKET = re.compile(r"\s*[(\[]\s?(?P<within>[^()\[\]]{0,40})[)\]]")
_DELTA = re.compile(
    r"(?:\s*[(\[]?\s?(?:[\u2191\u2193\u25b2\u25bc\u25b3\u25bd\u2197\u2198\u0394]\s?)+[+\-\u2212]?|(?:\s+|\s*[(\[]\s?)[+\-\u2212]\s?)"
    rf"{_NUMBER}\s?(?:%|pp|x|\u00d7)?\s?[)\]]?"
)
_MARKS = re.compile(
    r"[\s*\u2020\u2021\u00a7\u00b6\u2217\u22c6\u2605\u2606\u266d\u266f\u2660\u2663\u2665\u2666\u25c7\u25c6#^\u2191\u2193\u25b2\u25bc\u2714\u2713,.;]+\Z"
)
_MARKS_BEFORE = re.compile(
    r"\A[\s*\u2020\u2021\u00a7\u00b6\u2217\u22c6\u2605\u2606\u266d\u266f\u2191\u2193\u25b2\u25bc]+"
)
_FOOTNOTE = re.compile(r"(?:\s?\[[\w ,;-]{1,24}\]|\s?\([a-z*\u2020\u2021]\))+\Z")
_JOINT = re.compile(r"\s*(?:/|\||;)\s*")
_QUANTITY = re.compile(
    rf"[~\u2248<>\u2264\u2265$\u20ac\u00a3]?\s?[$\u20ac\u00a3]?\s?[+\-\u2212]?{_NUMBER}\s?"
    r"(?:[xX\u00d7]|[KMBTGkmbtg](?:iB|B|b)?|ms|s|sec|min|mins|h|hrs?|hours?|days?|d|GB|MB|TB|tok/s|"
    r"fps|FPS|[GTMP]?FLOPs?|"
    r"pp|points?|pts?|\u00b0|px|[kK]?Hz|W|J|USD)\b\.?(?:\s?\(.{0,30}\))?"
)
_QUANTITY_TIMES = re.compile(rf"[+\-\u2212]?{_NUMBER}\s?(?:[xX\u00d7])\Z|[$\u20ac\u00a3]\s?{_NUMBER}\Z")
_MISSING = re.compile(
    r"(?i:(?:[-\u2010-\u2015\u2212_.\u00b7\u22c5\s~*\u2026?]|\\)*|n\.?\s?/?\s?[ad]\.?|none|nan|oom|"
    r"o\.o\.m\.?|oot|tle|timeout|fail(?:ed)?|diverge[sd]?|"
    r"not (?:available|applicable|reported)|tba|tbd|null|inf|\u221e)"
)
_SIGNS = re.compile(
    r"[\s\u2713\u2714\u2717\u2718\u2715\u2716\u00d7\u2705\u274c\u25cf\u25cb\u25d0\u25d1\u2611\u2610xX\u221a\u2022\u2b24]+|"
    r"(?i:yes|no|y|n|true|false)"
)
_SPREAD_ASIDE = re.compile(rf"\s*\(?\s?(?P<pm>\u00b1|\+/-|\+-|\\pm)?\s?(?P<std>{_NUMBER})\s?%?\s?\)?\s*")


class Content(Enum):
    """What kind of thing a cell holds."""

    EMPTY = auto()
    MISSING = auto()
    NUMBERS = auto()
    QUANTITY = auto()  # a number of something that is no score: "41M", "1.8x", "2.4 h"
    SIGN = auto()  # a check mark or cross
    WORDS = auto()


@dataclass(frozen=True, slots=True)
class Measured:
    """A number of a cell. ``value`` is as printed, ``std`` what a plus-minus sign adds; ``signed`` if it has a "+"."""

    value: str
    number: float
    std: str | None = None
    percent: bool = False
    signed: bool = False


def plain_cell(text: str) -> str:
    """The text of a cell without marks around it.

    >>> plain_cell("83.3\\u2020"), plain_cell("62.0 [3]")
    ('83.3', '62.0')
    """
    return _FOOTNOTE.sub("", _MARKS_BEFORE.sub("", _MARKS.sub("", text))).strip()


@lru_cache(maxsize=50_000)
def content_of(text: str) -> Content:
    """What kind of thing the text of a cell is.

    >>> [content_of(text).name for text in ("72.4", "--", "41M", "\\u2713", "GSM8K", "")]
    ['NUMBERS', 'MISSING', 'QUANTITY', 'SIGN', 'WORDS', 'EMPTY']
    """
    if not text.strip():
        return Content.EMPTY
    if len(text) > _LONGEST:
        return Content.WORDS
    if _MISSING.fullmatch(text.strip()):
        return Content.MISSING
    if _SIGNS.fullmatch(text):
        return Content.SIGN
    if _numbers(text):
        return Content.NUMBERS
    bare = plain_cell(text)
    if not bare or _MISSING.fullmatch(bare):
        return Content.MISSING
    if _QUANTITY.fullmatch(bare) or _QUANTITY_TIMES.fullmatch(bare):
        return Content.QUANTITY
    return Content.WORDS


def measured_in(cell: Cell) -> tuple[Measured, ...]:
    """The numbers that a cell states as results, in their order; several where it holds several measures.

    >>> measured_in(Cell(1, 1, "86.8 (+0.9)"))[0].value, [m.value for m in measured_in(Cell(1, 1, "34.5 / 79.5"))]
    ('86.8', ['34.5', '79.5'])
    """
    found = _numbers(cell.text) if len(cell.text) <= _LONGEST else ()
    if len(found) == 1 and found[0].std is None and (std := _spread_beside(cell, found[0])):
        return (Measured(found[0].value, found[0].number, std, found[0].percent, found[0].signed),)
    return found


def _spread_beside(cell: Cell, found: Measured) -> str | None:
    """The spread of a number that is set smaller, lowered or raised beside it."""
    for aside in cell.asides:
        match = _SPREAD_ASIDE.fullmatch(aside)
        if match and (match["pm"] or ("." in match["std"] and "." in found.value)):
            return _plain(match["std"])
    return None


@lru_cache(maxsize=50_000)
def _numbers(text: str) -> tuple[Measured, ...]:
    """The numbers of a text that is nothing but numbers; none otherwise."""
    text = _FOOTNOTE.sub("", _MARKS_BEFORE.sub("", text))
    whole = _one(text)
    if whole is not None:
        return (whole,)
    parts = _JOINT.split(text)
    if not 2 <= len(parts) <= 6:
        return ()
    found = [_one(part) for part in parts]
    held = tuple(each for each in found if each is not None)
    missing = sum(
        1 for part, each in zip(parts, found, strict=True) if each is None and _MISSING.fullmatch(part.strip())
    )
    return held if len(held) == len(parts) and not missing else ()


def _one(text: str) -> Measured | None:
    """The number of a text that holds one, with what may stand beside it; None if it holds anything else."""
    text = text.strip()
    match = _VALUE.match(text)
    if not match:
        return None
    if match["near"] in (">", "\u2265"):
        return None
    end, std = match.end(), None
    if spread := _SPREAD.match(text, end):
        end, std = spread.end(), spread["std"]
    elif interval := _INTERVAL.match(text, end):
        end = interval.end()
    while end < len(text):
        more = _DELTA.match(text, end) or _bracket(text, end)
        if not more:
            break
        end = more.end()
    rest = text[end:].strip()
    if rest and not _MARKS.fullmatch(rest) and not _FOOTNOTE.fullmatch(rest):
        return None
    value = _plain(match["number"])
    minus = match["sign"] is not None and match["sign"] != "+"
    written = ("-" if minus else "") + value + (match["exponent"] or "")
    percent, signed = match["percent"] is not None, match["sign"] == "+"
    return Measured(written, float(written), _plain(std) if std else None, percent, signed)


def _bracket(text: str, at: int) -> re.Match[str] | None:
    """A bracket behind a number with a number or a mark in it, such as a spread or a rank."""
    match = _BRACKET.match(text, at)
    if match and (
        re.fullmatch(
            rf"[\u00b1+\-\u2212\u2191\u2193#\s]*(?:{_NUMBER})?\s?%?|\*+|[\u2020\u2021]", match["within"].strip()
        )
    ):
        return match
    return None


def _plain(number: str) -> str:
    """A number without separators of thousands, with a digit before its point."""
    bare = re.sub(r"[,\u2009\u202f\u00a0 ]", "", number)
    return "0" + bare if bare.startswith(".") else bare
