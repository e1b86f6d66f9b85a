from __future__ import annotations

import sys
from pathlib import Path

import pytest
import rdflib

from kg.errors import KgError
from kg.exports import parquet
from kg.exports.parquet import PARQUET_TABLES, write_parquet
from kg.iris import entity_iri, paper_iri
from kg.questions.derived import builds_on, introduced_by, measured_by
from kg.questions.description import digest_of
from kg.questions.walk import walk_papers
from kg.rdf.terms import PREFIXES
from kg.store import GraphReader
from tests.rdf.conftest import exported

pq = pytest.importorskip("pyarrow.parquet")
Tables = dict[str, list[dict[str, object]]]


def read(folder: Path) -> Tables:
    return {name: pq.read_table(folder / f"{name}.parquet").to_pylist() for name in PARQUET_TABLES}


@pytest.fixture
def tables(any_graph: Path, tmp_path: Path) -> Tables:
    with GraphReader(any_graph) as reader:
        write_parquet(reader, tmp_path / "out", abstracts=True)
    return read(tmp_path / "out")


def test_the_tables_hold_the_whole_graph(tables: Tables, any_graph: Path) -> None:
    with GraphReader(any_graph) as reader:
        accounts, entities = list(walk_papers(reader)), list(reader.entities())
    assert [
        (row["id"], row["title"], row["abstract"], row["organisation"], row["date"]) for row in tables["papers"]
    ] == [
        (paper_iri(a.paper.id), a.paper.title, a.paper.abstract, a.paper.organisation, a.paper.date) for a in accounts
    ]
    assert [(row["id"], row["label"], tuple(row["aliases"])) for row in tables["entities"]] == [  # type: ignore[arg-type]
        (entity_iri(entity.id), entity.label, entity.aliases) for entity in entities
    ]
    assert [tuple(row.values())[1:] for row in tables["links"]] == [
        (paper_iri(account.paper.id), entity_iri(link.entity_id), str(link.relation), link.confidence)
        for account in accounts
        for link in account.links
    ]
    evidence = [piece for account in accounts for link in account.links for piece in link.evidence]
    assert [(row["surface"], row["sentence"]) for row in tables["evidence"]] == [
        (e.surface, e.sentence) for e in evidence
    ]
    assert [row["value"] for row in tables["results"]] == [r.value for account in accounts for r in account.results]


def test_authors_are_names_in_order_and_rows_with_all_that_is_known(authored_graph: Path, tmp_path: Path) -> None:
    with GraphReader(authored_graph) as reader:
        write_parquet(reader, tmp_path / "out")
    tables = read(tmp_path / "out")
    (paper,) = (row["id"] for row in tables["papers"] if row["title"] == "Counting Sheep")
    assert {row["id"]: row["authors"] for row in tables["papers"] if row["authors"]} == {
        paper: ["Ada Apple", "Bo Berry", "Flock Collaboration"]
    }
    assert [tuple(row.values()) for row in tables["authors"]] == [
        (paper, 1, "Ada Apple", "Ada", "Apple", "0000-0002-1825-0097"),
        (paper, 2, "Bo Berry", None, None, None),
        (paper, 3, "Flock Collaboration", None, None, None),
    ]


def test_every_reference_is_to_a_row(tables: Tables) -> None:
    papers, entities = ({row["id"] for row in tables[name]} for name in ("papers", "entities"))
    links = {(row["paper"], row["entity"]) for row in tables["links"]}
    assert {paper for paper, _ in links} <= papers
    assert {entity for _, entity in links} <= entities
    assert {(row["paper"], row["entity"]) for row in tables["evidence"]} == links
    assert {row["paper"] for name in ("authors", "results", "derivations") for row in tables[name]} <= papers
    named = {
        row[key] for row in tables["results"] for key in ("metric_entity", "measured_on_entity", "achieved_by_entity")
    }
    assert named <= entities | {None}


