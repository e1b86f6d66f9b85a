"""Ids that the graph gave once and gives no more, as RDF: what each is replaced by, if anything still is that."""

from __future__ import annotations

from collections.abc import Iterator

from kg.iris import entity_iri, paper_iri
from kg.model import EntityType
from kg.rdf.nodes import IRI, Node
from kg.store import GraphReader

__all__ = ["redirect_nodes"]


def redirect_nodes(reader: GraphReader, base: str) -> Iterator[Node]:
    """The addresses of before, each sent on to that of today (``dcterms:isReplacedBy``), or marked as out of use."""
    for given, successor in reader.redirects():
        if successor is None:
            yield _iri(given, base), [("owl:deprecated", "xsd:boolean", "true")]
        else:
            yield _iri(given, base), [("dcterms:isReplacedBy", IRI, _iri(successor, base))]


def _iri(given: str, base: str) -> str:
    """Ids of entities begin with their type, those of papers with a scheme."""
    is_entity = given.partition("/")[0] in set(EntityType)
    return entity_iri(given, base) if is_entity else paper_iri(given, base)
