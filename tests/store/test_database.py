from __future__ import annotations

import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kg.building import build_graph
from kg.errors import GraphError
from kg.exports.jsonl import paper_rows
from kg.model import PAPER_FIELDS
from kg.questions import papers
from kg.questions.description import digest_of
from kg.questions.papers import PapersRequest
from kg.store import GraphReader, open_database
from kg.store.database import columns_of, family_folded, transaction
from kg.store.schema import MIGRATIONS, READABLE, SCHEMA_VERSION
from kg.store.writer import GraphWriter
from kg.text.folding import fold, fold_person
from tests.samples import jsonl


def raw(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def test_a_new_file_has_the_present_schema(tmp_path: Path) -> None:
    connection = open_database(tmp_path / "kg.db", create=True)
    assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
    assert len(MIGRATIONS) == SCHEMA_VERSION


_FIELD = "CASE place WHEN 0 THEN 'title' ELSE 'abstract' END AS field"
_PLACE = 'start, "end", sentence_start, sentence_end'
_AS_BEFORE_3 = {
    "evidence": f"SELECT paper_id, entity_id, {_FIELD}, {_PLACE}, surface, rule, relation, score FROM new.evidence",
    "result": f"SELECT paper_id, {_FIELD}, {_PLACE}, value, number, unit, kind, metric, measured_on, achieved_by, "
    "confidence FROM new.result",
}


def _old_graph(folder: Path, source: Path, version: int) -> Path:
    """A graph of an earlier schema: the tables of that version, with what a present one holds."""
    build_graph([str(source)], folder / "new.db")
    path = folder / f"old{version}.db"
    connection = sqlite3.connect(path)
    connection.create_function("fold", 1, fold)
    connection.create_function("fold_person", 1, fold_person)
    connection.create_function("fold_family", 2, family_folded)
    for number, migration in enumerate(MIGRATIONS[:version]):
        if number == 3:  # as every build gives a file the fields of papers that it does not know
            for table in ("record", "paper"):
                for field in PAPER_FIELDS:
                    if field.name not in columns_of(connection, table):
                        connection.execute(f"ALTER TABLE {table} ADD COLUMN {field.name} {field.stored.column}")
        connection.executescript(migration)
    connection.execute("ATTACH DATABASE ? AS new", (str(folder / "new.db"),))
    tables = "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'paper_text%'"
    for (table,) in connection.execute(tables).fetchall():
        columns = ", ".join(f'"{row[1]}"' for row in connection.execute(f"PRAGMA main.table_info({table})"))
        rows = f"SELECT {columns} FROM new.{table}"
        if version < 3:
            rows = _AS_BEFORE_3.get(table, rows)
        connection.execute(f"INSERT INTO main.{table} ({columns}) {rows}")
    if version < 3:
        connection.execute("INSERT OR REPLACE INTO meta VALUES ('linked', 'yes'), ('min_confidence', '0.45')")
    connection.execute(f"PRAGMA application_id = {0x6B677067}")
    connection.execute(f"PRAGMA user_version = {version}")
    connection.commit()
    connection.close()
    return path


_NEW_OF_RESULTS = "split suite setting base own deviation better row_head column_head cell".split()


@pytest.fixture
def old_graph(tmp_path: Path, small_source: Path) -> Path:
    """A graph of the last schema before this one."""
    return _old_graph(tmp_path, small_source, SCHEMA_VERSION - 1)


@pytest.mark.parametrize("version", READABLE)
def test_a_graph_of_a_recent_schema_is_read_as_it_is(tmp_path: Path, small_source: Path, version: int) -> None:
    old_graph = _old_graph(tmp_path, small_source, version)
    before = old_graph.read_bytes()
    if version < 6:  # files had no place for the addresses of entities
        raw(tmp_path / "new.db", "UPDATE entity SET introduced_in = '[]', homepages = '[]'")
    with GraphReader(old_graph) as old, GraphReader(tmp_path / "new.db") as new:
        rows = list(paper_rows(new))
        assert list(paper_rows(old)) == rows
        assert digest_of(old) == digest_of(new)
        assert any(row["results"] for row in rows)
        entities = "SELECT metric_id, measured_on_id, achieved_by_id FROM result ORDER BY paper_id, place, start"
        assert old.rows(entities) == new.rows(entities)
        for table in ("paper_author", "doubt"):
            assert old.rows(f"SELECT * FROM {table}") == []
        assert old.rows("SELECT older, undated FROM source") == [(0, 0)]
    assert old_graph.read_bytes() == before


@pytest.mark.parametrize("version", READABLE)
def test_a_graph_without_an_index_is_read_all_the_same(tmp_path: Path, small_source: Path, version: int) -> None:
    path = _old_graph(tmp_path, small_source, version)
    raw(path, "DROP INDEX paper_listing", "DROP INDEX link_entity")
    with GraphReader(path) as reader:
        assert len(papers.ask(reader, PapersRequest(benchmark=("GSM8K",)))) == 2


def test_sources_of_an_old_graph_are_read_again_when_they_are_named(tmp_path: Path, small_source: Path) -> None:
    old_graph = _old_graph(tmp_path, small_source, 3)  # whose records lack fields of papers
    summary = build_graph([str(small_source)], old_graph, create=False)
    assert (summary.sources_read, summary.sources_unchanged, summary.papers, summary.new) == (1, 0, 4, 0)
    assert build_graph([str(small_source)], old_graph).sources_unchanged == 1


def test_authors_are_stored_with_the_papers_and_by_a_migration(tmp_path: Path) -> None:
    authors = [{"given": "Bo", "family": "van Cress", "orcid": "0000-0002-1825-0097"}, "Zo\u00eb Berry"]
    (tmp_path / "a.jsonl").write_text(jsonl([{"title": "Slow Sums", "abstract": "We add.", "authors": authors}]))
    build_graph([str(tmp_path / "a.jsonl")], tmp_path / "kg.db")
    asked = "SELECT position, name_folded, family_folded, orcid FROM paper_author ORDER BY 1"
    with GraphReader(tmp_path / "kg.db") as reader:
        stored = reader.rows(asked)
    assert stored == [(0, "bo van cress", "van cress", "0000-0002-1825-0097"), (1, "zoe berry", "berry", None)]
    raw(
        tmp_path / "kg.db",
        "DROP VIEW paper_entities", "DROP VIEW paper_evidence", "DROP VIEW paper_results", "DROP VIEW entity_counts",
        "ALTER TABLE entity DROP COLUMN introduced_in", "ALTER TABLE entity DROP COLUMN homepages",
        "ALTER TABLE entity DROP COLUMN direction", "ALTER TABLE entity DROP COLUMN scale",
        "DROP TABLE redirect", "DROP TABLE former_link", "DROP TABLE derivation", "DROP TABLE sense_doubt",
        "DROP TABLE paper_author", "DROP TABLE doubt", "DROP INDEX record_doi",
        "ALTER TABLE source DROP COLUMN undated", "DROP VIEW passage",
        "CREATE VIEW passage AS SELECT id AS paper_id, 0 AS place, 'title' AS kind, title AS text FROM paper",
        "DROP TABLE part",
        *(f"ALTER TABLE result DROP COLUMN {name}" for name in _NEW_OF_RESULTS),
        "ALTER TABLE paper DROP COLUMN body_record", "ALTER TABLE record DROP COLUMN body_size",
        "ALTER TABLE record DROP COLUMN body_digest", "DROP INDEX record_build",
        "ALTER TABLE record DROP COLUMN build", "DROP TABLE build",
        *(f"DROP TABLE {name}" for name in ("change", "naming", "paper_naming", "spelling", "thing", "claimed")),
        "DROP INDEX record_arxiv", "DROP INDEX extraction_state", "PRAGMA user_version = 3",
    )  # fmt: skip
    with GraphReader(tmp_path / "kg.db") as reader:
        assert reader.rows(asked) == stored
    build_graph([], tmp_path / "kg.db", create=False)
    with GraphReader(tmp_path / "kg.db") as reader:
        assert reader.rows(asked) == stored
    (tmp_path / "a.jsonl").write_text(jsonl([{"title": "Slow Sums", "abstract": "We add.", "authors": ["Ada Apple"]}]))
    build_graph([str(tmp_path / "a.jsonl")], tmp_path / "kg.db")
    with GraphReader(tmp_path / "kg.db") as reader:
        assert reader.rows(asked) == [(0, "ada apple", "apple", None)]


def test_a_graph_of_the_first_schema_is_refused_with_the_command_that_upgrades_it(
    tmp_path: Path, small_source: Path
) -> None:
    first = _old_graph(tmp_path, small_source, 1)
    with pytest.raises(GraphError, match=r"made by an older kg \(schema 1\).*'kg build --db "):
        GraphReader(first)


@pytest.mark.parametrize("version", range(1, SCHEMA_VERSION))
def test_a_build_brings_an_old_graph_to_the_present_schema(tmp_path: Path, small_source: Path, version: int) -> None:
    path = _old_graph(tmp_path, small_source, version)
    build_graph([], path, create=False)
    with GraphReader(path) as old, GraphReader(tmp_path / "new.db") as new:
        assert old.rows("PRAGMA user_version") == [(SCHEMA_VERSION,)]
        assert list(paper_rows(old)) == list(paper_rows(new))
        schema = "SELECT type, name FROM sqlite_master ORDER BY 1, 2"
        assert old.rows(schema) == new.rows(schema)
        # Nobody chose the threshold that was the default of its time.
        assert old.rows("SELECT count(*) FROM meta WHERE key = 'min_confidence'") == [(0,)]


def test_nothing_is_written_by_who_reads(sample_graph: Path) -> None:
    with GraphReader(sample_graph) as reader, pytest.raises(GraphError, match="readonly"):
        reader.rows("DELETE FROM link")


def test_a_graph_from_before_a_field_of_papers_was_known_is_read_and_grows(tmp_path: Path, small_source: Path) -> None:
    build_graph([str(small_source)], tmp_path / "kg.db")
    raw(tmp_path / "kg.db", "ALTER TABLE paper DROP COLUMN upvotes", "ALTER TABLE record DROP COLUMN upvotes")
    with GraphReader(tmp_path / "kg.db") as reader:
        assert [paper.upvotes for paper in reader.papers()] == [None] * 4
        assert papers.ask(reader, PapersRequest(benchmark=("GSM8K",)))
    build_graph([], tmp_path / "kg.db", create=False)
    with GraphReader(tmp_path / "kg.db") as reader:
        assert reader.rows("SELECT upvotes FROM paper") == [(None,)] * 4


def test_several_who_open_an_old_graph_at_once_all_find_it_in_order(old_graph: Path) -> None:
    def look(_: int) -> int:
        with GraphReader(old_graph) as reader:
            return len(list(reader.papers()))

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(look, range(8))) == [4] * 8


