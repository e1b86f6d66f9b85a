"""Characters that are no text, or that not every format can carry; replaced one for one, so that offsets hold."""

from __future__ import annotations

import re

__all__ = ["carriable", "printable"]

_NO_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")  # https://www.w3.org/TR/xml/#charsets


def printable(text: str) -> str:
    r"""A source's text with blanks for controls (but tab and line feed), non-characters and lone surrogates.

    JSON can spell each of them, but no file and no database can hold them all.

    >>> printable("bell \x07, tab \t")
    'bell  , tab \t'
    """
    return text if text.isprintable() else _NO_TEXT.sub(" ", text)


def carriable(text: str) -> str:
    r"""A text with U+FFFD for each character that XML 1.0 cannot carry, however it is written.

    >>> carriable("bell \x07, tab \t")
    'bell \ufffd, tab \t'
    """
    return text if text.isprintable() else _NO_XML.sub("\ufffd", text)
