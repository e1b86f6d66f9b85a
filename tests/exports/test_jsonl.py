from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
import rdflib

from kg.exports.jsonl import ADDRESSES, ALWAYS, WHERE_KNOWN, write_jsonl
from kg.iris import entity_iri, paper_iri
from kg.model import EntityType, PassageKind, Relation, ResultKind
from kg.questions.derived import builds_on, introduced_by, measured_by
from kg.rdf.terms import PREFIXES
from kg.store import GraphReader
from tests.rdf.conftest import exported as as_rdf

Row = dict[str, object]
OF_ENTITIES = ("known", "direction", "scale", "broader", *ADDRESSES, "introduced_by", "builds_on", "measured_by")


def rows(path: Path, **options: str) -> list[Row]:
    stream = io.BytesIO()
    with GraphReader(path) as reader:
        write_jsonl(reader, stream, **options)
    return [json.loads(line) for line in stream.getvalue().split(b"\n") if line]


@pytest.fixture(scope="module")
def exported(sample_graph: Path) -> list[Row]:
    return rows(sample_graph)


def parts(exported: list[Row], key: str) -> list[Row]:
    return [part for row in exported for part in row[key]]


def test_there_is_a_line_a_paper_ordered_by_id(exported: list[Row], reader: GraphReader) -> None:
    assert [row["title"] for row in exported] == [paper.title for paper in reader.papers()]


def test_a_paper_has_the_fields_of_the_contract(exported: list[Row]) -> None:
    for row in exported:
        known = [name for name in WHERE_KNOWN if name in row]
        assert list(row) == ["id", "title", *ALWAYS, *known, "sources", "entities", "results", "derivations"]
        assert all(row[name] not in (None, "", []) for name in known)


def test_what_sources_state_is_there_where_it_is_known(authored_graph: Path) -> None:
    sheep, wool, erratum, volume = sorted(rows(authored_graph), key=lambda row: str(row["arxiv"] or "~"))
    assert {name: sheep[name] for name in WHERE_KNOWN if name in sheep} == {
        "author_count": 3,
        "authors": [
            {"name": "Ada Apple", "given": "Ada", "family": "Apple", "orcid": "0000-0002-1825-0097"},
            {"name": "Bo Berry"},
            {"name": "Flock Collaboration"},
        ],
        "venue": "Journal of Wool",
        "type": "article",
        "urls": ["https://example.org/sheep"],
        "repositories": ["https://github.com/ada/sheep"],
        "categories": ["cs.CL", "cs.LG"],
        "keywords": ["sheep"],
    }
    assert (wool["status"], erratum["type"], volume["type"]) == ("retracted", "erratum", "proceedings")
    assert "authors" not in wool


def test_an_entity_has_the_fields_of_the_contract(exported: list[Row]) -> None:
    fields = ["id", "name", "aliases", "type", *OF_ENTITIES, "relation", "surfaces", "confidence", "evidence"]
    entities = parts(exported, "entities")
    assert entities
    for entity in entities:
        assert list(entity) == fields
        assert entity["type"] in set(EntityType)
        assert entity["relation"] in set(Relation)
        assert 0 <= entity["confidence"] <= 1  # type: ignore[operator]
        assert entity["surfaces"]


def test_evidence_has_the_fields_of_the_contract(exported: list[Row]) -> None:
    for piece in parts(parts(exported, "entities"), "evidence"):
        assert list(piece) == [
            "id", "field", "place", "start", "end", "sentence", "surface", "relation", "rule", "confidence",
        ]  # fmt: skip
        assert piece["field"] in (PassageKind.TITLE, PassageKind.ABSTRACT)


def test_a_result_has_the_fields_of_the_contract(exported: list[Row]) -> None:
    results = parts(exported, "results")
    assert results
    for result in results:
        assert list(result) == [
            "id", "value", "number", "unit", "kind", "metric", "on", "of", "metric_entity", "on_entity", "of_entity",
            "split", "suite", "setting", "base", "own", "deviation", "better", "row_head", "column_head", "cell",
            "confidence", "evidence",
        ]  # fmt: skip
        assert result["kind"] in set(ResultKind)
        assert list(result["evidence"]) == ["id", "field", "place", "start", "end", "sentence"]  # type: ignore[call-overload]


def test_a_result_has_its_unit_and_the_entities_that_it_is_about(exported: list[Row], reader: GraphReader) -> None:
    stated = [result for paper in reader.papers() for result in reader.results_of(paper)]
    results = parts(exported, "results")
    assert [(row["unit"], row["confidence"]) for row in results] == [(r.unit, r.confidence) for r in stated]
    assert any(row["unit"] == "%" for row in results)
    for key, slots in (
        ("metric_entity", [r.metric for r in stated]),
        ("on_entity", [r.on for r in stated]),
        ("of_entity", [r.of for r in stated]),
    ):
        assert [row[key] for row in results] == [
            entity_iri(slot.entity_id) if slot and slot.entity_id else None for slot in slots
        ]


def test_an_entity_says_who_introduced_it_and_what_it_builds_on(exported: list[Row], reader: GraphReader) -> None:
    entities = {str(entity["id"]): entity for entity in parts(exported, "entities")}
    for name, pairs in (
        ("introduced_by", [(entity_iri(e), paper_iri(p)) for e, p in introduced_by(reader)]),
        ("builds_on", [(entity_iri(e), entity_iri(o)) for e, o in builds_on(reader)]),
        ("measured_by", [(entity_iri(e), entity_iri(o)) for e, o in measured_by(reader)]),
    ):
        assert {(e, str(o)) for e, row in entities.items() for o in row[name]} == set(pairs)
    derivations = {(str(row["entity"]), str(row["builds_on"])) for row in parts(exported, "derivations")}
    assert derivations == {(entity_iri(e), entity_iri(o)) for e, o in builds_on(reader)}


def test_results_and_evidence_have_the_ids_that_they_have_in_rdf(exported: list[Row], sample_graph: Path) -> None:
    graph = rdflib.Graph().parse(data=as_rdf(sample_graph), format="turtle")
    sentence = rdflib.URIRef(PREFIXES["kg"] + "sentence")
    pieces = parts(parts(exported, "entities"), "evidence") + [row["evidence"] for row in parts(exported, "results")]
    assert len({piece["id"] for piece in pieces}) == len(pieces)
    for piece in pieces:
        assert str(graph.value(rdflib.URIRef(str(piece["id"])), sentence)) == piece["sentence"]


def test_ids_are_iris_below_the_base(sample_graph: Path) -> None:
    base = "https://example.org/kg/"
    for row in rows(sample_graph, base=base):
        assert str(row["id"]).startswith(base + "paper/")
        assert all(str(entity["id"]).startswith(f"{base}{entity['type']}/") for entity in row["entities"])


def test_an_entity_comes_once_a_paper(exported: list[Row]) -> None:
    for row in exported:
        ids = [entity["id"] for entity in row["entities"]]
        assert len(ids) == len(set(ids))


def test_every_line_is_json_whatever_the_numbers(any_graph: Path) -> None:
    def refuse(constant: str) -> None:
        raise AssertionError(f"{constant} is no JSON")

    stream = io.BytesIO()
    with GraphReader(any_graph) as reader:
        write_jsonl(reader, stream)
    for line in stream.getvalue().splitlines():
        json.loads(line, parse_constant=refuse)


def test_hostile_texts_come_back_as_json(hostile_graph: Path) -> None:
    with GraphReader(hostile_graph) as reader:
        assert [row["title"] for row in rows(hostile_graph)] == [paper.title for paper in reader.papers()]
