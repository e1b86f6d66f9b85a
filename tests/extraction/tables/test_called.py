"""What running text calls a name."""

from __future__ import annotations

import pytest

from kg.extraction.tables.called import Called


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("We evaluate on Zephyria and report accuracy.", "Zephyria"),
        ("The Zephyria benchmark has 300 questions.", "Zephyria"),
        ("Results on Orkney, Zephyria (hard), and Skye follow.", "Zephyria"),
        ("Three data sets, namely Orkney and Zephyria, are used.", "Zephyria"),
        ("Zephyria and Skye environments are hard.", "Zephyria"),
    ],
)
def test_a_name_beside_a_word_for_data_is_called_data(text: str, name: str) -> None:
    assert Called([text]).data(name)


@pytest.mark.parametrize(
    "text", ["We compare with Zephyria.", "Zephyria is a guard.", "We evaluate on Zephyrian.", "nothing", ""]
)
def test_a_name_elsewhere_is_not(text: str) -> None:
    assert not Called([text]).data("Zephyria")


def test_text_without_end_is_asked_in_bounded_time() -> None:
    assert not Called(["Guard " * 200_000]).data("Guard")
    assert not Called(["on " + "Aa, " * 100_000 + "Guard"]).data("Guard")
