"""What the pipeline as a whole makes of a paper. The abstracts are made up; the known names in them are real."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.extraction.document import Candidate, Findings, PaperText
from kg.extraction.fusion import gather
from kg.extraction.pipeline import COMPONENTS, Extractor, make_pipeline
from kg.model import EntityType, Extraction, LocalEntity, Paper, Relation
from kg.store.payload import dump_extraction
from kg.text.latex import Rendered

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
        "From this we derive ZOP -- a class of solvers.",
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
    mention = next(m for m in extraction.entities[0].mentions if m.field == "abstract")
    assert paper.abstract[mention.start : mention.end] == r"$\mathcal{Z}$-Coder"
    assert mention.surface == "Z-Coder"


def test_evidence_lies_in_its_sentence(extract: Callable[..., Extraction]) -> None:
    abstract = "Planning is hard. We use PPO, e.g. the clipped kind. It wins on GSM8K."
    for entity in extract(abstract).entities:
        for mention in entity.mentions:
            assert mention.sentence_start <= mention.start < mention.end <= mention.sentence_end
            assert abstract[mention.start : mention.end] == mention.surface


def test_text_that_is_no_paper_yields_next_to_nothing(named: Named) -> None:
    recipe = "Beat three eggs with sugar. Add flour, butter and a pinch of salt, then bake for an hour at 180 degrees."
    assert len(named(recipe, title="Grandmother's Cake")) == 0
    assert named("", title="x") == {}
    assert len(named("我们提出了一种新的方法，用于大型语言模型的推理。", title="关于推理")) == 0


def test_extraction_does_not_depend_on_the_papers_around_it(extractor: Extractor) -> None:
    papers = [
        Paper(title=f"ZorpNet{i}: Plans", abstract=f"We use PPO and ZorpNet{i} on GSM8K.", id=str(i)) for i in range(5)
    ]
    together = [dump_extraction(found) for _, found in extractor.extract(papers)]
    alone = [dump_extraction(next(iter(extractor.extract([paper])))[1]) for paper in papers]
    assert together == alone


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=st.text(max_size=80), abstract=st.text(max_size=400))
def test_any_text_is_read_without_error_and_with_true_offsets(extractor: Extractor, title: str, abstract: str) -> None:
    paper = Paper(title=title, abstract=abstract)
    extraction = next(iter(extractor.extract([paper])))[1]
    for entity in extraction.entities:
        assert 0 <= entity.confidence <= 1
        for mention in entity.mentions:
            assert 0 <= mention.start < mention.end <= len(paper.text(mention.field))


def test_what_is_only_ever_done_without_is_only_mentioned(named: Named) -> None:
    found = named("We align models without RLHF. Our method eliminates RLHF from training. It is our own method.")
    assert found["RLHF"].relation is Relation.MENTIONS


@pytest.mark.parametrize("address", ["https://huggingface.co/datasets/openai/gsm8k", "github.com/volcengine/verl/tree"])
def test_names_in_addresses_are_not_named(extract: Callable[..., Extraction], address: str) -> None:
    assert extract(f"Planning is hard. Our data and our models are at {address} for all.").entities == ()


def test_a_repository_of_their_own_says_what_they_introduce(named: Named) -> None:
    found = named("Planning is hard. Our code is available at https://github.com/someone/ZorpRL for all to use.")
    assert found["ZorpRL"].relation is Relation.INTRODUCES


def test_a_repeat_of_a_long_name_is_none_of_a_short_one() -> None:
    text = "We present Guided Tree, a planner. Guided works alone. Then Guided Tree wins."
    found = Findings(PaperText(text, 0, Rendered(""), Rendered(text)), [(0, len(text))])
    found.candidates = [
        Candidate(11, 22, "Guided Tree", "called", 0.9, EntityType.METHOD),
        Candidate(35, 41, "Guided", "shape", 0.9, EntityType.METHOD),
    ]
    spans = {named.name: [text[c.start : c.end] for c in named.candidates] for named in gather(found)}
    assert spans == {"Guided Tree": ["Guided Tree", "Guided Tree"], "Guided": ["Guided"]}


def test_a_type_from_a_neighbour_costs_nothing_else(extractor: Extractor) -> None:
    text = "Our Zorp and PPO plan well."
    found = Findings(PaperText(text, 0, Rendered(""), Rendered(text)), [(0, len(text))])
    found.candidates = [
        Candidate(4, 8, "Zorp", "coined", 0.7, expansion="Zonal Planning", introduced=True),
        Candidate(13, 16, "PPO", "gazetteer", 0.9, EntityType.METHOD, "method/ppo"),
    ]
    zorp = next(named for named in gather(found) if named.name == "Zorp")
    assert (zorp.type, zorp.introduced, zorp.expansion) == (EntityType.METHOD, True, "Zonal Planning")


@pytest.mark.parametrize("dropped", COMPONENTS)
def test_any_component_may_be_dropped(dropped: str) -> None:
    nlp = make_pipeline()
    nlp.remove_pipe(dropped)
    paper = Paper(title="ZorpRL: A Planner", abstract="We propose ZorpRL. It beats PPO on GSM8K by 3%.")
    ((_, found),) = Extractor(nlp).extract([paper])
    assert found.entities
