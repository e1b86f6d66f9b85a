from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import SourceError
from kg.evaluation import Figure, evaluate_rows, load_gold
from kg.evaluation.pipelines import evaluate_recipe
from kg.exports.jsonl import paper_rows, write_jsonl
from kg.extraction.recipe import Recipe
from kg.store import GraphReader
from tests.conftest import Invoke


def entity(name: str, kind: str = "method", relation: str = "uses", **fields: object) -> dict[str, object]:
    return {
        "name": name,
        "canonical": name,
        "type": kind,
        "relation": relation,
        "surfaces": [name],
        "aliases": [],
    } | fields


def row(*entities: dict[str, object], title: str = "T", results: object = ()) -> dict[str, object]:
    return {"id": title, "title": title, "entities": list(entities), "results": list(results)}  # type: ignore[call-overload]


def counts(figures: dict[str, Figure], name: str) -> tuple[int, int, int]:
    return figures[name].hit, figures[name].gold, figures[name].predicted


def test_what_is_the_same_scores_one_throughout() -> None:
    rows = [row(entity("PPO"), entity("GSM8K", "benchmark"), title=title) for title in "AB"]
    figures = evaluate_rows(rows, rows)
    for name in ("entities", "typed", "strict", "links", "queries", "identity", "type:method"):
        assert figures[name].f1 == 1.0, name


def test_what_finds_nothing_scores_nought_and_does_not_fail() -> None:
    figures = evaluate_rows([row(entity("PPO"))], [])
    assert figures["entities"] == Figure(0.0, 0.0, 0, 1, 0)
    assert figures["entities"].f1 == 0.0


def test_an_entity_pairs_by_any_shared_surface() -> None:
    mine = entity("Proximal Policy Optimization", surfaces=["ppo"])
    assert counts(evaluate_rows([row(entity("PPO"))], [row(mine)]), "entities") == (1, 1, 1)


def test_papers_pair_by_title_without_regard_to_case_and_latex() -> None:
    gold, mine = row(entity("PPO"), title=r"$\mathcal{B}$-Coder"), row(entity("PPO"), title="b-coder")
    assert counts(evaluate_rows([gold], [mine]), "entities") == (1, 1, 1)


def test_a_dataset_may_be_a_benchmark_except_for_the_strict_figure() -> None:
    figures = evaluate_rows([row(entity("X", "dataset"))], [row(entity("X", "benchmark"))])
    assert counts(figures, "typed") == (1, 1, 1)
    assert counts(figures, "strict") == (0, 1, 1)


def test_a_link_needs_the_right_relation() -> None:
    figures = evaluate_rows([row(entity("X", relation="uses"))], [row(entity("X", relation="mentions"))])
    assert counts(figures, "typed") == (1, 1, 1)
    assert counts(figures, "links") == (0, 1, 1)


def test_an_optional_entity_is_neither_asked_for_nor_punished() -> None:
    gold = row(entity("X", optional=True), entity("Y"))
    assert counts(evaluate_rows([gold], [row(entity("X"), entity("Y"))]), "entities") == (1, 1, 1)
    assert counts(evaluate_rows([gold], [row(entity("Y"))]), "entities") == (1, 1, 1)


def test_two_nodes_for_one_thing_cost_identity_recall() -> None:
    gold = [row(entity("X"), title=title) for title in "AB"]
    mine = [row(entity("X", id=f"method/{title}", canonical=None), title=title) for title in "AB"]
    identity = evaluate_rows(gold, mine)["identity"]
    assert (identity.precision, identity.recall) == (1.0, 0.5)


def test_results_pair_by_value_and_then_by_place() -> None:
    stated = [{"value": "40.0%", "on": "GSM8K"}, {"value": "2.2 times", "on": None}]
    said = [{"value": "40.0 %", "on": "gsm8k"}, {"value": r"2.2\times", "on": None}, {"value": "7", "on": None}]
    figures = evaluate_rows([row(results=stated)], [row(results=said)])
    assert counts(figures, "results_value") == (2, 2, 3)
    assert counts(figures, "results_on") == (1, 1, 1)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"not json\n", ":1: not JSON"),
        (b'{"title": "T", "entities": []}\n[]\n', ":2: needs 'title'"),
        (b'{"title": "T"}\n', ":1: needs 'title'"),
        (b'{"title": 1, "entities": []}\n', ":1: needs 'title'"),
        (b'{"title": "T", "entities": [3]}\n', ":1: needs 'title'"),
        (b"\xff\xfe\n", "is not UTF-8"),
    ],
)
def test_a_damaged_gold_file_is_an_error_with_its_place(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "gold.jsonl").write_bytes(content)
    with pytest.raises(SourceError, match=said):
        load_gold(tmp_path / "gold.jsonl")