def test_an_old_graph_grows(old_graph: Path, sample_source: Path) -> None:
    summary = build_graph([str(sample_source)], old_graph, create=False)
    assert (summary.papers, summary.new) == (71, 67)


def test_a_new_file_lies_in_a_folder_that_is_made_for_it(tmp_path: Path) -> None:
    open_database(tmp_path / "a" / "b" / "kg.db", create=True).close()
    assert (tmp_path / "a" / "b" / "kg.db").is_file()


def test_an_empty_file_may_become_a_graph(tmp_path: Path) -> None:
    (tmp_path / "kg.db").touch()
    open_database(tmp_path / "kg.db", create=True).close()
    open_database(tmp_path / "kg.db").close()


def test_readers_and_a_writer_do_not_block_each_other_by_the_journal_mode(tmp_path: Path) -> None:
    connection = open_database(tmp_path / "kg.db", create=True)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert connection.execute("PRAGMA foreign_keys").fetchone() == (1,)


def test_a_missing_file_is_refused_with_the_command_that_makes_it(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match=r"no such graph; make it with 'kg build SOURCE\.\.\. --db"):
        open_database(tmp_path / "kg.db")
    assert not (tmp_path / "kg.db").exists()


def test_an_empty_file_is_refused_when_it_is_to_be_read(tmp_path: Path) -> None:
    (tmp_path / "kg.db").touch()
    with pytest.raises(GraphError, match="holds no graph yet"):
        open_database(tmp_path / "kg.db")


