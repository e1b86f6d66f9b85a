"""The text of a SPARQL query, token by token: what it may not ask for, and where its parameters stand.

No parser: the engine parses. This tells variables and keywords from what only looks like them inside strings, comments
and IRIs, no more.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence

from kg.errors import KgError

__all__ = ["bind", "check_reads_only"]

_TOKEN = re.compile(
    r"""
    (?P<comment>\#[^\r\n]*)
  | (?P<iri><(?:[^\x00-\x20<>"{}|^`\\]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>)
  | (?P<string>'{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3} | "{3}(?:"{0,2}(?:[^"\\]|\\.))*"{3}
             | '(?:[^'\\\r\n]|\\.)*' | "(?:[^"\\\r\n]|\\.)*")
  | (?P<variable>[?$]\w+)
  | (?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<name>(?:[^\W\d_][\w.\-]*|_)?:(?:[\w:.\-]|%[0-9A-Fa-f]{2}|\\.)*)
  | (?P<word>[A-Za-z_]\w*)
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_UPDATES = frozenset("INSERT DELETE LOAD CLEAR DROP CREATE ADD MOVE COPY WITH".split())
_QUERIES = frozenset("SELECT ASK CONSTRUCT DESCRIBE".split())


def check_reads_only(query: str) -> None:
    """Refuse federation and updates.

    The engine opens connections for ``SERVICE``. Whoever reads the text with another grammar than the engine's can be
    led to see a string or an IRI where the engine sees the keyword, so its letters are refused wherever they stand. A
    value that holds them can be bound. Of updates the engine's query call takes none anyway; this is to say so clearly.

    Raises:
        KgError: the query is an update, or may ask another endpoint.
    """
    if "service" in _without_escapes(query).casefold():
        raise KgError(
            "SERVICE is refused: queries stay on this graph; a value with this word is bound instead: "
            "?name in the query and --bind name=VALUE"
        )
    for kind, text in _tokens(query):
        word = text.upper()
        if kind == "word" and word in _QUERIES:
            return
        if kind == "word" and word in _UPDATES:
            raise KgError(f"{word} is refused: the graph is only read here; change it with 'kg build' and its sources")


def _without_escapes(query: str) -> str:
    """The text with each \\u0053 as its character, over and over, as no engine would do more of."""
    while (plain := _ESCAPE.sub(_character, query)) != query:
        query = plain
    return query


def _character(escape: re.Match[str]) -> str:
    code = int(escape[1] or escape[2], 16)
    return chr(code) if code <= sys.maxunicode else ""


def bind(query: str, values: Mapping[str, str]) -> str:
    """Put constants in place of variables; ``values`` are terms in N-Triples syntax, by variable name.

    A variable that the query has a ``VALUES`` block for keeps it, with this value alone: the block is its default. A
    variable in the list of a SELECT stays there, with its value. A term is safe wherever it lands: its quotes, line
    ends and backslashes are escaped, so that it ends no string, comment or IRI but its own.

    >>> bind("SELECT ?p ?n WHERE { ?p kg:uses ?n } # ?n", {"n": '"PPO"'})
    'SELECT ?p ("PPO" AS ?n) WHERE { ?p kg:uses "PPO" } # ?n'
    >>> bind('SELECT ?p ?n WHERE { VALUES ?n { "DPO" } ?p kg:uses ?n }', {"n": '"PPO"'})
    'SELECT ?p ?n WHERE { VALUES ?n { "PPO" } ?p kg:uses ?n }'
    """
    values = {name: value.replace("'", "\\u0027") for name, value in values.items()}
    tokens = list(_tokens(query))
    blocks = {at: text[1:] for at, text in _values_blocks(tokens) if text[1:] in values}
    constants = {name: value for name, value in values.items() if name not in blocks.values()}
    pieces: list[str] = []
    selecting, depth, block = False, 0, None
    for at, (kind, text) in enumerate(tokens):
        if block is not None:
            if text != "}":
                continue
            block = None
        if kind == "word" and text.upper() in ("SELECT", "WHERE", "FROM"):
            selecting, depth = text.upper() == "SELECT", 0
        elif text == "{":
            selecting = False
        elif text in "()":
            depth += 1 if text == "(" else -1
        value = constants.get(text[1:]) if kind == "variable" else None
        if value is not None:
            text = f"({value} AS {text})" if selecting and depth == 0 else value
        pieces.append(text)
        if at in blocks:
            block = blocks[at]
            pieces.append(f" {values[block]} ")
    return "".join(pieces)


def _values_blocks(tokens: Sequence[tuple[str, str]]) -> Iterator[tuple[int, str]]:
    """Where the data of each ``VALUES ?name {`` begin, and of which variable."""
    solid = [(at, text) for at, (kind, text) in enumerate(tokens) if kind != "comment" and not text.isspace()]
    for (_, keyword), (_, variable), (at, brace) in zip(solid, solid[1:], solid[2:], strict=False):
        if keyword.upper() == "VALUES" and variable[0] in "?$" and brace == "{":
            yield at, variable


def _tokens(query: str) -> Iterator[tuple[str, str]]:
    for match in _TOKEN.finditer(query):
        yield str(match.lastgroup), match.group()
