"""Words as a question to the full text of titles and abstracts.

The index holds the stored text, in which BibTeX may have written a letter with its accent as a command: ``ö`` is
``{\\"o}`` there, which SQLite parts into words like any sign. So a word is also looked for as the pieces that its
commands leave of it.
"""

from __future__ import annotations

import re
import unicodedata

from kg.errors import KgError

__all__ = ["full_text_query"]

# What LaTeX calls accents whose command is a letter, and letters that it has a command for; other accents are signs.
_COMMANDS = {
    "\u030c": "v", "\u0327": "c", "\u030b": "H", "\u0306": "u", "\u0328": "k", "\u030a": "r", "\u0323": "d",
}  # fmt: skip
_LETTERS = {
    "\u00f8": "o", "\u00d8": "O", "\u0142": "l", "\u0141": "L", "\u00df": "ss", "\u00e6": "ae", "\u00c6": "AE",
    "\u0153": "oe", "\u0152": "OE", "\u00e5": "aa", "\u00c5": "AA", "\u0131": "i",
}  # fmt: skip


def full_text_query(words: str, *, last_begins: bool = False) -> str:
    """The FTS5 query for papers in which every word occurs; quoted, so that nothing in it is read as FTS5 syntax.

    With ``last_begins`` the last word may be the beginning of one.

    >>> full_text_query("Erd\\u0151s graphs")
    '("Erd\\u0151s" OR "Erd H o s") AND "graphs"'

    Raises:
        KgError: there is no word in it.
    """
    found = re.findall(r"\w+", unicodedata.normalize("NFC", words))
    if not found:
        raise KgError(f"{words!r} holds no word to search for")
    *whole, last = found
    return " AND ".join((*map(_alternatives, whole), _alternatives(last, "*" if last_begins else "")))


def _alternatives(word: str, end: str = "") -> str:
    pieces = _in_latex(word)
    return f'"{word}"{end}' if pieces == word else f'("{word}"{end} OR "{pieces}"{end})'


def _in_latex(word: str) -> str:
    """The pieces, in SQLite's eyes, of a word whose letters with accents are written as commands.

    >>> _in_latex("Schr\\u00f6dinger"), _in_latex("\\u0141ukasz"), _in_latex("sheep")
    ('Schr o dinger', 'L ukasz', 'sheep')
    """
    pieces = "".join(map(_command, word))
    return " ".join(pieces.split())


def _command(letter: str) -> str:
    if letter in _LETTERS:
        return f" {_LETTERS[letter]} "
    base, *accents = list(unicodedata.normalize("NFD", letter))
    if not accents or not base.isascii():
        return letter
    return f" {' '.join((*filter(None, map(_COMMANDS.get, accents)), base))} "
