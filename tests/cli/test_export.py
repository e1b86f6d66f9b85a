"""``kg export`` and ``kg validate``: RDF's options, compression, folders, exit codes."""

from __future__ import annotations

import gzip
import json
import shutil
import sqlite3
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.plugins import offered_exporters
from kg.rdf import RDF_FORMATS
from tests.conftest import Invoke

FORMATS = {offer.value.name: offer.value for offer in offered_exporters()}
FOLDERS = [name for name, found in FORMATS.items() if found.folder]
FILES = [name for name in FORMATS if name not in FOLDERS]


@pytest.mark.parametrize("output_format", list(RDF_FORMATS))
def test_each_rdf_format_is_written(invoke: Invoke, sample_graph: Path, output_format: str) -> None:
    result = invoke("export", "--format", output_format, "--db", sample_graph, "--evidence", "none")
    assert result.exit_code == 0
    assert "GSM8K" in result.output


def test_the_help_lists_every_format(invoke: Invoke) -> None:
    text = invoke("export", "-h").output
    assert all(f"\n    {name} " in text and found.summary in text for name, found in FORMATS.items())


@pytest.mark.parametrize("output_format", FILES)
def test_a_file_is_the_same_packed_and_on_standard_output(
    invoke: Invoke, sample_graph: Path, tmp_path: Path, output_format: str
) -> None:
    piped = invoke("export", "--format", output_format, "--db", sample_graph)
    packed = tmp_path / "graph.gz"
    assert invoke("export", "--format", output_format, "-o", packed, "--db", sample_graph).exit_code == 0
    assert piped.stdout_bytes
    assert gzip.decompress(packed.read_bytes()) == piped.stdout_bytes


def test_evidence_and_abstracts_are_options(invoke: Invoke, sample_graph: Path) -> None:
    arguments = ["export", "--format", "nquads", "--db", sample_graph]
    none, full = (invoke(*arguments, "--evidence", level).output for level in ("none", "full"))
    assert "oa#Annotation" not in none
    assert "oa#TextPositionSelector" in full
    assert "terms/abstract" not in full
    assert "terms/abstract" in invoke(*arguments, "--abstracts").output


def test_the_base_begins_the_iris(invoke: Invoke, sample_graph: Path) -> None:
    output = invoke("export", "--format", "jsonld", "--base", "https://e.org/kg#", "--db", sample_graph).output
    nodes = json.loads(output)["@graph"]
    ours = [node["@id"] for node in nodes if "skos:ConceptScheme" not in node["@type"]]  # schemes are the vocabulary's
    assert all(iri.startswith("https://e.org/kg#") for iri in ours)


@pytest.mark.parametrize("base", ["schema:x/", "kg:x#"])
def test_a_base_that_looks_like_a_prefix_is_refused(invoke: Invoke, sample_graph: Path, base: str) -> None:
    result = invoke("export", "--format", "jsonld", "--base", base, "--db", sample_graph)
    assert result.exit_code == 2
    assert result.stderr.startswith("kg: ")
    assert "prefix" in result.stderr


def test_a_folder_is_no_file_to_write_to(invoke: Invoke, tmp_path: Path, sample_graph: Path) -> None:
    result = invoke("export", "--format", "turtle", "-o", tmp_path, "--db", sample_graph)
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("output_format", FOLDERS)
def test_a_folder_has_several_files_that_are_the_same_each_time(
    invoke: Invoke, sample_graph: Path, tmp_path: Path, output_format: str
) -> None:
    def files() -> dict[str, bytes]:
        assert invoke("export", "--format", output_format, "-o", folder, "--db", sample_graph).exit_code == 0
        return {path.name: path.read_bytes() for path in folder.iterdir()}

    folder = tmp_path / "new" / "graph"
    first = files()
    assert len(first) > 1
    assert files() == first


@pytest.mark.parametrize("output_format", FOLDERS)
def test_a_folder_cannot_go_to_standard_output(invoke: Invoke, sample_graph: Path, output_format: str) -> None:
    result = invoke("export", "--format", output_format, "--db", sample_graph)
    assert result.exit_code == 2
    assert "-o FOLDER" in result.stderr


