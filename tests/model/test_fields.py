"""One table of a paper's fields: each goes through reading, merging, provenance, store, exports and RDF."""

from __future__ import annotations

import csv
import dataclasses
import io
from pathlib import Path

import pytest
import rdflib

from kg.building import build_graph
from kg.exports.elements import nodes
from kg.exports.neo4j import write_neo4j
from kg.exports.parquet import PARQUET_TABLES, write_parquet
from kg.linking import merge_records
from kg.model import DESCRIBED, PAPER_FIELDS, Merge, Paper, PaperField, Stored
from kg.questions.provenance import find_disagreements
from kg.rdf.terms import expand
from kg.sources.synonyms import column_of
from kg.store import GraphReader
from kg.vocabulary import ontology_path
from tests.samples import jsonl

ROWS: dict[str, tuple[object, object]] = {
    "arxiv": ("2401.00001", "2401.00001"),
    "doi": ("10.1000/one", "10.1000/two"),
    "date": ("2024-01-02", "2024-03-04"),
    "organisation": ("First Lab", "Second Lab"),
    "author_count": (3, 4),
    "upvotes": (5, 7),
}
"""A row a field: what one record states, and what another does of the same paper."""

every = pytest.mark.parametrize("field", PAPER_FIELDS, ids=lambda field: field.name)


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One paper of two records that state every field, each its own way."""
    folder = tmp_path_factory.mktemp("fields")
    for number in (0, 1):
        stated = {name: values[number] for name, values in ROWS.items()}
        row = {"title": "Counting Sheep", "abstract": "We count." + " Slowly." * (1 - number), **stated}
        (folder / f"{number}.jsonl").write_text(jsonl([row]), encoding="utf-8")
    build_graph([str(folder)], folder / "kg.db")
    return folder / "kg.db"


def expected(field: PaperField) -> object:
    first, second = ROWS[field.name]
    return max(first, second) if field.merge is Merge.LARGEST else first  # type: ignore[call-overload]


def test_every_field_has_a_row_here() -> None:
    assert [field.name for field in PAPER_FIELDS if field.name not in ROWS] == []


def test_the_table_holds_all_that_a_paper_says_beside_its_text() -> None:
    names = {field.name for field in dataclasses.fields(Paper)}
    assert names - {field.name for field in PAPER_FIELDS} == {"title", "abstract", "id", "sources"}


@every
def test_it_is_read_merged_and_stored(field: PaperField, graph: Path) -> None:
    with GraphReader(graph) as reader:
        (paper,) = reader.papers()
        assert getattr(paper, field.name) == expected(field)
        for table in ("record", "paper"):
            types = dict(reader.rows(f"SELECT name, type FROM pragma_table_info('{table}')"))
            assert types[field.name] == field.stored


@every
def test_a_record_that_does_not_state_it_denies_nothing(field: PaperField) -> None:
    silent = Paper("Counting Sheep", "We count and count.", sources=("a.txt:1",))
    value = ROWS[field.name][0]
    stating = Paper("Counting Sheep", "We count.", sources=("a.txt:2",), **{field.name: value})  # type: ignore[arg-type]
    assert getattr(merge_records("p", [silent, stating]), field.name) == value


@every
def test_sources_that_differ_are_told(field: PaperField, graph: Path) -> None:
    with GraphReader(graph) as reader:
        (paper,) = reader.papers()
        told = {each.field for each in find_disagreements(reader, paper.id)}
    first, second = ROWS[field.name]
    assert (field.name in told) is (field.contested and first != second)


@pytest.mark.parametrize("field", DESCRIBED, ids=lambda field: field.name)
def test_columns_of_its_names_are_read(field: PaperField) -> None:
    assert {column_of(name) for name in field.names} == {field.name}


@every
def test_it_is_in_graphs_and_tables(field: PaperField, graph: Path, tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    with GraphReader(graph) as reader:
        assert next(nodes(reader)).attributes[field.name] == expected(field)
        write_parquet(reader, tmp_path / "parquet")
        write_neo4j(reader, tmp_path / "neo4j")
    (row,) = pq.read_table(tmp_path / "parquet" / "papers.parquet").to_pylist()
    assert row[field.name] == expected(field)
    assert PARQUET_TABLES["papers"][field.name] == ("int64" if field.stored is Stored.INTEGER else "string")
    header, cells = csv.reader(io.StringIO((tmp_path / "neo4j" / "papers.csv").read_text(encoding="utf-8")))
    assert dict(zip((name.partition(":")[0] for name in header), cells, strict=True))[field.name] == str(
        expected(field)
    )


@every
def test_it_is_in_rdf_declared_and_shaped(field: PaperField, graph: Path) -> None:
    from kg.rdf import to_rdflib

    if field.rdf is None:  # identifiers and dates, which RDF says in ways of its own
        return
    predicate, datatype = (rdflib.URIRef(expand(name)) for name in field.rdf)
    with GraphReader(graph) as reader:
        (value,) = to_rdflib(reader).objects(None, predicate)
    assert (str(value), value.datatype or rdflib.XSD.string) == (str(expected(field)), datatype)
    ontology = rdflib.Graph()
    for name in ("kg.ttl", "shapes.ttl"):
        ontology.parse(ontology_path() / name)
    assert (predicate, rdflib.RDFS.range, datatype) in ontology
    (shape,) = ontology.subjects(rdflib.SH.path, predicate)
    assert (shape, rdflib.SH.datatype, datatype) in ontology
    assert (shape, rdflib.SH.maxCount, rdflib.Literal(1)) in ontology
