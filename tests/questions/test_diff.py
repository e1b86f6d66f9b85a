from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.building import build_graph
from kg.cli import main
from kg.questions.diff import Change, DiffRequest, ask
from kg.store import GraphReader
from tests.samples import SMALL_PAPERS, jsonl


def compare_graphs(before: Path, after: Path) -> tuple[Change, ...]:
    with GraphReader(after) as reader:
        return ask(reader, DiffRequest(before))


def graph(folder: Path, name: str, rows: list[dict[str, object]]) -> Path:
    (folder / "a.jsonl").write_text(jsonl(rows))
    build_graph([str(folder / "a.jsonl")], folder / name)
    return folder / name


@pytest.fixture
def changes(tmp_path: Path) -> tuple[Change, ...]:
    changed: dict[str, object] = {
        "title": "Slow Sums",
        "abstract": "Unlike GPT-4, we evaluate on GSM8K.",
        "arxiv": "2402.00002",
    }
    fresh: dict[str, object] = {"title": "Fresh", "abstract": "We introduce FreshBench, a benchmark."}
    before = graph(tmp_path, 'before\'s "graph".db', [*SMALL_PAPERS[:2]])
    after = graph(tmp_path, "after.db", [SMALL_PAPERS[0], changed, fresh])
    return compare_graphs(before, after)


def kinds(changes: tuple[Change, ...], what: str) -> dict[str | None, str]:
    return {(c.entity or c.paper): c.kind for c in changes if c.what == what}


def test_papers_that_came_and_changed_are_told(changes: tuple[Change, ...]) -> None:
    papers = [(c.kind, c.before, c.after) for c in changes if c.what == "paper"]
    assert papers == [("changed", "Slow Sums", "Slow Sums"), ("added", None, "Fresh")]


def test_entities_that_came_and_went_are_told(changes: tuple[Change, ...]) -> None:
    entities = kinds(changes, "entity")
    assert entities["benchmark/freshbench"] == "added"
    assert entities["benchmark/math-500"] == "removed"
    assert "benchmark/gsm8k" not in entities


def test_links_that_came_and_went_are_told(changes: tuple[Change, ...]) -> None:
    links = {(c.paper, c.entity): (c.before, c.after) for c in changes if c.what == "link"}
    assert (
        links["arxiv/2402.00002", "method/ppo"] == ("uses", None) or links["arxiv/2402.00002", "method/ppo"][1] is None
    )
    assert ("arxiv/2501.00001", "benchmark/gsm8k") not in links


def test_a_link_whose_relation_changed_is_one_change(tmp_path: Path) -> None:
    before = graph(tmp_path, "a.db", [{"title": "One", "abstract": "We train on GSM8K."}])
    after = graph(tmp_path, "b.db", [{"title": "One", "abstract": "We evaluate on GSM8K."}])
    (link,) = [c for c in compare_graphs(before, after) if c.what == "link"]
    assert (link.kind, link.entity, link.before, link.after) == (
        "changed", "benchmark/gsm8k", "trains_on", "evaluates_on"
    )  # fmt: skip


def test_the_way_back_is_the_reverse(tmp_path: Path) -> None:
    before = graph(tmp_path, "a.db", [*SMALL_PAPERS[:2]])
    after = graph(tmp_path, "b.db", [*SMALL_PAPERS[1:]])
    there, back = compare_graphs(before, after), compare_graphs(after, before)
    assert [(c.what, c.paper, c.entity, c.after, c.before) for c in there] == [
        (c.what, c.paper, c.entity, c.before, c.after) for c in back
    ]


def test_a_graph_does_not_differ_from_itself(sample_graph: Path) -> None:
    result = CliRunner().invoke(main, ["diff", str(sample_graph), str(sample_graph), "--format", "json"])
    assert (result.exit_code, result.stdout) == (0, "[]\n")


def test_differences_are_printed_for_people_with_exit_code_1(tmp_path: Path) -> None:
    before = graph(tmp_path, "a.db", [*SMALL_PAPERS[:1]])
    after = graph(tmp_path, "b.db", [*SMALL_PAPERS])
    result = CliRunner().invoke(main, ["diff", str(before), str(after)])
    assert result.exit_code == 1
    assert "papers: 3 added, 0 removed, 0 changed" in result.stdout
    assert "+ arxiv/2402.00002  Slow Sums" in result.stdout


def test_a_graph_that_is_missing_is_an_error(sample_graph: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["diff", str(sample_graph), str(tmp_path / "none.db")])
    assert result.exit_code == 2
    assert "none.db: no such graph" in result.stderr
