from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text.folding import fold, fold_title, plain, singular, slug, title_hash


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("GSM8K", "GSM8k"),
        ("Chain-of-Thought", "chain of thoughts"),
        ("pre-training", "Pretraining"),
        ("naïve", "naive"),
        ("MedS³", "MedS3"),
        ("reward model", "Reward Models"),
        ("policy", "policies"),
        ("LLaMA 2", "llama-2"),
    ],
)
def test_spellings_of_one_name_fold_together(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("MATH", "MATH-500"),
        ("HumanEval", "HumanEval+"),
        ("ReST-MCTS", "ReST-MCTS*"),
        ("Qwen2.5-7B", "Qwen2.5-72B"),
        ("GPT-3", "GPT-4"),
        ("loss", "los"),
    ],
)
def test_different_names_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text(st.characters(max_codepoint=0xFF), max_size=60))
def test_folding_does_not_depend_on_case(name: str) -> None:
    assert fold(name) == fold(name.lower())


@given(st.text(max_size=60))
def test_folding_never_drops_a_digit(name: str) -> None:
    assert [c for c in fold(name) if c.isdecimal()] == [c for c in plain(name).casefold() if c.isdecimal()]


@pytest.mark.parametrize("word", ["bias", "loss", "corpus", "analysis", "gas", "as", "is", "Atlas".lower()])
def test_a_word_keeps_its_s_when_it_is_no_plural(word: str) -> None:
    assert singular(word) == word


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (r"$\mathcal{B}$-Coder: Value", "B-Coder: value"),
        (r"Gains of 40\%: A Study", "gains of 40%  a study"),
        ("Let's Verify", "Let’s verify"),
        (r"\textsc{Ferret}: Fast", "FERRET: fast"),
    ],
)
def test_titles_of_one_paper_fold_together_when_only_latex_case_or_punctuation_differ(one: str, other: str) -> None:
    assert title_hash(one) == title_hash(other)


@pytest.mark.parametrize(("one", "other"), [("Tool++", "Tool"), ("Q*: Search", "Q: Search"), ("GPT-3", "GPT-4")])
def test_titles_of_different_papers_stay_apart(one: str, other: str) -> None:
    assert fold_title(one) != fold_title(other)


@pytest.mark.parametrize(("one", "other"), [("???", "!!!"), ("\u2026", "?"), ("\udcff", "\udcfe")])
def test_titles_of_which_nothing_is_left_when_folded_have_hashes_of_their_own(one: str, other: str) -> None:
    assert title_hash(one) != title_hash(other)


@given(st.text() | st.text(st.characters(categories=["Cs", "P", "S"])))
def test_a_title_has_a_hash_of_sixteen_hexadecimal_digits(title: str) -> None:
    assert re.fullmatch("[0-9a-f]{16}", title_hash(title))


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Qwen2.5-7B", "qwen2.5-7b"),
        ("ReST-MCTS*", "rest-mcts-star"),
        ("HumanEval+", "humaneval-plus"),
        ("pass@k", "pass-at-k"),
        ("C#", "c-sharp"),
        ("Group Relative Policy Optimization", "group-relative-policy-optimization"),
    ],
)
def test_a_slug_is_readable(label: str, expected: str) -> None:
    assert slug(label) == expected


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_a_slug_is_never_empty_and_always_a_plain_path_segment(label: str) -> None:
    assert re.fullmatch(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?", slug(label))
