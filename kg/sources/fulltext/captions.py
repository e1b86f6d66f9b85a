"""Captions: what they number ("Table 2"), and what they say of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Caption", "is_panel", "read_caption"]

_NUMBER = r"(?:[A-Z]{1,2}[.\-]?)?\d{1,3}(?:[.\-]\d{1,3})?[a-z]?|[IVXLC]{1,7}|[A-Z]"
_CAPTION = re.compile(
    r"\s{0,9}(?P<kind>(?:(?i:extended data|supplementary|supplemental|appendix|online)\s)?"
    r"(?i:table|tab|tbl|figure|fig|algorithm|listing|box|scheme))\b"
    rf"\.?\s{{0,9}}(?P<number>S?(?:{_NUMBER}))(?=[\s.:|)\]\u2014\u2013-]|\Z)\s{{0,9}}[.:|)\]\u2014\u2013-]{{0,2}}\s{{0,9}}"
)
_PANEL = re.compile(r"\s{0,9}\(?(?:[a-z]|[ivx]{1,4})[).]\s{0,9}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Caption:
    """A caption: ``kind`` is ``table``, ``figure`` or another, ``number`` as in the text, ``text`` what it says."""

    kind: str
    number: str | None
    text: str


def read_caption(text: str) -> Caption:
    """A caption in its parts; one that does not say what it is of is of no kind.

    >>> read_caption("Table 2: Counts of sheep."), read_caption("Fig. A.1 Sheep").number
    (Caption(kind='table', number='2', text='Counts of sheep.'), 'A.1')
    >>> read_caption("TABLE IV Counts").number, read_caption("Counts of sheep").kind
    ('IV', '')
    """
    match = _CAPTION.match(text)
    if match is None:
        return Caption("", None, text.strip())
    kind = match.group("kind").split()[-1].lower()
    kind = "table" if kind.startswith("t") else "figure" if kind.startswith("f") else kind
    return Caption(kind, match.group("number"), text[match.end() :].strip())


def is_panel(tag: str) -> bool:
    """Whether a caption is numbered as that of a panel: "(a)"."""
    return _PANEL.fullmatch(tag) is not None
