from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from kg.building.link import link
from kg.building.unify import unify
from kg.model import Anchor, EntityType, Extraction, LocalEntity, Mention, Paper, Relation, Rule
from kg.questions.doubtful import doubtful_entities
from kg.questions.review import ReviewRequest, ask, suggest_merges, uncertain_links
from kg.store import GraphReader
from kg.store.writer import GraphWriter
from kg.wire import rows

Names = tuple[tuple[str, EntityType], ...]
METHOD, MODEL = EntityType.METHOD, EntityType.MODEL


def pairs(tmp_path: Path, *names: tuple[str, EntityType], settled: tuple[str, ...] = ()) -> list[set[str]]:
    """What is suggested when one paper each names these things."""
    path = tmp_path / "kg.db"
    with GraphWriter(path) as writer:
        papers = [Paper(f"Paper {n}", "x", sources=(f"a:{n}",)) for n, _ in enumerate(names)]
        writer.replace_source("a", "a", "digest", papers)
        unify(writer)
        found = [Extraction((LocalEntity(name, kind, Relation.USES, 0.5, ()),)) for name, kind in names]
        writer.store_extractions("v", list(zip(writer.pending("v"), found, strict=True)))
        link(writer)
    with GraphReader(path) as reader:
        return [{each.entity, each.into} for each in suggest_merges(reader, settled)]


def test_names_spelt_alike_are_suggested(tmp_path: Path) -> None:
    assert pairs(tmp_path, ("FooBarNet", METHOD), ("FooBaarNet", METHOD), ("Other", METHOD)) == [
        {"method/foobarnet", "method/foobaarnet"}
    ]


@pytest.mark.parametrize("other", ["FooBarNet-2", "FooBarNet2", "QuuxBarNet"])
def test_names_that_differ_in_a_digit_or_begin_otherwise_are_not(tmp_path: Path, other: str) -> None:
    assert pairs(tmp_path, ("FooBarNet", METHOD), (other, METHOD)) == []


def test_short_names_differ_by_chance(tmp_path: Path) -> None:
    assert pairs(tmp_path, ("FooA", METHOD), ("FooB", METHOD)) == []


def test_types_are_not_compared_unless_the_name_is_the_same(tmp_path: Path) -> None:
    assert pairs(tmp_path, ("FooBarNet", METHOD), ("FooBaarNet", MODEL)) == []


def test_what_is_settled_is_not_suggested_again(tmp_path: Path) -> None:
    names: Names = (("FooBarNet", METHOD), ("FooBaarNet", METHOD))
    assert pairs(tmp_path, *names, settled=("method/foobaarnet",)) == []


def test_what_the_vocabulary_knows_is_what_others_go_into(sample_graph: Path) -> None:
    with GraphReader(sample_graph) as reader:
        known = {entity.id for entity in reader.entities() if entity.known}
        assert not {each.entity for each in suggest_merges(reader)} & known


def test_the_least_certain_links_come_first(sample_graph: Path) -> None:
    with GraphReader(sample_graph) as reader:
        found = uncertain_links(reader, limit=10)
        lowest = sorted(link.confidence for link in reader.links())[:10]
        assert [link.confidence for link in found] == lowest
        settled = (found[0].paper, found[0].entity)
        assert settled not in {(link.paper, link.entity) for link in uncertain_links(reader, [settled], limit=10)}


def doubts(tmp_path: Path, papers: Sequence[tuple[str, LocalEntity]]) -> dict[str, tuple[int, str]]:
    """What is doubted of entities, when papers with these abstracts each name this."""
    path = tmp_path / "doubts.db"
    with GraphWriter(path) as writer:
        rows = [Paper(f"Paper {n:02}", text, sources=(f"a:{n}",)) for n, (text, _) in enumerate(papers)]
        writer.replace_source("a", "a", "digest", rows)
        unify(writer)
        by_text = dict(papers)
        found = [(paper, Extraction((by_text[paper.abstract],))) for paper in writer.pending("v")]
        writer.store_extractions("v", found)
        link(writer)
    with GraphReader(path) as reader:
        return {each.entity: (each.papers, each.reason) for each in doubtful_entities(reader)}


def naming(number: int, name: str, kind: EntityType, relation: Relation, **more: str) -> tuple[str, LocalEntity]:
    text = f"{name} is named in paper {number}."
    mention = Mention(Anchor(1, 0, len(name), 0, len(text)), name, Rule.GAZETTEER, relation, 1.0)
    return text, LocalEntity(name, kind, relation, 0.9, (mention,), **more)  # type: ignore[arg-type]


def test_a_short_name_that_no_paper_spells_out_is_doubted(tmp_path: Path) -> None:
    ten = [naming(n, "PPO", METHOD, Relation.USES, concept="method/ppo") for n in range(10)]
    assert doubts(tmp_path, ten) == {
        "method/ppo": (10, "10 papers mean 'Proximal Policy Optimisation' by it; none spell it out")
    }


def test_one_paper_that_spells_it_out_is_enough(tmp_path: Path) -> None:
    ten = [naming(n, "PPO", METHOD, Relation.USES, concept="method/ppo") for n in range(10)]
    long = naming(10, "Proximal Policy Optimization", METHOD, Relation.USES, concept="method/ppo")
    assert doubts(tmp_path, [*ten, long]) == {}


@pytest.mark.parametrize("name", ["H100", "NVIDIA A100", "RTX 4090", "TPU v4", "consumer GPUs"])
def test_data_that_looks_like_hardware_is_doubted(tmp_path: Path, name: str) -> None:
    (found,) = doubts(tmp_path, [naming(0, name, EntityType.BENCHMARK, Relation.EVALUATES_ON)]).values()
    assert found == (1, "a benchmark that looks like hardware")


@pytest.mark.parametrize("name", ["V-Bench", "B3", "A-OKVQA", "MI-Bench 40", "L10nBench"])
def test_names_of_data_are_not(tmp_path: Path, name: str) -> None:
    assert doubts(tmp_path, [naming(0, name, EntityType.BENCHMARK, Relation.EVALUATES_ON)]) == {}


def test_data_that_nobody_measures_on_is_doubted(tmp_path: Path) -> None:
    three = [naming(n, "GraphStore", EntityType.DATASET, Relation.USES) for n in range(3)]
    assert doubts(tmp_path, three) == {
        "dataset/graphstore": (3, "a dataset that none of 3 papers measures or trains on")
    }
    assert doubts(tmp_path, [*three[:2], naming(3, "GraphStore", EntityType.DATASET, Relation.TRAINS_ON)]) == {}


def test_what_touches_the_most_papers_comes_first_and_no_name_is_set_beside_itself(
    seed_review: list[dict[str, object]],
) -> None:
    papers = [int(str(row["papers"])) for row in seed_review]
    assert papers == sorted(papers, reverse=True)
    for row in seed_review:
        if row["what"] == "maybe one thing":
            one, _, other = str(row["about"]).partition(" = ")
            assert one != other


@pytest.fixture
def seed_review(sample_graph: Path) -> list[dict[str, object]]:
    with GraphReader(sample_graph) as reader:
        return list(rows(ask(reader, ReviewRequest(limit=100))))  # type: ignore[arg-type]
