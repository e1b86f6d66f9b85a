"""Queries in the terms of Linked Papers With Code are answered by our graphs, and ours by graphs that are made as that.

The queries are of the shapes in which one asks there; LIKE_THEIRS is made of its classes, properties and datatypes.
"""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.iris import entity_iri, paper_iri
from kg.model import EntityType, Relation, ResultKind, entity_of, text_of
from kg.questions.walk import walk_papers
from kg.rdf.terms import LPWC_RELATIONS, PREFIXES
from kg.store import GraphReader
from tests.conftest import ROOT
from tests.rdf.conftest import exported

LIKE_THEIRS = """
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix lpwc: <https://linkedpaperswithcode.com/class/> .
@prefix lpwcp: <https://linkedpaperswithcode.com/property/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@base <https://linkedpaperswithcode.com/> .

<paper/on-wool> a lpwc:paper ; dcterms:title "On Wool" ; dcterms:date "2021-03-04"^^xsd:date ;
    lpwcp:hasMethod <method/carding> ; lpwcp:usesDataset <dataset/fleece> ; lpwcp:hasTask <task/spinning> ;
    lpwcp:hasModel <model/spinner> ; lpwcp:hasEvaluation <evaluation/1> .
<paper/on-felt> a lpwc:paper ; dcterms:title "On Felt" ; lpwcp:hasMethod <method/carding> ;
    lpwcp:usesDataset <dataset/fleece> .
<method/carding> a lpwc:method ; foaf:name "Carding" .
<dataset/fleece> a lpwc:dataset ; dcterms:title "Fleece" .
<task/spinning> a lpwc:task ; foaf:name "Spinning" .
<model/spinner> a lpwc:model ; foaf:name "Spinner" .
<evaluation/1> a lpwc:evaluation ; lpwcp:hasTask <task/spinning> ; lpwcp:hasDataset <dataset/fleece> ;
    lpwcp:hasModel <model/spinner> ; lpwcp:hasEvaluationResult <evaluation-result/1> .
<evaluation-result/1> a lpwc:evaluationresult ; lpwcp:metricName "Evenness" ; lpwcp:metricValue "93.1" .
"""

MOST_USED_DATASETS = """
SELECT ?name (COUNT(DISTINCT ?reader) AS ?readers) {
  ?reader lpwcp:usesDataset ?data .
  ?reader a lpwc:paper .
  ?data a lpwc:dataset ; dcterms:title ?name
} GROUP BY ?name ORDER BY DESC(?readers) ?name
"""
MOST_ADDRESSED_TASKS = """
SELECT ?name (COUNT(DISTINCT ?reader) AS ?readers) {
  ?reader a lpwc:paper ; lpwcp:hasTask ?problem .
  ?problem a lpwc:task ; foaf:name ?name
} GROUP BY ?name ORDER BY DESC(?readers) ?name
"""
PAPERS_OF_A_TASK = """
SELECT (COUNT(DISTINCT ?reader) AS ?readers) {
  ?reader a lpwc:paper ; lpwcp:hasTask <%s> ; dcterms:date ?day
  FILTER(STRSTARTS(STR(?day), "%s"))
}
"""
MODELS_OF_EVALUATIONS = """
SELECT DISTINCT ?model ?data ?metric ?value {
  ?reader a lpwc:paper ; lpwcp:hasEvaluation ?evaluation .
  ?evaluation a lpwc:evaluation ;
              lpwcp:hasModel [ a lpwc:model ; foaf:name ?model ] ;
              lpwcp:hasDataset [ a lpwc:dataset ; dcterms:title ?data ] ;
              lpwcp:hasEvaluationResult ?result .
  ?result a lpwc:evaluationresult ; lpwcp:metricName ?metric ; lpwcp:metricValue ?value
} ORDER BY ?model ?data ?metric ?value
"""
SHIPPED = (ROOT / "examples" / "queries" / "linked-papers-with-code.rq").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def ours(sample_graph: Path) -> ox.Store:
    return store(exported(sample_graph))


@pytest.fixture(scope="module")
def theirs() -> ox.Store:
    return store(LIKE_THEIRS.encode())


def store(*turtle: bytes) -> ox.Store:
    loaded = ox.Store()
    for data in turtle:
        loaded.load(data, format=ox.RdfFormat.TURTLE)
    return loaded


