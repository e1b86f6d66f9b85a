"""One thing as RDF: what exports say of an entity or a paper, and of what these refer to.

An address below the base is that of an entity, of a paper or a part of one, or of what the graph was made from. Of
addresses that the graph gave once, what they stand for today is described.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from kg.errors import GoneError, KgError, NotFoundError
from kg.iris import DEFAULT_BASE, check_base, iri_path, paper_iri
from kg.model import EntityType
from kg.questions.description import describe
from kg.questions.moment import of_one_moment
from kg.questions.paper import profile_paper
from kg.rdf.dataset import build_nodes, dataset_nodes
from kg.rdf.mapping import entity_node, paper_nodes
from kg.rdf.neighbours import Neighbourhood
from kg.rdf.nodes import Node
from kg.rdf.options import RdfOptions
from kg.rdf.serialise import RDF_FORMATS
from kg.store import GraphReader

__all__ = ["Described", "describe_thing"]

_TYPES = frozenset(EntityType)
_LONGEST = 2_000  # characters of an address


@dataclass(frozen=True, slots=True)
class Described:
    """What an address stands for.

    ``path`` is where that is below the base today, and ``moved`` whether it was asked by an address of before.
    ``entity_id`` or ``paper_id`` is what is described; neither for the graph as a whole. ``nodes`` are its triples.
    """

    path: str
    moved: bool
    entity_id: str | None
    paper_id: str | None
    nodes: tuple[Node, ...]

    def serialise(self, output_format: str = "turtle") -> bytes:
        """The triples as ``turtle ntriples nquads trig jsonld rdfxml``.

        Raises:
            KgError: there is no such format.
        """
        if output_format not in RDF_FORMATS:
            raise KgError(f"{output_format!r} is no RDF format; use {', '.join(RDF_FORMATS)}")
        return "".join(RDF_FORMATS[output_format](self.nodes)).encode()


@of_one_moment
def describe_thing(reader: GraphReader, path: str, base: str = DEFAULT_BASE) -> Described:
    """What the address ``base + path`` stands for; the empty path is the graph as a whole.

    Raises:
        GoneError: the graph gave this address once, to what is in it no more.
        NotFoundError: it never gave this address.
        KgError: ``base`` cannot begin IRIs.
    """
    check_base(base)
    if len(path) > _LONGEST:
        raise NotFoundError(f"{path[:_LONGEST]} ...")
    kind = path.partition("/")[0]
    if kind == "paper":
        found = _paper(reader, path, base)
    elif kind in _TYPES:
        found = _entity(reader, path, base)
    else:
        found = _graph(reader, path, base)
    if found is None:
        raise NotFoundError(unquote(path))
    return found


def _entity(reader: GraphReader, path: str, base: str) -> Described | None:
    given = unquote(path)
    entity = reader.entity(given)
    if entity is None and (successor := _successor(reader, given)):
        entity = reader.entity(successor)
    if entity is None:
        return None
    node = entity_node(reader, entity, base)
    here = iri_path(entity.id)
    return Described(here, here != iri_path(given), entity.id, None, _with_neighbours(reader, [node], base))


def _paper(reader: GraphReader, path: str, base: str) -> Described | None:
    """The paper whose address the path begins with, if the rest of the path is a part of that paper."""
    for given in _beginnings(unquote(path).removeprefix("paper/")):
        paper = reader.paper(given)
        rest = unquote(path).removeprefix(f"paper/{given}")
        if paper is None and (successor := _successor(reader, given)):
            paper = reader.paper(successor)
        if paper is None:
            continue
        nodes = list(paper_nodes(reader, profile_paper(reader, paper), base, RdfOptions()))
        address = paper_iri(paper.id, base)
        if paper.id != given:  # parts are numbered anew with every paper
            return Described(address.removeprefix(base), True, None, paper.id, ())
        if address + iri_path(rest) not in {subject for subject, _ in nodes}:
            return None
        wanted = (address + iri_path(rest)).removeprefix(base)
        return Described(wanted, False, None, paper.id, _with_neighbours(reader, nodes, base))
    return None


def _beginnings(path: str) -> Iterator[str]:
    """The path, and the path without its last steps, down to a scheme and a name."""
    while path.count("/") >= 1:
        yield path
        path = path.rpartition("/")[0]


def _successor(reader: GraphReader, given: str) -> str | None:
    if reader.is_gone(given):
        raise GoneError(given)
    return reader.successor(given)


def _graph(reader: GraphReader, path: str, base: str) -> Described | None:
    """The graph as a whole, and what it was made from and by."""
    description = describe(reader)
    nodes = (*dataset_nodes(description, base, RdfOptions()), *build_nodes(description, base))
    address = base + iri_path(unquote(path))
    if address not in {subject for subject, _ in nodes}:
        return None
    return Described(address.removeprefix(base), False, None, None, nodes)


def _with_neighbours(reader: GraphReader, nodes: list[Node], base: str) -> tuple[Node, ...]:
    return (*nodes, *Neighbourhood(reader, base).of(nodes))
