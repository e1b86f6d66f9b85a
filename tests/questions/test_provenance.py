from __future__ import annotations

from pathlib import Path

import pytest

from kg.building import build_graph
from kg.questions.paper import PaperRequest, ask
from kg.questions.provenance import Disagreement
from kg.store import GraphReader
from tests.conftest import Invoke
from tests.samples import jsonl

ONE: dict[str, object] = {
    "title": "Slow Sums",
    "abstract": "We evaluate on GSM8K.",
    "arxiv": "2402.00002",
    "date": "2024-02",
}


def conflicts(tmp_path: Path, *others: dict[str, object]) -> dict[str, Disagreement]:
    for number, row in enumerate([ONE, *others]):
        (tmp_path / f"{number}.jsonl").write_text(jsonl([row]))
    build_graph([str(tmp_path)], tmp_path / "kg.db")
    with GraphReader(tmp_path / "kg.db") as reader:
        return {each.field: each for each in ask(reader, PaperRequest("Slow Sums")).disagreements}


def test_sources_that_agree_are_no_conflict(tmp_path: Path) -> None:
    assert conflicts(tmp_path, ONE, {**ONE, "abstract": "We evaluate  on\nGSM8K."}) == {}


def test_each_value_comes_with_the_places_that_state_it(tmp_path: Path) -> None:
    found = conflicts(tmp_path, {**ONE, "abstract": "We evaluate on GSM8K and MATH."}, ONE)
    assert found["abstract"].values == (
        ("We evaluate on GSM8K.", ("0.jsonl:1", "2.jsonl:1")),
        ("We evaluate on GSM8K and MATH.", ("1.jsonl:1",)),
    )
    assert set(found) == {"abstract"}


@pytest.mark.parametrize(("date", "is_conflict"), [("2024-02-03", False), ("2024-03-01", True), ("2023", True)])
def test_a_less_exact_date_contradicts_nothing(tmp_path: Path, date: str, is_conflict: bool) -> None:
    assert ("date" in conflicts(tmp_path, {**ONE, "date": date})) is is_conflict


def test_what_a_source_leaves_out_it_does_not_deny(tmp_path: Path) -> None:
    assert conflicts(tmp_path, {"title": "Slow Sums", "abstract": "We evaluate on GSM8K."}) == {}


def test_a_retraction_is_told_with_the_sources_that_say_nothing_of_it(tmp_path: Path) -> None:
    found = conflicts(tmp_path, {**ONE, "title": "RETRACTED: Slow Sums", "abstract": ""})
    assert found["status"].values == (("nothing", ("0.jsonl:1",)), ("retracted", ("1.jsonl:1",)))


def test_show_tells_people_where_sources_differ(tmp_path: Path, invoke: Invoke) -> None:
    conflicts(tmp_path, {**ONE, "abstract": "We evaluate on GSM8K. " + "And on. " * 50})
    shown = invoke("show", "Slow Sums", "--db", tmp_path / "kg.db").stdout
    assert "read in: 0.jsonl:1, 1.jsonl:1" in shown
    assert "sources differ on abstract\n  We evaluate on GSM8K.  (0.jsonl:1)" in shown
