from collections.abc import Callable

from kg.model import Extraction, ResultKind

Extract = Callable[..., Extraction]


def test_absolute_result_has_value_metric_and_benchmark(extract: Extract) -> None:
    (result,) = extract("Our model achieves 81.8% accuracy on GSM8K.").results
    assert (result.value, result.number, result.unit) == ("81.8%", 81.8, "%")
    assert result.kind is ResultKind.ABSOLUTE
    assert result.metric == "accuracy"
    assert result.on == "GSM8K"


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
    assert abstract[result.start : result.end] == r"40.0\%"
