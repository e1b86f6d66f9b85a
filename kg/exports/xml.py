"""Text in XML: escaped, and without the characters that XML 1.0 cannot hold however they are written."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from kg.text.characters import carriable

__all__ = ["attributes", "content", "quoted", "text_of"]

_SPECIAL = re.compile('[\x00-\x1f&<>"\ud800-\udfff\ufffe\uffff]')  # most text needs nothing done


def attributes(**values: str) -> str:
    """Attributes of a tag; a parser gives back line ends and tabs as they were.

    >>> attributes(id="a&b", label="one\\ntwo")
    ' id="a&amp;b" label="one&#10;two"'
    """
    return "".join(f" {name}={quoted(value)}" for name, value in values.items())


def quoted(text: str) -> str:
    """The value of an attribute, with its quotes.

    >>> print(quoted('a "b" & c'))
    'a "b" &amp; c'
    """
    return quoteattr(carriable(text)) if _SPECIAL.search(text) else f'"{text}"'


def content(text: str) -> str:
    """The text between two tags.

    >>> content("a < b\\x00")
    'a &lt; b\ufffd'
    """
    return escape(carriable(text), {"\r": "&#13;"}) if _SPECIAL.search(text) else text


def text_of(value: str | float | bool) -> str:
    """A value as XML Schema writes those of its type.

    >>> text_of(True), text_of(2)
    ('true', '2')
    """
    return str(value).lower() if isinstance(value, bool) else str(value)
