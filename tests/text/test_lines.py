from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text.lines import joined_lines

WORDS = st.lists(
    st.sampled_from(["Proximal", "Policy", "GPT-4", "Llama-3.1-8B", "state-of-the-art", "end-to-end", "pre- and",
                     "7B–8B", "mass--energy",
                     "word—word", "-3.5%", "–", "--", "(PPO)", "CNN/DailyMail", "(a),", "x", "it's"]),
    min_size=1, max_size=60,
)  # fmt: skip


@pytest.mark.parametrize(
    ("stored", "read"),
    [
        ("Proximal Policy\nOptimization", "Proximal Policy Optimization"),
        ("Monte Carlo\n   Tree  Search", "Monte Carlo Tree Search"),
        ("GPT-\n4 and Llama-\n  3.1-8B", "GPT-4 and Llama-3.1-8B"),
        ("state-of-the-\nart, end-\nto-end", "state-of-the-art, end-to-end"),
        ("pre-\nand post-training", "pre- and post-training"),
        ("CNN/\nDailyMail", "CNN/DailyMail"),
        ("7B\u2013\n8B, mass\n--energy", "7B\u20138B, mass--energy"),
        ("it changes by\n-3.5%", "it changes by -3.5%"),
        ("one -\ntwo", "one - two"),
        ("One.\n\nTwo.\n \n\nThree.", "One.\n\nTwo.\n\nThree."),
        ("We show:\n\u2022 this\n\u2022 that", "We show:\n\n\u2022 this\n\n\u2022 that"),
    ],
)
def test_lines_are_joined_within_a_paragraph(stored: str, read: str) -> None:
    assert joined_lines(stored).text == read


@given(WORDS, st.integers(10, 100), st.booleans())
def test_a_text_reads_the_same_however_it_is_wrapped(words: list[str], width: int, at_hyphens: bool) -> None:
    text = " ".join(words)
    wrapped = textwrap.fill(text, width, break_on_hyphens=at_hyphens, break_long_words=False)
    assert joined_lines(wrapped).text == joined_lines(text).text


@given(st.text(st.sampled_from("ab4.-\u2013\u2022/ \n\t"), max_size=80))
def test_letters_are_never_lost(text: str) -> None:
    assert [c for c in joined_lines(text).text if not c.isspace()] == [c for c in text if not c.isspace()]