def test_a_missing_gold_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot be read"):
        load_gold(tmp_path / "gold.jsonl")


GOLD = [
    row(entity("PPO"), entity("GSM8K", "benchmark", "evaluates_on"), title="On Planning")
    | {"abstract": "We use PPO and evaluate on GSM8K."},
    row(entity("GSM8K", "benchmark", "evaluates_on"), title="On Counting") | {"abstract": "We evaluate on GSM8K."},
]


def write_pipelines(folder: Path) -> tuple[Path, Path]:
    """The gold above, and a pipeline that knows no names beside the shipped one."""
    shipped = Recipe.shipped()
    (folder / "gold.jsonl").write_text("".join(json.dumps(each) + "\n" for each in GOLD), encoding="utf-8")
    (folder / "a.cfg").write_text(shipped.config, encoding="utf-8")
    (folder / "b.cfg").write_text(
        shipped.without("kg_gazetteer").without("kg_reader").without("kg_name_shape").config, encoding="utf-8"
    )
    return folder / "a.cfg", folder / "b.cfg"


def test_a_pipeline_is_measured_on_the_texts_of_the_annotation_alone() -> None:
    figures = evaluate_recipe(GOLD, Recipe.shipped())
    assert counts(figures, "entities") == (3, 3, 3)
    assert counts(figures, "links") == (3, 3, 3)
    assert figures["identity"].f1 == 1.0


def test_an_annotation_without_abstracts_cannot_be_read_anew() -> None:
    with pytest.raises(SourceError, match="'T' has no 'abstract'"):
        evaluate_recipe([row(entity("PPO"))], Recipe.shipped())


def test_pipelines_are_shown_side_by_side(tmp_path: Path, invoke: Invoke) -> None:
    a, b = write_pipelines(tmp_path)
    command = ("evaluate", tmp_path / "gold.jsonl", "--pipeline", a, "--pipeline", b, "--jobs", "1")
    rows = json.loads(invoke(*command, "--format", "json").stdout)
    found = {Path(each["pipeline"]).name: each["hit"] for each in rows if each["figure"] == "entities"}
    assert found == {"a.cfg": 3, "b.cfg": 0}
    shown = invoke(*command).stdout
    (line,) = (line for line in shown.splitlines() if line.split()[:1] == ["entities"] and len(line.split()) == 3)
    assert line.split() == ["entities", "1.000", "0.000"]


def test_a_pipeline_that_is_none_is_an_error_of_one_line(tmp_path: Path, invoke: Invoke) -> None:
    write_pipelines(tmp_path)
    (tmp_path / "c.cfg").write_text("zorp")
    done = invoke("evaluate", tmp_path / "gold.jsonl", "--pipeline", tmp_path / "c.cfg")
    assert done.exit_code == 2
    assert "c.cfg: no configuration of spaCy" in done.stderr


@pytest.mark.shared
def test_figures_are_those_of_the_scorer(tmp_path: Path, shared: Path, seed_graph: Path) -> None:
    gold = shared / "gold" / "dev.jsonl"
    with GraphReader(seed_graph) as reader:
        figures = evaluate_rows(load_gold(gold), paper_rows(reader))
        with (tmp_path / "kg.jsonl").open("wb") as stream:
            write_jsonl(reader, stream)
    command = [sys.executable, str(shared / "gold" / "score.py"), str(gold), str(tmp_path / "kg.jsonl"), "--json"]
    scored = json.loads(subprocess.run(command, capture_output=True, check=True, timeout=60).stdout)
    ours = {name: (round(f.precision, 4), round(f.recall, 4), round(f.f1, 4)) for name, f in figures.items()}
    theirs = {n: (f["precision"], f["recall"], f["f1"]) for n, f in scored.items() if isinstance(f, dict)}
    assert ours == theirs
    assert {n: counts(figures, n) for n in theirs if "hit" in scored[n]} == {
        n: (f["hit"], f["gold"], f["predicted"]) for n, f in scored.items() if isinstance(f, dict) and "hit" in f
    }
