from __future__ import annotations

import io
import re
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from kg.errors import KgError
from kg.exporting import write_export
from kg.iris import DEFAULT_BASE, entity_iri, paper_iri
from kg.model import Relation
from kg.rdf.mapping import carriable
from kg.rdf.terms import PREFIXES, RELATIONS, expand
from kg.store import GraphReader
from kg.text.latex import render
from tests.rdf.conftest import exported

DCTERMS, OA, SKOS, KG = (rdflib.Namespace(PREFIXES[prefix]) for prefix in ("dcterms", "oa", "skos", "kg"))
XSD_DECIMAL = rdflib.XSD.decimal


@pytest.fixture(scope="module")
def graph(sample_graph: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(data=exported(sample_graph), format="turtle")


def test_the_graph_needs_no_blank_nodes(graph: rdflib.Graph) -> None:
    assert not any(isinstance(term, rdflib.BNode) for triple in graph for term in triple)


def test_hostile_texts_come_back_as_they_are_stored(hostile_graph: Path) -> None:
    graph = rdflib.Graph().parse(data=exported(hostile_graph), format="turtle")
    with GraphReader(hostile_graph) as reader:
        for paper in reader.papers():
            (title,) = graph.objects(rdflib.URIRef(paper_iri(paper.id)), DCTERMS.title)
            assert str(title) == carriable(render(paper.title).text)
            sentences = {carriable(e.sentence) for pieces in reader.evidence_of(paper).values() for e in pieces}
            assert sentences <= {str(sentence) for sentence in graph.objects(None, KG.sentence)}


def test_every_link_is_a_triple(graph: rdflib.Graph, reader: GraphReader) -> None:
    for link in reader.links():
        predicate = rdflib.URIRef(expand(RELATIONS[link.relation]))
        assert (rdflib.URIRef(paper_iri(link.paper_id)), predicate, rdflib.URIRef(entity_iri(link.entity_id))) in graph


def test_every_relation_has_a_term() -> None:
    assert set(RELATIONS) == set(Relation)


def test_every_claim_has_a_confidence_and_evidence_with_offsets(graph: rdflib.Graph, reader: GraphReader) -> None:
    claims = set(graph.subjects(rdflib.RDF.type, KG.Claim))
    assert len(claims) == len(list(reader.links()))
    for claim in claims:
        (confidence,) = graph.objects(claim, KG.confidence)
        assert 0 <= float(str(confidence)) <= 1
        (annotation, *_) = graph.subjects(OA.hasBody, claim)
        (target,) = graph.objects(annotation, OA.hasTarget)
        selectors = set(graph.objects(target, OA.hasSelector))
        assert {str(kind) for s in selectors for kind in graph.objects(s, rdflib.RDF.type)} == {
            str(OA.TextPositionSelector), str(OA.TextQuoteSelector),
        }  # fmt: skip


def test_decimals_are_written_as_the_standard_has_them(sample_graph: Path) -> None:
    decimals = [
        triple.object.value
        for triple in ox.parse(exported(sample_graph), format=ox.RdfFormat.TURTLE)
        if isinstance(triple.object, ox.Literal) and triple.object.datatype.value == str(XSD_DECIMAL)
    ]
    assert decimals
    assert all(re.fullmatch(r"[+-]?\d+(\.\d+)?", value) for value in decimals)


def test_literals_are_all_well_formed(graph: rdflib.Graph) -> None:
    typed = [term for term in graph.objects() if isinstance(term, rdflib.Literal) and term.datatype]
    assert typed
    assert not [term for term in typed if term.ill_typed]


def test_every_family_is_a_broader_concept(graph: rdflib.Graph, reader: GraphReader) -> None:
    for entity in reader.entities():
        parents = {str(parent) for parent in graph.objects(rdflib.URIRef(entity_iri(entity.id)), SKOS.broader)}
        assert parents == {entity_iri(parent) for parent in entity.broader}


def test_the_base_is_that_of_all_our_nodes(sample_graph: Path) -> None:
    base = "https://example.org/my%20kg#"
    graph = rdflib.Graph().parse(data=exported(sample_graph, base=base), format="turtle")
    assert all(str(subject).startswith(base) for subject in graph.subjects())


@pytest.mark.parametrize("output_format", ["jsonl", "turtle", "graphml"])
@pytest.mark.parametrize(
    "base",
    [
        "",
        "nothing",
        "/relative/",
        "https://example.org",
        "http://a b/",
        "http://[/",
        "http://a/%zz/",
        "http://a\n/",
        '"/',
        "http://<x>/",
        "1x:/",
    ],
)
def test_what_cannot_begin_an_iri_is_refused_as_base(sample_graph: Path, output_format: str, base: str) -> None:
    with GraphReader(sample_graph) as reader, pytest.raises(KgError, match="cannot be a base"):
        write_export(reader, output_format, io.BytesIO(), base)


@pytest.mark.parametrize(
    "base", ["https://example.org/", "urn:example:", "http://localhost:8000/kg#", "tag:me@example.org,2024:"]
)
def test_an_absolute_iri_that_can_be_gone_on_with_is_taken_as_base(sample_graph: Path, base: str) -> None:
    assert base.encode() in exported(sample_graph, base=base)


def test_an_unknown_format_is_refused(reader: GraphReader) -> None:
    with pytest.raises(KgError, match="is no export format"):
        write_export(reader, "docx", io.BytesIO(), DEFAULT_BASE)
