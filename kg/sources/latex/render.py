r"""Tokens as the text that people read: fonts, accents, symbols, formulas within the line; block by block from outside.

What is set is a list of runs, each with what the cells of tables need to know of it. Who walks through a document
gives the commands and environments that mean more than text as handlers.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import NamedTuple

from kg.sources.latex.commands import (
    BOLD,
    BOLD_FROM_HERE,
    CITING,
    EMPTY,
    MARKS,
    NO_TEXT,
    REFERRING,
    SHOWN,
    SIGNATURES,
    SMALL,
    TABULARS,
    TEXT_OF,
)  # fmt: skip
from kg.sources.latex.quantities import QUANTITIES, quantity
from kg.sources.latex.tokens import Kind
from kg.sources.latex.tree import Span, Tree
from kg.text.latex import ACCENTS
from kg.text.markup import SUPERSCRIPTS

__all__ = ["PLAIN", "REFERENCE", "Handler", "Renderer", "Run", "Style", "joined"]

DEEPEST = 60
"""Groups within groups; what lies deeper is left out, which is told."""

REFERENCE = "\0"
"""Stands around a reference until the numbers of all labels are known: ``\\0command label\\0``."""

_ENVIRONMENTS = {
    "minipage": "ooom", "adjustbox": "m", "wraptable": "omom", "wrapfigure": "omom", "multicols": "mo",
    "tcolorbox": "o", "subtable": "om", "subfigure": "om", "subcaptionblock": "om", "adjustwidth": "mm",
    "threeparttable": "o", "tablenotes": "o", "list": "mm", "tabbing": "", "spacing": "m", "scope": "o",
    "floatrow": "o", "changemargin": "mm", "textblock": "mp", "textblock*": "mp", "mdframed": "o",
    "resizebox": "smm", "turn": "m",
    "rotate": "m", "SCtable": "oo", "SCfigure": "oo", "thebibliography": "m", "otherlanguage": "m", "widetext": "",
    "itemize": "o", "enumerate": "o", "description": "o", "IEEEkeywords": "", "algorithm": "o", "figwindow": "o",
    "tabwindow": "o", "cases": "", "scaletikzpicturetowidth": "m",
}  # fmt: skip
_DING = {"51": "✓", "52": "✓", "53": "✗", "54": "✗", "55": "✗", "56": "✗", "108": "●", "109": "○", "72": "★"}
_FRACTIONS = frozenset("frac tfrac dfrac nicefrac sfrac cfrac".split())
_TO_TEXT = frozenset(
    "text textrm textnormal textsf texttt textit textsc emph mbox hbox textmd textup textsl intertext".split()
)
_LIGATURES = (("---", "—"), ("--", "–"), ("``", "“"), ("''", "”"), ("`", "‘"))
_NO_SPACE_BEFORE = frozenset(("footnote", "footnotemark", "textsuperscript", "xspace", "space", "quad", "par"))
_EXPONENT = re.compile(r"[0-9n+-]+\Z")
_TIMES_TEN = re.compile(r"(?:[×·]\s?|^)10\Z")
_LETTER = re.compile(r"(?:^|[^\w])[^\W\d_]\Z")
_EMPTY_BRACKETS = re.compile(r" ?\((?:e\.g\.|i\.e\.|see|cf\.|see also)?[\s,;]*\)| ?\[[\s,;]*\]")


class Style(NamedTuple):
    """How text is set: ``aside`` numbers the piece that is raised, lowered or small, 0 of none."""

    bold: bool = False
    aside: int = 0
    math: bool = False


PLAIN = Style()


class Run(NamedTuple):
    """Characters that are set alike."""

    text: str
    bold: bool = False
    aside: int = 0


Handler = Callable[[int, int, Style], int]
"""What is done about a command: from where it takes arguments, where that ends, how text is set; where to go on."""

Block = Callable[[str, Span, Style], None]
"""What is done about an environment: its name, what it holds, how text is set."""


def joined(runs: list[Run]) -> str:
    """Runs as plain text, paragraphs parted by blank lines."""
    text = "".join(run.text for run in runs)
    paragraphs = (" ".join(part.split()) for part in text.split("\n\n"))
    return _EMPTY_BRACKETS.sub("", "\n\n".join(filter(None, paragraphs)))


class Renderer:
    """Sets spans of a tree; ``in_cell`` while a cell is set, whose asides stand apart."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.out: list[Run] = []
        self.in_cell = False
        self.cited = False
        self.remarks: dict[str, None] = {}
        self.blocks: dict[str, Block] = {}
        self.commands: dict[str, Handler] = {
            **dict.fromkeys(
                ("textsuperscript", "tnote", "footnotemark", "fnmark", "tablefootnotemark", "up"), self._raised
            ),
            "textsubscript": self._lowered,
            **dict.fromkeys(_FRACTIONS, self._fraction),
            **dict.fromkeys(QUANTITIES, self._quantity),
            "sqrt": self._root,
            "ding": self._ding,
            "hspace": self._space,
            "operatorname": self._operator,
            "ensuremath": self._formula,
            "\\": self._line_end,
            "tabularnewline": self._line_end,
            "par": self._paragraph,
            "[": self._display,
            "symbol": self._skip_one,
            "xspace": self._space_between,
        }
        self._absent: dict[str, tuple[int, int]] = {}
        self._depth = 0
        self._asides = 0

    def collect(self, start: int, end: int, style: Style = PLAIN) -> list[Run]:
        """What a span is set as."""
        outside, self.out = self.out, []
        self.render(start, end, style)
        found, self.out = self.out, outside
        return found

    def plain(self, span: Span | None) -> str:
        """A span as plain text."""
        return joined(self.collect(span.start, span.end)) if span else ""

    def render(self, at: int, end: int, style: Style = PLAIN) -> None:
        """Set a span behind what was set before."""
        if self._depth >= DEEPEST:
            self.remarks[f"is nested deeper than {DEEPEST} groups; what lies deeper is not read"] = None
            return
        self._depth += 1
        while at < end:
            at, style = self._token(at, end, style)
        self._depth -= 1

    def emit(self, text: str, style: Style = PLAIN) -> None:
        """Set some characters."""
        if text:
            self.out.append(Run(text, style.bold, style.aside))

    def _token(self, at: int, end: int, style: Style) -> tuple[int, Style]:
        token = self.tree.tokens[at]
        match token.kind:
            case Kind.TEXT:
                self.emit(token.text if style.math else _typeset(token.text), style)
            case Kind.COMMAND:
                return self._command(token.text, at + 1, end, style)
            case Kind.SPACE | Kind.TIE | Kind.ALIGN:
                self.emit(" ", style)
            case Kind.PARAGRAPH:
                self.emit("\n\n", style)
                return at + 1, style._replace(math=False)
            case Kind.MATH if token.text == "$$":
                return self._past(at + 1, end, Kind.MATH, "$$"), style
            case Kind.MATH:
                return at + 1, style._replace(math=not style.math)
            case Kind.SUPER | Kind.SUB:
                return self._script(at + 1, end, style, up=token.kind is Kind.SUPER), style
            case Kind.OPEN if span := self.tree.environment(at, end):
                self.render(span.start, span.end, style)
                return span.after, style
            case Kind.BEGIN:
                return self._environment(token.text, at, end, style), style
            case _:
                pass
        return at + 1, style

    # Commands

    def _command(self, name: str, at: int, end: int, style: Style) -> tuple[int, Style]:
        if handler := self.commands.get(name):
            return handler(at, end, style), style
        if (text := TEXT_OF.get(name)) is not None:
            self._symbol(text, at, style)
            return self._past_empty_group(at, end), style
        if name in SHOWN or name in BOLD_FROM_HERE or name in SMALL or name in ("(", ")"):
            return at, self._declared(name, style)
        if name in EMPTY:
            return at, style
        if name in BOLD or name in _TO_TEXT:
            inner = style._replace(bold=True) if name in BOLD else style
            return self._argument(at, end, inner._replace(math=False) if name in _TO_TEXT else inner), style
        if name in CITING:
            return self._cite(at, end), style
        if name in REFERRING:
            return self._reference(name, at, end, style), style
        if name in ACCENTS:
            return self._accent(name, at, end, style), style
        if signature := SIGNATURES.get(name):
            return self._by_signature(signature, at, end, style), style
        option = self.tree.option(at, end)
        if option and option.after < end and self.tree.tokens[option.after].kind is Kind.OPEN:
            return option.after, style
        return at, style

    def _declared(self, name: str, style: Style) -> Style:
        """How text is set from here on."""
        if name in BOLD_FROM_HERE:
            return style._replace(bold=True)
        if name in SMALL:
            return self.aside(style)
        if name in ("normalfont", "mdseries"):
            return style._replace(bold=False)
        if name in ("normalsize", "small", "large"):
            return style._replace(aside=0)
        return style._replace(math=name == "(") if name in ("(", ")") else style

    def aside(self, style: Style) -> Style:
        """The style of a piece that stands beside the text of a cell."""
        if not self.in_cell or style.aside:
            return style
        self._asides += 1
        return style._replace(aside=self._asides)

    def _argument(self, at: int, end: int, style: Style) -> int:
        span = self.tree.argument(at, end)
        if span is None:
            return at
        self.render(span.start, span.end, style)
        return span.after

    def _by_signature(self, signature: str, at: int, end: int, style: Style) -> int:
        read, after = self.tree.take(signature, at, end)
        for number, span in enumerate(read):
            if number:
                self.emit(" ", style)
            self.render(span.start, span.end, style)
        return after

    def _symbol(self, text: str, at: int, style: Style) -> None:
        if text in MARKS:
            style = self.aside(style)
        before = self.tree.tokens[at - 2].kind if at > 1 else None
        after = self.tree.tokens[at].kind if at < len(self.tree.tokens) else None
        self.emit(text, style)
        if style.math and before is Kind.SPACE and text != " ":
            self.emit(" ", style)  # the lexer takes the blank behind a command
        elif style.math and text.isascii() and text.isalpha() and after is Kind.TEXT:
            self.emit(" ", style)

    def _past_empty_group(self, at: int, end: int) -> int:
        return at + 2 if at + 1 < end and self.tree.close.get(at) == at + 1 else at

    def _cite(self, at: int, end: int) -> int:
        self.cited = True
        while self.out and self.out[-1].text == " ":
            self.out.pop()
        return self.tree.take("soom", at, end)[1]

    def _reference(self, name: str, at: int, end: int, style: Style) -> int:
        at = self.tree.star(at, end)
        if span := self.tree.argument(at, end):
            self.emit(f"{REFERENCE}{name.rstrip('*')} {self.tree.raw(span).replace(REFERENCE, '')}{REFERENCE}", style)
            other = self.tree.group(span.after, end) if "range" in name else None
            return other.after if other else span.after
        return at

    def _accent(self, name: str, at: int, end: int, style: Style) -> int:
        span = self.tree.argument(at, end)
        if span is None:
            return at
        token = self.tree.tokens[span.start] if span.end > span.start else None
        if token is not None and token.kind is Kind.TEXT and span.after == span.end:  # without braces: one letter
            base, rest = token.text[:1], token.text[1:]
        else:
            base, rest = "".join(run.text for run in self.collect(span.start, span.end, style)), ""
        base = {"ı": "i", "ȷ": "j"}.get(base, base)
        self.emit(unicodedata.normalize("NFC", base[:1] + ACCENTS[name]) + base[1:] + rest if base else rest, style)
        return span.after

    # What stands high or low

    def _raised(self, at: int, end: int, style: Style) -> int:
        option = self.tree.option(at, end)
        span = option or self.tree.argument(at, end)
        if span is None:
            return at
        self._set_script(span, style, up=True)
        return span.after

    def _lowered(self, at: int, end: int, style: Style) -> int:
        span = self.tree.argument(at, end)
        if span is None:
            return at
        self._set_script(span, style, up=False)
        return span.after

    def _script(self, at: int, end: int, style: Style, *, up: bool) -> int:
        span = self.tree.argument(at, end)
        if span is None:
            return at
        token = self.tree.tokens[span.start] if span.end > span.start else None
        if token is not None and span.after == span.end and token.kind is Kind.TEXT and len(token.text) > 1:
            self._place(token.text[0], [Run(token.text[0])], style, up=up)
            self.emit(token.text[1:], style)
            return span.after
        if token is not None and span.after == span.end and token.kind is Kind.COMMAND and token.text not in TEXT_OF:
            group = self.tree.group(span.after, end)
            span = Span(span.start, group.after, group.after) if group else span
        self._set_script(span, style, up=up)
        return span.after

    def _set_script(self, span: Span, style: Style, *, up: bool) -> None:
        runs = self.collect(span.start, span.end, style)
        self._place("".join(run.text for run in runs).strip(), runs, style, up=up)

    def _place(self, text: str, runs: list[Run], style: Style, *, up: bool) -> None:
        """Set what stands high or low: exponents in the line, of cells all else aside."""
        before = self.out[-1].text if self.out else ""
        if up and text == "∘":
            self.emit("°", style)
        elif up and _EXPONENT.match(text) and (not self.in_cell or _TIMES_TEN.search(before) or _LETTER.search(before)):
            self.emit(text.translate(SUPERSCRIPTS), style)
        elif not self.in_cell:
            self.out += runs
        else:
            aside = self.aside(style).aside
            self.out += [run._replace(aside=aside) for run in runs]

    # Commands that set something else

    def _fraction(self, at: int, end: int, style: Style) -> int:
        at = self._argument(at, end, style)
        self.emit("/", style)
        return self._argument(at, end, style)

    def _root(self, at: int, end: int, style: Style) -> int:
        option = self.tree.option(at, end)
        self.emit("√", style)
        return self._argument(option.after if option else at, end, style)

    def _quantity(self, at: int, end: int, style: Style) -> int:
        name = self.tree.tokens[at - 1].text
        option = self.tree.option(at, end)
        spans, after = [], option.after if option else at
        for _ in range(QUANTITIES[name]):
            if span := self.tree.argument(after, end):
                spans.append(span)
                after = span.after
        self.emit(quantity(name, [self.tree.raw(span) for span in spans]), style)
        return after

    def _ding(self, at: int, end: int, style: Style) -> int:
        span = self.tree.argument(at, end)
        self.emit(_DING.get(self.tree.raw(span), "") if span else "", style)
        return span.after if span else at

    def _operator(self, at: int, end: int, style: Style) -> int:
        after = self._argument(self.tree.star(at, end), end, style)
        if style.math and after < end and self.tree.tokens[after].kind is Kind.TEXT:
            self.emit(" ", style)
        return after

    def _formula(self, at: int, end: int, style: Style) -> int:
        return self._argument(at, end, style._replace(math=True))

    def _space(self, at: int, end: int, style: Style) -> int:
        _, after = self.tree.take("sm", at, end)
        if not any(token.text.startswith("-") for token in self.tree.tokens[at : min(after, at + 4)]):
            self.emit(" ", style)
        return after

    def _space_between(self, at: int, end: int, style: Style) -> int:
        """A blank between what a macro sets and the word behind it, which TeX takes with the macro's name."""
        token = self.tree.tokens[at] if at < end else None
        if token is not None and token.kind is Kind.TEXT and (token.text[0].isalnum() or token.text[0] in "([<=&"):
            self.emit(" ", style)
        elif token is not None and (
            token.kind is Kind.MATH or (token.kind is Kind.COMMAND and token.text[0].isalpha())
        ):
            self.emit("" if token.text in _NO_SPACE_BEFORE else " ", style)
        return at

    def _line_end(self, at: int, end: int, style: Style) -> int:
        self.emit(" ", style)
        return self.tree.take("so", at, end)[1]

    def _paragraph(self, at: int, end: int, style: Style) -> int:
        self.emit("\n\n", style)
        return at

    def _display(self, at: int, end: int, style: Style) -> int:
        """Behind a displayed formula, which is not read."""
        self.emit(" ", style)
        return self._past(at, end, Kind.COMMAND, "]")

    def _skip_one(self, at: int, end: int, style: Style) -> int:
        span = self.tree.argument(at, end)
        return span.after if span else at

    def _past(self, at: int, end: int, kind: Kind, text: str) -> int:
        tokens = self.tree.tokens
        start, stop = self._absent.get(text, (0, 0))
        if start <= at and end <= stop:  # looked for in vain, once for all
            return at
        for place in range(at, end):
            if tokens[place].kind is kind and tokens[place].text == text:
                return place + 1
        self._absent[text] = at, end
        return at

    # Environments

    def _environment(self, name: str, at: int, end: int, style: Style) -> int:
        span = self.tree.environment(at, end)
        if span is None:
            return at + 1
        if block := self.blocks.get(name):
            block(name, span, style)
        elif name in NO_TEXT:
            self.emit(" ", style)
        else:
            _, inside = self.tree.take(TABULARS.get(name) or _ENVIRONMENTS.get(name, "o"), span.start, span.end)
            self.render(inside, span.end, self._declared(name, style))
        return span.after

    def inside(self, name: str, span: Span) -> Span:
        """What an environment holds, behind its arguments."""
        _, start = self.tree.take(TABULARS.get(name) or _ENVIRONMENTS.get(name, "o"), span.start, span.end)
        return Span(start, span.end, span.after)


def _typeset(text: str) -> str:
    if "-" in text or "`" in text or "'" in text:
        for typed, printed in _LIGATURES:
            text = text.replace(typed, printed)
    return text
