"""Names of authors, as pages set them: beside marks, addresses and institutions."""

from __future__ import annotations

import re
from typing import Any

__all__ = ["names_among", "names_in"]

_PARTS = re.compile(r"\s{0,9}(?:[,;&\n]|\band\b|\\AND|\\And)\s{0,9}")
_INSTITUTION = re.compile(
    r"universi|institut|college|school|depart|laborator|\blab\b|research|\bcent(?:er|re)\b|academy|\binc\b|\bltd\b|"
    r"compan|corporation|google|microsoft|meta ai|openai|deepmind|amazon|nvidia|alibaba|tencent|equal|author|"
    r"technolog|science|faculty|street|member|fellow|student|\busa\b|china|contribut|correspond",
    re.IGNORECASE,
)
_NAME = re.compile(r"[^\W\d_a-z][\w.'’\-]{0,40}(?:\s[\w.'’\-]{1,40}){1,5}\Z")
_DEEPEST = 200
_MOST = 500


def names_in(element: Any) -> list[str]:
    """The names in an element, line by line, without what is raised."""
    return names_among("".join(_lines(element)))


def names_among(text: str) -> list[str]:
    """The names in a text that are told from all else.

    >>> names_among("Ann Shepherd, Bo Lamb and Cy Ewe\\nFarm University\\nann@farm.org")
    ['Ann Shepherd', 'Bo Lamb', 'Cy Ewe']
    """
    parts = (" ".join(part.split()).strip("*†‡§¶∗♠♢♡♣♦✉ ,.0123456789") for part in _PARTS.split(text[:20_000]))
    return [part for part in parts if _is_name(part)][:_MOST]


def _is_name(text: str) -> bool:
    if not _NAME.match(text) or any(map(str.isdigit, text)) or _INSTITUTION.search(text):
        return False
    return text.split()[-1][0].isupper() or not text.isascii()


def _lines(element: Any, depth: int = 0) -> list[str]:
    pieces = [element.text or ""]
    for child in element:
        name = child.tag if isinstance(child.tag, str) else ""
        kinds = child.get("class") or "" if name else ""
        if name in ("br", "p", "div", "tr") or "ltx_p" in kinds:
            pieces.append("\n")
        beside = name in ("", "sup", "math", "script") or "ltx_note" in kinds or "ltx_sup" in kinds
        if not beside and depth < _DEEPEST:
            pieces += _lines(child, depth + 1)
        pieces.append(" " if beside else "")
        pieces.append(child.tail or "")
    return pieces
