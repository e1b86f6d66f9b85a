"""Nodes as the mapping makes them and each format writes them: a subject and its properties.

A property is (predicate, kind of object, object). Predicates, classes and datatypes are prefixed names
(``kg.rdf.terms``), and texts hold only what every format can carry (the rule is the same for all, for only then do all
say the same), so that a writer has nothing to decide.
"""

from __future__ import annotations

from decimal import Decimal

from kg.text.characters import carriable

__all__ = ["EN", "IRI", "TERM", "TEXT", "Node", "Property", "a", "decimal", "label"]

IRI, TERM, TEXT, EN = "iri", "term", "text", "en"
"""Kinds of object: an IRI, a prefixed name, a plain string, a string in English; any other kind is its datatype."""

Property = tuple[str, str, str]
Node = tuple[str, list[Property]]


def a(class_name: str) -> Property:
    """That a node is of a class."""
    return "rdf:type", TERM, class_name


def label(text: str) -> Property:
    """What a node is called, in no language."""
    return "rdfs:label", TEXT, carriable(text)


def decimal(number: float) -> str:
    """The number as ``xsd:decimal`` has it: never with an exponent.

    >>> decimal(0.97), decimal(1e-07), decimal(100.0)
    ('0.97', '0.0000001', '100.0')
    """
    text = repr(float(number))
    if "e" not in text:
        return text
    return format(Decimal(text), "f")
