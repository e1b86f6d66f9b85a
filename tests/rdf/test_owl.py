"""The ontology is in OWL 2 DL, and neither the vocabulary nor a graph contradicts it.

Declarations and literals are looked at here; what only a reasoner finds is asked of HermiT and of the OWL API's checker
of profiles (by Pellet's command line), which owlready2 bundles: they run where a Java is.
"""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS

from kg.iris import entity_iri
from kg.rdf.terms import CLASSES, PREFIXES, PUBLICATIONS, expand
from kg.vocabulary.loader import ontology_path
from tests.rdf.conftest import exported

KG = rdflib.Namespace(PREFIXES["kg"])
PLAIN = RDF.PlainLiteral
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
AS_WHAT: dict[rdflib.term.Node, set[rdflib.URIRef]] = {
    kind: {kind, OWL.AnnotationProperty} for kind in (OWL.ObjectProperty, OWL.DatatypeProperty)
}
"""What a property may be declared as that leads to nodes, or to literals: annotations lead to both."""
RESERVED = tuple(str(namespace) for namespace in (OWL, RDF, RDFS, rdflib.XSD))
REIFICATION = {RDF.Statement, RDF.subject, RDF.predicate, RDF.object, RDF.value, RDF.Seq}
"""Terms of RDF for which OWL 2 DL has no place; graphs state them all the same, and so do members of rdf:Seq."""


@pytest.fixture(scope="module")
def ontology() -> rdflib.Graph:
    return rdflib.Graph().parse(ontology_path() / "kg.ttl", format="turtle")


@pytest.fixture(scope="module")
def vocabulary() -> rdflib.Graph:
    graph = rdflib.Graph()
    for file in sorted((ontology_path() / "vocabulary").glob("*.ttl")):
        graph.parse(file, format="turtle")
    return graph


