r"""Macros as papers define them: what they take, and what they stand for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kg.sources.latex.arguments import TokenStream
from kg.sources.latex.tokens import Kind, Token, command, source_of, text

__all__ = ["DEFINING", "Environment", "Macro", "alias", "call"]

MOST_PARAMETERS = 9


@dataclass(frozen=True, slots=True)
class Parameter:
    """One that a macro takes; ``kind`` is that of xparse: ``m`` mandatory, ``o`` and ``O`` optional, ``s`` a star,
    ``u`` what stands before ``delimiter``."""

    kind: str
    default: tuple[Token, ...] = ()
    delimiter: tuple[Token, ...] = ()


@dataclass(frozen=True, slots=True)
class Macro:
    """A command that stands for ``body``, behind whose name ``before`` has to stand."""

    body: tuple[Token, ...]
    parameters: tuple[Parameter, ...] = ()
    before: tuple[Token, ...] = ()
    primitive: bool = False  # another name of a command that is no macro


@dataclass(frozen=True, slots=True)
class Environment:
    """An environment: what stands for its beginning and for its end."""

    begin: Macro
    end: tuple[Token, ...]


NO_VALUE = command("NoValue")


def alias(name: str) -> Macro:
    """Another name of a command that is no macro."""
    return Macro((command(name),), primitive=True)


def call(macro: Macro, stream: TokenStream, place: Token) -> list[Token]:
    """What a macro stands for, its arguments taken from the stream; what is new stands where the macro was called."""
    if macro.before:
        stream.until(macro.before)
    arguments = [_argument(parameter, stream) for parameter in macro.parameters]
    found: list[Token] = []
    for token in macro.body:
        if token.kind is not Kind.PARAMETER:
            found.append(token._replace(file=place.file, start=place.start, end=place.end))
        elif token.text.startswith("#"):
            found.append(token._replace(text=token.text[1:]))
        elif token.text.isdigit() and 0 < int(token.text) <= len(arguments):
            found += arguments[int(token.text) - 1]
    return found


def _argument(parameter: Parameter, stream: TokenStream) -> list[Token]:
    match parameter.kind:
        case "o" | "O":
            option = stream.option()
            return list(parameter.default) if option is None else option
        case "s":
            return [text("*")] if stream.star() else [NO_VALUE]
        case "u":
            return stream.until(parameter.delimiter)
        case _:
            return stream.argument()


# Definitions, each read from the stream behind its command

Named = tuple[str, Macro | Environment]


def _new_command(stream: TokenStream) -> Named | None:
    r"""``\newcommand*{\name}[2][default]{body}``."""
    stream.star()
    name = _name(stream)
    parameters = _parameters(stream)
    return name, Macro(_body(stream), parameters)


def _define(stream: TokenStream) -> Named | None:
    r"""``\def\name#1#2{body}``, also with what parts the arguments."""
    name = _name(stream)
    before, parameters = _pattern(stream)
    return name, Macro(_body(stream), parameters, before)


def _operator(stream: TokenStream) -> Named | None:
    r"""``\DeclareMathOperator*{\name}{text}``."""
    stream.star()
    name = _name(stream)
    body = stream.argument()
    return name, Macro((command("operatorname"), _OPEN, *body, _CLOSE))


def _paired(stream: TokenStream) -> Named | None:
    r"""``\DeclarePairedDelimiter{\name}{left}{right}``."""
    name = _name(stream)
    left, right = stream.argument(), stream.argument()
    return name, Macro((*left, Token(Kind.PARAMETER, "2"), *right), (Parameter("s"), Parameter("m")))


def _document_command(stream: TokenStream) -> Named | None:
    r"""``\NewDocumentCommand{\name}{s O{default} m}{body}``."""
    name = _name(stream)
    parameters = tuple(_specified(stream.argument()))
    return name, Macro(_body(stream), parameters)


def _environment(stream: TokenStream) -> Named | None:
    r"""``\newenvironment{name}[2][default]{begin}{end}``."""
    stream.star()
    name = source_of(stream.argument())
    begin = Macro(parameters=_parameters(stream), body=_body(stream))
    return name, Environment(begin, _body(stream))


_OPEN, _CLOSE = Token(Kind.OPEN, "{"), Token(Kind.CLOSE, "}")
_DOCUMENT = ("New", "Renew", "Provide", "Declare")
DEFINING: dict[str, Callable[[TokenStream], Named | None]] = {
    **dict.fromkeys(
        "newcommand renewcommand providecommand DeclareRobustCommand newrobustcmd renewrobustcmd".split(), _new_command
    ),
    **dict.fromkeys("def gdef edef xdef".split(), _define),
    "DeclareMathOperator": _operator,
    "DeclarePairedDelimiter": _paired,
    **{f"{verb}DocumentCommand": _document_command for verb in _DOCUMENT},
    **{f"{verb}ExpandableDocumentCommand": _document_command for verb in _DOCUMENT},
    **dict.fromkeys(("newenvironment", "renewenvironment"), _environment),
}
"""How each command that defines one reads its definition."""


def _name(stream: TokenStream) -> str:
    named = [token for token in stream.argument() if token.kind is not Kind.SPACE]
    if len(named) == 1 and named[0].kind is Kind.COMMAND and named[0].text == "csname":
        return source_of(stream.until((command("endcsname"),)))
    return named[0].text if len(named) == 1 and named[0].kind is Kind.COMMAND else source_of(named).lstrip("\\")


def _body(stream: TokenStream) -> tuple[Token, ...]:
    return tuple(stream.argument())


def _parameters(stream: TokenStream) -> tuple[Parameter, ...]:
    number = stream.option()
    default = stream.option() if number is not None else None
    said = source_of(number or [])
    count = min(int(said), MOST_PARAMETERS) if said.isascii() and said.isdigit() and len(said) < 3 else 0
    first = () if default is None or not count else (Parameter("O", tuple(default)),)
    return (*first, *(Parameter("m") for _ in range(count - len(first))))


def _pattern(stream: TokenStream) -> tuple[tuple[Token, ...], tuple[Parameter, ...]]:
    """What stands between the name and the body of a ``\\def``."""
    parts: list[list[Token]] = [[]]
    while (token := stream.peek()) is not None and token.kind is not Kind.OPEN:
        stream.next()
        if token.kind is Kind.PARAMETER and len(parts) <= MOST_PARAMETERS:
            parts.append([])
        elif token.kind is Kind.PARAGRAPH:
            break
        elif token.kind is not Kind.SPACE or parts[1:]:
            parts[-1].append(token)
    before, *delimiters = (tuple(part) for part in parts)
    return before, tuple(Parameter("u", delimiter=each) if each else Parameter("m") for each in delimiters)


def _specified(tokens: list[Token]) -> list[Parameter]:
    """The parameters that a specification of xparse names."""
    stream = TokenStream()
    found: list[Parameter] = []
    stream.push(tokens)
    while (token := stream.next()) is not None and len(found) < MOST_PARAMETERS:
        if token.kind is not Kind.TEXT:
            continue
        kind, rest = token.text[0], token.text[1:]
        if rest:
            stream.push([token._replace(text=rest)])
        if kind == "O":
            found.append(Parameter("O", tuple(stream.argument())))
        elif kind == "o":
            found.append(Parameter("o", (NO_VALUE,)))
        elif kind in "ms":
            found.append(Parameter(kind))
    return found
