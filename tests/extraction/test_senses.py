"""Which thing a label stands for that has several meanings."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.model import EntityType, LocalEntity, Relation
from kg.vocabulary import load_vocabulary

Named = Callable[..., dict[str, LocalEntity]]


def concepts(found: dict[str, LocalEntity]) -> set[str | None]:
    return {entity.concept for entity in found.values()} - {None}


@pytest.mark.parametrize(
    "sentence",
    [
        "The agent calls a REST API to train its policy.",
        "Text is translated into SQL by a policy gradient method.",
        "Our benchmark has RGB images and experiments on them.",
        "TTS systems speak, and our method trains them.",
        "Robots without GPS plan by an algorithm of their own.",
        "SR networks upscale images by our method.",
        "We analyse PPG signals with a training algorithm.",
        "On 45nm CMOS the score improves by 2%.",
    ],
)
def test_letters_that_mostly_mean_something_else_are_nothing_known(named: Named, sentence: str) -> None:
    rare = {
        "method/approximate-policy-iteration",
        "method/soft-q-learning",
        "benchmark/rgb",
        "method/test-time-scaling",
        "method/guided-policy-search",
        "method/successor-representation",
        "method/ppg",
        "metric/cmos",
    }
    assert not concepts(named(sentence)) & rare


def test_letters_that_the_paper_spells_out_are_what_it_says(named: Named) -> None:
    found = named("We use approximate policy iteration (API). API is slow, and so is API without a model.")
    assert len(found["approximate policy iteration"].mentions) == 4


@pytest.mark.parametrize(
    ("sentence", "concept"),
    [
        ("Our regressor gets an MAE of 0.19 with five models.", "metric/mae"),
        ("Errors fall: a 13.9% reduction in MAE for models of rain.", "metric/mae"),
        ("We pretrain by masked image modeling as MAE and MoCo do.", "method/masked-autoencoder"),
        ("Optimizers such as SGD and SAM find flat minima.", "method/sharpness-aware-minimization"),
        ("Jailbreak attacks reach an ASR of 93%.", "metric/attack-success-rate"),
        ("Answers to questions gain 8.3 EM at 7B over retrieval.", "metric/exact-match"),
    ],
)
def test_what_stands_around_letters_tells_their_sense(named: Named, sentence: str, concept: str) -> None:
    assert concept in concepts(named(sentence))


@pytest.mark.parametrize(
    ("sentence", "concept"),
    [
        ("Ontologies in OWL are the basis of our method for training.", "method/owl"),
        ("A Python AST is parsed by the largest model of the family.", "model/ast"),
        ("We segment cells by a SAM model of the mask family.", "method/sharpness-aware-minimization"),
    ],
)
def test_no_sense_stands_without_the_words_that_it_needs(named: Named, sentence: str, concept: str) -> None:
    assert concept not in concepts(named(sentence))


def test_of_several_senses_the_one_that_is_spelt_out_stands(named: Named) -> None:
    found = named("We test on ARC and MMLU. The Abstraction and Reasoning Corpus is hard for planners.")
    assert concepts(found) == {"benchmark/arc-agi", "benchmark/mmlu"}


@pytest.mark.parametrize(
    "sentence",
    [
        "Our model is trained on the C4 dataset and the LIMA dataset.",
        "We pre-train our model on C4 and fine-tune it on LIMA.",
    ],
)
def test_what_a_model_is_trained_on_is_data(named: Named, sentence: str) -> None:
    found = named(sentence)
    assert {name: (found[name].type, found[name].relation) for name in ("C4", "LIMA")} == {
        "C4": (EntityType.DATASET, Relation.TRAINS_ON),
        "LIMA": (EntityType.DATASET, Relation.TRAINS_ON),
    }


def test_letters_of_the_papers_own_are_not_those_of_the_known_thing(
    extract: Callable[..., object], named: Named
) -> None:
    found = extract("We propose Direct Plan Optimization (DPO), which differs from Direct Preference Optimization.")
    by_concept = {entity.concept: {m.surface for m in entity.mentions} for entity in found.entities}
    assert by_concept == {
        None: {"Direct Plan Optimization", "DPO"},
        "method/dpo": {"Direct Preference Optimization"},
    }


@pytest.mark.parametrize("long", ["Emergent misfit", "Sample Anomaly Miner"])
def test_a_long_form_may_begin_with_its_letters(named: Named, long: str) -> None:
    letters = "EM" if long.startswith("Em") else "SAM"
    found = named(f"We study the {long} ({letters}) algorithm of a latent optimizer. {letters} has a likelihood.")
    assert not concepts(found) & {"method/em-algorithm", "method/sharpness-aware-minimization", "model/sam"}


@pytest.mark.parametrize("sentence", ["We don't test planners.", "Planners can\u2019t test themselves."])
def test_a_contraction_names_no_test(named: Named, sentence: str) -> None:
    assert not named(sentence)


def test_hub_ids_are_models(named: Named) -> None:
    found = named("We start from mistralai/Mistral-7B-Instruct-v0.2 and microsoft/Phi-3-mini-4k-instruct.")
    assert {name: entity.type for name, entity in found.items()} == {
        "Mistral-7B-Instruct-v0.2": EntityType.MODEL,
        "Phi-3-mini-4k-instruct": EntityType.MODEL,
    }


def test_words_of_contexts_are_only_of_things_with_ambiguous_labels() -> None:
    assert all(concept.ambiguous for concept in load_vocabulary().concepts.values() if concept.context)
