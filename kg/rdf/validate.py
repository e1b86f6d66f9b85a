"""The graph against the SHACL shapes of ``ontology/shapes.ttl``, some papers at a time.

The validator needs all that it checks in memory, so a graph is cut between entities, and between papers. What a part
refers to in another one is added to it, as far as a shape looks across (``kg.rdf.neighbours``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from kg.iris import DEFAULT_BASE, check_base
from kg.rdf.mapping import graph_nodes
from kg.rdf.neighbours import Neighbourhood
from kg.rdf.nodes import Node
from kg.rdf.serialise import nodes_to_rdflib
from kg.rdf.terms import PREFIXES
from kg.store import GraphReader

if TYPE_CHECKING:
    import rdflib

__all__ = ["Violation", "load_shapes", "validate_graph", "validate_rdf"]

_PART = 3000  # nodes checked at once; memory grows with it, time hardly falls
_WHOLES = ("kg:Entity", "kg:Paper", "prov:SoftwareAgent")
"""Classes of the nodes that a part may begin with; all others belong to what is before them."""


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One fault: the node, the property and value that are wrong (empty where it is not about one), what should be."""

    focus: str
    path: str
    value: str
    message: str


def validate_graph(reader: GraphReader, base: str = DEFAULT_BASE) -> Iterator[Violation]:
    """The faults of a graph, part after part; none if it conforms.

    Raises:
        KgError: ``base`` cannot begin IRIs.
    """
    check_base(base)
    neighbourhood = Neighbourhood(reader, base)
    for part in _parts(graph_nodes(reader, base)):
        neighbours = neighbourhood.of(part)
        held = {subject for subject, _ in part}
        elsewhere = {iri for iri, _ in neighbours} - held  # whose own faults are those of the part that they belong to
        faults = validate_rdf(nodes_to_rdflib([*part, *neighbours]))
        yield from (fault for fault in faults if fault.focus not in elsewhere)


def validate_rdf(graph: rdflib.Graph) -> list[Violation]:
    """The faults of a whole graph as rdflib has it, sorted; it must state all types, as our exports do."""
    from pyshacl import validate

    conforms, report, _ = validate(graph, shacl_graph=_core_shapes(), inference="none", inplace=True)
    return sorted([*([] if conforms else _violations(report)), *_undeclared(graph)])


@cache
def load_shapes() -> rdflib.Graph:
    """The shapes that ship with the package."""
    return _shipped("shapes.ttl")


@cache
def _core_shapes() -> rdflib.Graph:
    """The shapes without the one that takes SPARQL, for which rdflib looks slowly at every triple."""
    import rdflib
    from rdflib.namespace import SH

    shapes = rdflib.Graph() + load_shapes()
    for shape in set(shapes.subjects(SH.sparql)):
        shapes.remove((shape, None, None))
    return shapes


def _undeclared(graph: rdflib.Graph) -> Iterator[Violation]:
    """What that shape asks: properties in our namespace that the ontology does not have."""
    for predicate in set(graph.predicates()) - _declared():
        if str(predicate).startswith(PREFIXES["kg"]):
            for subject in set(graph.subjects(predicate)):
                yield Violation(str(subject), str(predicate), "", "The kg ontology has no such property.")


@cache
def _declared() -> frozenset[rdflib.term.Node]:
    from rdflib.namespace import OWL, RDF

    ontology = _shipped("kg.ttl")
    return frozenset(
        term for kind in (OWL.ObjectProperty, OWL.DatatypeProperty) for term in ontology.subjects(RDF.type, kind)
    )


def _shipped(name: str) -> rdflib.Graph:
    import rdflib

    from kg.vocabulary.loader import ontology_path

    return rdflib.Graph().parse(ontology_path() / name, format="turtle")


def _violations(report: rdflib.Graph) -> Iterator[Violation]:
    from rdflib.namespace import RDF, SH

    for result in report.subjects(RDF.type, SH.ValidationResult):
        focus, path, value, message = (
            report.value(result, name) for name in (SH.focusNode, SH.resultPath, SH.value, SH.resultMessage)
        )
        yield Violation(str(focus), _path(report, path), "" if value is None else str(value), str(message))


def _path(report: rdflib.Graph, path: object) -> str:
    """A property as its IRI; a longer path by its last step, which is the one that is wrong."""
    import rdflib
    from rdflib.collection import Collection
    from rdflib.namespace import RDF, SH

    if not isinstance(path, rdflib.BNode):
        return "" if path is None else str(path)
    if report.value(path, RDF.first) is not None:
        steps = [step for step in Collection(report, path) if isinstance(step, rdflib.URIRef)]
        return str(steps[-1]) if steps else ""
    inner = (report.value(path, kind) for kind in (SH.inversePath, SH.oneOrMorePath))
    return next((_path(report, step) for step in inner if step is not None), "")


def _parts(nodes: Iterable[Node]) -> Iterator[list[Node]]:
    part: list[Node] = []
    for node in nodes:
        if len(part) >= _PART and any(property[0] == "rdf:type" and property[2] in _WHOLES for property in node[1]):
            yield part
            part = []
        part.append(node)
    if part:
        yield part
