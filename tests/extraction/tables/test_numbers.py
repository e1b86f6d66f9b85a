from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extraction.tables.numbers import Content, content_of, measured_in
from kg.model import Cell


def _values(text: str, *asides: str) -> list[tuple[str, str | None]]:
    return [(number.value, number.std) for number in measured_in(Cell(1, 1, text, asides=asides))]


@pytest.mark.parametrize(
    ("text", "value", "std"),
    [
        ("72.4", "72.4", None),
        ("72.4%", "72.4", None),
        (".742", "0.742", None),
        ("1,510.7", "1510.7", None),
        ("12\u2009517.5", "12517.5", None),
        ("\u22120.6", "-0.6", None),
        ("44.0 \u00b1 5.4", "44.0", "5.4"),
        ("44.0 (\u00b1 5.4)", "44.0", "5.4"),
        ("959.0 +- 31.0", "959.0", "31.0"),
        ("86.8 (+0.9)", "86.8", None),
        ("39.0 \u21939.8", "39.0", None),
        ("0.889 (0.881\u20130.897)", "0.889", None),
        ("83.3\u2020", "83.3", None),
        ("82.7 [14]", "82.7", None),
        ("*81.3**", "81.3", None),
        ("~61", "61", None),
        ("2e-5", "2e-5", None),
    ],
)
def test_a_number_is_read_as_printed(text: str, value: str, std: str | None) -> None:
    assert _values(text) == [(value, std)]


def test_the_spread_may_be_set_smaller_or_lower() -> None:
    assert _values("84.6", "\u00b1 1.3") == _values("84.6", "1.3") == [("84.6", "1.3")]


def test_a_mark_beside_a_number_is_no_spread() -> None:
    assert _values("84.6", "1") == _values("84.6", "\u2020") == _values("84.6", "\u21912.2") == [("84.6", None)]


def test_a_cell_may_hold_several_measures() -> None:
    assert _values("34.5 / 79.5") == [("34.5", None), ("79.5", None)]
    assert [value for value, _ in _values("70.8/70.9/70.8")] == ["70.8", "70.9", "70.8"]


@pytest.mark.parametrize("text", ["-", "--", "\u2013", "\u2014", "N/A", "n/a", "OOM", "NaN", "?"])
def test_what_is_missing_is_no_number(text: str) -> None:
    assert content_of(text) is Content.MISSING


@pytest.mark.parametrize("text", ["41M", "1.8\u00d7", "2.4 h", "$0.58", "16 GB", "120ms"])
def test_a_quantity_is_no_result(text: str) -> None:
    assert content_of(text) is Content.QUANTITY
    assert not measured_in(Cell(1, 1, text))


@pytest.mark.parametrize("text", [">24h", "5-shot", "GPT-4o", "2024-08-06", "MATH 500", "1 of 3"])
def test_words_with_digits_are_no_numbers(text: str) -> None:
    assert not measured_in(Cell(1, 1, text))


@given(st.text(max_size=200))
def test_any_text_has_a_content(text: str) -> None:
    assert isinstance(content_of(text), Content)
    for number in measured_in(Cell(0, 0, text)):
        assert number.value


def test_a_cell_of_prose_is_no_number() -> None:
    assert content_of("1 " * 100_000) is Content.WORDS
