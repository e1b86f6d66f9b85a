"""What a paper's own thing was made from: only what the paper says, not all that it uses."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.model import Extraction, Paper, Relation

Extract = Callable[..., Extraction]


def derived(found: Extraction) -> set[tuple[str, str]]:
    return {(found.entities[each.new].name, found.entities[each.old].name) for each in found.derivations}


@pytest.mark.parametrize(
    ("said", "pair"),
    [
        ("We propose ZorpNet, a fast and simple variant of PPO.", ("ZorpNet", "PPO")),
        ("We propose ZorpNet. ZorpNet is built on top of ResNet.", ("ZorpNet", "ResNet")),
        ("We propose ZorpNet, a planner that extends PPO.", ("ZorpNet", "PPO")),
        ("We introduce ZorpNet, which is based on the popular DPO.", ("ZorpNet", "DPO")),
        ("Building upon GRPO, we propose ZorpNet for plans.", ("ZorpNet", "GRPO")),
        ("We extend DPO to plans and introduce ZorpNet.", ("ZorpNet", "DPO")),
        ("We present ZorpBERT, which is fine-tuned from BERT on plans.", ("ZorpBERT", "BERT")),
        ("We propose Adaptive GRPO for plans. It wins against GRPO.", ("Adaptive GRPO", "GRPO")),
    ],
)
def test_what_a_paper_says_that_its_own_was_made_from(extract: Extract, said: str, pair: tuple[str, str]) -> None:
    assert derived(extract(f"Planning is hard. {said}")) == {pair}


@pytest.mark.parametrize(
    "said",
    [
        "We propose ZorpNet. We train it with PPO and compare it with DPO.",
        "We propose ZorpNet. ZorpNet outperforms methods based on PPO.",
        "We propose ZorpNet. With a GPT-4-based judge, ZorpNet wins.",
        "We propose ZorpNet. PPO is a variant of TRPO.",
        "We propose ZorpBench, a benchmark of planners built on GPT-4.",
    ],
)
def test_what_a_paper_only_uses_is_no_basis(extract: Extract, said: str) -> None:
    assert derived(extract(f"Planning is hard. {said}")) == set()


def test_the_sentence_that_says_so_is_where_both_names_stand(extract: Extract) -> None:
    abstract = "Planning is hard. We propose ZorpNet, a fast variant of PPO. It wins."
    (found,) = extract(abstract).derivations
    text = Paper("On a Question", abstract).passages[found.anchor.place].text
    assert text[found.anchor.start : found.anchor.end] == "ZorpNet, a fast variant of PPO"
    assert text[found.anchor.sentence_start : found.anchor.sentence_end] == "We propose ZorpNet, a fast variant of PPO."


@pytest.mark.parametrize(
    ("said", "coined"),
    [
        ("We propose ZorpNet. ZorpNet wins.", True),
        ("A planner is a plan. ZorpNet, a planner that remembers, fails. ZorpNet is slow.", False),
        ("We present a ZorpNet-based planner. ZorpNet is slow.", False),
    ],
)
def test_a_name_is_coined_where_the_paper_says_so(extract: Extract, said: str, coined: bool) -> None:
    assert [each.coined for each in extract(said).entities if each.name == "ZorpNet"] == [coined]


def test_a_short_form_with_two_long_forms_is_two_things(extract: Extract) -> None:
    found = extract("We propose Local Search (LS) and compare it with Least Squares (LS) on MNIST. LS wins.")
    assert [(each.name, each.expansion) for each in found.entities[:2]] == [
        ("LS", "Local Search"),
        ("LS", "Least Squares"),
    ]


def test_two_wordings_of_one_long_form_are_one_thing(extract: Extract) -> None:
    found = extract(
        "We propose Zonal Planning of LLMs (ZePLa), a method. ZePLa is fast.",
        title="ZePLa: Zonal Planning for Large Models",
    )
    assert len([each for each in found.entities if each.name == "ZePLa"]) == 1


def test_what_a_paper_defines_otherwise_than_the_vocabulary_is_not_the_listed_thing(extract: Extract) -> None:
    found = extract(
        "We propose Direct Policy Optimization (DPO), which differs from Direct Preference Optimization. "
        "DPO needs no reward model."
    )
    things = {(each.expansion, each.concept): each.relation for each in found.entities if each.name == "DPO"}
    assert things == {
        ("Direct Policy Optimization", None): Relation.INTRODUCES,
        (None, "method/dpo"): Relation.COMPARES_WITH,
    }
