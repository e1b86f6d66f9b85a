"""Nodes as RDF/XML, one description a node."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.rdf.nodes import EN, IRI, TERM, TEXT, Node
from kg.rdf.terms import PREFIXES, expand

__all__ = ["xml_blocks"]


def xml_blocks(nodes: Iterable[Node]) -> Iterator[str]:
    """The document element with the prefixes, a description a node, the end."""
    spaces = "".join(f'\n  xmlns:{prefix}="{iri}"' for prefix, iri in PREFIXES.items())
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{spaces}>\n'
    for subject, properties in nodes:
        parts = [f'<rdf:Description rdf:about="{_attribute(subject)}">\n']
        for predicate, kind, value in properties:
            if kind in (IRI, TERM):
                resource = value if kind == IRI else expand(value)
                parts.append(f'  <{predicate} rdf:resource="{_attribute(resource)}"/>\n')
            else:
                parts.append(f"  <{predicate}{_kind(kind)}>{_content(value)}</{predicate}>\n")
        parts.append("</rdf:Description>\n")
        yield "".join(parts)
    yield "</rdf:RDF>\n"


def _kind(kind: str) -> str:
    if kind == TEXT:
        return ""
    return ' xml:lang="en"' if kind == EN else f' rdf:datatype="{expand(kind)}"'


def _attribute(iri: str) -> str:
    return iri.replace("&", "&amp;")  # no IRI holds quotes or angle brackets


def _content(text: str) -> str:
    # A bare carriage return would reach the reader as a line feed (XML 1.0, 2.11).
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")
