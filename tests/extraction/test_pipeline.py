"""What the pipeline as a whole makes of a paper. The abstracts are made up; the known names in them are real."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import ExtractionError
from kg.extraction.document import findings
from kg.extraction.judge import Judge
from kg.extraction.pipeline import Extractor
from kg.extraction.proposals import NameProposal
from kg.extraction.recipe import Recipe
from kg.extraction.sources.repeats import find_repeats
from kg.model import EntityType, Extraction, LocalEntity, Paper, Relation, Rule

Named = Callable[..., dict[str, LocalEntity]]


def test_title_prefix_is_introduced(named: Named) -> None:
    found = named("Agents forget. ZorpRL trains them to remember.", title="ZorpRL: Agents That Remember")
    assert found["ZorpRL"].relation is Relation.INTRODUCES


@pytest.mark.parametrize(
    ("sentence", "name", "kind"),
    [
        ("We propose ZorpNet, a novel framework for planning.", "ZorpNet", EntityType.METHOD),
        ("We introduce ZorpBench, a benchmark for planning.", "ZorpBench", EntityType.BENCHMARK),
        ("We release a dataset called ZorpSet with many plans.", "ZorpSet", EntityType.DATASET),
        ("In this work, we present a new algorithm, ZORP, that plans.", "ZORP", EntityType.METHOD),
        ("We introduce Zonal Orthogonal Reward Planning (ZORP) here.", "ZORP", EntityType.METHOD),
    ],
)
def test_coined_name_is_found_typed_and_introduced(named: Named, sentence: str, name: str, kind: EntityType) -> None:
    found = named(f"Planning is hard. {sentence} It works well.")
    assert found[name].type is kind
    assert found[name].relation is Relation.INTRODUCES


def test_abbreviation_and_long_form_are_one_thing(named: Named) -> None:
    found = named("We study Zonal Orthogonal Planning (ZOP). ZOP is fast. Later, Zonal Orthogonal Planning wins.")
    assert len(found) == 1
    assert {m.surface for m in found["ZOP"].mentions} == {"ZOP", "Zonal Orthogonal Planning"}


def test_abbreviation_of_a_class_is_no_entity(named: Named) -> None:
    found = named("Large language models (LLMs) run on microcontroller units (MCUs). LLMs and MCUs differ.")
    assert found == {}


def test_abbreviation_of_what_is_proposed_is_an_entity(named: Named) -> None:
    found = named("In this work, we propose the dichotomy of planning (DoP), a solver. DoP is fast.")
    assert found["DoP"].expansion == "dichotomy of planning"


def test_known_letters_with_another_long_form_are_not_the_known_thing(named: Named) -> None:
    found = named("We propose Dynamic Planning Orchestration (DPO). DPO plans ahead.")
    assert found["DPO"].concept is None
    assert found["DPO"].expansion == "Dynamic Planning Orchestration"


@pytest.mark.parametrize(
    ("sentence", "relation"),
    [
        ("We fine-tune the policy with PPO.", Relation.USES),
        ("Our planner outperforms PPO by a wide margin.", Relation.COMPARES_WITH),
        ("Unlike PPO, our planner needs no critic.", Relation.COMPARES_WITH),
        ("Our planner learns without PPO.", Relation.MENTIONS),
        ("Its plans are better than those from PPO.", Relation.COMPARES_WITH),
        ("Our planner outperforms Llama 3.1, Qwen 2.5 and PPO.", Relation.COMPARES_WITH),
        ("Our planner beats rivals with more parameters, including TRPO and PPO.", Relation.COMPARES_WITH),
        ("Our planner outperforms PPO by 12.5 points.", Relation.COMPARES_WITH),
        ("Our planner outperforms TRPO by 12.5 points and PPO by 3.1%.", Relation.COMPARES_WITH),
        ("We make over 1.5 million steps with PPO.", Relation.USES),
        ("We validate common algorithms such as PPO.", Relation.USES),
        (
            "Existing planners, for all their merits on small and well known maps, need other tools (e.g., PPO).",
            Relation.MENTIONS,
        ),
        ("We name our variant, with a critic, PPO.", Relation.USES),
        ("We propose a novel tree-shaped Proximal Policy Optimization (PPO) algorithm.", Relation.USES),
        ("We propose a new way to plan that we call PPO.", Relation.INTRODUCES),
    ],
)
def test_relation_to_a_method_follows_the_words_around_it(named: Named, sentence: str, relation: Relation) -> None:
    assert named(f"Planning is hard. {sentence}")["PPO"].relation is relation


@pytest.mark.parametrize(
    "sentence",
    [
        "We see a plan as a game and propose a new solver, Zonal Orthogonal Planning (ZOP).",
        "This solver, which we call Zonal Orthogonal Planning (ZOP), wins.",
        "We filter plans, resulting in Zonal Orthogonal Planning (ZOP).",
        "Our contributions include a new solver (ZorpNet) and a study.",
        "From this we derive ZOP -- a class of solvers. ZOP wins.",
        "Our ZOP algorithm plans ahead.",
    ],
)
def test_a_name_that_nobody_lists_is_introduced_as_what_came_of_the_work(named: Named, sentence: str) -> None:
    assert [e.relation for e in named(f"Planning is hard. {sentence}").values()] == [Relation.INTRODUCES]


def test_each_of_several_new_benchmarks_is_introduced(named: Named) -> None:
    found = named("We study code, resulting in three new benchmarks: ZorpEval Pro, MBPP Pro, and ZorpBench-Lite Pro.")
    assert {entity.relation for entity in found.values()} == {Relation.INTRODUCES}


@pytest.mark.parametrize("title", ["ZOP: Plans in Zones", "Better Plans with ZOP"])
def test_titles_introduce_names_that_nobody_lists(named: Named, title: str) -> None:
    assert named("We find that ZOP is fast.", title)["ZOP"].relation is Relation.INTRODUCES


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("ZorpVals: Evaluating Agents on Hard Choices", EntityType.BENCHMARK),
        ("ZorpVals: A Survey-Based Evaluation for Agents", EntityType.BENCHMARK),
        ("ZorpVals: Evaluating and Improving Agents", EntityType.METHOD),
        ("ZorpVals: Hard Choices for Agents", EntityType.METHOD),
    ],
)
def test_titles_say_what_kind_of_thing_they_name(named: Named, title: str, kind: EntityType) -> None:
    assert named("We find that agents choose badly.", title)["ZorpVals"].type is kind


@pytest.mark.parametrize(
    "text",
    [
        "BEIR is a benchmark for zero-shot retrieval. While BEIR is known, we study its runs.",
        "We present an analysis. We previously proposed the Zonal Orthogonal Planning (ZOP), which we now test.",
    ],
)
def test_what_was_there_before_is_not_introduced(named: Named, text: str) -> None:
    relations = {entity.relation for entity in named(text).values()}
    assert relations
    assert Relation.INTRODUCES not in relations


def test_what_a_name_of_the_papers_own_builds_on_is_used(named: Named) -> None:
    found = named("We propose ZorpNet, a planner. ZorpNet extends PPO. ZorpNet beats PPO by far.")
    assert found["PPO"].relation is Relation.USES


def test_method_of_the_background_is_only_mentioned(named: Named) -> None:
    found = named("Existing methods such as PPO are slow. We propose ZorpNet, a new method.")
    assert found["PPO"].relation is Relation.MENTIONS


def test_known_kind_of_a_new_thing_is_not_introduced(extract: Callable[..., Extraction]) -> None:
    found = {e.name: e for e in extract("We introduce a novel actor-critic algorithm with fewer samples.").entities}
    assert found["actor-critic"].relation is Relation.USES


def test_model_that_others_made_is_not_introduced_by_an_apposition(named: Named) -> None:
    found = named("We study planning. The present best open model, GPT-4, has solved half of GSM8K.")
    assert found["GPT-4"].relation is not Relation.INTRODUCES


def test_benchmark_is_evaluated_on_and_data_trained_on(named: Named) -> None:
    found = named("We train on UltraFeedback and report results on GSM8K.")
    assert found["GSM8K"].relation is Relation.EVALUATES_ON
    assert found["UltraFeedback"].relation is Relation.TRAINS_ON


@pytest.mark.parametrize(
    "sentence",
    [
        "Our planner is post-trained on up to 1,000 problems of UltraFeedback.",
        "Our planner is trained from scratch on 3.5~GB of clean text and UltraFeedback.",
        "We fine-tune planners of two sizes (1B, 3B) with PPO on UltraFeedback.",
        "We use UltraFeedback to train our planner.",
        "The UltraFeedback data are used for fine-tuning our planner.",
        "Training data from UltraFeedback help our planner.",
        "Supervised on UltraFeedback, our planner is fast.",
    ],
)
def test_data_are_trained_on_in_many_words(named: Named, sentence: str) -> None:
    assert named(f"Planning is hard. {sentence}")["UltraFeedback"].relation is Relation.TRAINS_ON


@pytest.mark.parametrize(
    "sentence",
    [
        "We train our planner on GSM8K and evaluate it on GSM8K.",
        "Our planner beats the fine-tuned (SFT) baseline on GSM8K.",
        "Trained with care, our planner solves half of GSM8K.",
        "We test instruction-tuned planners on GSM8K.",
    ],
)
def test_what_is_evaluated_on_is_not_only_trained_on(named: Named, sentence: str) -> None:
    assert named(f"Planning is hard. {sentence}")["GSM8K"].relation is Relation.EVALUATES_ON


@pytest.mark.parametrize(
    "sentence",
    ["We build ZorpSet from problems of GSM8K.", "We present ZorpSet, whose plans are collected from GSM8K."],
)
def test_data_that_others_are_made_from_are_used(named: Named, sentence: str) -> None:
    assert named(f"Planning is hard. {sentence}")["GSM8K"].relation is Relation.USES


def test_ambiguous_capitals_count_in_a_list_of_benchmarks(named: Named) -> None:
    assert "MATH" in named("We improve accuracy on GSM8K and MATH.")


def test_ordinary_words_are_not_the_things_that_share_their_letters(named: Named) -> None:
    found = named("We react first to flames in math class, and an orca and a gaia theory help.")
    assert found == {}


def test_version_and_size_belong_to_the_name(named: Named) -> None:
    found = named("We fine-tune Qwen2.5-Math-7B-Instruct on our data.")
    assert found["Qwen2.5-Math-7B-Instruct"].family == "model/qwen2.5-math"


def test_latex_is_read_through_and_offsets_refer_to_the_stored_text(extractor: Extractor) -> None:
    paper = Paper(title=r"$\mathcal{Z}$-Coder: Programs", abstract=r"We propose $\mathcal{Z}$-Coder, a method.")
    extraction = next(iter(extractor.extract([paper])))[1]
    mention = next(m for m in extraction.entities[0].mentions if m.anchor.place == 1)
    assert paper.abstract[mention.anchor.start : mention.anchor.end] == r"$\mathcal{Z}$-Coder"
    assert mention.surface == "Z-Coder"


def test_evidence_lies_in_its_sentence(extract: Callable[..., Extraction]) -> None:
    abstract = "Planning is hard. We use PPO, e.g. the clipped kind. It wins on GSM8K."
    for entity in extract(abstract).entities:
        for mention in entity.mentions:
            at = mention.anchor
            assert at.sentence_start <= at.start < at.end <= at.sentence_end
            assert abstract[at.start : at.end] == mention.surface


def test_text_that_is_no_paper_yields_next_to_nothing(named: Named) -> None:
    recipe = "Beat three eggs with sugar. Add flour, butter and a pinch of salt, then bake for an hour at 180 degrees."
    assert len(named(recipe, title="Grandmother's Cake")) == 0
    assert named("", title="x") == {}
    assert len(named("我们提出了一种新的方法，用于大型语言模型的推理。", title="关于推理")) == 0


def test_extraction_does_not_depend_on_the_papers_around_it(extractor: Extractor) -> None:
    papers = [
        Paper(title=f"ZorpNet{i}: Plans", abstract=f"We use PPO and ZorpNet{i} on GSM8K.", id=str(i)) for i in range(5)
    ]
    together = [found for _, found in extractor.extract(papers)]
    alone = [next(iter(extractor.extract([paper])))[1] for paper in papers]
    assert together == alone


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=st.text(max_size=80), abstract=st.text(max_size=400))
def test_any_text_is_read_without_error_and_with_true_offsets(extractor: Extractor, title: str, abstract: str) -> None:
    paper = Paper(title=title, abstract=abstract)
    extraction = next(iter(extractor.extract([paper])))[1]
    for entity in extraction.entities:
        assert 0 <= entity.confidence <= 1
        for mention in entity.mentions:
            at = mention.anchor
            assert 0 <= at.start < at.end <= len(paper.passages[at.place].text)


def test_what_is_only_ever_done_without_is_only_mentioned(named: Named) -> None:
    found = named("We align models without RLHF. Our method eliminates RLHF from training. It is our own method.")
    assert found["RLHF"].relation is Relation.MENTIONS


@pytest.mark.parametrize("address", ["https://huggingface.co/datasets/openai/gsm8k", "github.com/volcengine/verl/tree"])
def test_names_in_addresses_are_not_named(extract: Callable[..., Extraction], address: str) -> None:
    assert extract(f"Planning is hard. Our data and our models are at {address} for all.").entities == ()


def test_a_repository_of_their_own_says_what_they_introduce(named: Named) -> None:
    found = named("Planning is hard. Our code is available at https://github.com/someone/ZorpRL for all to use.")
    assert found["ZorpRL"].relation is Relation.INTRODUCES


def things(extractor: Extractor, text: str, *names: NameProposal) -> dict[str, tuple[list[str], EntityType, bool]]:
    """What the judge makes of some names alone: name -> surfaces, type, introduced."""
    doc = extractor.nlp.make_doc(text)
    found = findings(doc)
    found.names = list(names)
    find_repeats(doc)
    judge = extractor.nlp.get_pipe("kg_judge")
    assert isinstance(judge, Judge)
    return {
        thing.name: ([text[m.start : m.end] for m in thing.mentions], thing.type, thing.introduced)
        for thing in judge.things(found)
    }


def test_a_repeat_of_a_long_name_is_none_of_a_short_one(extractor: Extractor) -> None:
    found = things(
        extractor,
        "We present Guided Tree, a planner. Guided works alone. Then Guided Tree wins.",
        NameProposal(11, 22, "Guided Tree", Rule.CALLED, 0.9, EntityType.METHOD),
        NameProposal(35, 41, "Guided", Rule.SHAPE, 0.9, EntityType.METHOD),
    )
    assert {name: surfaces for name, (surfaces, _, _) in found.items()} == {
        "Guided Tree": ["Guided Tree", "Guided Tree"],
        "Guided": ["Guided"],
    }


def test_a_type_from_a_neighbour_costs_nothing_else(extractor: Extractor) -> None:
    found = things(
        extractor,
        "Our Zorp and PPO plan well.",
        NameProposal(4, 8, "Zorp", Rule.OURS, 0.5, expansion="Zonal Planning", introduced=True),
        NameProposal(13, 16, "PPO", Rule.GAZETTEER, 0.9, EntityType.METHOD, "method/ppo"),
    )
    assert found["Zorp"] == (["Zorp"], EntityType.METHOD, True)


PAPER = Paper(
    title="ZorpRL: A Planner",
    abstract="We propose ZorpRL, a planner. Without Zonal Orthogonal Planning (ZOP) it beats PPO on MATH and GSM8K "
    "by 3%, and Zorp2 as well. ZorpRL wins.",
)


def facts(recipe: Recipe) -> set[str]:
    """What a pipeline makes of a paper, in short."""
    ((_, found),) = Extractor(recipe).extract([PAPER])
    names = {f"{entity.name}: {entity.relation}" for entity in found.entities}
    listed = {f"{entity.name} is listed" for entity in found.entities if entity.concept}
    long = {f"{entity.name} is {entity.expansion}" for entity in found.entities if entity.expansion}
    return names | listed | long | {f"{result.value} {result.unit}" for result in found.results}


@pytest.mark.parametrize(
    ("dropped", "lost"),
    [
        ("kg_sentences", set()),
        ("kg_gazetteer", {"PPO is listed", "PPO: compares_with", "GSM8K is listed", "MATH is listed"}),
        ("kg_abbreviations", {"ZOP is Zonal Orthogonal Planning"}),
        ("kg_coined_names", set()),
        ("kg_name_shape", set()),
        ("kg_reader", {"Zorp2: uses"}),
        ("kg_name_ends", set()),
        ("kg_coordinations", set()),
        ("kg_repeats", set()),
        ("kg_relation_rules", {"ZOP: mentions", "PPO: compares_with"}),
        ("kg_row_rules", set()),
    ],
)
def test_any_component_may_be_dropped_and_takes_along_what_it_knows(dropped: str, lost: set[str]) -> None:
    whole = facts(Recipe.shipped())
    assert {"ZorpRL: introduces", "GSM8K: evaluates_on"} <= facts(Recipe.shipped().without(dropped))
    assert whole - facts(Recipe.shipped().without(dropped)) == lost


def test_a_pipeline_without_a_judge_is_an_error_that_says_so() -> None:
    with pytest.raises(ExtractionError, match="decides nothing; end it with kg_judge"):
        list(Extractor(Recipe.shipped().without("kg_judge")).extract([Paper("On Planning", "We use PPO.")]))
