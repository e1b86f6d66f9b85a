"""A graph of ours conforms; a planted fault of each kind is reported, and nothing else is."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
import rdflib

from kg.iris import entity_iri, paper_iri
from kg.rdf import EvidenceLevel, RdfOptions
from kg.rdf import validate as module
from kg.rdf.terms import PREFIXES
from kg.rdf.validate import Violation, validate_graph, validate_rdf
from kg.store import GraphReader
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
    ],
    ids=lambda value: value.__name__.strip("_") if callable(value) and not isinstance(value, str) else "",
)
def test_a_planted_fault_is_reported_once_and_alone(rdf: rdflib.Graph, plant: Plant, path: str) -> None:
    plant(rdf)
    (fault,) = validate_rdf(rdf)
    assert fault.path == str(path)


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