def test_everything_has_the_iri_that_it_has_in_rdf(sample_graph: Path, tmp_path: Path) -> None:
    with GraphReader(sample_graph) as reader:
        write_parquet(reader, tmp_path / "out")
    tables = read(tmp_path / "out")
    graph = rdflib.Graph().parse(data=exported(sample_graph), format="turtle")
    kg = rdflib.Namespace(PREFIXES["kg"])
    for name, kind in (("links", kg.Claim), ("results", kg.Result), ("derivations", kg.Derivation)):
        assert [row["id"] for row in tables[name]] == list(dict.fromkeys(row["id"] for row in tables[name]))
        assert {row["id"] for row in tables[name]} == {str(node) for node in graph.subjects(rdflib.RDF.type, kind)}
    for row in tables["evidence"]:
        assert str(graph.value(rdflib.URIRef(str(row["id"])), kg.sentence)) == row["sentence"]


def test_an_entity_names_all_papers_that_introduce_it_and_what_it_builds_on(sample_graph: Path, tmp_path: Path) -> None:
    with GraphReader(sample_graph) as reader:
        write_parquet(reader, tmp_path / "out")
        wanted = {
            "introduced_by": [(entity_iri(e), paper_iri(p)) for e, p in introduced_by(reader)],
            "builds_on": [(entity_iri(e), entity_iri(o)) for e, o in builds_on(reader)],
            "measured_by": [(entity_iri(e), entity_iri(o)) for e, o in measured_by(reader)],
        }
    rows = read(tmp_path / "out")["entities"]
    for name, pairs in wanted.items():
        assert [(row["id"], other) for row in rows for other in row[name]] == pairs
        assert pairs


def test_every_column_can_be_named_in_sql_as_it_is(sample_graph: Path, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    with GraphReader(sample_graph) as reader:
        write_parquet(reader, tmp_path / "out")
    for name, columns in PARQUET_TABLES.items():
        table = tmp_path / "out" / f"{name}.parquet"
        rows = duckdb.sql(f"SELECT {', '.join(columns)} FROM '{table}'").fetchall()
        assert len(rows) == pq.read_metadata(table).num_rows


def test_every_file_says_what_the_graph_is(sample_graph: Path, tmp_path: Path) -> None:
    with GraphReader(sample_graph) as reader:
        write_parquet(reader, tmp_path / "out", license="https://example.org/licence")
        version = digest_of(reader)
    for name in PARQUET_TABLES:
        facts = pq.read_schema(tmp_path / "out" / f"{name}.parquet").metadata
        assert (facts[b"version"], facts[b"license"]) == (version.encode(), b"https://example.org/licence")


def test_columns_are_typed_and_null_only_where_said(sample_graph: Path, tmp_path: Path) -> None:
    with GraphReader(sample_graph) as reader:
        write_parquet(reader, tmp_path / "out")
    for name, columns in PARQUET_TABLES.items():
        schema = pq.read_schema(tmp_path / "out" / f"{name}.parquet")
        assert schema.names == list(columns)
        assert [field.nullable for field in schema] == [not kind.endswith("!") for kind in columns.values()]


def test_abstracts_are_there_only_when_asked_for(sample_graph: Path, tmp_path: Path) -> None:
    with GraphReader(sample_graph) as reader:
        write_parquet(reader, tmp_path / "out")
    assert {row["abstract"] for row in read(tmp_path / "out")["papers"]} == {None}


def test_it_writes_in_row_groups(sample_graph: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with GraphReader(sample_graph) as reader:
        write_parquet(reader, tmp_path / "whole")
        monkeypatch.setattr(parquet, "_BATCH", 10)
        write_parquet(reader, tmp_path / "parts")
    assert pq.ParquetFile(tmp_path / "parts" / "papers.parquet").num_row_groups == 7
    assert read(tmp_path / "parts") == read(tmp_path / "whole")


def test_without_pyarrow_it_says_what_to_install(
    sample_graph: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with GraphReader(sample_graph) as reader, pytest.raises(KgError, match=r"pip install 'paperkg\[parquet\]'"):
        write_parquet(reader, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_the_files_are_the_same_bytes_twice(sample_graph: Path, tmp_path: Path) -> None:
    with GraphReader(sample_graph) as reader:
        write_parquet(reader, tmp_path / "a")
        write_parquet(reader, tmp_path / "b")
    for name in PARQUET_TABLES:
        file = f"{name}.parquet"
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()
