"""One table of a paper's fields: each goes through reading, merging, provenance, store, exports and RDF."""

from __future__ import annotations

import csv
import dataclasses
import io
from pathlib import Path
from typing import Any

import pytest
import rdflib

from kg.building.unify import unify
from kg.exports.elements import nodes
from kg.exports.jsonl import paper_rows
from kg.exports.neo4j import ARRAY_DELIMITER, write_neo4j
from kg.exports.parquet import PARQUET_TABLES, write_parquet
from kg.linking import merge_records
from kg.model import DESCRIBED, PAPER_FIELDS, Author, Merge, Paper, PaperField, Stored
from kg.questions.provenance import find_disagreements
from kg.rdf.terms import expand
from kg.sources.synonyms import column_of
from kg.store import GraphReader
from kg.store.writer import GraphWriter
from kg.vocabulary import ontology_path

ROWS: dict[str, tuple[object, object]] = {
    "arxiv": ("2401.00001", "2401.00001"),
    "doi": ("10.1000/one", "10.1000/two"),
    "date": ("2024-01-02", "2024-03-04"),
    "organisation": ("First Lab", "Second Lab"),
    "author_count": (3, 4),
    "upvotes": (5, 7),
    "authors": ((Author("Ada Apple"), Author("Bo Berry", "Bo", "Berry", "0000-0002-1825-0097")), (Author("Cy Cress"),)),
    "venue": ("Journal of Wool", "JoW"),
    "type": ("article", "preprint"),
    "status": ("retracted", "withdrawn"),
    "urls": (("https://example.org/a", "https://example.org/b"), ("https://example.org/b", "https://example.org/c")),
    "repositories": (("https://github.com/ada/sheep",), ("https://github.com/bo/sheep",)),
    "categories": (("cs.CL", "cs.LG"), ("stat.ML",)),
    "keywords": (("sheep", "counting, slow"), ("sheep", "wool")),
}
"""A row a field: what one record states, and what another does of the same paper."""

every = pytest.mark.parametrize("field", PAPER_FIELDS, ids=lambda field: field.name)


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One paper of two records that state every field, each its own way."""
    records = []
    for number in (0, 1):
        stated: dict[str, Any] = {name: values[number] for name, values in ROWS.items()}
        abstract = "We count." + " Slowly." * (1 - number)
        records.append(Paper("Counting Sheep", abstract, sources=(f"papers.txt:{number + 1}",), **stated))
    path = tmp_path_factory.mktemp("fields") / "kg.db"
    with GraphWriter(path) as writer:
        writer.replace_source("papers", "papers.txt", "digest", records)
        unify(writer)
    return path


def expected(field: PaperField) -> object:
    first, second = ROWS[field.name]
    if field.merge is Merge.ALL:
        return tuple(dict.fromkeys((*first, *second)))  # type: ignore[misc]
    return max(first, second) if field.merge is Merge.LARGEST else first  # type: ignore[call-overload]


def plain(field: PaperField) -> object:
    """The same in tables and graphs, where authors are names."""
    value = expected(field)
    return tuple(author.name for author in value) if field.stored is Stored.AUTHORS else value


def test_every_field_has_a_row_here() -> None:
    assert [field.name for field in PAPER_FIELDS if field.name not in ROWS] == []


def test_the_table_holds_all_that_a_paper_says_beside_its_text() -> None:
    names = {field.name for field in dataclasses.fields(Paper)}
    assert names - {field.name for field in PAPER_FIELDS} == {"title", "abstract", "id", "body", "sources", "remarks"}


@every
def test_it_is_merged_and_stored(field: PaperField, graph: Path) -> None:
    with GraphReader(graph) as reader:
        (paper,) = reader.papers()
        assert getattr(paper, field.name) == expected(field)
        for table in ("record", "paper"):
            types = dict(reader.rows(f"SELECT name, type FROM pragma_table_info('{table}')"))
            assert types[field.name] == field.stored.column


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
        assert next(nodes(reader)).attributes[field.name] == plain(field)
        write_parquet(reader, tmp_path / "parquet")
        write_neo4j(reader, tmp_path / "neo4j")
    (row,) = pq.read_table(tmp_path / "parquet" / "papers.parquet").to_pylist()
    types = {Stored.INTEGER: "int64", Stored.TEXT: "string"}
    assert PARQUET_TABLES["papers"][field.name] == types.get(field.stored, "strings!")
    assert row[field.name] == (list(plain(field)) if field.stored.is_list else plain(field))  # type: ignore[call-overload]
    header, cells = csv.reader(io.StringIO((tmp_path / "neo4j" / "papers.csv").read_text(encoding="utf-8")))
    (name,) = (name for name in header if name.partition(":")[0] == field.name)
    value = plain(field)
    assert name.partition(":")[2] == ("long" if isinstance(value, int) else "string[]" if field.stored.is_list else "")
    assert cells[header.index(name)] == (ARRAY_DELIMITER.join(value) if isinstance(value, tuple) else str(value))


@every
def test_it_is_in_lines_of_json(field: PaperField, graph: Path) -> None:
    with GraphReader(graph) as reader:
        (row,) = paper_rows(reader)
    value = expected(field)
    if isinstance(value, tuple):
        value = [each.known if isinstance(each, Author) else each for each in value]
    assert row[field.name] == value


@every
def test_it_is_in_rdf_declared_and_shaped(field: PaperField, graph: Path) -> None:
    from kg.rdf import to_rdflib

    if field.rdf is None:  # identifiers, dates, authors and types, which RDF says in ways of its own
        return
    predicate, datatype = (rdflib.URIRef(expand(name)) for name in field.rdf)
    with GraphReader(graph) as reader:
        stated = list(to_rdflib(reader).objects(None, predicate))
    value = expected(field)
    assert {str(each) for each in stated} == set(map(str, value if isinstance(value, tuple) else (value,)))
    assert {each.datatype or rdflib.XSD.string for each in stated} == {datatype}
    ontology = rdflib.Graph()
    for name in ("kg.ttl", "shapes.ttl"):
        ontology.parse(ontology_path() / name)
    assert not field.rdf[0].startswith("kg:") or (predicate, rdflib.RDFS.range, datatype) in ontology
    (shape,) = ontology.subjects(rdflib.SH.path, predicate)
    assert (shape, rdflib.SH.datatype, datatype) in ontology
    assert ((shape, rdflib.SH.maxCount, rdflib.Literal(1)) in ontology) is not field.stored.is_list
