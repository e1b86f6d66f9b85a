"""Mark-up of formats whose texts are mark-up, such as JATS within JSON: read off before a text is stored."""

from __future__ import annotations

import re

from kg.text.markup import unescaped, untagged

__all__ = ["without_markup"]

_ATTRIBUTES = r"(?:\s[^<>]{0,500})?/?"
_HEADING = re.compile(
    rf"<(?P<tag>(?:jats:)?title|h[1-6]){_ATTRIBUTES}>(?P<text>[^<>]{{0,200}})</(?P=tag)>\s*", re.IGNORECASE
)
_WHOLE = re.compile(
    r"\W*(?:(?:graphical )?abstract|summary|zusammenfassung|r\u00e9sum\u00e9|resumen)\W*\Z", re.IGNORECASE
)


def without_markup(text: str) -> str:
    r"""The text without tags of JATS, MathML and HTML, and with the characters that its entities stand for.

    The heading of a section stands before its text; one that says no more than "Abstract" is left out.

    >>> without_markup("<jats:title>Abstract</jats:title><jats:p>Sheep &amp; <i>goats</i>.</jats:p>")
    'Sheep & goats.'
    >>> without_markup("<p>We count.</p><title>Aim</title> Sums of <sub>n</sub>.").split("\n\n")
    ['We count.', ' Aim: Sums of n.']
    """
    text = _HEADING.sub(_heading, unescaped(text).text)
    return untagged(text).text.strip()


def _heading(match: re.Match[str]) -> str:
    heading = " ".join(match["text"].split())
    if not heading or _WHOLE.match(heading):
        return " "
    return f" {heading} " if heading.endswith((":", ".", "?", "!")) else f" {heading}: "