@pytest.fixture(scope="module")
def sample(sample_graph: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(data=exported(sample_graph), format="turtle")


@pytest.fixture(scope="module")
def authored(authored_graph: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(data=exported(authored_graph), format="turtle")


@pytest.fixture(scope="module")
def hostile(hostile_graph: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(data=exported(hostile_graph), format="turtle")


GRAPHS = ["ontology", "vocabulary", "sample", "authored", "hostile"]


@pytest.fixture
def graph(request: pytest.FixtureRequest) -> rdflib.Graph:
    found: rdflib.Graph = request.getfixturevalue(request.param)
    return found


def kinds_of(ontology: rdflib.Graph) -> dict[rdflib.term.Node, set[rdflib.term.Node]]:
    kinds: dict[rdflib.term.Node, set[rdflib.term.Node]] = {}
    for kind in KINDS:
        for term in ontology.subjects(RDF.type, kind):
            if isinstance(term, rdflib.URIRef):
                kinds.setdefault(term, set()).add(kind)
    return kinds


def is_reserved(term: rdflib.term.Node) -> bool:
    return str(term).startswith(RESERVED)


def used(graph: rdflib.Graph) -> Iterator[tuple[rdflib.term.Node, rdflib.term.Node]]:
    """Each term that a graph uses, with the kind that it uses it as."""
    for predicate, value in graph.predicate_objects():
        if predicate == RDF.type:
            yield value, OWL.Class
        else:
            yield predicate, OWL.DatatypeProperty if isinstance(value, rdflib.Literal) else OWL.ObjectProperty
    for predicate, kind in (
        (RDFS.subClassOf, OWL.Class),
        (RDFS.domain, OWL.Class),
        (RDFS.range, OWL.Class),
        (OWL.inverseOf, OWL.ObjectProperty),
    ):
        for value in graph.objects(None, predicate):
            if isinstance(value, rdflib.URIRef) and not is_reserved(value):
                yield value, kind
    for below, above in graph.subject_objects(RDFS.subPropertyOf):
        yield from ((above, kind) for kind in graph.objects(below, RDF.type))


def test_no_term_is_of_two_kinds(ontology: rdflib.Graph) -> None:
    assert not {term for term, kinds in kinds_of(ontology).items() if len(kinds) > 1}


@pytest.mark.parametrize("graph", GRAPHS, indirect=True)
def test_every_term_is_declared_as_what_it_is_used_as(graph: rdflib.Graph, ontology: rdflib.Graph) -> None:
    """What this names is to be declared in ontology/kg.ttl: as of its own file, or as a term of others."""
    kinds = kinds_of(ontology)
    wrong = {
        (term, kind)
        for term, kind in used(graph)
        if not is_reserved(term) and not kinds.get(term, set()) & AS_WHAT.get(kind, {kind})
    }
    assert not wrong


def test_every_class_that_the_mapping_knows_is_declared(ontology: rdflib.Graph) -> None:
    """Also of types of publications that no paper of the samples is of."""
    named = {expand(name) for names in (*CLASSES.values(), *PUBLICATIONS.values()) for name in names}
    assert named <= {str(term) for term in ontology.subjects(RDF.type, OWL.Class)}


def test_the_ontology_uses_no_reserved_term_as_its_own(ontology: rdflib.Graph) -> None:
    """Reserved terms may be what an axiom is made of, and what a remark leads to."""
    axioms = {RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, OWL.inverseOf}
    assert not [value for p, value in ontology.predicate_objects() if p in axioms and is_reserved(value)]
    assert not [s for s in ontology.subjects() if isinstance(s, rdflib.URIRef) and is_reserved(s)]
    for kind, namespace in (
        (OWL.ObjectProperty, (RDF, RDFS, OWL, rdflib.XSD)),
        (OWL.DatatypeProperty, (RDF, RDFS, OWL)),
    ):
        for term in ontology.subjects(RDF.type, kind):
            ranges = {str(value) for value in ontology.objects(term, RDFS.range) if isinstance(value, rdflib.URIRef)}
            assert not {value for value in ranges if value.startswith(tuple(map(str, namespace)))} - {str(PLAIN)}, term


def test_graphs_use_no_reserved_terms_but_those_of_reification(sample: rdflib.Graph, authored: rdflib.Graph) -> None:
    members = str(RDF) + "_"
    for graph in (sample, authored):
        terms = {term for term, _ in used(graph) if is_reserved(term) and not str(term).startswith(members)}
        assert terms <= REIFICATION | {RDF.type, RDFS.label, OWL.deprecated, OWL.versionInfo}


def fits(literal: rdflib.term.Node, datatype: rdflib.term.Node) -> bool:
    assert isinstance(literal, rdflib.Literal)
    if datatype == PLAIN:
        return literal.language is not None or literal.datatype in (None, rdflib.XSD.string)
    if literal.language is not None or literal.ill_typed:
        return False
    return (literal.datatype or rdflib.XSD.string) == datatype


@pytest.mark.parametrize("graph", GRAPHS, indirect=True)
def test_every_literal_is_in_the_range_of_its_property(graph: rdflib.Graph, ontology: rdflib.Graph) -> None:
    ranges = {
        term: datatype
        for term in ontology.subjects(RDF.type, OWL.DatatypeProperty)
        for datatype in ontology.objects(term, RDFS.range)
    }
    outside = [(p, value) for p, value in graph.predicate_objects() if p in ranges and not fits(value, ranges[p])]
    assert not outside[:5]


# By reasoners


def java(folder: str, main: str, *arguments: str | Path) -> str:
    """What one of the Java programs that owlready2 bundles says."""
    program, found = shutil.which("java"), importlib.util.find_spec("owlready2")
    if program is None or found is None or found.origin is None:
        pytest.skip("needs a Java and the package owlready2")
    home = Path(found.origin).parent / folder
    path = ":".join(str(each) for each in (home, *sorted(home.glob("*.jar"))))
    command = [program, "-Xmx2g", "-classpath", path, main, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    return done.stdout + done.stderr


def profile(file: Path) -> str:
    """The smallest profile of OWL 2 that an ontology is in."""
    said = java("pellet", "pellet.Pellet", "info", file.as_uri())
    (line,) = (line for line in said.splitlines() if line.startswith("OWL Profile = "))
    return line.removeprefix("OWL Profile = ")


def reasoned(file: Path) -> str:
    """``consistent``, or what HermiT says in place of it: that it is not, or which classes can have no members."""
    said = java("hermit", "org.semanticweb.HermiT.cli.CommandLine", "-k", "-U", file.as_uri())
    nothing = said.partition("'owl:Nothing':")[2].split()
    return "consistent" if "Thing is satisfiable" in said and nothing == ["owl:Nothing"] else said


def saved(folder: Path, *graphs: rdflib.Graph) -> Path:
    whole = rdflib.Graph()
    for graph in graphs:
        whole += graph
    file = folder / "whole.owl"
    whole.serialize(file, format="xml", encoding="utf-8")
    return file


def test_ontology_and_vocabulary_are_in_owl_2_dl_and_consistent(
    ontology: rdflib.Graph, vocabulary: rdflib.Graph, tmp_path: Path
) -> None:
    file = saved(tmp_path, ontology, vocabulary)
    assert profile(file) == "OWL 2 DL"
    assert reasoned(file) == "consistent"


def test_a_graph_does_not_contradict_the_ontology(ontology: rdflib.Graph, sample: rdflib.Graph, tmp_path: Path) -> None:
    assert reasoned(saved(tmp_path, ontology, sample)) == "consistent"


def test_the_checks_find_what_they_are_there_to_find(ontology: rdflib.Graph, tmp_path: Path) -> None:
    undeclared = rdflib.Graph() + ontology
    undeclared.remove((rdflib.URIRef(PREFIXES["schema"] + "mentions"), RDF.type, None))
    assert profile(saved(tmp_path, undeclared)) == "OWL 2"
    tagged, method = rdflib.Graph(), rdflib.URIRef(entity_iri("method/ppo"))
    tagged.add((rdflib.URIRef("https://example.org/result"), KG.metricName, rdflib.Literal("accuracy", lang="en")))
    assert "Inconsistent ontology" in reasoned(saved(tmp_path, ontology, tagged))
    twofold = rdflib.Graph()
    for kind in (KG.Method, KG.Task):
        twofold.add((method, RDF.type, kind))
    assert "Inconsistent ontology" in reasoned(saved(tmp_path, ontology, twofold))
    empty = rdflib.Graph()
    empty.add((KG.Both, RDF.type, OWL.Class))
    for kind in (KG.Paper, KG.Claim):
        empty.add((KG.Both, RDFS.subClassOf, kind))
    assert "Both" in reasoned(saved(tmp_path, ontology, empty))
