from __future__ import annotations

import pytest

from kg.text.letters import plain_letters


@pytest.mark.parametrize(
    ("stored", "read"),
    [
        ("GSM\u00ad8K, Human\u200bEval, MA\u2060TH, \ufeffWeb\u200dShop", "GSM8K, HumanEval, MATH, WebShop"),
        ("left\u200e to \u202aright\u202c", "left to right"),
        ("rein\u00ad\n  forcement", "reinforcement"),
        ("e\ufb03cient \ufb01ne-tuning", "efficient fine-tuning"),
        ("\uff27\uff30\uff34\uff0d\uff14", "GPT-4"),
        ("\U0001d413\U0001d41a\U0001d41b\U0001d40f\U0001d405\U0001d40d", "TabPFN"),
        ("GPT\u20104, GPT\u20114, GPT\u22124", "GPT-4, GPT-4, GPT-4"),
        ("no\u00a0break, thin\u2009space\u3000", "no break, thin space "),
        ("one\u2028two\r\nthree\rfour", "one\ntwo\nthree\nfour"),
        ("Erdo\u030bs, cafe\u0301", "Erdős, café"),
    ],
)
def test_what_looks_like_a_letter_is_read_as_it(stored: str, read: str) -> None:
    assert plain_letters(stored).text == read


@pytest.mark.parametrize("text", ["MedS³", "½ of 5 µm", "τ-bench", "−3.5%", "7–8 — both", "漢字", "naïve", "ℓ₁", "🙂"])
def test_what_says_more_than_its_plain_form_stays(text: str) -> None:
    assert plain_letters(text).text == text
