"""Names that are written together are as many things as they have members."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extraction.coordinations import coordinations
from kg.model import EntityType, LocalEntity

Named = Callable[..., dict[str, LocalEntity]]


def surfaces(entity: LocalEntity) -> set[str]:
    return {mention.surface for mention in entity.mentions}


@pytest.mark.parametrize(
    ("written", "members"),
    [
        ("Llama-3.1-8B/70B", {"Llama-3.1-8B", "Llama-3.1-70B"}),
        ("Qwen2.5-7B/14B/32B", {"Qwen2.5-7B", "Qwen2.5-14B", "Qwen2.5-32B"}),
        ("Qwen2.5-7B and -32B", {"Qwen2.5-7B", "Qwen2.5-32B"}),
        ("Llama 2 7B, 13B, and 70B", {"Llama 2 7B", "Llama 2 13B", "Llama 2 70B"}),
        ("Qwen2.5-{7B,14B,32B}-Instruct", {"Qwen2.5-7B-Instruct", "Qwen2.5-14B-Instruct", "Qwen2.5-32B-Instruct"}),
        ("Qwen2.5-3B/7B-Instruct", {"Qwen2.5-3B-Instruct", "Qwen2.5-7B-Instruct"}),
        ("Qwen2.5-Math-Instruct-1.5B/7B", {"Qwen2.5-Math-Instruct-1.5B", "Qwen2.5-Math-Instruct-7B"}),
        ("GPT-3.5/4", {"GPT-3.5", "GPT-4"}),
        ("GPT-3.5 and 4", {"GPT-3.5", "GPT-4"}),
        ("GPT-4o/4o-mini", {"GPT-4o", "GPT-4o mini"}),
        ("Claude 3.5 Sonnet/Haiku", {"Claude 3.5 Sonnet", "Claude 3.5 Haiku"}),
        ("BERT-base and -large", {"BERT-base", "BERT-large"}),
    ],
)
def test_models_written_together_are_models(named: Named, written: str, members: set[str]) -> None:
    found = named(f"We compare {written} on hard plans.")
    assert {name for name, entity in found.items() if entity.type is EntityType.MODEL} == members


@pytest.mark.parametrize(
    "written",
    ["AIME 2024/2025", "AIME24/25", "AIME 2024 and 2025", "AIME 24/25", "AIME 2024/25"],
)
def test_editions_written_together_are_editions(named: Named, written: str) -> None:
    found = named(f"We evaluate our planner on {written}, where it wins.")
    assert {entity.concept for entity in found.values()} == {"benchmark/aime-2024", "benchmark/aime-2025"}


@pytest.mark.parametrize("written", ["CIFAR-10/100", "CIFAR-10 and CIFAR-100", "CIFAR-10 and 100"])
def test_data_of_several_sizes_are_as_many(named: Named, written: str) -> None:
    assert set(named(f"We train planners on {written} with care.")) == {"CIFAR-10", "CIFAR-100"}


def test_a_measure_at_several_cutoffs_is_one(named: Named) -> None:
    found = named("We report Pass@1/5 on HumanEval.")
    assert surfaces(found["pass@k"]) == {"Pass@1", "5"}


def test_members_that_nobody_lists_keep_their_type(named: Named) -> None:
    found = named("We propose ZorpLM-7B/13B, two models that plan. ZorpLM-13B wins.")
    assert {"ZorpLM-7B", "ZorpLM-13B"} <= set(found)
    assert surfaces(found["ZorpLM-13B"]) == {"13B", "ZorpLM-13B"}


def test_a_member_quotes_its_fragment_which_names_nothing_elsewhere(named: Named) -> None:
    found = named("We test on AIME 2024 and 2025. Since 2025, planners of 70B are common.")
    assert [mention.surface for mention in found["AIME 2025"].mentions] == ["2025"]


def test_a_size_is_of_the_nearest_family(named: Named) -> None:
    assert named("We tune Llama-3.1-8B/70B.")["Llama-3.1-70B"].family == "model/llama-3.1"


@pytest.mark.parametrize(
    "sentence",
    [
        "We use GPT-3 and 4 other models.",
        "We use GPT-3, and 12 of 24 plans in 2023/2024 fail.",
        "On HumanEval 3/5 of the tasks are solved.",
        "We train Qwen2.5-7B and 2B tokens are enough.",
        "Llama-3 8B and 7B Mistral are compared.",
    ],
)
def test_counts_and_fractions_are_no_members(named: Named, sentence: str) -> None:
    names = set(named(sentence))
    assert not names & {"GPT-4", "GPT-12", "Qwen2.5-2B", "Llama-3 7B", "HumanEval 3/5", "HumanEval 5"}


@given(st.text(alphabet="Aa1920B/-{},[]() .and@'M", max_size=80))
def test_members_lie_in_order_within_any_text(text: str) -> None:
    reached = 0
    for found in coordinations(text):
        assert len(found.members) > 1
        for start, end in found.members:
            assert reached <= start < end <= found.end <= len(text)
            reached = end
        reached = found.end
