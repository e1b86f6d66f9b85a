"""What an export says of the graph as a whole."""

from __future__ import annotations

import hashlib
import io
import shutil
import sqlite3
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import DCAT, DCTERMS, OWL, PROV, RDF, SDO, SKOS, VOID

from kg.building import build_graph
from kg.errors import KgError
from kg.exporting import write_export
from kg.iris import DEFAULT_BASE
from kg.questions.description import TITLE, describe, digest_of
from kg.rdf import RDF_FORMATS, EvidenceLevel, RdfOptions
from kg.rdf.serialise import QUAD_FORMATS
from kg.rdf.terms import PREFIXES, SCHEMES, WRITTEN
from kg.rdf.validate import validate_rdf
from kg.store import GraphReader
from kg.version import __version__
from kg.vocabulary.loader import ontology_path
from tests.rdf.conftest import OXIGRAPH, exported

GRAPH = rdflib.URIRef(DEFAULT_BASE)
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
NAME = "https://example.org/graphs/1"


@pytest.fixture(scope="module")
def graph(sample_graph: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(data=exported(sample_graph), format="turtle")


def test_the_base_is_a_dataset_with_title_and_version(graph: rdflib.Graph, reader: GraphReader) -> None:
    assert set(graph.objects(GRAPH, RDF.type)) == {VOID.Dataset, DCAT.Dataset, PROV.Entity}
    assert graph.value(GRAPH, DCTERMS.title) == rdflib.Literal(TITLE)
    assert str(graph.value(GRAPH, OWL.versionInfo)) == describe(reader).version
    assert graph.value(GRAPH, DCTERMS.conformsTo) == rdflib.URIRef("https://w3id.org/paperkg/ontology")
    assert validate_rdf(graph) == []


def test_a_licence_is_said_only_where_one_is_given(sample_graph: Path, graph: rdflib.Graph) -> None:
    assert graph.value(GRAPH, DCTERMS.license) is None
    given = exported(sample_graph, options=RdfOptions(license=LICENCE))
    assert rdflib.Graph().parse(data=given, format="turtle").value(GRAPH, DCTERMS.license) == rdflib.URIRef(LICENCE)


@pytest.mark.parametrize("level", EvidenceLevel)
def test_every_part_counts_what_the_export_states(level: EvidenceLevel, authored_graph: Path) -> None:
    stated = rdflib.Graph().parse(data=exported(authored_graph, options=RdfOptions(level)), format="turtle")
    parts = set(stated.objects(GRAPH, VOID.classPartition))
    assert len(parts) > 8
    for part in parts:
        of = set(stated.subjects(RDF.type, stated.value(part, VOID["class"])))
        assert int(str(stated.value(part, VOID.entities))) == len(of), part


def test_every_vocabulary_that_is_used_is_named(graph: rdflib.Graph, authored_graph: Path) -> None:
    used = set(graph.predicates()) | set(graph.objects(None, RDF.type))
    authored = rdflib.Graph().parse(data=exported(authored_graph), format="turtle")
    used |= set(authored.predicates()) | set(authored.objects(None, RDF.type))
    spaces = {space for space in PREFIXES.values() if any(str(term).startswith(space) for term in used)}
    named = {str(vocabulary) for vocabulary in graph.objects(GRAPH, VOID.vocabulary)}
    assert spaces - {PREFIXES["kg"]} <= named
    assert "https://w3id.org/paperkg/ontology" in named
    assert {PREFIXES[prefix] for prefix in WRITTEN} - spaces <= {PREFIXES["lpwcp"], PREFIXES["fair4ml"]}


def test_its_sources_are_named_with_their_checksums(graph: rdflib.Graph, sample_source: Path) -> None:
    (source,) = graph.objects(GRAPH, DCTERMS.source)
    assert str(graph.value(source, DCTERMS.title)) == sample_source.name
    assert str(graph.value(source, SDO.sha256)) == hashlib.sha256(sample_source.read_bytes()).hexdigest()


def test_the_build_used_the_sources_and_names_program_and_versions(graph: rdflib.Graph, reader: GraphReader) -> None:
    build = graph.value(GRAPH, PROV.wasGeneratedBy)
    assert set(graph.objects(build, PROV.used)) == set(graph.objects(GRAPH, DCTERMS.source))
    agent = graph.value(build, PROV.wasAssociatedWith)
    assert str(graph.value(agent, SDO.softwareVersion)) == __version__
    informing = set(graph.objects(build, PROV.wasInformedBy))
    assert informing == set(graph.subjects(RDF.type, rdflib.URIRef(PREFIXES["kg"] + "Extraction")))
    assert len(informing) == len(describe(reader).extractions) == 1


def test_every_scheme_that_an_entity_is_in_is_described_as_in_the_vocabulary(graph: rdflib.Graph) -> None:
    schemes = set(graph.objects(None, SKOS.inScheme))
    assert schemes <= set(graph.subjects(RDF.type, SKOS.ConceptScheme))
    for kind, (iri, title) in SCHEMES.items():
        shipped = rdflib.Graph().parse(ontology_path() / "vocabulary" / f"{kind}.ttl", format="turtle")
        assert str(shipped.value(rdflib.URIRef(iri), DCTERMS.title)) == title


def test_the_version_is_that_of_what_the_graph_says(sample_graph: Path, tmp_path: Path, sample_source: Path) -> None:
    def version(path: Path) -> str:
        with GraphReader(path) as opened:
            return digest_of(opened)

    build_graph([str(sample_source)], tmp_path / "again.db")
    assert version(tmp_path / "again.db") == version(sample_graph)
    shutil.copy(sample_graph, tmp_path / "other.db")
    with sqlite3.connect(tmp_path / "other.db") as database:
        one = "(paper_id, entity_id) = (SELECT paper_id, entity_id FROM link LIMIT 1)"
        assert database.execute(f"UPDATE link SET confidence = 1 - confidence WHERE {one}").rowcount == 1
    assert version(tmp_path / "other.db") != version(sample_graph)


# A named graph


@pytest.mark.parametrize("output_format", QUAD_FORMATS)
def test_all_is_in_the_named_graph_that_is_asked_for(output_format: str, sample_graph: Path) -> None:
    named = list(
        ox.parse(exported(sample_graph, output_format, options=RdfOptions(graph=NAME)), OXIGRAPH[output_format])
    )
    assert {quad.graph_name for quad in named} == {ox.NamedNode(NAME)}
    plain = ox.parse(exported(sample_graph, "ntriples"), format=OXIGRAPH["ntriples"])
    assert {quad.triple for quad in named} == {quad.triple for quad in plain}


@pytest.mark.parametrize("output_format", sorted(set(RDF_FORMATS) - set(QUAD_FORMATS)))
def test_a_format_of_triples_has_no_named_graphs(output_format: str, reader: GraphReader) -> None:
    with pytest.raises(KgError, match="has no named graphs"):
        exported(reader.path, output_format, options=RdfOptions(graph=NAME))
    with pytest.raises(KgError, match="no option --graph; the formats that have it are nquads, trig, jsonld"):
        write_export(reader, output_format, io.BytesIO(), graph=NAME)


@pytest.mark.parametrize("option", ["license", "graph"])
@pytest.mark.parametrize("iri", ["CC-BY", "https://example.org/a b", "https://example.org/>", "x"])
def test_what_is_no_iri_names_neither_a_licence_nor_a_graph(option: str, iri: str, reader: GraphReader) -> None:
    with pytest.raises(KgError, match=f"no IRI for --{option}"):
        write_export(reader, "nquads", io.BytesIO(), **{option: iri})  # type: ignore[arg-type]


@pytest.mark.parametrize("graph_name", [None, NAME])
def test_json_ld_is_in_the_form_that_streaming_readers_ask_for(graph_name: str | None, sample_graph: Path) -> None:
    data = exported(sample_graph, "jsonld", options=RdfOptions(graph=graph_name))
    streamed = set(ox.parse(data, format=ox.RdfFormat.STREAMING_JSON_LD))
    assert streamed == set(ox.parse(data, format=ox.RdfFormat.JSON_LD))