@pytest.mark.parametrize("output_format", FOLDERS)
def test_a_folder_with_other_files_is_left_alone(
    invoke: Invoke, sample_graph: Path, tmp_path: Path, output_format: str
) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    result = invoke("export", "--format", output_format, "-o", tmp_path, "--db", sample_graph)
    assert result.exit_code == 2
    assert "mine.txt" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize(
    ("output_format", "options"),
    [(name, ["--evidence", "full"]) for name in FORMATS if name not in RDF_FORMATS]
    + [(name, ["--abstracts"]) for name in FORMATS if name not in (*RDF_FORMATS, "parquet")],
)
def test_an_option_that_a_format_does_not_have_is_refused(
    invoke: Invoke, sample_graph: Path, tmp_path: Path, output_format: str, options: list[str]
) -> None:
    output = tmp_path / "new" / "graph"
    result = invoke("export", "--format", output_format, *options, "-o", output, "--db", sample_graph)
    assert result.exit_code == 2
    assert options[0] in result.stderr
    assert "turtle" in result.stderr
    assert not output.exists()


def test_parquet_has_abstracts_when_asked_for(invoke: Invoke, sample_graph: Path, tmp_path: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    found = {}
    for options in ((), ("--abstracts",)):
        arguments = ("export", "--format", "parquet", "-o", tmp_path / "tables", "--db", sample_graph, *options)
        assert invoke(*arguments).exit_code == 0
        found[options] = set(pq.read_table(tmp_path / "tables" / "papers.parquet").column("abstract").to_pylist())
    assert found[()] == {None}
    assert any("GSM8K" in str(abstract) for abstract in found["--abstracts",])


def test_the_help_says_what_does_not_conform(invoke: Invoke) -> None:
    assert "does not conform" in " ".join(invoke("export", "-h").output.split())


# kg validate


@pytest.fixture
def small_db(invoke: Invoke, small_source: Path, tmp_path: Path) -> Path:
    assert invoke("build", small_source, "--db", tmp_path / "kg.db").exit_code == 0
    return tmp_path / "kg.db"


@pytest.fixture
def faulty_db(small_db: Path, tmp_path: Path) -> Path:
    path = tmp_path / "faulty.db"
    shutil.copy(small_db, path)
    with sqlite3.connect(path) as database:
        database.execute(
            "UPDATE evidence SET \"end\" = 99999, sentence_end = 99999 WHERE entity_id = 'benchmark/humaneval'"
        )
    return path


def test_a_graph_that_conforms_exits_with_zero(invoke: Invoke, small_db: Path) -> None:
    result = invoke("validate", "--db", small_db)
    assert (result.exit_code, result.output) == (0, "the graph conforms to its shapes\n")
    result = invoke("validate", "--format", "json", "--db", small_db)
    assert (result.exit_code, json.loads(result.output)) == (0, [])


def test_a_graph_with_a_fault_exits_with_one_and_says_where(invoke: Invoke, faulty_db: Path) -> None:
    result = invoke("validate", "--db", faulty_db)
    assert result.exit_code == 1
    fault, count = result.output.splitlines()
    assert "/abstract: Evidence ends inside the text that it stands in." in fault
    assert fault.endswith("99999")
    assert count.startswith("1 fault: ")
    result = invoke("validate", "--format", "json", "--db", faulty_db)
    assert result.exit_code == 1
    (row,) = json.loads(result.output)
    assert list(row) == ["focus", "path", "value", "message"]


def test_validating_nothing_is_an_error(invoke: Invoke) -> None:
    result = invoke("validate", "--db", "missing.db")
    assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1)


def test_exports_load_in_a_triple_store_as_they_are(invoke: Invoke, sample_graph: Path) -> None:
    assert invoke("export", "--format", "trig", "-o", "kg.trig", "--db", sample_graph).exit_code == 0
    store = ox.Store()
    store.bulk_load(path="kg.trig", format=ox.RdfFormat.TRIG)
    assert len(store) > 1000


def test_a_licence_and_a_named_graph_are_written_as_they_are_given(invoke: Invoke, sample_graph: Path) -> None:
    licence, name = "https://creativecommons.org/licenses/by/4.0/", "https://example.org/mine"
    output = invoke("export", "--format", "nquads", "--license", licence, "--graph", name, "--db", sample_graph).output
    assert all(line.endswith(f" <{name}> .") for line in output.splitlines())
    assert f"<http://purl.org/dc/terms/license> <{licence}>" in output


def test_a_licence_that_is_no_iri_is_refused_in_one_line(invoke: Invoke, sample_graph: Path) -> None:
    done = invoke("export", "--format", "turtle", "--license", "CC-BY", "--db", sample_graph)
    assert done.exit_code == 2
    assert "'CC-BY' is no IRI for --license; give an absolute one" in done.output


def test_a_projection_is_of_entities_alone(invoke: Invoke, sample_graph: Path) -> None:
    output = invoke("export", "--format", "cytoscape", "--projection", "entities", "--db", sample_graph).output
    nodes = json.loads(output)["elements"]["nodes"]
    assert nodes
    assert not any(node["data"]["kind"] == "paper" for node in nodes)