def rows(graph: ox.Store, query: str) -> list[tuple[str | None, ...]]:
    answer = graph.query(query, prefixes=PREFIXES)
    return [tuple(value.value if value is not None else None for value in row) for row in answer]


def counted(reader: GraphReader, relation: str) -> dict[str, int]:
    """How many papers have this property of theirs, by the name of what it leads to."""
    labels = {entity.id: entity.label for entity in reader.entities()}
    types = {entity.id: entity.type for entity in reader.entities()}
    found: dict[str, set[str]] = {}
    for link in reader.links():
        if LPWC_RELATIONS.get((link.relation, types[link.entity_id])) == relation:
            found.setdefault(labels[link.entity_id], set()).add(link.paper_id)
    return {name: len(papers) for name, papers in found.items()}


@pytest.mark.parametrize(
    ("query", "relation"),
    [(MOST_USED_DATASETS, "lpwcp:usesDataset"), (MOST_ADDRESSED_TASKS, "lpwcp:hasTask")],
)
def test_what_is_used_most_is_told(query: str, relation: str, ours: ox.Store, reader: GraphReader) -> None:
    found = {(name, int(readers or 0)) for name, readers in rows(ours, query)}
    assert found
    assert found == set(counted(reader, relation).items())


def test_papers_of_a_task_in_a_year_are_told(ours: ox.Store, reader: GraphReader) -> None:
    (link, *_) = (link for link in reader.links() if link.relation is Relation.ADDRESSES)
    dates = {paper.id: paper.date for paper in reader.papers()}
    papers = {
        each.paper_id
        for each in reader.links()
        if each.entity_id == link.entity_id
        and (each.relation, EntityType.TASK) in LPWC_RELATIONS
        and (dates[each.paper_id] or "").startswith("20")
    }
    assert papers
    assert rows(ours, PAPERS_OF_A_TASK % (entity_iri(link.entity_id), "20")) == [(str(len(papers)),)]


def test_models_of_evaluations_are_told_with_what_was_measured(ours: ox.Store, reader: GraphReader) -> None:
    entities = {entity.id: entity for entity in reader.entities()}
    stated = set()
    for profile in walk_papers(reader):
        for result in profile.results:
            data, model = entities.get(entity_of(result.on) or ""), entities.get(entity_of(result.of) or "")
            if data is None or model is None or result.kind is not ResultKind.ABSOLUTE:
                continue
            if model.type is EntityType.MODEL and data.type is not EntityType.TASK and text_of(result.metric):
                stated.add((model.label, data.label, text_of(result.metric), result.value))
    found = rows(ours, MODELS_OF_EVALUATIONS)
    assert found
    assert set(found) == stated


def test_gains_are_in_no_evaluation(ours: ox.Store, reader: GraphReader) -> None:
    gains = {
        f"{paper_iri(profile.paper.id)}/result/{number}"
        for profile in walk_papers(reader)
        for number, result in enumerate(profile.results, 1)
        if result.kind is not ResultKind.ABSOLUTE
    }
    valued = {value for (value,) in rows(ours, "SELECT ?result { ?evaluation lpwcp:hasEvaluationResult ?result }")}
    assert gains
    assert not gains & valued


def test_the_shipped_query_answers_on_their_data(theirs: ox.Store) -> None:
    assert rows(theirs, SHIPPED) == [
        ("On Felt", "Carding", "Fleece", None),
        ("On Wool", "Carding", "Fleece", "Spinning"),
    ]


def test_the_shipped_query_answers_on_both_in_one_store(ours: ox.Store, theirs: ox.Store, sample_graph: Path) -> None:
    both = store(exported(sample_graph), LIKE_THEIRS.encode())
    unlimited = SHIPPED.replace("LIMIT 50", "")
    assert set(rows(both, unlimited)) == {*rows(ours, unlimited), *rows(theirs, unlimited)}
    assert rows(ours, unlimited)


def test_the_queries_of_these_tests_answer_on_their_data(theirs: ox.Store) -> None:
    """So that what ours answer is what is asked there."""
    assert rows(theirs, MOST_USED_DATASETS) == [("Fleece", "2")]
    assert rows(theirs, MOST_ADDRESSED_TASKS) == [("Spinning", "1")]
    task = "https://linkedpaperswithcode.com/task/spinning"
    assert rows(theirs, PAPERS_OF_A_TASK % (task, "2021-")) == [("1",)]
    assert rows(theirs, MODELS_OF_EVALUATIONS) == [("Spinner", "Fleece", "Evenness", "93.1")]
