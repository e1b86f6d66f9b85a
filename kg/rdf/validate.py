"""The graph against the SHACL shapes of ``ontology/shapes.ttl``, some papers at a time.

The validator needs all that it checks in memory, so a graph is cut where no shape looks across: between entities, and
between papers. What a part refers to in another one is added to it, with types and label.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

from kg.iris import DEFAULT_BASE, check_base, entity_iri
from kg.model import EntityType
from kg.rdf.mapping import entity_core, graph_nodes
from kg.rdf.nodes import IRI, Node
from kg.rdf.serialise import nodes_to_rdflib
from kg.store import GraphReader

if TYPE_CHECKING:
    import rdflib

__all__ = ["Violation", "load_shapes", "validate_graph", "validate_rdf"]

_PART = 3000  # nodes checked at once; memory grows with it, time hardly falls
_WHOLES = ("kg:Source", "kg:Entity", "kg:Paper", "prov:SoftwareAgent")
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
    for part in _parts(graph_nodes(reader, base)):
        neighbours = list(_neighbours(reader, part, base))
        elsewhere = {iri for iri, _ in neighbours}  # whose own faults are those of the part that they belong to
        faults = validate_rdf(nodes_to_rdflib([*part, *neighbours]))
        yield from (fault for fault in faults if fault.focus not in elsewhere)


def validate_rdf(graph: rdflib.Graph) -> list[Violation]:
    """The faults of a whole graph as rdflib has it, sorted; it must state all types, as our exports do."""
    from pyshacl import validate

    conforms, report, _ = validate(graph, shacl_graph=load_shapes(), inference="none", inplace=True)
    return [] if conforms else sorted(_violations(report))


@cache
def load_shapes() -> rdflib.Graph:
    """The shapes that ship with the package."""
    import rdflib

    from kg.vocabulary.loader import ontology_path

    return rdflib.Graph().parse(ontology_path() / "shapes.ttl", format="turtle")


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

    if not isinstance(path, rdflib.BNode):
        return "" if path is None else str(path)
    steps = [step for step in Collection(report, path) if isinstance(step, rdflib.URIRef)]
    return str(steps[-1]) if steps else ""


def _parts(nodes: Iterable[Node]) -> Iterator[list[Node]]:
    part: list[Node] = []
    for node in nodes:
        if len(part) >= _PART and any(name in _WHOLES for _, _, name in node[1]):
            yield part
            part = []
        part.append(node)
    if part:
        yield part


def _neighbours(reader: GraphReader, part: list[Node], base: str) -> Iterator[Node]:
    """The entities that a part refers to and does not hold."""
    held = {subject for subject, _ in part}
    named = {value for _, properties in part for _, kind, value in properties if kind == IRI}
    for iri in sorted(named - held):
        found = reader.rows("SELECT id, type, label FROM entity WHERE id = ?", (unquote(iri.removeprefix(base)),))
        for entity_id, kind, label in found:
            if entity_iri(entity_id, base) == iri:
                yield iri, entity_core(EntityType(kind), label)
