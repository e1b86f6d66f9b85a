from __future__ import annotations

from pathlib import Path

from kg.building import build_graph
from kg.store import GraphReader

COUNT = "SELECT count(*) FROM paper"


def test_a_stream_gives_the_rows_of_a_query(reader: GraphReader) -> None:
    sql = "SELECT id FROM paper WHERE id > ? ORDER BY id"
    assert list(reader.stream(sql, ("m",))) == reader.rows(sql, ("m",))


def test_a_snapshot_is_the_graph_of_one_moment(tmp_path: Path, small_source: Path, sample_source: Path) -> None:
    db = tmp_path / "kg.db"
    build_graph([str(small_source)], db)
    with GraphReader(db) as reader:
        with reader.snapshot(), reader.snapshot():
            before = reader.rows(COUNT)
            build_graph([str(sample_source)], db)
            assert reader.rows(COUNT) == before
        assert reader.rows(COUNT) > before


def test_a_snapshot_ends_when_what_is_read_fails(reader: GraphReader) -> None:
    try:
        with reader.snapshot():
            raise KeyError
    except KeyError:
        pass
    with reader.snapshot():
        assert reader.rows(COUNT)
