"""Tokens with where each group, option and environment ends, found in one pass; what stays open ends nowhere."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from kg.sources.latex.tokens import Kind, Token

__all__ = ["Span", "Tree"]

_BLANK = (Kind.SPACE, Kind.PARAGRAPH)


class Span(NamedTuple):
    """Tokens from ``start`` to before ``end``; ``after`` is where to go on behind what encloses them."""

    start: int
    end: int
    after: int


class Tree:
    """Tokens, and the places at which what they open ends."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.close = _closes(tokens)

    def past_blanks(self, at: int, end: int) -> int:
        """The next place that is not blank; a new paragraph is."""
        tokens = self.tokens
        while at < end and tokens[at].kind in _BLANK:
            at += 1
        return at

    def past_spaces(self, at: int, end: int) -> int:
        """The next place that is no blank within a paragraph."""
        tokens = self.tokens
        while at < end and tokens[at].kind is Kind.SPACE:
            at += 1
        return at

    def argument(self, at: int, end: int) -> Span | None:
        """The argument that begins at a place: a group, or one token."""
        at = self.past_blanks(at, end)
        if at >= end:
            return None
        token = self.tokens[at]
        if token.kind is Kind.OPEN:
            close = self.close.get(at)
            return Span(at + 1, at + 1, at + 1) if close is None or close >= end else Span(at + 1, close, close + 1)
        if token.kind in (Kind.CLOSE, Kind.END, Kind.ALIGN):
            return None
        return Span(at, at + 1, at + 1)

    def group(self, at: int, end: int) -> Span | None:
        """The argument that begins at a place, if it stands in braces."""
        at = self.past_blanks(at, end)
        return self.argument(at, end) if at < end and self.tokens[at].kind is Kind.OPEN else None

    def option(self, at: int, end: int) -> Span | None:
        """What stands in brackets at a place."""
        at = self.past_spaces(at, end)
        if at >= end or self.tokens[at].text != "[" or self.tokens[at].kind is not Kind.TEXT:
            return None
        close = self.close.get(at)
        return None if close is None or close >= end else Span(at + 1, close, close + 1)

    def star(self, at: int, end: int) -> int:
        """The place behind a star, if one stands there."""
        return at + 1 if at < end and self.tokens[at].text == "*" else at

    def environment(self, at: int, end: int) -> Span | None:
        """What stands in the environment that begins at a place."""
        close = self.close.get(at)
        return None if close is None or close >= end else Span(at + 1, close, close + 1)

    def take(self, signature: str, at: int, end: int) -> tuple[list[Span], int]:
        """What a command with a signature takes behind ``at``: the arguments that are read, and where to go on."""
        read: list[Span] = []
        for what in signature:
            if what == "s":
                at = self.star(at, end)
            elif what == "d":
                at = self._past_length(at, end)
            elif what == "p":
                at = self._past_parenthesis(at, end)
            elif span := (self.option if what == "o" else self.argument)(at, end):
                at = span.after
                if what == "M":
                    read.append(span)
        return read, at

    def raw(self, span: Span, longest: int = 400) -> str:
        """The characters of a span, as names and labels have them."""
        kinds = (Kind.OPEN, Kind.CLOSE)
        tokens = self.tokens[span.start : min(span.end, span.start + longest)]
        return "".join(
            f"\\{token.text}" if token.kind is Kind.COMMAND else token.text
            for token in tokens
            if token.kind not in kinds
        ).strip()

    def _past_length(self, at: int, end: int) -> int:
        """Behind a length like ``= -0.1in plus 2pt`` or ``1\\baselineskip``."""
        first = at = self.past_spaces(at, end)
        while at < end and at < first + 12:
            token = self.tokens[at]
            word = token.text.lstrip("=")
            if token.kind is Kind.TEXT and (not word or word[0] in "-+.0123456789" or word in ("plus", "minus", "by")):
                at += 1
            elif token.kind is Kind.COMMAND and at > first and self.tokens[at - 1].kind is Kind.TEXT:
                return at + 1
            elif token.kind is Kind.SPACE and at > first and at + 1 < end and _goes_on(self.tokens[at + 1]):
                at += 1
            else:
                break
        return at

    def _past_parenthesis(self, at: int, end: int) -> int:
        at = self.past_spaces(at, end)
        if at < end and self.tokens[at].text.startswith("("):
            for place in range(at, min(end, at + 8)):
                if self.tokens[place].text.endswith(")"):
                    return place + 1
        return at


def _goes_on(token: Token) -> bool:
    return token.kind is Kind.TEXT and token.text in ("plus", "minus", "by")


def _closes(tokens: list[Token]) -> dict[int, int]:
    closes: dict[int, int] = {}
    waiting: list[int] = []
    environments: Counter[str] = Counter()

    def pop_brackets() -> None:
        while waiting and tokens[waiting[-1]].kind is Kind.TEXT:
            waiting.pop()

    for at, token in enumerate(tokens):
        kind = token.kind
        if kind is Kind.OPEN or (kind is Kind.TEXT and token.text == "["):
            waiting.append(at)
        elif kind is Kind.BEGIN:
            waiting.append(at)
            environments[token.text] += 1
        elif kind is Kind.PARAGRAPH:
            pop_brackets()
        elif kind is Kind.TEXT and token.text == "]":
            if waiting and tokens[waiting[-1]].kind is Kind.TEXT:
                closes[waiting.pop()] = at
        elif kind is Kind.CLOSE:
            pop_brackets()
            if waiting and tokens[waiting[-1]].kind is Kind.OPEN:
                closes[waiting.pop()] = at
        elif kind is Kind.END and environments[token.text]:
            while waiting:
                opened = waiting.pop()
                if tokens[opened].kind is Kind.BEGIN:
                    environments[tokens[opened].text] -= 1
                    if tokens[opened].text == token.text:
                        closes[opened] = at
                        break
    return closes
