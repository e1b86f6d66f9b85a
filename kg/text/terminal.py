r"""Text from outside on a terminal, which obeys what it is shown and may not know every letter.

Titles, names of files and quoted errors are written by strangers. A terminal takes some characters for orders (to move,
to recolour, to retitle its window, to fill the clipboard), and bidirectional overrides make a line read as it is not
written. What is shown to people has neither; what programs read keeps them where its format can spell them out.
"""

from __future__ import annotations

import codecs
import io
import re
from typing import TextIO

__all__ = ["LOOKALIKES", "fit_stream", "harmless", "one_line", "spell", "spelled_out"]

LOOKALIKES = "kg-lookalikes"
"""The error handler, for ``str.encode`` and streams, that writes what an encoding lacks as ``spell`` does."""

# ECMA-48: control sequences; strings of commands with their content (links, titles, the clipboard); other escapes.
# Each run has one way to match and holds no beginning of another, so the time is linear whatever is written.
_CONTROLS = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*+[ -/]*+[@-~]"
    r"|(?:\x1b[PX\]^_]|[\x90\x98\x9d-\x9f])[^\x00-\x1f\x7f-\x9f]*+(?:\x07|\x1b\\|\x9c)"
    r"|\x1b[ -/]*+[0-~]"
    r"|\r(?=\n)|(?P<blank>[\r\x0b\x0c\x85\u2028\u2029])"
    r"|[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069]"
)
_SPACES = re.compile(r"[\s\x85]")
_UNSEEN = re.compile(r"[\xad\u061c\u180e\u200b\u200e\u200f\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0001-\U000e007f]")
_ORDERS = re.compile(r"\r(?!\n)|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_DEFAULTS = ("strict", "surrogateescape", "backslashreplace")  # as Python opens the standard streams

_TYPED = str.maketrans(
    {
        "\u00a0": " ", "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "--", "\u2212": "-",
        "\u2018": "'", "\u2019": "'", "\u201a": "'", "\u201c": '"', "\u201d": '"', "\u201e": '"',
        "\u2022": "*", "\u2026": "...", "\u2192": "->", "\u2190": "<-",
    }
)  # fmt: skip


def harmless(text: str) -> str:
    r"""A text without what a terminal obeys or what changes the direction of reading; tabs and line feeds stay.

    >>> harmless("\x1b[31mred\x1b[0m \x1b]8;;https://example.org\x07link\x1b]8;;\x07 a\x08b \u202egnp.\u202c")
    'red link ab gnp.'
    """
    return text if text.isprintable() else _CONTROLS.sub(_left, text)


def _left(found: re.Match[str]) -> str:
    return " " if found["blank"] else ""


def one_line(text: object) -> str:
    r"""A text fit for one line of a terminal: harmless, without line ends, tabs and what nobody sees.

    >>> one_line("two\nlines \x1b[2Jof GSM\xad8K")
    'two lines of GSM8K'
    """
    line = str(text)
    return line if line.isprintable() else _UNSEEN.sub("", _SPACES.sub(" ", harmless(line)))


def spelled_out(document: str) -> str:
    r"""A document, of JSON or Turtle, with an escape for each character that a terminal might obey, but for line ends.

    >>> spelled_out('"\x9b31m\u202e"')
    '"\\u009b31m\\u202e"'
    """
    return _ORDERS.sub(lambda found: f"\\u{ord(found.group()):04x}", document)


def spell(text: str, encoding: str) -> str:
    r"""A text in the letters that an encoding has.

    For others stand what one would type (quotes, dashes), the letter without its accent, or an escape: nothing that
    reads as another value, so a superscript never becomes a digit.

    >>> spell("“Schrödinger” 10⁵ β — Erdős", "ascii"), spell("Schrödinger, Erdős", "cp1252")
    ('"Schrodinger" 10\\u2075 \\u03b2 -- Erdos', 'Schrödinger, Erdos')
    """
    return text.encode(encoding, LOOKALIKES).decode(encoding)


def fit_stream(stream: TextIO) -> None:
    """Let a stream spell what its encoding lacks, unless whoever runs the program chose to drop or replace it."""
    if isinstance(stream, io.TextIOWrapper) and stream.errors in _DEFAULTS:
        stream.reconfigure(errors=LOOKALIKES)


def _spell_lacking(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    return "".join(map(_lookalike, lacking)), error.end


def _lookalike(character: str) -> str:
    """ASCII, which all have; the error of a single-byte encoding does not say which that is."""
    import unicodedata  # only where letters are lacking

    # Not U+0334 and above, which strike through: a "not equal" would be an equal sign.
    bare = "".join(c for c in unicodedata.normalize("NFD", character) if not "\u0300" <= c <= "\u0333")
    for written in (character.translate(_TYPED), bare):
        if written.isascii():
            return written
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:  # a byte of a file's name that is no UTF-8
        return f"\\x{code - 0xDC00:02x}"
    return character.encode("ascii", "backslashreplace").decode()


codecs.register_error(LOOKALIKES, _spell_lacking)
