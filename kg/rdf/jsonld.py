"""Nodes as JSON-LD with our own context, which is embedded so that no reader needs the network."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import cast

from kg.rdf.nodes import EN, IRI, TERM, TEXT, Node

__all__ = ["jsonld_blocks", "load_context"]

_Value = str | dict[str, str]


def load_context() -> dict[str, object]:
    """The context of ``ontology/context.jsonld``: prefixes, and short names with the type of what they hold."""
    from kg.vocabulary.loader import ontology_path

    document = json.loads((ontology_path() / "context.jsonld").read_text(encoding="utf-8"))
    return cast("dict[str, object]", document["@context"])


def jsonld_blocks(nodes: Iterable[Node], graph: str | None = None) -> Iterator[str]:
    """One document, an object a node and line; the order of keys is that of Streaming JSON-LD.

    ``graph`` is the IRI of the named graph that all is in.
    """
    context = load_context()
    names = _short_names(context)
    name = f'"@id": {json.dumps(graph, ensure_ascii=False)},\n' if graph else ""
    yield f'{{"@context": {json.dumps(context, ensure_ascii=False)},\n{name}"@graph": ['
    separator = "\n"
    for subject, properties in nodes:
        yield separator + json.dumps(_node(subject, properties, names), ensure_ascii=False)
        separator = ",\n"
    yield "\n]}\n"


def _short_names(context: dict[str, object]) -> dict[str, tuple[str, str]]:
    """Predicate -> (its name in the context, the kind of object that a plain string then is)."""
    names: dict[str, tuple[str, str]] = {}
    for name, meaning in context.items():
        if isinstance(meaning, dict):
            kind = (
                EN if "@language" in meaning else IRI if meaning.get("@type") == "@id" else meaning.get("@type", TEXT)
            )
            names[meaning["@id"]] = name, kind
    return names


def _node(subject: str, properties: list[tuple[str, str, str]], names: dict[str, tuple[str, str]]) -> dict[str, object]:
    found: dict[str, list[_Value]] = {}
    for predicate, kind, value in properties:
        if predicate == "rdf:type":
            found.setdefault("@type", []).append(value)
            continue
        name, usual = names.get(predicate, (predicate, ""))
        # An IRI and a prefixed name are written alike: what has a known prefix is expanded.
        plain = kind == usual or (kind == TERM and usual == IRI)
        found.setdefault(name, []).append(value if plain else _explicit(kind, value))
    plainly = {name: values[0] if len(values) == 1 else values for name, values in found.items()}
    kinds: dict[str, object] = {"@type": plainly.pop("@type")} if "@type" in plainly else {}
    return kinds | {"@id": subject} | plainly


def _explicit(kind: str, value: str) -> dict[str, str]:
    if kind in (IRI, TERM):
        return {"@id": value}
    if kind == TEXT:
        return {"@value": value}
    return {"@value": value, "@language": "en"} if kind == EN else {"@type": kind, "@value": value}
