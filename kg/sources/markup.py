"""Mark-up that publishers and indexes leave in titles and abstracts."""

from __future__ import annotations

import html
import re

__all__ = ["without_markup"]

# Tags alone, so that "p < 0.05 and q > 1" stays as it is.
_NAMES = (
    r"(?:i|b|u|em|strong|sub|sup|tt|p|br|hr|span|div|scp|sc|sec|title|h[1-6]|ul|ol|li|a|code|"
    r"(?:jats|mml|m|ns\d?):[a-z-]{1,20}|italic|bold|inline-formula|list|list-item|ext-link|math)"
)
_ATTRIBUTES = r"(?:\s[^<>]{0,500})?/?"
_TAG = re.compile(rf"</?{_NAMES}{_ATTRIBUTES}>", re.IGNORECASE)
_HEADING = re.compile(
    rf"<(?P<tag>(?:jats:)?title|h[1-6]){_ATTRIBUTES}>(?P<text>[^<>]{{0,200}})</(?P=tag)>\s*", re.IGNORECASE
)
_WHOLE = re.compile(
    r"\W*(?:(?:graphical )?abstract|summary|zusammenfassung|r\u00e9sum\u00e9|resumen)\W*\Z", re.IGNORECASE
)
_BLOCK = re.compile(
    r"</?(?:(?:jats:)?(?:p|sec|title|list|list-item|disp-formula)|div|br|hr|ul|ol|li|h[1-6])(?:\s[^<>]{0,500})?/?>",
    re.IGNORECASE,
)
_BLANKS = re.compile(r" {2,}")


def without_markup(text: str) -> str:
    r"""The text without tags of JATS, MathML and HTML, and with the characters that its entities stand for.

    The heading of a section stands before its text; one that says no more than "Abstract" is left out.

    >>> without_markup("<jats:title>Abstract</jats:title><jats:p>Sheep &amp; <i>goats</i>.</jats:p>")
    'Sheep & goats.'
    >>> without_markup("<sec><title>Aim</title><p>To count.</p></sec><sec><title>Result:</title><p>7.</p></sec>")
    'Aim: To count. Result: 7.'
    """
    for _ in range(2):  # deposits are often escaped twice
        if "<" in text:
            text = _TAG.sub("", _BLOCK.sub(" ", _HEADING.sub(_heading, text)))
            text = _BLANKS.sub(" ", text).strip()
        text = html.unescape(text) if "&" in text else text
    return text


def _heading(match: re.Match[str]) -> str:
    heading = " ".join(match["text"].split())
    if not heading or _WHOLE.match(heading):
        return " "
    return f" {heading} " if heading.endswith((":", ".", "?", "!")) else f" {heading}: "
