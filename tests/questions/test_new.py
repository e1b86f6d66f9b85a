from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from kg import wire
from kg.building import build_graph
from kg.errors import KgError
from kg.questions.new import New, NewRequest, ask
from kg.store import GraphReader
from tests.samples import FULL_TEXTS, SMALL_PAPERS, jsonl

MARCH, APRIL = datetime(2025, 3, 1, 12, tzinfo=UTC), datetime(2025, 4, 1, tzinfo=UTC)


@pytest.fixture
def grown(tmp_path: Path) -> Path:
    """A graph that two papers came to in March, and two in full in April, one of which was there by its abstract."""
    known = {"title": "Undertow: Replay That Forgets", "abstract": "We introduce Undertow.", "arxiv": "2503.00022"}
    (tmp_path / "a.jsonl").write_text(jsonl([SMALL_PAPERS[1], known]), encoding="utf-8")
    build_graph([str(tmp_path / "a.jsonl")], tmp_path / "kg.db", moment=MARCH)
    (tmp_path / "full").mkdir()
    for name, text in FULL_TEXTS.items():
        (tmp_path / "full" / name).write_text(text, encoding="utf-8")
    build_graph([str(tmp_path / "full")], tmp_path / "kg.db", moment=APRIL)
    return tmp_path / "kg.db"


def new(db: Path, request: NewRequest | None = None) -> New:
    with GraphReader(db) as reader:
        return ask(reader, request or NewRequest())


def test_what_the_last_build_brought_is_new(grown: Path) -> None:
    found = new(grown)
    assert [(each.number, each.time) for each in found.builds] == [(2, "2025-04-01T00:00:00Z")]
    assert [each.id for each in found.papers] == ["arxiv/2501.00011"]
    assert any((each.paper, each.label) == ("arxiv/2501.00011", "GSM8K") for each in found.links)


def test_of_a_paper_that_was_there_what_its_new_body_says_is_new(grown: Path) -> None:
    found = new(grown)
    of_undertow = {each.label for each in found.links if each.paper == "arxiv/2503.00022"}
    assert "GSM8K" in of_undertow
    assert "Undertow" not in of_undertow  # its abstract said so before
    assert any(claim.paper_id == "arxiv/2503.00022" for claim in found.results)


def test_builds_are_told_by_date_by_time_and_by_number(grown: Path) -> None:
    assert len(new(grown, NewRequest(since="2025")).builds) == 2
    assert len(new(grown, NewRequest(since="2025-03-01T12:00:01Z")).builds) == 1
    assert len(new(grown, NewRequest(after=0)).builds) == 2
    nothing = new(grown, NewRequest(after=2))
    assert (nothing.builds, nothing.papers, set(nothing.counts.values())) == ((), (), {0})


def test_what_is_cut_is_counted(grown: Path) -> None:
    found = new(grown, NewRequest(after=0, limit=1))
    assert len(found.papers) == len(found.links) == 1
    assert found.counts["papers"] == 3
    assert found.counts["links"] == len(new(grown, NewRequest(after=0)).links)
    assert wire.rows(found)[0]["counts"] == found.counts


def test_records_that_a_build_broke_are_told_and_those_of_the_first_are_none(tmp_path: Path) -> None:
    for name, moment in (("tidewater.md", MARCH), ("undertow.md", APRIL)):
        (tmp_path / name).write_text(FULL_TEXTS[name], encoding="utf-8")
        build_graph([str(tmp_path / name)], tmp_path / "kg.db", moment=moment)
    (record,) = new(tmp_path / "kg.db").records
    assert (record.on, record.claim.of, record.score, record.before) == ("GSM8K", "Undertow", 80.1, 78.2)
    assert new(tmp_path / "kg.db", NewRequest(after=0)).records == ()


def test_a_graph_from_before_builds_were_numbered_has_nothing_new(grown: Path) -> None:
    from tests.store.test_database import raw

    raw(grown, "UPDATE record SET build = NULL", "DELETE FROM build")
    assert new(grown).builds == ()


@pytest.mark.parametrize("words", [{"since": "spring"}, {"since": "2025", "after": 1}, {"after": -1}])
def test_what_cannot_be_asked_is_refused(words: dict[str, object]) -> None:
    with pytest.raises(KgError):
        NewRequest(**words)  # type: ignore[arg-type]
