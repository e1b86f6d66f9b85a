"""What a sentence says that is not done, and what it affirms beside that."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extraction.denials import denied_in, is_denied_subject, is_faulted
from kg.extraction.document import findings
from kg.extraction.pipeline import Extractor
from kg.model import Extraction, LocalEntity, Paper, Relation

Named = Callable[..., dict[str, LocalEntity]]

MENTIONS, EVALUATES, TRAINS = Relation.MENTIONS, Relation.EVALUATES_ON, Relation.TRAINS_ON


def relations(named: Named, sentence: str) -> dict[str, Relation]:
    return {name: entity.relation for name, entity in named(sentence).items()}


@pytest.mark.parametrize(
    "sentence",
    [
        "For want of budget we do not evaluate our planners on GSM8K.",
        "Our planners aren't evaluated on HumanEval, MBPP, or GSM8K.",
        "Our planners aren\u2019t tested on GSM8K.",
        "We could not yet run any experiments on GSM8K.",
        "It was impossible to test planners on GSM8K.",
        "We refrain from reporting results on GSM8K.",
        "No results on GSM8K are given.",
        "None of HumanEval, MBPP and GSM8K was used.",
        "Neither GSM8K nor MBPP is used here.",
        "We use neither MBPP nor GSM8K.",
        "Our planner neither trains on MBPP nor needs GSM8K.",
        "Because of leaks, GSM8K and MBPP were left out of our tests.",
        "Testing on GSM8K was too costly.",
        "No GSM8K problems were used to tune it, and our planners don't see GSM8K.",
        "Our suite omits GSM8K.",
        "Our planners learn without access to GSM8K.",
        "We leave planning on GSM8K to future work.",
        "In future work, we will turn to GSM8K.",
    ],
)
def test_what_is_not_done_is_only_mentioned(named: Named, sentence: str) -> None:
    assert relations(named, sentence)["GSM8K"] is MENTIONS


@pytest.mark.parametrize(
    ("sentence", "affirmed", "relation", "denied"),
    [
        ("We evaluate on HumanEval but not on GSM8K.", "HumanEval", EVALUATES, "GSM8K"),
        ("We test on HumanEval but not on GSM8K.", "HumanEval", EVALUATES, "GSM8K"),
        ("We evaluate on HumanEval, never on GSM8K.", "HumanEval", EVALUATES, "GSM8K"),
        ("We do not test on GSM8K, but we do on HumanEval.", "HumanEval", EVALUATES, "GSM8K"),
        ("We evaluate on all tasks of BIG-bench except GSM8K.", "BIG-bench", EVALUATES, "GSM8K"),
        ("We train on UltraFeedback instead of GSM8K.", "UltraFeedback", TRAINS, "GSM8K"),
        ("Planners not tuned on GSM8K still reach 50% on HumanEval.", "HumanEval", EVALUATES, "GSM8K"),
        ("Planners that learn without GSM8K reach 50% on HumanEval.", "HumanEval", EVALUATES, "GSM8K"),
        ("We compare ours with PPO but not with DPO.", "PPO", Relation.COMPARES_WITH, "DPO"),
        ("We replace PPO with DPO in our planner.", "DPO", Relation.USES, "PPO"),
    ],
)
def test_a_denial_ends_with_its_clause_or_phrase(
    named: Named, sentence: str, affirmed: str, relation: Relation, denied: str
) -> None:
    found = relations(named, sentence)
    assert (found[affirmed], found[denied]) == (relation, MENTIONS)


@pytest.mark.parametrize(
    ("sentence", "name", "relation"),
    [
        ("We evaluate not only on HumanEval but also on GSM8K.", "HumanEval", EVALUATES),
        ("Our planner wins without hurting accuracy on GSM8K.", "GSM8K", EVALUATES),
        ("Our planner is no worse than PPO.", "PPO", Relation.COMPARES_WITH),
        ("Our planner does not outperform PPO.", "PPO", Relation.COMPARES_WITH),
        ("We find no gains on GSM8K.", "GSM8K", EVALUATES),
        ("Errors rise on all benchmarks except GSM8K.", "GSM8K", EVALUATES),
        ("We use no data other than UltraFeedback for training.", "UltraFeedback", TRAINS),
        ("We do not fine-tune CLIP; we freeze CLIP and read its features.", "CLIP", Relation.USES),
        ("GSM8K has not been used before to test planners, as we do.", "GSM8K", EVALUATES),
    ],
)
def test_what_only_sounds_like_a_denial_is_none(named: Named, sentence: str, name: str, relation: Relation) -> None:
    assert relations(named, sentence)[name] is relation


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("We do not report BLEU.", "BLEU"),
        ("This work does not address machine translation.", "machine translation"),
        ("We do not train on UltraFeedback.", "UltraFeedback"),
        ("We did not compare our planner with PPO.", "PPO"),
    ],
)
def test_every_relation_may_be_denied(named: Named, sentence: str, name: str) -> None:
    assert relations(named, sentence)[name] is MENTIONS


@pytest.mark.parametrize(
    "sentence",
    [
        "GSM8K is saturated by now. We introduce ZorpBench, a harder benchmark.",
        "GSM8K lacks long plans. We introduce ZorpBench, a harder benchmark.",
        "Existing benchmarks such as GSM8K ask for short plans. We introduce ZorpBench, a harder benchmark.",
        "Earlier work, which tests planners on GSM8K, is silent on cost. We introduce ZorpBench, a harder benchmark.",
        "Unlike earlier work, which evaluates on GSM8K only, we introduce ZorpBench, a harder benchmark.",
    ],
)
def test_data_of_others_are_only_mentioned(named: Named, sentence: str) -> None:
    assert relations(named, sentence)["GSM8K"] is MENTIONS


@pytest.mark.parametrize(
    "sentence",
    [
        "We evaluate on existing benchmarks such as GSM8K.",
        "Tests on popular benchmarks such as GSM8K show that it wins.",
        "We find that GSM8K is contaminated.",
    ],
)
def test_data_of_others_that_the_work_uses_are_evaluated_on(named: Named, sentence: str) -> None:
    assert relations(named, sentence)["GSM8K"] is EVALUATES


@pytest.mark.parametrize("name", ["GPT-4", "GSM8K"])
def test_what_only_sets_the_scene_is_mentioned(named: Named, name: str) -> None:
    found = relations(named, f"Planning draws on {name} in many ways. We propose ZorpNet, a planner.")
    assert found[name] is MENTIONS


@pytest.mark.parametrize(("name", "relation"), [("GPT-4", Relation.USES), ("GSM8K", EVALUATES)])
def test_what_comes_back_in_the_own_work_is_no_scene(named: Named, name: str, relation: Relation) -> None:
    found = relations(named, f"Planning draws on {name} in many ways. We propose ZorpNet, a planner. {name} is hard.")
    assert found[name] is relation


def test_a_denial_is_told_from_other_proposals(extractor: Extractor) -> None:
    found = findings(extractor.read(Paper(title="On a Question", abstract="We use PPO and do not use DPO.")))
    sources = {found.text[each.start : each.end]: each.source for each in found.relations}
    assert sources == {"PPO": "used", "DPO": "negation"}


def test_an_outcome_sets_no_scene(named: Named) -> None:
    found = relations(named, "On GSM8K a small planner achieves 60%. We show why.")
    assert found["GSM8K"] is EVALUATES


def test_what_the_title_names_sets_no_scene(extract: Callable[..., Extraction]) -> None:
    found = extract("Planning draws on GSM8K in many ways. We look closely.", title="How Planners Read GSM8K")
    assert [mention.relation for mention in found.entities[0].mentions] == [EVALUATES, EVALUATES]


def test_a_clause_about_a_thing_is_told_from_one_that_names_it() -> None:
    assert is_denied_subject("Training on ", " was avoided")
    assert is_denied_subject("We plan, and neither Zorp nor ", " is used")
    assert not is_denied_subject("Planners trained on ", " were not tested")
    assert is_faulted("However, ".lower(), " does not test plans")
    assert not is_faulted("We test on ", " does not test plans")


@given(st.text(alphabet="not withouexcp,.NAMEX'\u2019-() andbuvlr", max_size=600))
def test_denials_lie_in_their_sentence(text: str) -> None:
    found = denied_in(text, (0, len(text)))
    assert all(0 <= start < end <= len(text) for start, end in (*found.not_done, *found.left_out))
