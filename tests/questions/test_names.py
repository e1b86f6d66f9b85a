from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kg.errors import NotFoundError
from kg.model import EntityType
from kg.questions.names import find_entities, suggest, with_descendants
from kg.store import GraphReader
from kg.text.folding import fold

HOSTILE = [
    "'; DROP TABLE link;--",
    '"',
    "*",
    "%",
    "_",
    "a\0b",
    "\u202ezzz\u202c",
    "\udcff",
    "",
    " ",
    "-",
    "x" * 10_000,
    "NEAR(a b)",
]


@pytest.mark.parametrize("name", ["GSM8K", "gsm8k", "gsm-8k", "Grade School Math 8K", "benchmark/gsm8k"])
def test_an_entity_is_found_by_any_spelling_alias_or_id(reader: GraphReader, name: str) -> None:
    assert find_entities(reader, name) == ["benchmark/gsm8k"]


@pytest.mark.parametrize("kind", [EntityType.BENCHMARK, EntityType.DATASET])
def test_a_benchmark_is_found_as_a_dataset_too(reader: GraphReader, kind: EntityType) -> None:
    assert find_entities(reader, "GSM8K", kind) == ["benchmark/gsm8k"]


def test_an_entity_is_not_found_as_another_type(reader: GraphReader) -> None:
    with pytest.raises(NotFoundError):
        find_entities(reader, "GSM8K", EntityType.MODEL)


def test_invisible_marks_in_a_name_do_not_hide_what_it_stands_for(reader: GraphReader) -> None:
    assert find_entities(reader, "\u202egsm8k\u202c") == ["benchmark/gsm8k"]


@pytest.mark.parametrize(
    ("name", "meant"), [("GSM8", "GSM8K"), ("GSMK8", "GSM8K"), ("HumanEvl", "HumanEval"), ("deepsek-r1", "DeepSeek-R1")]
)
def test_a_name_that_is_not_found_comes_with_what_may_be_meant(reader: GraphReader, name: str, meant: str) -> None:
    with pytest.raises(NotFoundError) as caught:
        find_entities(reader, name)
    assert meant in caught.value.suggestions
    assert f"nothing in the graph is called {name!r}; did you mean " in str(caught.value)


def test_suggestions_are_of_the_type_that_was_asked_for(reader: GraphReader) -> None:
    assert "GSM8K" in suggest(reader, "GSM8", EntityType.DATASET)
    assert "GSM8K" not in suggest(reader, "GSM8", EntityType.MODEL)


def test_there_are_no_suggestions_when_nothing_is_near(reader: GraphReader) -> None:
    assert suggest(reader, "zzzzqqqqxxxx") == ()


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_just_not_found(reader: GraphReader, name: str) -> None:
    with pytest.raises(NotFoundError) as caught:
        find_entities(reader, name)
    str(caught.value).encode()


def test_a_family_is_all_that_stands_below_it(reader: GraphReader) -> None:
    family = with_descendants(reader, ["model/qwen"])
    assert {"model/qwen", "model/qwen2.5"} <= set(family)
    assert all(entity.startswith("model/q") for entity in family)


def test_a_family_of_nothing_is_nothing(reader: GraphReader) -> None:
    assert with_descendants(reader, ["model/nowhere"]) == []


@pytest.fixture
def alike(sample_graph: Path, tmp_path: Path) -> Iterator[GraphReader]:
    """The sample graph with three models whose names are spelt alike."""
    graph = tmp_path / "kg.db"
    shutil.copy(sample_graph, graph)
    with closing(sqlite3.connect(graph)) as db, db:
        for entity, label in (
            ("zorp", "ZORP"),
            ("zorps", "ZORPS"),
            ("zorp-1.3b", "Zorp-1.3B"),
            ("zorp-13b", "Zorp-13B"),
        ):
            db.execute(
                "INSERT INTO entity VALUES (?, 'model', ?, 0, '[]', '[]', '[]', NULL, NULL)", (f"model/{entity}", label)
            )
            db.execute("INSERT INTO name VALUES (?, ?, ?, 1)", (f"model/{entity}", label, fold(label)))
    with GraphReader(graph) as reader:
        yield reader


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("ZORPS", ["model/zorps"]),
        ("ZORP", ["model/zorp"]),
        ("zorp", ["model/zorp", "model/zorps"]),
        ("zorp 13b", ["model/zorp-13b"]),
        ("zorp 1.3b", ["model/zorp-1.3b"]),
    ],
)
def test_a_name_as_it_is_spelt_goes_before_those_that_only_look_like_it(
    alike: GraphReader, name: str, meant: list[str]
) -> None:
    assert find_entities(alike, name) == meant
