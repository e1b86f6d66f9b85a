from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from kg.building import build_graph, curate_graph, moment_of_building
from kg.errors import KgError
from kg.exports.jsonl import paper_rows
from kg.linking.rules import Rename
from kg.questions.description import digest_of
from kg.store import GraphReader
from tests.conftest import Invoke
from tests.samples import SMALL_PAPERS, jsonl
from tests.store.test_database import raw

MARCH, APRIL = datetime(2025, 3, 1, 12, tzinfo=UTC), datetime(2025, 4, 1, tzinfo=UTC)


def put(path: Path, *papers: dict[str, object]) -> str:
    path.write_text(jsonl(papers), encoding="utf-8")
    return str(path)


def arrivals(db: Path) -> dict[str, str | None]:
    with GraphReader(db) as reader:
        return dict(
            reader.rows("SELECT title, time FROM record LEFT JOIN build ON number = record.build ORDER BY title")
        )


def test_a_record_has_the_time_of_the_build_that_brought_it(tmp_path: Path) -> None:
    first, second, *_ = SMALL_PAPERS
    build_graph([put(tmp_path / "a.jsonl", first)], tmp_path / "kg.db", moment=MARCH)
    build_graph([put(tmp_path / "b.jsonl", second)], tmp_path / "kg.db", moment=APRIL)
    assert arrivals(tmp_path / "kg.db") == {
        first["title"]: "2025-03-01T12:00:00Z",
        second["title"]: "2025-04-01T00:00:00Z",
    }


def test_a_source_that_grew_keeps_the_time_of_what_it_had(tmp_path: Path) -> None:
    first, second, third, _ = SMALL_PAPERS
    build_graph([put(tmp_path / "a.jsonl", first, third)], tmp_path / "kg.db", moment=MARCH)
    told_more = {**first, "title": "Arithmetic With More Patience"}  # by its arXiv id the same
    corrected = {**third, "abstract": "We introduce TidyBench, a benchmark for robots."}
    build_graph([put(tmp_path / "a.jsonl", second, told_more, corrected)], tmp_path / "kg.db", moment=APRIL)
    assert arrivals(tmp_path / "kg.db") == {
        "Arithmetic With More Patience": "2025-03-01T12:00:00Z",
        second["title"]: "2025-04-01T00:00:00Z",
        third["title"]: "2025-03-01T12:00:00Z",
    }


def test_corrections_and_further_builds_leave_the_times_alone(tmp_path: Path) -> None:
    source, db = put(tmp_path / "a.jsonl", *SMALL_PAPERS), tmp_path / "kg.db"
    build_graph([source], db, moment=MARCH)
    before = arrivals(db)
    build_graph([source], db, moment=APRIL)
    curate_graph(Rename("method/ppo", "The PPO"), db)
    assert arrivals(db) == before


def test_a_build_that_brings_nothing_is_not_numbered(tmp_path: Path) -> None:
    first, second, *_ = SMALL_PAPERS
    db = tmp_path / "kg.db"
    for moment, papers in ((MARCH, (first, second)), (APRIL, (first,)), (APRIL, (first, second))):
        build_graph([put(tmp_path / "a.jsonl", *papers)], db, moment=moment)
    with GraphReader(db) as reader:
        assert reader.rows("SELECT * FROM build") == [(1, "2025-03-01T12:00:00Z"), (2, "2025-04-01T00:00:00Z")]


def test_a_graph_tells_the_same_whenever_its_papers_came(tmp_path: Path) -> None:
    source = put(tmp_path / "a.jsonl", *SMALL_PAPERS)
    build_graph([source], tmp_path / "one.db", moment=MARCH)
    build_graph([source], tmp_path / "two.db")
    with GraphReader(tmp_path / "one.db") as one, GraphReader(tmp_path / "two.db") as two:
        assert digest_of(one) == digest_of(two)
        assert list(paper_rows(one)) == list(paper_rows(two))


def test_what_came_before_builds_were_numbered_keeps_no_time(tmp_path: Path) -> None:
    first, second, *_ = SMALL_PAPERS
    db = tmp_path / "kg.db"
    build_graph([put(tmp_path / "a.jsonl", first)], db, moment=MARCH)
    raw(db, "UPDATE record SET build = NULL", "DELETE FROM build")
    build_graph([put(tmp_path / "a.jsonl", first, second)], db, moment=APRIL)
    assert arrivals(db) == {first["title"]: None, second["title"]: "2025-04-01T00:00:00Z"}


def test_a_time_without_a_zone_is_refused(tmp_path: Path, small_source: Path) -> None:
    with pytest.raises(KgError, match="says nothing of its zone"):
        build_graph([str(small_source)], tmp_path / "kg.db", moment=datetime(2025, 3, 1))


def test_commands_take_the_time_from_the_clock_unless_it_is_chosen(
    tmp_path: Path, invoke: Invoke, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, *_ = SMALL_PAPERS
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1740830400")
    assert invoke("build", put(tmp_path / "a.jsonl", first), "--db", "kg.db").exit_code == 0
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1743465600")
    assert invoke("add", put(tmp_path / "b.jsonl", second), "--db", "kg.db").exit_code == 0
    assert list(arrivals(tmp_path / "kg.db").values()) == ["2025-03-01T12:00:00Z", "2025-04-01T00:00:00Z"]
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert moment_of_building().tzinfo is UTC


@pytest.mark.parametrize("chosen", ["soon", "1e99", "9" * 30])
def test_a_chosen_time_that_is_none_is_refused(chosen: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", chosen)
    with pytest.raises(KgError, match="SOURCE_DATE_EPOCH is"):
        moment_of_building()
