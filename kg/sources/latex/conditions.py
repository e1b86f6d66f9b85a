r"""Conditionals of TeX and of the usual packages, as far as a reader can decide them; of others the ``else`` holds."""

from __future__ import annotations

from kg.sources.latex.arguments import TokenStream
from kg.sources.latex.tokens import Kind, Token, source_of

__all__ = ["CHOOSING", "Switches", "skip_to_branch"]

_PRIMITIVE = frozenset(
    "if ifcat ifx ifnum ifdim ifodd ifvmode ifhmode ifmmode ifinner ifvoid ifhbox ifvbox ifeof iftrue iffalse ifcase "
    "ifdefined ifcsname iffontchar ifpdf ifxetex ifluatex ifPDFTeX ifXeTeX ifLuaTeX".split()
)
CHOOSING = frozenset(
    "ifthenelse ifstrempty ifblank ifstrequal iftoggle ifbool ifdef ifundef ifcsdef ifcsundef ifempty "
    "IfNoValueTF IfNoValueT IfNoValueF IfValueTF IfValueT IfValueF IfBooleanTF IfBooleanT IfBooleanF".split()
)
"""Commands that take a condition and what holds if it does, and if not."""

_TWO_TERMS = frozenset(("ifstrequal",))


class Switches:
    r"""What ``\newif`` and ``\newtoggle`` declared, and how each is set."""

    def __init__(self) -> None:
        self._set: dict[str, bool] = {}

    def declare(self, name: str) -> None:
        """Let there be a switch, off."""
        self._set.setdefault(name, False)

    def put(self, name: str, value: bool) -> None:
        """Set a switch."""
        self._set[name] = value

    def setting(self, command: str) -> tuple[str, bool] | None:
        r"""Which switch a command like ``\drafttrue`` sets, and how."""
        for ending, value in (("true", True), ("false", False)):
            name = command.removesuffix(ending)
            if name != command and name in self._set:
                return name, value
        return None

    def holds(self, name: str) -> bool:
        """Whether a switch is on."""
        return self._set.get(name, False)

    def is_condition(self, command: str) -> bool:
        r"""Whether a command begins what ends with ``\fi``."""
        return command.startswith("if") and (command in _PRIMITIVE or command[2:] in self._set)

    def decide(self, command: str, stream: TokenStream) -> bool:
        """Whether a conditional holds; of the condition as much is taken as is understood."""
        match command:
            case "iftrue":
                return True
            case "ifx" | "if":
                first, second = stream.next(), stream.next()
                return first is not None and second is not None and first[:2] == second[:2]
            case _:
                return self.holds(command[2:])

    def choose(self, command: str, stream: TokenStream, defined: frozenset[str] | set[str]) -> list[Token]:
        """What holds of the branches of a command that takes them as arguments."""
        condition = stream.argument()
        holds = self._chosen(command, condition, stream, defined)
        first = stream.argument()
        if command.endswith(("T", "F")) and not command.endswith("TF"):
            return first if holds == command.endswith("T") else []
        second = stream.argument()
        return first if holds else second

    def _chosen(
        self, command: str, condition: list[Token], stream: TokenStream, defined: frozenset[str] | set[str]
    ) -> bool:
        said = source_of(condition)
        no_value = len(condition) == 1 and condition[0].text == "NoValue" and condition[0].kind is Kind.COMMAND
        if command.startswith("IfNoValue"):
            return no_value
        if command.startswith("IfValue"):
            return not no_value
        if command.startswith("IfBoolean"):
            return said == "*"
        match command:
            case "ifstrempty" | "ifblank" | "ifempty":
                return not said
            case "ifstrequal":
                return said == source_of(stream.argument())
            case "ifdef" | "ifcsdef" | "ifundef" | "ifcsundef":
                return (said.lstrip("\\").strip() in defined) == (command in ("ifdef", "ifcsdef"))
            case "ifthenelse":
                return self._compared(condition)
            case _:
                return self.holds(said)

    def _compared(self, condition: list[Token]) -> bool:
        r"""``\equal{a}{b}``, ``\boolean{name}``, also ``\not``."""
        stream, negated = TokenStream(), False
        stream.push(condition)
        while (token := stream.next()) is not None:
            if token.kind is not Kind.COMMAND:
                continue
            if token.text in ("not", "NOT"):
                negated = not negated
            elif token.text == "equal":
                return (source_of(stream.argument()) == source_of(stream.argument())) != negated
            elif token.text == "boolean":
                return self.holds(source_of(stream.argument())) != negated
        return negated


def skip_to_branch(stream: TokenStream, switches: Switches, *, otherwise: bool) -> None:
    r"""Pass over what does not hold, to behind its ``\fi``, or with ``otherwise`` to behind an ``\else``."""
    depth = 0
    while (token := stream.next()) is not None:
        if token.kind is not Kind.COMMAND:
            continue
        if switches.is_condition(token.text):
            depth += 1
        elif token.text == "fi":
            if not depth:
                return
            depth -= 1
        elif token.text == "else" and otherwise and not depth:
            return
