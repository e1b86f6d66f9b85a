"""Reading from a stream of tokens into which others can be put back: arguments, options, stars."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.sources.latex.tokens import Kind, Token

__all__ = ["MOST_PUT_BACK", "TokenStream", "TooMuchError"]

MOST_PUT_BACK = 1_000_000
"""Tokens that macros may put into the text of a paper; those of long papers put in some ten thousand."""

_BLANK = frozenset((Kind.SPACE, Kind.PARAGRAPH))


class TooMuchError(Exception):
    """A paper that does not end, or not within any measure."""


class TokenStream:
    """Tokens of several origins, the last that was pushed first."""

    def __init__(self) -> None:
        self._origins: list[Iterator[Token]] = []
        self._put_back = 0

    def push(self, tokens: list[Token]) -> None:
        """Let these tokens come next."""
        self._put_back += len(tokens) + 1
        if self._put_back > MOST_PUT_BACK:
            raise TooMuchError("its macros make more text than any paper has; what comes behind that is not read")
        self._origins.append(iter(tokens))

    def push_origin(self, tokens: Iterable[Token]) -> None:
        """Let all tokens of a file come next."""
        self._origins.append(iter(tokens))

    def next(self) -> Token | None:
        """The next token; None at the end."""
        while self._origins:
            token = next(self._origins[-1], None)
            if token is not None:
                return token
            self._origins.pop()
        return None

    def peek(self, *, blanks: bool = False) -> Token | None:
        """The next token, which stays; of ``blanks`` only those are taken that stand before it."""
        token = self.next()
        while blanks and token is not None and token.kind is Kind.SPACE:
            token = self.next()
        if token is not None:
            self.push([token])
        return token

    def argument(self) -> list[Token]:
        """What a command takes as its argument: a group without its braces, or one token."""
        token = self.next()
        while token is not None and token.kind in _BLANK:
            token = self.next()
        if token is None:
            return []
        if token.kind is Kind.OPEN:
            return self._group()
        if token.kind is Kind.CLOSE:
            self.push([token])
            return []
        if token.kind is Kind.TEXT and len(token.text) > 1:
            self.push([token._replace(text=token.text[1:])])
            return [token._replace(text=token.text[0])]
        return [token]

    def _group(self) -> list[Token]:
        found: list[Token] = []
        depth = 1
        while (token := self.next()) is not None:
            if token.kind is Kind.OPEN:
                depth += 1
            elif token.kind is Kind.CLOSE:
                depth -= 1
                if not depth:
                    break
            found.append(token)
        return found

    def option(self) -> list[Token] | None:
        """What stands in brackets, if anything does."""
        token = self.peek(blanks=True)
        if token is None or token.kind is not Kind.TEXT or token.text != "[":
            return None
        self.next()
        found: list[Token] = []
        depth = brackets = 0
        while (token := self.next()) is not None:
            if token.kind is Kind.TEXT and not depth:
                brackets += (token.text == "[") - (token.text == "]")
                if brackets < 0:
                    break
            depth += (token.kind is Kind.OPEN) - (token.kind is Kind.CLOSE)
            if depth < 0 or token.kind is Kind.PARAGRAPH:  # it was no option
                self.push([*found, token])
                return []
            found.append(token)
        return found

    def star(self) -> bool:
        """Whether a star comes next, which is taken."""
        token = self.peek()
        if token is None or token.kind is not Kind.TEXT or token.text != "*":
            return False
        self.next()
        return True

    def until(self, delimiter: tuple[Token, ...]) -> list[Token]:
        """What stands before a delimiter, which is taken."""
        found: list[Token] = []
        depth = 0
        delimiter = tuple(letter for token in delimiter for letter in _letters(token))
        while (token := self.next()) is not None:
            if token.kind is Kind.TEXT and len(token.text) > 1:
                self.push(_letters(token))
                continue
            found.append(token)
            if not depth and _ends_with(found, delimiter):
                del found[-len(delimiter) :]
                break
            depth += (token.kind is Kind.OPEN) - (token.kind is Kind.CLOSE)
            if token.kind is Kind.PARAGRAPH and depth <= 0:
                break
        return _without_braces(found)


def _letters(token: Token) -> list[Token]:
    """A run of characters as characters."""
    return [token._replace(text=letter) for letter in token.text] if token.kind is Kind.TEXT else [token]


def _ends_with(tokens: list[Token], delimiter: tuple[Token, ...]) -> bool:
    last = tokens[-len(delimiter) :]
    return len(last) == len(delimiter) and all(
        one.kind is other.kind and one.text == other.text for one, other in zip(last, delimiter, strict=True)
    )


def _without_braces(tokens: list[Token]) -> list[Token]:
    if len(tokens) < 2 or tokens[0].kind is not Kind.OPEN or tokens[-1].kind is not Kind.CLOSE:
        return tokens
    depth = 0
    for token in tokens[:-1]:
        depth += (token.kind is Kind.OPEN) - (token.kind is Kind.CLOSE)
        if not depth:
            return tokens
    return tokens[1:-1]
