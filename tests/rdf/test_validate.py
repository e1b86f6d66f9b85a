"""A graph of ours conforms; a planted fault of each kind is reported, and nothing else is."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import OWL, RDFS, SH

from kg.iris import entity_iri, paper_iri
from kg.questions.derived import introduced_by
from kg.rdf import EvidenceLevel, RdfOptions
from kg.rdf import validate as module
from kg.rdf.terms import PREFIXES
from kg.rdf.validate import Violation, load_shapes, validate_graph, validate_rdf
from kg.store import GraphReader
from kg.vocabulary.loader import ontology_path
from tests.rdf.conftest import exported

DCTERMS, FOAF, KG, OA, PROV, RDF, SCHEMA, SKOS = (
    rdflib.Namespace(PREFIXES[prefix]) for prefix in ("dcterms", "foaf", "kg", "oa", "prov", "rdf", "schema", "skos")
)
Plant = Callable[[rdflib.Graph], None]


@pytest.fixture(scope="module")
def small_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four papers, so that each planted fault is checked in a moment; not to be written to."""
    from kg.building import build_graph
    from tests.samples import SMALL_PAPERS, jsonl

    folder = tmp_path_factory.mktemp("validate")
    (folder / "small.jsonl").write_text(jsonl(SMALL_PAPERS), encoding="utf-8")
    build_graph([str(folder / "small.jsonl")], folder / "kg.db")
    return folder / "kg.db"


