from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extraction.gazetteer import shipped_gazetteer
from kg.extraction.tables.heads import Head, Role, key_role, read_head
from kg.extraction.tables.known import Known
from kg.extraction.tables.words import table_phrases
from kg.model import Extraction

KNOWN = Known(shipped_gazetteer(), Extraction())


def _said(text: str) -> list[tuple[str, str]]:
    return [(part.role.name, part.name) for part in read_head(text, KNOWN).parts]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("GSM8K", [("ON", "GSM8K")]),
        ("MMLU (EM)", [("ON", "MMLU"), ("METRIC", "EM")]),
        ("MMLU (5-shot)", [("ON", "MMLU"), ("SETTING", "5-shot")]),
        ("HumanEval pass@1", [("ON", "HumanEval"), ("METRIC", "pass@1")]),
        ("MS MARCO dev", [("ON", "MS MARCO"), ("SPLIT", "dev")]),
        ("Acc.", [("METRIC", "accuracy")]),
        ("R@1, IoU=0.5", [("METRIC", "R@1, IoU=0.5")]),
        ("RMSE (V)", [("METRIC", "RMSE (V)")]),
        ("Dice per organ", [("METRIC", "Dice")]),
        ("L2-Acc", [("METRIC", "L2-Acc")]),
        ("AIME24 Avg@32", [("ON", "AIME24"), ("METRIC", "Avg@32")]),
        ("Avg.", [("AVERAGE", "Avg.")]),
        ("Average (56)", [("AVERAGE", "Average")]),
        ("En\u2192De", [("SPLIT", "En\u2192De")]),
        ("test-clean", [("SPLIT", "test-clean")]),
        ("zero-shot", [("SETTING", "zero-shot")]),
        ("Latency (s)", [("NOTHING", "Latency")]),
        ("# Params", [("NOTHING", "# Params")]),
        ("\u0394 over GRPO", [("NOTHING", "\u0394 over GRPO")]),
        ("Open-source models", [("GROUP", "Open-source models")]),
        ("Math", [("GROUP", "Math")]),
        ("DROP", [("ON", "DROP")]),
        ("Quennell", [("NAME", "Quennell")]),
    ],
)
def test_a_head_says_what_it_is(text: str, said: list[tuple[str, str]]) -> None:
    assert _said(text) == said


def test_arrows_and_signs_say_direction_and_unit() -> None:
    assert [read_head(text, KNOWN).better for text in ("FID \u2193", "PSNR (\u2191)", "FID (lower is better)")] == [
        "lower",
        "higher",
        "lower",
    ]
    assert read_head("LC (%)", KNOWN).unit == "%"
    assert _said("AdvBench (ASR\u2193)") == [("ON", "AdvBench"), ("METRIC", "attack success rate")]


def test_several_measures_share_a_cell() -> None:
    head = read_head("TACRED (P/R/F1)", KNOWN)
    assert [metric.name for metric in head.metrics] == ["precision", "recall", "F1"]
    assert head.first(Role.ON) is not None or head.first(Role.NAME) is not None


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Model", "achiever"),
        ("Backbone", "base"),
        ("Data set", "on"),
        ("Metric", "metric"),
        ("# Shots", "setting"),
        ("GSM8K", None),
    ],
)
def test_the_head_of_a_column_of_names_says_what_they_are(text: str, role: str | None) -> None:
    assert key_role(text) == role


@given(st.text(max_size=200))
def test_any_text_is_a_head(text: str) -> None:
    assert isinstance(read_head(text, KNOWN), Head)


@pytest.mark.parametrize("phrase", table_phrases().patterns.values(), ids=lambda phrase: phrase.name)
def test_a_pattern_is_found_where_it_must_be(phrase: object) -> None:
    assert [text for text in phrase.must if not phrase.is_found(text)] == []
    assert [text for text in phrase.must_not if phrase.is_found(text)] == []
    assert phrase.must
    assert phrase.must_not


@pytest.mark.parametrize("head", ["FLOP×10²³", "FLOPs (×10^9)", "Params × 10⁶"])
def test_a_cost_in_powers_of_ten_is_a_cost(head: str) -> None:
    assert read_head(head, KNOWN).has(Role.NOTHING)
