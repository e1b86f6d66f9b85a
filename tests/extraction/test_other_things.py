from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.extraction.lexicon import is_nothing
from kg.extraction.other_things import OtherKind, other_kind, other_kinds
from kg.model import EntityType, LocalEntity

Named = Callable[..., dict[str, LocalEntity]]
EXAMPLES = [(kind, name) for kind in other_kinds() for name in kind.must]
OTHERS = [(kind, name) for kind in other_kinds() for name in kind.must_not]


@pytest.mark.parametrize(("kind", "name"), EXAMPLES, ids=[f"{kind.name}: {name}" for kind, name in EXAMPLES])
def test_a_class_holds_the_names_of_its_things(kind: OtherKind, name: str) -> None:
    assert kind.holds(name)


@pytest.mark.parametrize(("kind", "name"), OTHERS, ids=[f"{kind.name}: {name}" for kind, name in OTHERS])
def test_no_class_holds_the_names_of_things_near_to_it(kind: OtherKind, name: str) -> None:
    assert other_kind(name) is None


def test_every_class_says_why_and_is_named_once() -> None:
    kinds = other_kinds()
    assert all(len(kind.why) > 30 and kind.must and kind.must_not for kind in kinds)
    names = [name for kind in kinds for name in kind.names]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize(
    "name", ["NVIDIA H100 GPUs", "A100/H800", "English-German", "Zorp's", "GSM8K", "Claude Code", "Go-Explore"]
)
def test_several_together_are_nothing_where_each_is(name: str) -> None:
    assert is_nothing(name) == (name in {"NVIDIA H100 GPUs", "A100/H800", "English-German"})


@pytest.mark.parametrize(
    "sentence",
    [
        "We run all benchmarks on H100 and RTX 4090 GPUs.",
        "We evaluate on camera streams in RGB and on PDF and DOCX files.",
        "The data of Kampala are hosted on HF and Databricks.",
        "The paper appears at ICML 2025, under CC-BY-4.0.",
    ],
)
def test_what_the_graph_does_not_hold_is_not_named(named: Named, sentence: str) -> None:
    assert not named(sentence)


def test_products_that_act_are_methods_at_most(named: Named) -> None:
    found = named("We evaluate on two benchmarks with agents such as Claude Code, Cursor and OpenClaw.")
    products = {name: entity.type for name, entity in found.items() if name in {"Claude Code", "Cursor", "OpenClaw"}}
    assert products
    assert set(products.values()) == {EntityType.METHOD}


def test_what_a_paper_introduces_may_have_any_name(named: Named) -> None:
    found = named("We present a planner, which we call TrueNorth. It plays games, and TrueNorth wins.")
    assert found["TrueNorth"].type is EntityType.METHOD