@pytest.fixture
def rdf(small_graph: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(data=exported(small_graph), format="turtle")


def faults(path: Path) -> list[Violation]:
    with GraphReader(path) as reader:
        return list(validate_graph(reader))


@pytest.mark.parametrize("which", ["sample_graph", "hostile_graph", "small_graph", "authored_graph"])
def test_a_built_graph_conforms(which: str, request: pytest.FixtureRequest) -> None:
    assert faults(request.getfixturevalue(which)) == []


@pytest.mark.parametrize("size", [1, 40])
def test_a_graph_conforms_in_parts_of_any_size(size: int, small_graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PART", size)
    assert faults(small_graph) == []


@pytest.mark.shared
def test_the_seeds_conform(seed_graph: Path) -> None:
    assert faults(seed_graph) == []


@pytest.mark.parametrize(
    ("level", "paths"),
    [(EvidenceLevel.SENTENCE, set()), (EvidenceLevel.NONE, {str(PROV.wasDerivedFrom)})],
)
def test_only_what_was_exported_without_evidence_does_not_conform(
    small_graph: Path, level: EvidenceLevel, paths: set[str]
) -> None:
    data = exported(small_graph, options=RdfOptions(level))
    assert {fault.path for fault in validate_rdf(rdflib.Graph().parse(data=data, format="turtle"))} == paths


# Faults in the graph file


@pytest.fixture
def damage(small_graph: Path, tmp_path: Path) -> Callable[[str], list[Violation]]:
    """Run a statement on a copy of the graph file, unchecked by its constraints, and validate that."""

    def run(statement: str) -> list[Violation]:
        path = tmp_path / "damaged.db"
        with sqlite3.connect(small_graph) as source:
            source.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copy(small_graph, path)
        database = sqlite3.connect(path)
        database.execute("PRAGMA ignore_check_constraints = ON")
        changed = database.execute(statement).rowcount
        database.commit()
        database.close()
        assert changed > 0
        return faults(path)

    return run


ONE_LINK = "(paper_id, entity_id) = (SELECT paper_id, entity_id FROM link WHERE entity_id = 'benchmark/humaneval')"


def test_a_confidence_of_two_is_a_fault(damage: Callable[[str], list[Violation]]) -> None:
    (fault,) = damage(f"UPDATE link SET confidence = 2 WHERE {ONE_LINK}")
    assert fault.path == str(KG.confidence)
    assert fault.value == "2.0"
    assert fault.focus.endswith("/claim/benchmark/humaneval")


def test_an_offset_outside_the_text_is_a_fault(damage: Callable[[str], list[Violation]]) -> None:
    (fault,) = damage(f'UPDATE evidence SET "end" = 99999 WHERE {ONE_LINK}')
    assert (fault.path, fault.value) == (str(OA.end), "99999")
    assert fault.focus.endswith("/abstract")
    assert "inside the text" in fault.message


def test_an_end_before_the_start_is_a_fault(damage: Callable[[str], list[Violation]]) -> None:
    (fault,) = damage(f'UPDATE evidence SET "end" = 0 WHERE {ONE_LINK}')
    assert fault.path == str(OA.start)


def test_a_link_without_evidence_is_a_fault(damage: Callable[[str], list[Violation]]) -> None:
    (fault,) = damage(f"DELETE FROM evidence WHERE {ONE_LINK}")
    assert fault.path == str(PROV.wasDerivedFrom)
    assert fault.focus.endswith("/claim/benchmark/humaneval")


@pytest.mark.parametrize("size", [1, 3000])
def test_a_circle_of_families_is_a_fault_where_parts_cut_it(
    size: int, damage: Callable[[str], list[Violation]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_PART", size)
    circle = ["method/ppo", "benchmark/humaneval", "model/gpt-4"]
    pairs = ", ".join(f"('{a}', '{b}')" for a, b in zip(circle, [*circle[1:], circle[0]], strict=True))
    found = damage(f"INSERT OR IGNORE INTO broader (child, parent) VALUES {pairs}")
    assert sorted(fault.focus for fault in found) == sorted(map(entity_iri, circle))
    assert {fault.path for fault in found} == {str(SKOS.broader)}


@pytest.mark.parametrize("size", [1, 3000])
@pytest.mark.parametrize("stated", ["none", "another"])
def test_an_inverse_that_is_wrong_is_a_fault_where_parts_cut_it(
    size: int, stated: str, small_graph: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_PART", size)
    with GraphReader(small_graph) as reader:
        pairs = list(introduced_by(reader))
    (_, paper), *_ = pairs
    wrong = [] if stated == "none" else [("model/gpt-4", paper), *pairs]
    monkeypatch.setattr("kg.rdf.mapping.introduced_by", lambda _: iter(sorted(wrong)))
    found = faults(small_graph)
    assert {(fault.focus, fault.path) for fault in found} == {(paper_iri(paper), str(KG.introducedBy))}


def test_a_relation_to_the_wrong_type_is_a_fault(damage: Callable[[str], list[Violation]]) -> None:
    (fault,) = damage(f"UPDATE link SET relation = 'addresses' WHERE {ONE_LINK}")
    assert fault.path == str(KG.addresses)
    assert fault.value == entity_iri("benchmark/humaneval")


# Faults in RDF


def claim_of(graph: rdflib.Graph) -> rdflib.term.Node:
    return min(graph.subjects(rdflib.RDF.type, KG.Claim))


def a_method(graph: rdflib.Graph) -> rdflib.term.Node:
    return rdflib.URIRef(entity_iri("method/ppo"))


def _confidence(graph: rdflib.Graph) -> None:
    graph.set((claim_of(graph), KG.confidence, rdflib.Literal("-0.1", datatype=rdflib.XSD.decimal)))


def _no_evidence(graph: rdflib.Graph) -> None:
    graph.remove((claim_of(graph), PROV.wasDerivedFrom, None))


def _link_without_claim(graph: rdflib.Graph) -> None:
    paper = min(graph.subjects(rdflib.RDF.type, KG.Paper))
    entity = next(e for e in graph.subjects(rdflib.RDF.type, KG.Entity) if (paper, SCHEMA.mentions, e) not in graph)
    graph.add((paper, KG.usesEntity, entity))


def _two_labels(graph: rdflib.Graph) -> None:
    graph.add((a_method(graph), SKOS.prefLabel, rdflib.Literal("Another", lang="en")))


def _no_label(graph: rdflib.Graph) -> None:
    graph.remove((a_method(graph), SKOS.prefLabel, None))


def _two_types(graph: rdflib.Graph) -> None:
    graph.add((a_method(graph), rdflib.RDF.type, KG.Dataset))


def _wrong_object(graph: rdflib.Graph) -> None:
    paper = next(graph.objects(claim_of(graph), rdflib.RDF.subject))
    target = next(graph.objects(paper, KG.evaluatesOn))
    model = rdflib.URIRef(entity_iri("model/gpt-4"))
    graph.add((model, rdflib.RDF.type, KG.Model))
    for kind in (KG.Dataset, KG.Benchmark):
        graph.remove((target, rdflib.RDF.type, kind))
    graph.add((target, rdflib.RDF.type, KG.Task))


def _unknown_relation(graph: rdflib.Graph) -> None:
    graph.set((claim_of(graph), rdflib.RDF.predicate, KG.invented))


FAIR4ML, LPWCP = (rdflib.Namespace(PREFIXES[prefix]) for prefix in ("fair4ml", "lpwcp"))


def _family_of_itself(graph: rdflib.Graph) -> None:
    graph.add((a_method(graph), SKOS.broader, a_method(graph)))


def _introduced_by_another(graph: rdflib.Graph) -> None:
    (paper, *_) = (each for each in graph.subjects(rdflib.RDF.type, KG.Paper) if not set(graph[each : KG.introduces]))
    for predicate in (KG.introducedBy, LPWCP.introducedBy):
        graph.add((a_method(graph), predicate, paper))


def _introduced_by_no_paper(graph: rdflib.Graph) -> None:
    for predicate in (KG.introducedBy, LPWCP.introducedBy):
        graph.add((a_method(graph), predicate, min(graph.subjects(rdflib.RDF.type, KG.Source))))


def _introduces_without_inverse(graph: rdflib.Graph) -> None:
    (entity, paper), *_ = graph.subject_objects(KG.introducedBy)
    for predicate in (KG.introducedBy, LPWCP.introducedBy):
        graph.remove((entity, predicate, paper))


def _invented_property(graph: rdflib.Graph) -> None:
    graph.add((a_method(graph), KG.invented, rdflib.Literal("x")))


def _property_of_a_paper_at_an_entity(graph: rdflib.Graph) -> None:
    graph.add((a_method(graph), KG.venue, rdflib.Literal("ICML")))


def _method_as_dataset(graph: rdflib.Graph) -> None:
    graph.add((min(graph.subjects(rdflib.RDF.type, KG.Paper)), LPWCP.usesDataset, a_method(graph)))


def _read_from_an_entity(graph: rdflib.Graph) -> None:
    graph.add((min(graph.subjects(rdflib.RDF.type, KG.Paper)), PROV.wasDerivedFrom, a_method(graph)))


def _generated_by_a_paper(graph: rdflib.Graph) -> None:
    graph.set((claim_of(graph), PROV.wasGeneratedBy, min(graph.subjects(rdflib.RDF.type, KG.Paper))))


def _untitled_dataset(graph: rdflib.Graph) -> None:
    graph.remove((rdflib.URIRef(entity_iri("benchmark/humaneval")), DCTERMS.title, None))


def _nameless_model(graph: rdflib.Graph) -> None:
    graph.remove((min(graph.subjects(rdflib.RDF.type, KG.Model)), SCHEMA.name, None))


def _no_evaluation_of_a_model(graph: rdflib.Graph) -> None:
    result = min(graph.subjects(rdflib.RDF.type, FAIR4ML.MLModelEvaluation))
    graph.remove((result, rdflib.RDF.type, FAIR4ML.MLModelEvaluation))


def _unreported_result(graph: rdflib.Graph) -> None:
    graph.remove((None, KG.reports, min(graph.subjects(rdflib.RDF.type, KG.Result))))


def _no_length(graph: rdflib.Graph) -> None:
    text = min(graph.subjects(rdflib.RDF.type, KG.Text))
    graph.remove((text, KG.textLength, None))


@pytest.mark.parametrize(
    ("plant", "path"),
    [
        (_confidence, KG.confidence),
        (_no_evidence, PROV.wasDerivedFrom),
        (_two_labels, SKOS.prefLabel),
        (_no_label, SKOS.prefLabel),
        (_two_types, ""),
        (_unknown_relation, RDF.predicate),
        (_family_of_itself, SKOS.broader),
        (_introduced_by_another, KG.introducedBy),
        (_introduced_by_no_paper, KG.introducedBy),
        (_introduces_without_inverse, KG.introducedBy),
        (_invented_property, KG.invented),
        (_property_of_a_paper_at_an_entity, ""),
        (_method_as_dataset, LPWCP.usesDataset),
        (_read_from_an_entity, PROV.wasDerivedFrom),
        (_generated_by_a_paper, ""),
        (_untitled_dataset, DCTERMS.title),
        (_nameless_model, SCHEMA.name),
        (_no_evaluation_of_a_model, ""),
        (_unreported_result, KG.reports),
    ],
    ids=lambda value: value.__name__.strip("_") if callable(value) and not isinstance(value, str) else "",
)
def test_a_planted_fault_is_reported_once_and_alone(rdf: rdflib.Graph, plant: Plant, path: str) -> None:
    plant(rdf)
    (fault,) = validate_rdf(rdf)
    assert fault.path == str(path)


@pytest.mark.parametrize("length", [2, 3, 5])
def test_a_circle_of_families_is_reported_at_each_that_is_in_it(length: int, rdf: rdflib.Graph) -> None:
    circle = sorted(rdf.subjects(rdflib.RDF.type, KG.Entity))[:length]
    for each in rdf.subjects(rdflib.RDF.type, KG.Entity):
        rdf.remove((each, SKOS.broader, None))
    for each, parent in zip(circle, [*circle[1:], circle[0]], strict=True):
        rdf.add((each, SKOS.broader, parent))
    outside = max(rdf.subjects(rdflib.RDF.type, KG.Entity))
    rdf.add((outside, SKOS.broader, circle[0]))
    assert sorted(fault.focus for fault in validate_rdf(rdf)) == [str(each) for each in circle]


def test_the_shape_that_takes_sparql_finds_what_is_found_here(rdf: rdflib.Graph) -> None:
    from pyshacl import validate

    declared = rdflib.URIRef("https://w3id.org/paperkg/shapes#DeclaredPropertyShape")
    alone = rdflib.Graph()
    for shape in (declared, rdflib.URIRef("https://w3id.org/paperkg/shapes")):
        alone += load_shapes().cbd(shape)
    assert validate(rdf, shacl_graph=alone, inference="none")[0]
    _invented_property(rdf)
    conforms, report, _ = validate(rdf, shacl_graph=alone, inference="none")
    assert not conforms
    (found,) = (
        (report.value(each, SH.resultPath), report.value(each, SH.value)) for each in report.objects(None, SH.result)
    )
    (fault,) = validate_rdf(rdf)
    assert tuple(map(str, found)) == (fault.path, fault.focus)


def test_the_shape_that_takes_sparql_names_all_properties_of_the_ontology() -> None:
    ontology = rdflib.Graph().parse(ontology_path() / "kg.ttl", format="turtle")
    properties = {
        str(term).removeprefix(PREFIXES["kg"])
        for kind in (OWL.ObjectProperty, OWL.DatatypeProperty)
        for term in ontology.subjects(rdflib.RDF.type, kind)
        if str(term).startswith(PREFIXES["kg"])
    }
    (query,) = load_shapes().objects(None, SH.select)
    assert set(re.findall(r"kg:(\w+)", str(query))) == properties


def test_every_property_with_a_domain_has_a_shape_that_asks_for_it() -> None:
    ontology = rdflib.Graph().parse(ontology_path() / "kg.ttl", format="turtle")
    shapes = load_shapes()
    for term, domain in ontology.subject_objects(RDFS.domain):
        if str(domain).startswith(PREFIXES["kg"]):
            (shape,) = shapes.subjects(SH.targetSubjectsOf, term)
            assert shapes.value(shape, SH["class"]) == domain


def test_what_others_state_beside_ours_is_no_fault(rdf: rdflib.Graph) -> None:
    rdf.add((a_method(rdf), rdflib.OWL.sameAs, rdflib.URIRef("https://www.wikidata.org/entity/Q1")))
    rdf.add((claim_of(rdf), rdflib.RDFS.comment, rdflib.Literal("doubtful")))
    assert validate_rdf(rdf) == []


def _author_of_nothing(graph: rdflib.Graph, author: rdflib.term.Node) -> None:
    graph.remove((None, DCTERMS.creator, author))
    graph.remove((None, SCHEMA.author, author))


def _author_of_two(graph: rdflib.Graph, author: rdflib.term.Node) -> None:
    (paper,) = graph.subjects(SCHEMA.author, author)
    other = next(each for each in graph.subjects(rdflib.RDF.type, KG.Paper) if each != paper)
    graph.add((other, DCTERMS.creator, author))
    graph.add((other, SCHEMA.author, author))


def _nameless_author(graph: rdflib.Graph, author: rdflib.term.Node) -> None:
    graph.remove((author, FOAF.name, None))
    graph.remove((author, SCHEMA.name, None))


def _other_orcid(graph: rdflib.Graph, author: rdflib.term.Node) -> None:
    graph.set((author, DCTERMS.identifier, rdflib.Literal("orcid:0000")))


def _no_first_author(graph: rdflib.Graph, author: rdflib.term.Node) -> None:
    graph.remove((None, RDF._1, author))


def _unknown_status(graph: rdflib.Graph, author: rdflib.term.Node) -> None:
    (paper,) = graph.subjects(SCHEMA.author, author)
    graph.add((paper, KG.status, rdflib.Literal("lost")))


def _address_of_a_script(graph: rdflib.Graph, author: rdflib.term.Node) -> None:
    (paper,) = graph.subjects(SCHEMA.author, author)
    graph.add((paper, SCHEMA.url, rdflib.Literal("javascript:alert(1)", datatype=rdflib.XSD.anyURI)))


@pytest.mark.parametrize(
    "plant",
    [
        _author_of_nothing,
        _author_of_two,
        _nameless_author,
        _other_orcid,
        _no_first_author,
        _unknown_status,
        _address_of_a_script,
    ],
    ids=lambda plant: plant.__name__.strip("_"),
)
def test_a_fault_in_what_sources_state_is_reported(
    plant: Callable[[rdflib.Graph, rdflib.term.Node], None], authored_graph: Path
) -> None:
    rdf = rdflib.Graph().parse(data=exported(authored_graph), format="turtle")
    (author,) = rdf.subjects(FOAF.name, rdflib.Literal("Ada Apple"))
    plant(rdf, author)
    (_,) = validate_rdf(rdf)


def test_a_link_that_no_claim_backs_is_a_fault(rdf: rdflib.Graph) -> None:
    _link_without_claim(rdf)
    (fault,) = validate_rdf(rdf)
    assert fault.message == "What a paper relates to is what it mentions."


def test_a_text_without_a_length_is_a_fault(rdf: rdflib.Graph) -> None:
    _no_length(rdf)
    assert str(KG.textLength) in {fault.path for fault in validate_rdf(rdf)}


def test_a_relation_whose_object_changes_its_type_is_a_fault(rdf: rdflib.Graph) -> None:
    _wrong_object(rdf)
    assert str(KG.evaluatesOn) in {fault.path for fault in validate_rdf(rdf)}


def test_a_fault_names_its_paper(rdf: rdflib.Graph) -> None:
    _confidence(rdf)
    (fault,) = validate_rdf(rdf)
    assert any(fault.focus.startswith(str(paper)) for paper in rdf.subjects(rdflib.RDF.type, KG.Paper))
    assert fault.focus.startswith(paper_iri(""))
