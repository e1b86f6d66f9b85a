"""Nodes as N-Triples and Turtle, and as N-Quads and TriG, which are the same text unless all is in a named graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.rdf.nodes import EN, IRI, TERM, TEXT, Node
from kg.rdf.terms import PREFIXES, expand

__all__ = ["ntriples_lines", "turtle_blocks"]


_NUMBERS = ("xsd:nonNegativeInteger", "xsd:decimal", "xsd:integer")
"""Datatypes of almost half of the literals, in whose values nothing is to be escaped."""


class _Terms(dict[str, str]):
    """Prefixed names in full, each put together once."""

    def __missing__(self, name: str) -> str:
        self[name] = full = f"<{expand(name)}>"
        return full


class _Endings(dict[str, str]):
    """What follows a literal's closing quote in N-Triples, by kind of object."""

    def __missing__(self, kind: str) -> str:
        self[kind] = ending = f'"^^<{expand(kind)}>'
        return ending


def ntriples_lines(nodes: Iterable[Node], graph: str | None = None) -> Iterator[str]:
    """The triples of each node, a line a triple; quads where ``graph`` names the graph that they are in."""
    end = f" <{graph}> .\n" if graph else " .\n"
    terms, endings = _Terms(), _Endings({TEXT: '"', EN: '"@en'})
    for subject, properties in nodes:
        head = f"<{subject}> "
        lines = []
        for predicate, kind, value in properties:
            if kind == IRI:
                lines.append(f"{head}{terms[predicate]} <{value}>{end}")
            elif kind == TERM:
                lines.append(f"{head}{terms[predicate]} {terms[value]}{end}")
            elif kind in _NUMBERS:
                lines.append(f'{head}{terms[predicate]} "{value}{endings[kind]}{end}')
            else:
                lines.append(f'{head}{terms[predicate]} "{_escape(value)}{endings[kind]}{end}')
        yield "".join(lines)


def turtle_blocks(nodes: Iterable[Node], graph: str | None = None) -> Iterator[str]:
    """The prefixes, then a block a node; TriG where ``graph`` names the graph that they are in."""
    yield "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
    if graph:
        yield f"\n<{graph}> {{\n"
    for subject, properties in nodes:
        parts = []
        for predicate, kind, value in properties:
            verb = "a" if predicate == "rdf:type" else predicate
            if kind == IRI:
                parts.append(f"{verb} <{value}>")
            elif kind == TERM:
                parts.append(f"{verb} {value}")
            elif kind in _NUMBERS:
                parts.append(f'{verb} "{value}"^^{kind}')
            else:
                parts.append(f'{verb} "{_escape(value)}{_turtle_ending(kind)}')
        yield f"\n<{subject}> " + " ;\n    ".join(parts) + " .\n"
    if graph:
        yield "}\n"


def _turtle_ending(kind: str) -> str:
    return '"' if kind == TEXT else '"@en' if kind == EN else f'"^^{kind}'


def _escape(text: str) -> str:
    r"""The characters that a quoted string of N-Triples and Turtle cannot hold as they are.

    >>> print(_escape('say "\\" \n'))
    say \"\\\" \n
    """
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
