"""Values of BibTeX fields: braces, quotes, abbreviations, and the ``#`` that joins them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kg.text.reading import render

__all__ = ["enclosed", "plain", "split_value", "unescaped"]

_MARKS = re.compile(r"(?<!\\)[{}\"]")
_WORD = re.compile(r"[^\s#{}\",=]+")
_BLANK = re.compile(r"\s*")
_NEXT_FIELD = re.compile(r"\s*(?P<name>[A-Za-z][\w:+-]{0,60})\s*=\s*")
# What every style of BibTeX defines.
_MONTHS = {
    "jan": "January", "feb": "February", "mar": "March", "apr": "April", "may": "May", "jun": "June", "jul": "July",
    "aug": "August", "sep": "September", "oct": "October", "nov": "November", "dec": "December",
}  # fmt: skip
_MOST_BRACES = 4  # around a whole value
_MOST_MISSING = 50  # commas between the fields of one entry
_PLAIN = re.compile(r"[\w\s.,:;()/+-]*\Z", re.ASCII)  # says what it says, with TeX or without
_ESCAPED = re.compile(r"\\([_%&#$~^{}])(?:\{\})?")
_LINK = re.compile(r"\\(?:url|path|texttt|nolinkurl|href)\s?\{")


def split_value(name: str, raw: str, strings: Mapping[str, str]) -> tuple[dict[str, str], str]:
    """The text of a field, and what of its value makes no sense; with fields that a missing comma ran into it.

    >>> split_value("month", '"10~" # jan', {}), split_value("title", "{On {Hay}} year = 2024", {})
    (({'month': '10~January'}, ''), ({'title': 'On {Hay}', 'year': '2024'}, ''))
    """
    fields: dict[str, str] = {}
    place = 0
    for _ in range(_MOST_MISSING):
        text, place = _joined(raw, place, strings)
        fields.setdefault(name.strip().lower(), text)
        match = _NEXT_FIELD.match(raw, place)
        if match is None:
            break
        name, place = match["name"], match.end()
    return fields, raw[place:].strip()


def _joined(raw: str, place: int, strings: Mapping[str, str]) -> tuple[str, int]:
    """The pieces from a place on, as far as each follows a ``#``, and where they end."""
    pieces: list[str] = []
    end = place
    while True:
        piece, after = _piece(raw, _blank(raw, place), strings)
        if piece is None:
            return "".join(pieces), end
        pieces.append(piece)
        end = after
        place = _blank(raw, end)
        if not raw.startswith("#", place):
            return "".join(pieces), end
        place += 1


def _piece(raw: str, place: int, strings: Mapping[str, str]) -> tuple[str | None, int]:
    """What is enclosed, or what a bare word stands for, and where it ends; None if there is neither."""
    if raw[place : place + 1] in ("{", '"'):
        end = _closing(raw, place)
        return (enclosed(raw[place + 1 : end]), end + 1) if end else (None, place)
    match = _WORD.match(raw, place)
    if match is None:
        return None, place
    word = match.group()
    return strings.get(word.lower(), _MONTHS.get(word.lower(), word)), match.end()


def _closing(raw: str, place: int) -> int:
    """Where the brace or quote at a place is closed; 0 if it is not."""
    quoted = raw[place] == '"'
    depth = 0
    for match in _MARKS.finditer(raw, place + 1):
        mark = match.group()
        if mark == "{":
            depth += 1
        elif mark == "}" and depth:
            depth -= 1
        elif depth == 0 and mark == ('"' if quoted else "}"):
            return match.start()
    return 0


def _blank(raw: str, place: int) -> int:
    match = _BLANK.match(raw, place)
    return match.end() if match else place


def enclosed(text: str) -> str:
    """The text without braces around the whole of it.

    >>> enclosed("{On Hay}"), enclosed("{On} {Hay}")
    ('On Hay', '{On} {Hay}')
    """
    for _ in range(_MOST_BRACES):
        stripped = text.strip()
        if not stripped.startswith("{") or _closing(stripped, 0) != len(stripped) - 1:
            break
        text = stripped[1:-1]
    return text


def plain(text: str) -> str:
    r"""A name as people read it: letters for commands, no braces, blanks for ties.

    >>> plain(r"M{\"u}ller {\&} {Sons}")
    'Müller & Sons'
    """
    if _PLAIN.match(text) and "--" not in text:
        return " ".join(text.split())
    return " ".join(render(text).text.replace("{", "").replace("}", "").split())


def unescaped(text: str) -> str:
    r"""An identifier or address without the escapes and commands that TeX needs around it.

    >>> unescaped(r"\url{https://example.org/a\_b}"), unescaped(r"10.1234/a{\_}b")
    (' https://example.org/a_b ', '10.1234/a_b')
    """
    if not any(mark in text for mark in "\\{}"):
        return text
    text = _ESCAPED.sub(r"\1", text)
    linked = _LINK.sub(" ", text)
    return linked.replace("{", " ").replace("}", " ") if linked != text else re.sub("[{}]", "", text)
