from collections.abc import Callable

import pytest

from kg.model import Extraction, LocalResult, LocalSlot, ResultKind

Extract = Callable[..., Extraction]


def of(result: LocalResult) -> str | None:
    return result.of.text if result.of else None


def test_absolute_result_has_value_metric_and_benchmark(extract: Extract) -> None:
    (result,) = extract("Our model achieves 81.8% accuracy on GSM8K.").results
    assert (result.value, result.number, result.unit) == ("81.8%", 81.8, "%")
    assert result.kind is ResultKind.ABSOLUTE
    assert result.metric == LocalSlot("accuracy")
    assert result.on is not None
    assert result.on.text == "GSM8K"


def test_both_ends_of_from_to_are_results(extract: Extract) -> None:
    values = [r.value for r in extract("This improves accuracy from 63% to 79% on GSM8K.").results]
    assert values == ["63%", "79%"]


def test_gain_is_told_from_a_level(extract: Extract) -> None:
    (result,) = extract("It outperforms PPO by 4.2 points on GSM8K.").results
    assert result.kind is ResultKind.GAIN
    assert result.unit == "points"


def test_speedup_is_a_result(extract: Extract) -> None:
    (result,) = extract("Our method reduces computation by 2.2x on average.").results
    assert result.kind is ResultKind.SPEEDUP


def test_sizes_of_data_and_models_are_no_results(extract: Extract) -> None:
    assert extract("We train a 7B model on 10% of the data with 250,000 examples.").results == ()


def test_evidence_cuts_the_value_out_of_the_stored_text(extract: Extract) -> None:
    abstract = r"It achieves 40.0\% accuracy on AIME 2024."
    (result,) = extract(abstract).results
    assert abstract[result.anchor.start : result.anchor.end] == r"40.0\%"


def test_a_number_belongs_to_what_is_named_between_it_and_the_one_before(extract: Extract) -> None:
    results = extract("On GSM8K, PPO reaches 40.1% accuracy while GRPO reaches 52.3% accuracy.").results
    assert [(r.value, of(r)) for r in results] == [("40.1%", "PPO"), ("52.3%", "GRPO")]


def test_numbers_behind_one_name_are_all_its_own(extract: Extract) -> None:
    results = extract("GRPO improves accuracy by 5.1% on GSM8K and by 7.2% on MATH.").results
    assert [of(r) for r in results] == ["GRPO", "GRPO"]


def test_numbers_in_brackets_alone_are_aligned_with_nothing(extract: Extract) -> None:
    found = extract("Our planner is better in terms of accuracy (0.99), recall (0.91) and F1 (0.89), respectively.")
    assert [result.on for result in found.results] == [None] * len(found.results)


@pytest.mark.parametrize("minus", ["-", "\u2212"])
def test_a_loss_is_negative(extract: Extract, minus: str) -> None:
    (result,) = extract(f"With PPO the accuracy changes by {minus}3.5% on GSM8K.").results
    assert (result.value, result.number, result.kind) == (f"{minus}3.5%", -3.5, ResultKind.GAIN)


def test_a_row_of_digits_without_end_is_no_number(extract: Extract) -> None:
    (result,) = extract(f"PPO achieves an accuracy of {'9' * 400}% on GSM8K.").results
    assert result.number is None
