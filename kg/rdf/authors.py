"""The authors of a paper as RDF: a node for each, below the paper, and their order.

No rule tells whom of one name two papers mean, so nobody is the author of two papers here; an ORCID says who it is.
The order is an ``rdf:Seq`` under ``bibo:authorList``, as Zotero writes and reads it: one triple an author, the first is
``bibo:authorList/rdf:_1``, and no reader has to climb down a list of thousands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.iris import iri_path
from kg.model import Author
from kg.rdf.nodes import IRI, TEXT, Node, Property, a
from kg.text.characters import carriable

__all__ = ["author_nodes", "author_properties"]


def author_properties(paper: str, authors: Sequence[Author]) -> list[Property]:
    """What the node of a paper says of its authors: who they are, and where their order stands."""
    if not authors:
        return []
    nodes = [_author_iri(paper, place) for place in range(1, len(authors) + 1)]
    properties: list[Property] = [("dcterms:creator", IRI, node) for node in nodes]
    properties += [("schema:author", IRI, node) for node in nodes]
    return [*properties, ("bibo:authorList", IRI, _list_iri(paper))]


def author_nodes(paper: str, authors: Sequence[Author]) -> Iterator[Node]:
    """The order of a paper's authors, then each of them."""
    if not authors:
        return
    places = [(f"rdf:_{place}", IRI, _author_iri(paper, place)) for place in range(1, len(authors) + 1)]
    yield _list_iri(paper), [a("rdf:Seq"), *places]
    for place, author in enumerate(authors, 1):
        yield _author_iri(paper, place), _author(author)


def _author(author: Author) -> list[Property]:
    properties: list[Property] = [a("kg:Author"), a("foaf:Agent")]
    if author.given or author.family or author.orcid:  # of names alone some are those of groups
        properties += [a("foaf:Person"), a("schema:Person")]
    properties += [(predicate, TEXT, carriable(author.name)) for predicate in ("foaf:name", "schema:name")]
    for predicate, name in (("foaf:givenName", author.given), ("foaf:familyName", author.family)):
        if name:
            properties.append((predicate, TEXT, carriable(name)))
    if author.orcid:
        properties.append(("dcterms:identifier", TEXT, f"orcid:{carriable(author.orcid)}"))
        properties.append(("schema:sameAs", IRI, f"https://orcid.org/{iri_path(author.orcid)}"))
    return properties


def _list_iri(paper: str) -> str:
    return f"{paper}/authors"


def _author_iri(paper: str, place: int) -> str:
    return f"{paper}/author/{place}"
