from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text.markup import unescaped, untagged

MATHML = (
    '<mml:math xmlns:mml="http://www.w3.org/1998/Math/MathML"><mml:semantics><mml:mrow>\n  <mml:mi>R</mml:mi>\n  '
    '<mml:mn>2</mml:mn></mml:mrow><mml:annotation encoding="application/x-tex">R^2</mml:annotation></mml:semantics>'
    "</mml:math>"
)


@pytest.mark.parametrize(
    ("stored", "read"),
    [
        ("R&amp;D, Q&#38;A, &#x3b1;, p &lt; 0.05", "R&D, Q&A, α, p < 0.05"),
        ("twice &amp;amp; thrice &amp;amp;amp;lt;", "twice & thrice <"),
        (r"R{\&}amp;D and \&amp; too", "R&D and & too"),
        ("one_x000D_\ntwo_x000a_", "one\ntwo_x000a_"),
        ("one_x000D_two", "one\ntwo"),
    ],
)
def test_character_references_are_read(stored: str, read: str) -> None:
    assert unescaped(stored).text == read


@pytest.mark.parametrize("text", ["AT&T; R&D;", "a && b;", "&nosuchname;", "&#99999999;", "_x00ZZ_", "f(x)&g(y)"])
def test_other_ampersands_stay(text: str) -> None:
    assert unescaped(text).text == text


@pytest.mark.parametrize(
    ("stored", "read"),
    [
        ("with <i>PPO</i> on CO<sub>2</sub>", "with PPO on CO2"),
        ("R<sup>2</sup> and 10<sup>-3</sup>, 1<sup>st</sup>", "R² and 10⁻³, 1st"),
        ("<p>One.</p><p>Two.<br/>Three.", "One. Two. Three."),
        ("<jats:title>Abstract</jats:title><jats:p>We <jats:italic>plan</jats:italic>.</jats:p>", "We plan."),
        ("<jats:sec><jats:title>Methods</jats:title><jats:p>We plan.</jats:p></jats:sec>", "Methods We plan."),
        (f"an {MATHML} of 1", "an R2 of 1"),
        ("&lt;b&gt;bold&lt;/b&gt; &amp;lt;i&amp;gt;it&amp;lt;/i&amp;gt;", "bold it"),
        ('<a href="https://example.org/a">here</a><!-- note -->', "here"),
    ],
)
def test_tags_are_not_text(stored: str, read: str) -> None:
    assert " ".join(unescaped(stored).then(untagged).text.split()) == read


@pytest.mark.parametrize(
    "text",
    ["p < 0.05 and q > 1", "a<b>c", "x<i and j>y", "the <think> token, </think>", "<s> and </s>", "<|im_end|>",
     "<Condition, Action>", "a<p>q", "<answer>B</answer>"],
)  # fmt: skip
def test_what_is_no_tag_stays(text: str) -> None:
    assert untagged(text).text == text


@given(st.lists(st.sampled_from(["<p>", "</p>", "<i>", "</i>", "<sup>", "</sup>", "<mml:math>", "</mml:math>",
       "<title>", "</title>", "<annotation>", "</annotation>", "&amp;", "&lt;", "<", ">", "<!--", "-->", "a",
       " ", "2"]), max_size=40).map("".join))  # fmt: skip
def test_reading_markup_never_fails_and_keeps_offsets(text: str) -> None:
    for stage in (unescaped, untagged):
        read = stage(text)
        if read.starts is not None and read.ends is not None:
            assert list(read.starts) == sorted(read.starts)
            assert all(0 <= a < b <= len(text) for a, b in zip(read.starts, read.ends, strict=True))
