"""What changed is linked as if all had been linked: the same rows, ids and redirects, whatever came and went."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.building import build_graph, curate_graph, remove_sources, undo_correction
from kg.linking.amendments import Add
from kg.linking.overlay import read_rulings
from kg.linking.rules import Accept, Decision, Dismiss, Merge, Rename, Retype, Split
from kg.model import (
    Anchor,
    EntityType,
    Extraction,
    LocalDerivation,
    LocalEntity,
    LocalResult,
    LocalSlot,
    Mention,
    Relation,
    ResultKind,
    Rule,
)
from kg.text.folding import title_hash
from tests.samples import jsonl


class Reading:
    """An engine that finds in each paper what its abstract says in JSON."""

    def map_in_order(self, work: Any, items: Iterable[Any]) -> Iterator[Any]:
        """One extraction a paper."""
        for paper in items:
            yield extraction(json.loads(paper.abstract))


def extraction(said: dict[str, Any]) -> Extraction:
    entities = tuple(local(number, **each) for number, each in enumerate(said["names"]))
    own = [number for number, each in enumerate(entities) if each.relation is Relation.INTRODUCES]
    derived = [(own[0], number) for number in range(len(entities)) if own and number not in own][:1]
    results = (
        LocalResult("7", 7.0, None, ResultKind.ABSOLUTE, None, LocalSlot(word), LocalSlot(word), anchor(1, number), 0.9)
        for number, word in enumerate(said["words"])
    )
    return Extraction(entities, tuple(results), tuple(LocalDerivation(*pair, anchor(1, 0)) for pair in derived))


def anchor(place: int, start: int) -> Anchor:
    return Anchor(place, start, start + 1, 0, start + 1)


def local(
    number: int, name: str, type: str, relation: str, titled: bool = False, sure: bool = True, **more: Any
) -> LocalEntity:
    mention = Mention(anchor(0 if titled else 1, number), name, Rule.SHAPE, Relation(relation), 0.9)
    return LocalEntity(name, EntityType(type), Relation(relation), 0.9 if sure else 0.2, (mention,), **more)


SPELLINGS = ("SABER", "Saber", "saber", "SABRE", "C++", "C#", "c", "Slow Planner", "slow planners")
LONG = ("Slow Planner", "Sampling Beforehand", "Saber", "Slower Planning")
LISTED = (("PPO", "method", "method/ppo"), ("GSM8K", "benchmark", "benchmark/gsm8k"), ("MATH", "benchmark", None))
VERSIONS = ("Qwen2.5-7B", "Qwen 2.5 7b", "Qwen2.5-72B-Chat", "GPT-4 Turbo", "Qwen-7B")
RELATIONS = st.sampled_from(["introduces", "introduces", "uses", "mentions"])
UNLISTED_NAME = st.fixed_dictionaries(
    {
        "name": st.sampled_from(SPELLINGS),
        "type": st.sampled_from(["method", "model", "dataset"]),
        "relation": RELATIONS,
    },
    optional={
        "expansion": st.sampled_from(LONG),
        "coined": st.booleans(),
        "sure": st.sampled_from([True, True, True, False]),
    },
)
LISTED_NAME = st.tuples(st.sampled_from(LISTED), RELATIONS, st.booleans()).map(
    lambda given: {
        "name": given[0][0],
        "type": given[0][1],
        "concept": given[0][2],
        "relation": given[1],
        "titled": given[2],
    }
)
VERSION = st.tuples(st.sampled_from(VERSIONS), RELATIONS).map(
    lambda given: {
        "name": given[0],
        "type": "model",
        "family": "model/gpt" if given[0].startswith("GPT") else "model/qwen",
        "relation": given[1],
    }
)
TEXT = st.fixed_dictionaries(
    {
        "names": st.lists(st.one_of(UNLISTED_NAME, UNLISTED_NAME, LISTED_NAME, VERSION), min_size=1, max_size=4),
        "words": st.lists(st.sampled_from([*SPELLINGS, *LONG]), max_size=2),
    }
)
RECORD = st.fixed_dictionaries(
    {"title": st.sampled_from([f"Sums {word}" for word in "abcdefg"]), "abstract": TEXT.map(json.dumps)},
    optional={
        "arxiv": st.sampled_from(["2401.00001", "2402.00002", "2303.00003"]),
        "doi": st.sampled_from(["10.1/a", "10.1/b"]),
        "date": st.sampled_from(["2023-01-02", "2024-05", "2025"]),
        "authors": st.sampled_from([["Ada Berry"], ["Bo Cress", "Ada Berry"], ["Dan Dill"]]),
        "type": st.sampled_from(["article", "erratum"]),
    },
)
RULE = st.tuples(
    st.sampled_from(['"one-paper"\npaper = "{}"\ninto = "{}"', '"two-papers"\npaper = "{}"\nother = "{}"']),
    *[st.sampled_from(["arxiv/2401.00001", "arxiv/2402.00002", "doi/10.1/a", f"title/{title_hash('Sums a')}"])] * 2,
).map(lambda given: f"[[rule]]\naction = {given[0].format(*given[1:])}\n")
STEP = st.tuples(st.integers(0, 4), st.lists(RECORD, max_size=3))
"""What a source says from then on; nothing where it is removed."""
ENTITIES = st.sampled_from(
    [
        "method/saber", "model/saber", "dataset/saber", "method/slow-planner", "model/slow-planner", "method/sabre",
        "method/c-plus-plus", "method/ppo", "benchmark/gsm8k", "benchmark/math", "model/qwen2.5-7b", "model/qwen2.5",
        "model/qwen", "method/saber-2401.00001", "method/saber-sampling-beforehand", "task/nothing",
    ]
)  # fmt: skip
PAPERS = st.sampled_from(["arxiv/2401.00001", "arxiv/2402.00002", "doi/10.1/a"])
WORDS = st.sampled_from([*SPELLINGS, *LONG])
DECISION = st.one_of(
    st.builds(Merge, ENTITIES, ENTITIES),
    st.builds(Split, ENTITIES, WORDS, ENTITIES, st.none() | PAPERS),
    st.builds(Rename, ENTITIES, WORDS),
    st.builds(Retype, ENTITIES, st.sampled_from([EntityType.METHOD, EntityType.MODEL])),
    st.builds(Dismiss, ENTITIES, st.none() | PAPERS),
    st.builds(Accept, ENTITIES, PAPERS, WORDS),
    st.builds(Add, PAPERS, WORDS, st.just(EntityType.METHOD), st.just(Relation.USES), st.none() | ENTITIES),
)
"""What a person decides; a number where one takes back the rule of that number."""

TABLES = {
    "entity": "*",
    "name": "*",
    "broader": "*",
    "link": "*",
    "evidence": "*",
    "result": "*",
    "derivation": "*",
    "sense_doubt": "*",
    "doubt": "*",
    "redirect": "*",
    "former_link": "*",
    "record": "source_id, line, paper_id",
    "paper": "id, title, abstract, date, authors, sources",
    "spelling": "*",
    "thing": "*",
    "claimed": "*",
    "naming": "wording, folded, long, key, listed, node, times",
    "paper_naming JOIN naming ON naming.id = naming_id JOIN paper ON paper.rowid = paper_naming.paper": (
        "paper.id, wording, paper_naming.node, uses, rivals"
    ),
    "change": "*",
}


def rows(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """All that the graph consists of, also what is kept for the builds to come."""
    db = sqlite3.connect(path)
    found = {table: db.execute(f"SELECT {columns} FROM {table}").fetchall() for table, columns in TABLES.items()}
    db.close()
    return {table: sorted(each, key=repr) for table, each in found.items()}


def take(folder: Path, path: Path, step: Any) -> None:
    if isinstance(step, Decision):
        if path.exists():
            curate_graph(step, path)
        return
    if isinstance(step, int):
        overlay = path.with_suffix(".curation.toml")
        if path.exists() and len(read_rulings(overlay)) > step:
            undo_correction(step + 1, path)
        return
    number, records = step
    source = folder / f"s{number}.jsonl"
    if records:
        source.write_text(jsonl(records), encoding="utf-8")
        build_graph([str(source)], path, jobs=Reading())
    elif path.exists() and source.exists():
        remove_sources([str(source)], path, jobs=Reading())


def grow(folder: Path, steps: Sequence[Any], rules: Iterable[str] = ()) -> None:
    """Two graphs that go through the same steps: one linked by what changed, one linked as a whole each time."""
    paths = folder / "near.db", folder / "whole.db"
    for path in paths:
        path.with_suffix(".curation.toml").write_text("".join(rules))
    for step in steps:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("kg.building.link._FEW", 0)
            take(folder, paths[0], step)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("kg.store.writer.GraphWriter.changed_papers", lambda self, version: None)
            patch.setattr("kg.store.writer.GraphWriter.is_grouped", lambda self, version: False)
            take(folder, paths[1], step)
        if paths[0].exists():
            near, whole = map(rows, paths)
            for table, found in whole.items():
                assert near[table] == found, table
        if isinstance(step, tuple) and not step[1]:
            (folder / f"s{step[0]}.jsonl").unlink(missing_ok=True)


@settings(max_examples=25, deadline=None)
@given(st.lists(STEP, min_size=2, max_size=7), st.lists(RULE, max_size=2))
def test_what_changed_is_linked_as_if_all_had_been(
    tmp_path_factory: pytest.TempPathFactory,
    steps: Sequence[tuple[int, Sequence[dict[str, Any]]]],
    rules: Sequence[str],
) -> None:
    grow(tmp_path_factory.mktemp("grow"), steps, rules)


@settings(max_examples=25, deadline=None)
@given(st.lists(STEP, min_size=1, max_size=2), st.lists(st.one_of(STEP, DECISION, st.integers(0, 2)), max_size=6))
def test_what_people_decide_is_applied_as_if_all_had_been_linked(
    tmp_path_factory: pytest.TempPathFactory, first: Sequence[Any], steps: Sequence[Any]
) -> None:
    grow(tmp_path_factory.mktemp("decide"), [*first, *steps])