@pytest.mark.parametrize("create", [True, False])
def test_a_file_of_a_newer_schema_is_refused(tmp_path: Path, create: bool) -> None:
    path = tmp_path / "kg.db"
    open_database(path, create=True).close()
    raw(path, f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    with pytest.raises(GraphError, match="was made by a newer kg"):
        open_database(path, create=create)


@pytest.mark.parametrize("create", [True, False])
def test_a_database_of_another_program_is_refused_and_left_alone(tmp_path: Path, create: bool) -> None:
    path = tmp_path / "kg.db"
    raw(path, "CREATE TABLE accounts (id)")
    before = path.read_bytes()
    with pytest.raises(GraphError, match="is a database, but no graph of kg"):
        open_database(path, create=create)
    assert path.read_bytes() == before


@pytest.mark.parametrize("create", [True, False])
def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path, create: bool) -> None:
    path = tmp_path / "kg.db"
    path.write_bytes(b"just some text, long enough to have a header" * 100)
    before = path.read_bytes()
    with pytest.raises(GraphError, match="not a database"):
        open_database(path, create=create)
    assert path.read_bytes() == before


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match=r"unable to open|cannot be opened"):
        open_database(tmp_path)


def test_a_path_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(GraphError, match="cannot be opened"):
        open_database(tmp_path / "file" / "kg.db", create=True)


