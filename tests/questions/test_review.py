from __future__ import annotations

from pathlib import Path

import pytest

from kg.building.link import link
from kg.building.unify import unify
from kg.model import EntityType, Extraction, LocalEntity, Paper, Relation
from kg.questions.review import suggest_merges, uncertain_links
from kg.store import GraphReader
from kg.store.writer import GraphWriter

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
