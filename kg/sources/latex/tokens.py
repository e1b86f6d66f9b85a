r"""TeX source as tokens, each with where it stands; comments, listings and verbatim text are seen to on the way.

Category codes are not followed, but for the ``@`` of ``\makeatletter``: papers hardly ever change others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

__all__ = ["Kind", "Lexer", "Token", "command", "source_of", "text"]


class Kind(Enum):
    """What a token is."""

    TEXT = "text"  # a run of characters without any that mean something; one of "[]*" alone
    COMMAND = "command"  # its name, without the backslash
    BEGIN = "begin"  # of an environment, with its name
    END = "end"
    OPEN = "{"
    CLOSE = "}"
    MATH = "$"  # "$" or "$$"
    ALIGN = "&"
    SUPER = "^"
    SUB = "_"
    TIE = "~"
    PARAMETER = "#"  # its number
    SPACE = " "
    PARAGRAPH = "par"


class Token(NamedTuple):
    """A token; ``file`` is the number of the file that it stands in, -1 of one that stands in none."""

    kind: Kind
    text: str
    file: int = -1
    start: int = 0
    end: int = 0


_PLAIN = r"[^\\{}$&^_~#%\[\]*\s]+"
_TOKEN = re.compile(
    rf"(?P<text>{_PLAIN})|(?P<blank>[ \t\n]+)|(?P<command>\\(?:[A-Za-z]+|[^A-Za-z]|\Z))|(?P<sign>[{{}}&^_~\[\]*])"
    r"|(?P<math>\${1,2})|(?P<parameter>#+\d?)|(?P<comment>%[^\n]*(?:\n[ \t]*)?)"
)
_AT_COMMAND = re.compile(r"\\[A-Za-z@]+")
_BLANKS = re.compile(r"[ \t]*(?:\n[ \t]*(?!\n))?")
_ENVIRONMENT = re.compile(r"[ \t\n]{0,99}\{[ \t]{0,99}([A-Za-z@\d*:-]{1,60})[ \t]{0,99}\}")
_ADDRESS = re.compile(r"[ \t\n]{0,99}\{([^{}\n]{0,2000})\}")
_VERB = re.compile(r"\*?([^A-Za-z\s*])(.{0,2000}?)\1")
_INLINE = re.compile(
    r"(?:\[[^\[\]]{0,500}\])?(?:\{[a-z]{1,20}\}(?=\{))?(?:\{([^{}]{0,2000})\}|([^A-Za-z\s{])(.{0,2000}?)\2)"
)
_SIGNS = {sign.value: sign for sign in (Kind.OPEN, Kind.CLOSE, Kind.ALIGN, Kind.SUPER, Kind.SUB, Kind.TIE)}
_ADDRESSES = frozenset(("url", "href", "path", "nolinkurl"))
_AS_IT_STANDS = frozenset(("verb", "lstinline", "mintinline"))

VERBATIM = frozenset(
    "verbatim verbatim* Verbatim Verbatim* BVerbatim LVerbatim lstlisting minted comment alltt tcblisting filecontents "
    "filecontents* verbatimtab pycode luacode".split()
)
"""Environments that are left out as they stand: what they hold is no text, or no TeX that is read here."""


def text(characters: str) -> Token:
    """Characters that stand in no file."""
    return Token(Kind.TEXT, characters)


def command(name: str) -> Token:
    """A command that stands in no file."""
    return Token(Kind.COMMAND, name)


class Lexer:
    """The tokens of one file, read as they are asked for: ``verbatim`` may grow in between."""

    def __init__(self, content: str, file: int, verbatim: set[str], *, at_letter: bool = False) -> None:
        self.content, self.file = content, file
        self._verbatim, self._at_letter = verbatim, at_letter
        self._ended = False

    def end(self) -> None:
        """Let this be the end of the file."""
        self._ended = True

    def __iter__(self) -> Iterator[Token]:
        content, file = self.content, self.file
        position, after_comment = 0, False
        while not self._ended and (match := _TOKEN.match(content, position) or _other(content, position)):
            position, group = match.end(), match.lastgroup
            if group == "text":
                yield Token(Kind.TEXT, match.group(), file, match.start(), position)
            elif group == "blank":
                ends = match.group().count("\n")
                kind = Kind.PARAGRAPH if ends > 1 or (ends and after_comment) else Kind.SPACE
                yield Token(kind, " ", file, match.start(), position)
            elif group == "command":
                for token, after in self._command(match):
                    position = after
                    yield token
            elif group == "sign":
                sign = match.group()
                yield Token(_SIGNS.get(sign, Kind.TEXT), sign, file, match.start(), position)
            elif group == "math":
                yield Token(Kind.MATH, match.group(), file, match.start(), position)
            elif group == "parameter":
                yield Token(Kind.PARAMETER, match.group()[1:], file, match.start(), position)
            after_comment = group == "comment"

    def _command(self, match: re.Match[str]) -> Iterator[tuple[Token, int]]:
        """What a backslash begins, and where to go on."""
        content, start, position = self.content, match.start(), match.end()
        if self._at_letter and (at := _AT_COMMAND.match(content, start)):
            position = at.end()
        name = content[start + 1 : position]
        if name in ("makeatletter", "makeatother"):
            self._at_letter = name == "makeatletter"
        elif name in ("begin", "end") and (named := _ENVIRONMENT.match(content, position)):
            yield from self._environment(name, named, start)
            return
        elif name in _AS_IT_STANDS and (inline := (_VERB if name == "verb" else _INLINE).match(content, position)):
            yield (
                Token(Kind.TEXT, next(filter(None, inline.groups()[::-1]), ""), self.file, start, inline.end()),
                inline.end(),
            )
            return
        token = Token(Kind.COMMAND, name, self.file, start, position)
        if name in _ADDRESSES and (address := _ADDRESS.match(content, position)):
            yield token, position
            opened, ended = address.start(1), address.end(1)
            yield Token(Kind.OPEN, "{", self.file, opened - 1, opened), opened
            yield Token(Kind.TEXT, address.group(1).replace("\\", ""), self.file, opened, ended), ended
            return
        if name[:1].isalpha() or (self._at_letter and name[:1] == "@"):
            blanks = _BLANKS.match(content, position)
            position = blanks.end() if blanks else position
        yield token, position

    def _environment(self, name: str, named: re.Match[str], start: int) -> Iterator[tuple[Token, int]]:
        position = named.end()
        if name == "begin" and named.group(1) in self._verbatim:
            closing = "\\end{" + named.group(1) + "}"
            close = self.content.find(closing, position)
            position = len(self.content) if close < 0 else close + len(closing)
            yield Token(Kind.PARAGRAPH, " ", self.file, start, position), position
            return
        kind = Kind.BEGIN if name == "begin" else Kind.END
        yield Token(kind, named.group(1), self.file, start, position), position


def _other(content: str, position: int) -> re.Match[str] | None:
    """A blank of another kind than those of TeX, as text; None at the end."""
    return _OTHER.match(content, position)


_OTHER = re.compile(r"(?P<text>[\s\S])")


def source_of(tokens: list[Token]) -> str:
    """Tokens as TeX again, about as they were written."""
    return "".join(map(_written, tokens)).strip()


def _written(token: Token) -> str:
    match token.kind:
        case Kind.COMMAND:
            return f"\\{token.text} " if token.text[-1:].isalpha() else f"\\{token.text}"
        case Kind.BEGIN | Kind.END:
            return f"\\{token.kind.value}{{{token.text}}}"
        case Kind.PARAMETER:
            return f"#{token.text}"
        case _:
            return token.text
