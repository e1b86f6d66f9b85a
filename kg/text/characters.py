"""Characters that are no text, or that not every format can carry, and what stands for them.

Texts of papers keep their length, so that offsets hold.
"""

from __future__ import annotations

import re

__all__ = ["carriable", "printable", "storable", "storable_name"]

_NO_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
_BLANKED = bytes(0x20 if byte in {*range(0x20), 0x7F} - {*b"\t\n"} else byte for byte in range(256))
_SHORT = 100  # characters that Python looks at one by one before it has made bytes of them
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")  # https://www.w3.org/TR/xml/#charsets


def printable(text: str) -> str:
    r"""A source's text with blanks for controls (but tab and line feed), non-characters and lone surrogates.

    JSON can spell each of them, but no file and no database can hold them all.

    >>> printable("bell \x07, tab \t")
    'bell  , tab \t'
    """
    # Of most texts it can be told in a fraction of the pattern's time that they hold nothing of the kind.
    if len(text) > _SHORT and text.isascii():
        data = text.encode()
        blanked = data.translate(_BLANKED)
        return text if blanked == data else blanked.decode()
    return text if text.isprintable() else _NO_TEXT.sub(" ", text)


def carriable(text: str) -> str:
    r"""A text with U+FFFD for each character that XML 1.0 cannot carry, however it is written.

    >>> carriable("bell \x07, tab \t")
    'bell \ufffd, tab \t'
    """
    return text if text.isprintable() else _NO_XML.sub("\ufffd", text)


def storable(text: str) -> str:
    r"""A text with ``?`` for each lone surrogate, which no file, database or query takes.

    A command line's bytes that are no UTF-8 reach Python as such.

    >>> storable("caf\udce9")
    'caf?'
    """
    return text.encode("utf-8", "replace").decode()


def storable_name(name: str) -> str:
    r"""The name of a file, which need not be UTF-8, with an escape for each byte that is none.

    >>> storable_name("caf\udce9.txt")
    'caf\\xe9.txt'
    """
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