def test_damage_is_reported_in_one_line_when_it_is_met(tmp_path: Path, sample_graph: Path) -> None:
    data = bytearray(sample_graph.read_bytes())
    for page in range(4096 * 2, len(data), 4096):
        data[page : page + 64] = b"\xff" * 64
    (tmp_path / "kg.db").write_bytes(data)
    with pytest.raises(GraphError, match="is damaged") as caught, GraphReader(tmp_path / "kg.db") as reader:
        list(reader.papers())
    assert "\n" not in str(caught.value)


def test_damage_is_reported_in_one_line_when_a_build_meets_it(tmp_path: Path, sample_graph: Path) -> None:
    data = bytearray(sample_graph.read_bytes())
    for page in range(4096 * 2, len(data), 4096):
        data[page : page + 64] = b"\xff" * 64
    (tmp_path / "kg.db").write_bytes(data)
    with pytest.raises(GraphError, match="is damaged"), GraphWriter(tmp_path / "kg.db") as writer:
        list(writer.pending("1"))


def test_a_transaction_is_undone_on_any_error(tmp_path: Path) -> None:
    connection = open_database(tmp_path / "kg.db", create=True)
    with pytest.raises(KeyboardInterrupt), transaction(connection):  # noqa: PT012
        connection.execute("INSERT INTO meta VALUES ('a', 'b')")
        raise KeyboardInterrupt
    assert connection.execute("SELECT * FROM meta").fetchall() == []
    assert not connection.in_transaction


def test_a_transaction_is_undone_when_its_end_fails(tmp_path: Path) -> None:
    connection = open_database(tmp_path / "kg.db", create=True)
    with pytest.raises(sqlite3.IntegrityError), transaction(connection):  # noqa: PT012
        connection.execute("PRAGMA defer_foreign_keys = ON")
        connection.execute("INSERT INTO broader VALUES ('no', 'entity')")
    assert not connection.in_transaction


def test_a_graph_in_a_folder_that_nobody_can_write_to_is_read(
    tmp_path: Path, sample_graph: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph = tmp_path / "a graph? #1" / "kg.db"
    graph.parent.mkdir()
    shutil.copy(sample_graph, graph)
    monkeypatch.setattr("kg.store.database.os.access", lambda *_: False)
    with GraphReader(graph) as reader:
        assert reader.rows("SELECT count(*) > 0 FROM paper") == [(1,)]
    assert [path.name for path in graph.parent.iterdir()] == ["kg.db"]
