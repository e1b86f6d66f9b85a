from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text.markdown import unemphasised
from kg.text.reading import render


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("**FooNet** is fast", "FooNet is fast"),
        ("a ***bold* claim", "a ***bold* claim"),
        ("***FooNet***, *bar* (**baz**).", "FooNet, bar (baz)."),
        ("__FooNet__ and `foo-1b`", "FooNet and foo-1b"),
        ("up **11.9%** on *GSM8K*", "up 11.9% on GSM8K"),
    ],
)
def test_the_signs_of_emphasis_are_not_read(text: str, read: str) -> None:
    assert unemphasised(text).text == read


@pytest.mark.parametrize(
    "text",
    ["A* and B* search", "ReST-MCTS* beats MCTS*", "2 * 3 * 4", "a*b*c", "x__y__z", "``quoted'' words",
     "`quoted' words", "* one\n* two", "p**2 and q**2", r"\*not\*", "f_1, f_2", "* p < 0.05, ** p < 0.01"],
)  # fmt: skip
def test_stars_and_strokes_that_stand_for_themselves_stay(text: str) -> None:
    assert unemphasised(text).text == text


def test_offsets_lead_to_the_stored_words() -> None:
    text = "We present **FooNet**, fast."
    rendered = render(text)
    start = rendered.text.index("FooNet")
    first, last = rendered.to_stored(start, start + 6)
    assert text[first:last] == "FooNet"


@given(st.text(st.sampled_from("ab *_`\n\\"), max_size=40))
def test_any_text_is_read_and_no_letter_lost(text: str) -> None:
    read = unemphasised(text).text
    assert [c for c in read if c in "ab\n "] == [c for c in text if c in "ab\n "]
