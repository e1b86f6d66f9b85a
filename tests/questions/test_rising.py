from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.building import build_graph
from kg.errors import KgError
from kg.model import EntityType
from kg.questions.calendar import TimeStep
from kg.questions.rising import Rising, RisingRequest, ask
from kg.store import GraphReader
from tests.samples import jsonl

WORDS = "amber basalt cedar delta ember fjord glacier harbour inlet jasper kelp lagoon".split()


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve papers of 2023 and twelve of 2024: all name GSM8K, of 2024 eleven name Qwen2.5-7B and one of 2023."""
    folder = tmp_path_factory.mktemp("rising")
    rows = [
        {
            "title": f"On {word} in {year}",
            "abstract": f"We evaluate {'Qwen2.5-7B' if (year == 2024) == (word != 'amber') else 'GPT-4'} on GSM8K.",
            "date": f"{year}-06-01",
        }
        for year in (2023, 2024)
        for word in WORDS
    ]
    rows.append({"title": "Without a date", "abstract": "We evaluate Qwen2.5-7B on GSM8K."})
    (folder / "a.jsonl").write_text(jsonl(rows), encoding="utf-8")
    build_graph([str(folder / "a.jsonl")], folder / "kg.db")
    return folder / "kg.db"


@pytest.fixture
def dated(graph: Path) -> Iterator[GraphReader]:
    with GraphReader(graph) as reader:
        yield reader


def names(found: Rising) -> dict[str, tuple[int, int]]:
    return {each.entity.label: (each.now, each.before) for each in found.risen}


def by_year(kind: EntityType | None = None, *, exact: bool = False, until: str | None = None) -> RisingRequest:
    return RisingRequest(kind, TimeStep.YEAR, recent=1, before=1, exact=exact, until=until)


def test_what_a_larger_share_names_than_before_rose_and_what_all_name_did_not(dated: GraphReader) -> None:
    found = ask(dated, by_year(exact=True))
    assert names(found) == {"Qwen2.5-7B": (11, 1)}
    (riser,) = found.risen
    assert riser.ratio == 11.0
    assert 1 < riser.at_least < 11
    assert (found.recent.first, found.recent.papers, found.earlier.papers, found.undated) == ("2024", 12, 12, 1)


def test_families_rise_with_their_members(dated: GraphReader) -> None:
    assert names(ask(dated, by_year()))["Qwen"] == (11, 1)


def test_a_type_is_compared_by_itself(dated: GraphReader) -> None:
    every = ask(dated, by_year())
    benchmarks = ask(dated, by_year(EntityType.BENCHMARK))
    assert (benchmarks.compared, benchmarks.risen) == (1, ())
    assert every.compared > benchmarks.compared


def test_without_papers_before_nothing_rose(dated: GraphReader) -> None:
    found = ask(dated, by_year(until="2023"))
    assert (found.recent.last, found.earlier.papers, found.risen) == ("2023", 0, ())


def test_of_a_graph_without_dates_nothing_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(jsonl([{"title": "Sheep", "abstract": "We count with GRPO."}]), encoding="utf-8")
    build_graph([str(tmp_path / "a.jsonl")], tmp_path / "kg.db")
    with GraphReader(tmp_path / "kg.db") as reader:
        found = ask(reader, RisingRequest())
    assert (found.recent.first, found.undated, found.compared) == (None, 1, 0)


def test_what_cannot_be_asked_is_refused() -> None:
    with pytest.raises(KgError, match="recent is 0"):
        RisingRequest(recent=0)
    with pytest.raises(KgError, match="no date"):
        RisingRequest(until="June")
