from __future__ import annotations

import pytest

from kg.linking.families import variant_of
from kg.model import EntityType
from kg.vocabulary import Concept

QWEN = Concept("model/qwen", EntityType.MODEL, "Qwen", aliases=("Tongyi Qianwen",))
LLAMA = Concept("model/llama", EntityType.MODEL, "LLaMA")


@pytest.mark.parametrize(
    ("name", "family", "parts"),
    [
        ("Qwen2.5-7B", QWEN, ("2.5", "7B")),
        ("Qwen2.5-Math-7B-Instruct", QWEN, ("2.5", "Math", "7B", "Instruct")),
        ("Qwen 2.5 7B", QWEN, ("2.5", "7B")),
        ("Tongyi Qianwen 2", QWEN, ("2",)),
        ("Llama-3.1-405B", LLAMA, ("3.1", "405B")),
        ("LLaMA 2 7 B", LLAMA, ("2", "7B")),
    ],
)
def test_a_name_is_read_as_family_and_parts(name: str, family: Concept, parts: tuple[str, ...]) -> None:
    variant = variant_of(name, family)
    assert variant is not None
    assert variant.parts == parts


@pytest.mark.parametrize("name", ["Qwen", "Qwens", "QwenLong", "GPT-4", "", "The Qwen"])
def test_a_name_is_no_variant_when_nothing_tells_it_from_its_family_or_it_is_of_another(name: str) -> None:
    assert variant_of(name, QWEN) is None


def test_the_versions_above_stand_nearest_first() -> None:
    variant = variant_of("Qwen2.5-7B-Instruct", QWEN)
    assert variant is not None
    assert [parent.label for parent in variant.parents()] == ["Qwen2.5-7B", "Qwen2.5"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Qwen2.5-7B", "Qwen 2.5 7b"), ("qwen2.5-7B-Instruct", "Qwen2.5 7B instruct"), ("Tongyi Qianwen 2", "Qwen2")],
)
def test_spellings_of_one_variant_share_their_key(one: str, other: str) -> None:
    a, b = variant_of(one, QWEN), variant_of(other, QWEN)
    assert a is not None
    assert b is not None
    assert a.key == b.key


@pytest.mark.parametrize(("one", "other"), [("Qwen2.5-7B", "Qwen2.5-72B"), ("Qwen2.5", "Qwen25"), ("Qwen2", "Qwen2.5")])
def test_different_variants_have_different_keys(one: str, other: str) -> None:
    a, b = variant_of(one, QWEN), variant_of(other, QWEN)
    assert a is not None
    assert b is not None
    assert a.key != b.key
