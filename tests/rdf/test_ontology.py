"""The ontology, its shapes, the mapping and the documentation agree."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SH, SKOS

from kg.model import PAPER_FIELDS
from kg.rdf.fulltext import MATCHES
from kg.rdf.reference import render_ontology
from kg.rdf.terms import PREFIXES, expand
from kg.version import __version__
from kg.vocabulary.loader import ontology_path
from tests.conftest import ROOT
from tests.rdf.conftest import exported

KG = PREFIXES["kg"]
VANN = rdflib.Namespace(PREFIXES["vann"])
DCTERMS, FOAF = (rdflib.Namespace(PREFIXES[prefix]) for prefix in ("dcterms", "foaf"))
PROPERTIES = (OWL.ObjectProperty, OWL.DatatypeProperty)


@pytest.fixture(scope="module")
def ontology() -> rdflib.Graph:
    return rdflib.Graph().parse(ontology_path() / "kg.ttl", format="turtle")


@pytest.fixture(scope="module")
def shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(ontology_path() / "shapes.ttl", format="turtle")


def declared(ontology: rdflib.Graph, *kinds: rdflib.URIRef) -> set[rdflib.term.Node]:
    return {term for kind in kinds for term in ontology.subjects(RDF.type, kind) if str(term).startswith(KG)}


def test_the_page_is_current() -> None:
    assert (ROOT / "docs" / "ontology.md").read_text(encoding="utf-8") == render_ontology()


def test_the_ontology_says_what_it_is(ontology: rdflib.Graph) -> None:
    (subject,) = ontology.subjects(RDF.type, OWL.Ontology)
    about = "license title description creator publisher created modified bibliographicCitation".split()
    for predicate in (OWL.versionIRI, OWL.versionInfo, *(DCTERMS[name] for name in about)):
        assert ontology.value(subject, predicate) is not None
    created, modified = (ontology.value(subject, DCTERMS[name]).toPython() for name in ("created", "modified"))
    assert created <= modified
    for who in (DCTERMS.creator, DCTERMS.publisher):
        assert ontology.value(ontology.value(subject, who), FOAF.name) is not None
    assert str(ontology.value(subject, VANN.preferredNamespacePrefix)) == "kg"
    assert str(ontology.value(subject, VANN.preferredNamespaceUri)) == KG


def test_ontology_and_shapes_have_the_version_of_the_software(ontology: rdflib.Graph, shapes: rdflib.Graph) -> None:
    """They ship with it; a first release has nothing that came before it."""
    for graph in (ontology, shapes):
        (subject,) = graph.subjects(RDF.type, OWL.Ontology)
        assert str(graph.value(subject, OWL.versionInfo)) == __version__
        assert str(graph.value(subject, OWL.versionIRI)) == f"{subject}/{__version__}"
        assert graph.value(subject, OWL.priorVersion) is None  # until one has been released
    assert str(ontology.value(None, OWL.versionIRI)) in str(ontology.value(None, DCTERMS.bibliographicCitation))


def test_every_term_has_one_label_and_comment(ontology: rdflib.Graph) -> None:
    for term in declared(ontology, OWL.Class, *PROPERTIES, OWL.NamedIndividual):
        assert len(list(ontology.objects(term, RDFS.label))) == 1, term
        assert len(list(ontology.objects(term, RDFS.comment))) == 1, term


def test_every_property_has_a_range_and_a_domain_or_a_reason_for_none(ontology: rdflib.Graph) -> None:
    for term in declared(ontology, *PROPERTIES):
        for name, predicate in (("domain", RDFS.domain), ("range", RDFS.range)):
            stated = list(ontology.objects(term, predicate))
            assert len(stated) == 1 or f"Without a {name}: " in str(ontology.value(term, SKOS.scopeNote)), term


def test_every_class_has_a_shape(ontology: rdflib.Graph, shapes: rdflib.Graph) -> None:
    assert declared(ontology, OWL.Class) <= set(shapes.objects(None, SH.targetClass))


def test_every_relation_of_a_paper_descends_from_schema_mentions(ontology: rdflib.Graph) -> None:
    mentions = rdflib.URIRef(PREFIXES["schema"] + "mentions")
    below = set(ontology.transitive_subjects(RDFS.subPropertyOf, mentions))
    for name in "introduces evaluatesOn trainsOn usesEntity comparesWith addresses mentions".split():
        assert rdflib.URIRef(KG + name) in below


def test_every_shape_says_what_should_be(shapes: rdflib.Graph) -> None:
    for shape in shapes.objects(None, SH.property):
        assert shapes.value(shape, SH.message), shapes.value(shape, SH.path)
    for shape in set(shapes.subjects(RDF.type, SH.NodeShape)) - set(shapes.subjects(SH.property)):
        assert shapes.value(shape, SH.message) or shapes.value(shapes.value(shape, SH.sparql), SH.message), shape


def test_shapes_speak_of_declared_terms_alone(ontology: rdflib.Graph, shapes: rdflib.Graph) -> None:
    known = declared(ontology, OWL.Class, *PROPERTIES) | set(shapes.subjects())
    used = {term for triple in shapes for term in triple if isinstance(term, rdflib.URIRef) and term.startswith(KG)}
    assert used <= known


@pytest.mark.parametrize("which", ["sample_graph", "hostile_graph"])
def test_exports_speak_of_declared_terms_alone(
    which: str, ontology: rdflib.Graph, request: pytest.FixtureRequest
) -> None:
    graph = rdflib.Graph().parse(data=exported(request.getfixturevalue(which)), format="turtle")
    used = {term for triple in graph for term in triple if isinstance(term, rdflib.URIRef) and term.startswith(KG)}
    assert used <= declared(ontology, OWL.Class, *PROPERTIES)


def test_every_term_that_the_code_writes_is_declared(ontology: rdflib.Graph) -> None:
    import re

    written = set()
    for name in ("authors.py", "dataset.py", "mapping.py", "papers.py", "terms.py"):
        text = (Path(__file__).parents[2] / "kg" / "rdf" / name).read_text(encoding="utf-8")
        written |= {rdflib.URIRef(KG + local) for local in re.findall(r'"kg:(\w+)"', text)}
    fields = (rdflib.URIRef(expand(field.rdf[0])) for field in PAPER_FIELDS if field.rdf)
    written |= {term for term in fields if term.startswith(KG)}
    known = declared(ontology, OWL.Class, *PROPERTIES)
    assert written <= known
    assert known - written == {
        rdflib.URIRef(KG + "ambiguousLabel"),
        rdflib.URIRef(KG + "contextWord"),
        rdflib.URIRef(KG + "variantOf"),
    }  # of the vocabulary's own files


def test_every_function_of_queries_is_declared(ontology: rdflib.Graph) -> None:
    assert declared(ontology, OWL.NamedIndividual) == {rdflib.URIRef(MATCHES.value)}


def test_a_note_on_linked_papers_with_code_and_the_matches_name_the_same(ontology: rdflib.Graph) -> None:
    import re

    for term in ontology.subjects(SKOS.closeMatch):
        note = str(ontology.value(term, SKOS.scopeNote))
        named = {rdflib.URIRef(PREFIXES["lpwcp"] + local) for local in re.findall(r"lpwcp:(\w+)", note)}
        assert named <= set(ontology.objects(term, SKOS.closeMatch)), term


def test_every_term_is_on_the_page(ontology: rdflib.Graph) -> None:
    page = render_ontology()
    for term in declared(ontology, OWL.Class, *PROPERTIES, OWL.NamedIndividual):
        assert f"### kg:{str(term).removeprefix(KG)}\n" in page
