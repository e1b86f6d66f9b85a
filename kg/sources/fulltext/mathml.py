"""Formulas in MathML, as elements of a text: what stands raised and lowered, and no annotation."""

from __future__ import annotations

import unicodedata
from typing import Any

from kg.sources.fulltext.inline import Lift, Role
from kg.sources.xmltext import local
from kg.text.reading import render

__all__ = ["math_role"]

_TOKENS = frozenset(("mi", "mn", "mo", "mtext", "ms"))
_BESIDE = frozenset(("annotation", "annotation-xml", "mphantom"))
_LIFTS = {
    ("msub", 1): Lift.DOWN,
    ("msup", 1): Lift.UP,
    ("msubsup", 1): Lift.DOWN,
    ("msubsup", 2): Lift.UP,
    ("munder", 1): Lift.DOWN,
    ("mover", 1): Lift.UP,
    ("munderover", 1): Lift.DOWN,
    ("munderover", 2): Lift.UP,
}
_ACCENTED = frozenset(("munder", "mover"))
_CONTAINER = Role(tokens=True)
_SPACED = frozenset("±∓=<>≈≤≥→←×~∼∈")
_INVISIBLE = dict.fromkeys(range(0x2061, 0x2065))
_LONGEST = 2_000  # characters of a formula in TeX


def math_role(element: Any, parent: Any, number: int) -> Role | None:
    """The role of an element of MathML; None of any other."""
    name = local(element.tag)
    around = local(parent.tag)
    if name in _TOKENS:
        return _token(element, name, around, number)
    if name in _BESIDE or (around == "semantics" and number > 0) or (around == "mroot" and number > 0):
        return Role(skip=True)
    if name == "math":
        return _CONTAINER if len(element) else Role(text=_of_tex(element))
    if name == "mspace":
        return Role(text=" ")
    if name in ("mtr", "mtd"):
        return Role(block=True, tokens=True)
    if not (name == "semantics" or (name.startswith("m") and name in _CONTAINERS)):
        return None
    lift = _LIFTS.get((around, number), Lift.NONE)
    before = "/" if around == "mfrac" and number == 1 else "√" if name == "msqrt" else ""
    return Role(tokens=True, lift=lift, before=before)


_CONTAINERS = frozenset(
    "mrow msup msub msubsup mover munder munderover mfrac msqrt mroot mstyle mfenced menclose mpadded mtable "
    "mmultiscripts merror maction".split()
)


def _token(element: Any, name: str, around: str, number: int) -> Role:
    text = (element.text or "").translate(_INVISIBLE).replace("{,}", ",")
    text = text if name == "mtext" else text.strip()
    if around in _ACCENTED and number == 1 and len(text) <= 1 and not text.isalnum():
        return Role(skip=True)  # an accent, a bar
    if name == "mo" and text in _SPACED:
        text = f" {text} "
    bold = True if str(element.get("mathvariant")).startswith("bold") else None
    if any("\U0001d400" <= each <= "\U0001d7ff" for each in text):
        bold = bold or (True if "BOLD" in unicodedata.name(text[0], "") else None)
        text = unicodedata.normalize("NFKC", text)
    before = "/" if around == "mfrac" and number == 1 else ""
    return Role(text=before + text, bold=bold, lift=_LIFTS.get((around, number), Lift.NONE))


def _of_tex(element: Any) -> str:
    """A formula that is only there in TeX."""
    tex = element.get("alttext") or ""
    text = (element.text or "").strip()
    if not tex or len(tex) > _LONGEST:
        return text
    return render(f"${tex.strip().strip('$')}$").text
