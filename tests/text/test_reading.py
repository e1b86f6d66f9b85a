from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from types import FrameType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text.reading import STAGES, render
from kg.text.rendered import edited

PIECES = st.sampled_from([
    "&amp;", "&lt;i&gt;", "<i>", "</i>", "<p>", "</p>", "\u00ad", "\u200b", "\ufb01", "e\u0301", "\u00a0",
    "\n", "\n\n", "  ", "-\n", "{", "}", "\\", "$", "^2", "\\textbf{", "~\\cite{a}", "--", "``", "''",
    "{\\\"o}", "_x000D_", "a", "GPT-4", " ",
])  # fmt: skip
MIXED = st.lists(PIECES, max_size=50).map("".join) | st.text(max_size=200)
ODD = [
    "&", "&amp;", "<", "<p", "<p>", "<i>", "<sup>", "<title>", "<!--", "\u00ad", "e\u0301", " ", "\n", "\n ",
    "-\n", "{", "{{a", "}", "\\", "\\(", "$", "\\cite{", "\\footnote[", "~", "a~", "-", "--", "`", "{a,",
    "_x000D_", "\\textbf{\\cite{a} ", "_{a", "\\href{a}{", "\\$", "\\documentclass",
]  # fmt: skip


@pytest.mark.parametrize(
    ("stored", "shown", "cut"),
    [
        ("R&amp;D with <i>PPO</i> here", "PPO", "PPO"),
        (
            "we tune Proximal Policy\n   Optimization",
            "Proximal Policy Optimization",
            "Proximal Policy\n   Optimization",
        ),
        ("on GSM\u00ad8K &amp; more", "GSM8K", "GSM\u00ad8K"),
        (r"by {{GPT-\n4}}".replace(r"\n", "\n"), "GPT-4", "GPT-\n4"),
        (r"&lt;b&gt;see \textsc{Ferret}&lt;/b&gt;~\cite{a}.", "Ferret", r"\textsc{Ferret}"),
        ("\ufb01ne", "fi", "\ufb01"),
    ],
)
def test_a_span_leads_back_through_all_stages(stored: str, shown: str, cut: str) -> None:
    rendered = render(stored)
    start = rendered.text.index(shown)
    low, high = rendered.to_stored(start, start + len(shown))
    assert stored[low:high] == cut


@given(st.lists(st.text(st.characters(categories=["L", "Nd"], max_codepoint=0x17F), min_size=1), max_size=30))
def test_plain_words_are_read_as_they_stand(words: list[str]) -> None:
    text = " ".join(words)
    assert render(text).text == text
    assert render(text).starts is None


@given(MIXED)
def test_every_character_comes_from_somewhere_in_order(text: str) -> None:
    rendered = render(text)
    if rendered.starts is None or rendered.ends is None:
        assert len(rendered.text) == len(text)
        return
    assert list(rendered.starts) == sorted(rendered.starts)
    assert all(0 <= a < b <= len(text) for a, b in zip(rendered.starts, rendered.ends, strict=True))
    assert len(rendered.text) == len(rendered.starts)
    for start, end, low, high in rendered.groups:
        assert 0 <= start < end <= len(rendered.text)
        assert 0 <= low < high <= len(text)


@given(MIXED)
def test_a_plain_name_between_anything_is_cut_out_as_it_is(noise: str) -> None:
    stored = f"{noise} \u2603name\u2603 {noise}"
    rendered = render(stored)
    if (start := rendered.text.find("\u2603name\u2603")) >= 0:  # an argument of \cite may hold it
        low, high = rendered.to_stored(start, start + 6)
        assert stored[low:high] == "\u2603name\u2603"


def steps(work: Callable[[], object]) -> int:
    """Lines of Python that some work runs."""
    count = 0

    def trace(frame: FrameType, event: str, argument: object) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(None)
    return count


@pytest.mark.parametrize("piece", ODD)
def test_steps_grow_with_the_length_of_a_text(piece: str) -> None:
    small, large = (steps(partial(render, piece * count)) for count in (200, 800))
    assert large < 5 * small + 100


def test_stages_are_values_from_text_to_text() -> None:
    assert all(stage("plain").text == "plain" for stage in STAGES)


def test_edits_that_keep_the_length_keep_the_offsets() -> None:
    assert edited("a\nb", [(1, 2, " ")]).starts is None
