"""What a result says of a thing is no part of its name."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extraction.trailing import is_only_number, without_value
from kg.model import EntityType, LocalEntity

Named = Callable[..., dict[str, LocalEntity]]


@pytest.mark.parametrize(
    ("proposed", "name"),
    [
        ("AIME 2025 81", "AIME 2025"),
        ("ZorpEval 61.2", "ZorpEval"),
        ("ZorpEval 61.2%", "ZorpEval"),
        ("ZorpEval (61.2%)", "ZorpEval"),
        ("ZorpRL: +2.0", "ZorpRL"),
        ("ZorpArena-Infinity 43", "ZorpArena-Infinity"),
        ("ZorpNet 3x", "ZorpNet"),
        ("ZorpNet - 500", "ZorpNet"),
        ("ZorpScore of 0.97", "ZorpScore"),
        ("Zorp's d =", "Zorp's d"),
        ("/ZorpNet", "ZorpNet"),
        ("81.2 ZorpEval", "ZorpEval"),
        ("ZorpEval 3/5", "ZorpEval"),
    ],
)
def test_values_units_and_signs_are_cut_off(proposed: str, name: str) -> None:
    assert proposed[slice(*without_value(proposed, 0, len(proposed), None))] == name


@pytest.mark.parametrize(
    "name",
    [
        *("AIME 2025", "2024 AIME", "RewardBench 2", "Llama 3.1", "SemEval-2025 Task 11", "HumanEval+", "MBPP (+)"),
        *("TD(λ)", "AIME (2024)", "Qwen 72B", "Q*", "C++"),
    ],
)
def test_editions_versions_and_parts_stay(name: str) -> None:
    assert without_value(name, 0, len(name), None) == (0, len(name))


def test_a_decimal_that_goes_on_behind_the_span_is_a_value() -> None:
    text = "an F1-score of 0.97 is"
    assert text[slice(*without_value(text, 3, 16, EntityType.METRIC))] == "F1-score"


@pytest.mark.parametrize(("name", "only"), [("/32B/235B", True), ("2.5%", True), ("R2", False), ("4o", False)])
def test_numbers_and_sizes_alone_name_nothing(name: str, only: bool) -> None:
    assert is_only_number(name) == only


def test_results_beside_names_do_not_stick_to_them(named: Named) -> None:
    found = named("Our planner reaches AIME 2025 81, GAIA 61.2 and WebArena-Infinity 43 (GRPO: +2.0).")
    assert {"AIME 2025", "GAIA", "WebArena-Infinity", "GRPO"} == set(found)


def test_the_owner_of_a_model_is_no_part_of_its_name(named: Named) -> None:
    assert set(named("We prompt OpenAI's ZorpGPT-4 model and Google's ZorpLM-9B.")) == {"ZorpGPT-4", "ZorpLM-9B"}


@given(st.text(alphabet="Aa1920B/-%=+:,() .of", max_size=40), st.sampled_from([None, *EntityType]))
def test_what_is_left_lies_within_any_span(text: str, kind: EntityType | None) -> None:
    start, end = without_value(text, 0, len(text), kind)
    assert 0 <= start <= end <= len(text)
