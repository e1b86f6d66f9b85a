"""How the judge decides between proposals. They are made up, so that each decision hangs on one number."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.extraction.document import Findings
from kg.extraction.judge import Judge
from kg.extraction.passages import paper_text
from kg.extraction.pipeline import Extractor
from kg.extraction.proposals import NameProposal, RelationProposal, RowProposal
from kg.model import EntityType, LocalEntity, Paper, Relation, ResultKind, Rule

METHOD, MODEL, BENCHMARK, TASK = EntityType.METHOD, EntityType.MODEL, EntityType.BENCHMARK, EntityType.TASK


@pytest.fixture(scope="module")
def judge(extractor: Extractor) -> Judge:
    component = extractor.nlp.get_pipe("kg_judge")
    assert isinstance(component, Judge)
    return component


def board(abstract: str) -> Findings:
    """An abstract without title words, on which nothing is proposed yet; its places are those of the abstract."""
    return Findings.of(replace(paper_text(Paper("", abstract)), body=0))


def name(
    found: Findings, surface: str, rule: Rule, score: float, kind: EntityType | None, **more: object
) -> NameProposal:
    """Propose the first place of a surface."""
    start = found.text.index(surface)
    proposal = NameProposal(start, start + len(surface), surface, rule, score, kind, **more)  # type: ignore[arg-type]
    found.names.append(proposal)
    return proposal


def filled(length: int) -> str:
    """Words that say nothing, with a blank at both ends."""
    return (" so" * length)[: length - 1] + " "


def surfaces(judge: Judge, found: Findings) -> set[str]:
    return {found.text[m.start : m.end] for thing in judge.things(found) for m in thing.mentions}


def named(judge: Judge, found: Findings) -> dict[str, LocalEntity]:
    return {entity.name: entity for entity in judge.extraction(found).entities}


@pytest.mark.parametrize(("score", "kept"), [(0.69, "PPO"), (0.71, "fast PPO")])
def test_a_tagged_span_across_a_known_name_stands_only_when_it_is_sure(judge: Judge, score: float, kept: str) -> None:
    found = board("We run fast PPO here.")
    name(found, "fast PPO", Rule.TAGGER, score, METHOD)
    name(found, "PPO", Rule.GAZETTEER, 0.95, METHOD, concept="method/ppo")
    assert surfaces(judge, found) == {kept}


def test_a_tagged_span_that_nobody_contests_stands_however_unsure(judge: Judge) -> None:
    found = board("We run fast PPO here.")
    name(found, "fast PPO", Rule.TAGGER, 0.31, METHOD)
    assert surfaces(judge, found) == {"fast PPO"}


@pytest.mark.parametrize(("score", "kept"), [(0.79, set()), (0.81, {"orca"})])
def test_a_sure_tagger_confirms_a_word_that_may_be_a_name(judge: Judge, score: float, kept: set[str]) -> None:
    found = board("We run orca here.")
    name(found, "orca", Rule.GAZETTEER, 0.95, MODEL, concept="model/orca", needs_context=True)
    name(found, "orca", Rule.TAGGER, score, MODEL)
    found.names = [found.names[0], replace(found.names[1], name="Orca")]
    concepts = {thing.concept for thing in judge.things(found)}
    assert ("model/orca" in concepts) == bool(kept)


def test_a_confirmed_reading_gets_the_score_of_one(judge: Judge) -> None:
    found = board("We run GPT-4 and orca here.")
    name(found, "GPT-4", Rule.GAZETTEER, 0.95, MODEL, concept="model/gpt-4")
    name(found, "orca", Rule.GAZETTEER, 0.95, MODEL, concept="model/orca", needs_context=True)
    scores = {m.name: m.score for thing in judge.things(found) for m in thing.mentions}
    assert scores == {"GPT-4": 0.95, "orca": 0.85}


@pytest.mark.parametrize(
    ("gap", "confirmed"),
    [(" (" + "x" * 37 + ") and ", True), (" (" + "x" * 38 + ") and ", False), (", the ", True), (" beats ", False)],
)
def test_a_list_confirms_its_members(judge: Judge, gap: str, confirmed: bool) -> None:
    found = board(f"We run GPT-4{gap}orca here.")
    name(found, "GPT-4", Rule.GAZETTEER, 0.95, MODEL, concept="model/gpt-4")
    name(found, "orca", Rule.GAZETTEER, 0.95, MODEL, concept="model/orca", needs_context=True)
    assert ("orca" in surfaces(judge, found)) == confirmed


def kind_of(judge: Judge, found: Findings, which: str) -> EntityType:
    return next(thing.type for thing in judge.things(found) if thing.name == which)


def test_what_the_vocabulary_knows_outvotes_all_rules(judge: Judge) -> None:
    found = board("We run Zorp here.")
    for rule in (Rule.PROPOSED, Rule.CALLED, Rule.APPOSED, Rule.OURS, Rule.TAGGER, Rule.GLOSSED):
        name(found, "Zorp", rule, 0.9, MODEL)
    name(found, "Zorp", Rule.GAZETTEER, 0.95, BENCHMARK, concept="benchmark/zorp")
    assert kind_of(judge, found, "Zorp") is BENCHMARK


@pytest.mark.parametrize(("rules", "kind"), [(1, BENCHMARK), (2, MODEL)])
def test_an_ending_outvotes_one_rule_and_not_two(judge: Judge, rules: int, kind: EntityType) -> None:
    found = board("We run ZorpBench here.")
    for rule in (Rule.PROPOSED, Rule.CALLED)[:rules]:
        name(found, "ZorpBench", rule, 0.88, MODEL)
    assert kind_of(judge, found, "ZorpBench") is kind


@pytest.mark.parametrize(("score", "kind"), [(0.41, MODEL), (0.39, METHOD)])
def test_a_long_form_is_a_method_for_want_of_better(judge: Judge, score: float, kind: EntityType) -> None:
    found = board("We run Zorp here.")
    name(found, "Zorp", Rule.ABBREVIATION, 0.85, METHOD)
    name(found, "Zorp", Rule.TAGGER, score, MODEL)
    assert kind_of(judge, found, "Zorp") is kind


@pytest.mark.parametrize(
    ("gap", "kind"),
    [(", ", MODEL), (" as well as ", MODEL), (", as well as ", METHOD), (" beats ", METHOD)],
)
def test_a_name_without_type_is_what_its_neighbours_in_a_list_are(judge: Judge, gap: str, kind: EntityType) -> None:
    found = board(f"We run Zorp{gap}GPT-4 here.")
    name(found, "Zorp", Rule.OURS, 0.5, None)
    name(found, "GPT-4", Rule.GAZETTEER, 0.95, MODEL, concept="model/gpt-4")
    assert kind_of(judge, found, "Zorp") is kind


def test_a_paper_has_at_most_three_tasks_those_it_names_most(judge: Judge) -> None:
    tasks = ("walking", "running", "resting", "eating", "eating")
    found = board(f"We are {', '.join(tasks)} here.")
    at = 0
    for task in tasks:
        at = found.text.index(task, at + 1)
        found.names.append(NameProposal(at, at + len(task), task, Rule.TAGGER, 0.99, TASK))
    assert list(named(judge, found)) == ["walking", "running", "eating"]


@pytest.mark.parametrize(("score", "kept"), [(0.9, True), (0.1, False)])
def test_a_component_that_is_not_ours_is_believed_by_its_score(judge: Judge, score: float, kept: bool) -> None:
    found = board("We run the old mazes here.")
    name(found, "the old mazes", Rule.PLUGIN, score, METHOD)
    assert ("the old mazes" in named(judge, found)) == kept


def test_of_relations_that_hold_the_one_of_the_highest_score_is_taken(judge: Judge) -> None:
    found = board("We run Zorp here.")
    at = name(found, "Zorp", Rule.PROPOSED, 0.88, METHOD).span
    name(found, "Zorp", Rule.TAGGER, 0.99, METHOD)
    found.relations = [
        RelationProposal(*at, Relation.USES, 0.5, "a"),
        RelationProposal(*at, Relation.COMPARES_WITH, 0.6, "b"),
        RelationProposal(*at, Relation.EVALUATES_ON, 0.9, "c", holds_for=frozenset({BENCHMARK})),
        RelationProposal(*at, Relation.INTRODUCES, 0.9, "d", listed=True),
    ]
    assert named(judge, found)["Zorp"].relation is Relation.COMPARES_WITH


@pytest.mark.parametrize(
    ("sentence", "relation"), [("We run Zorp.", Relation.USES), ("Some run Zorp.", Relation.MENTIONS)]
)
def test_a_relation_may_hold_of_own_work_alone(judge: Judge, sentence: str, relation: Relation) -> None:
    found = board(f"{sentence} We plan.")
    end = len(sentence) + 1
    found.sentences = [(0, end), (end, len(found.text))]
    at = name(found, "Zorp", Rule.PROPOSED, 0.88, METHOD, concept="method/zorp").span
    found.relations = [RelationProposal(*at, Relation.USES, 0.5, "a", own_work=True)]
    assert named(judge, found)["Zorp"].relation is relation


def row(found: Findings, value: str, **more: object) -> None:
    at = found.text.index(value)
    span = at, at + len(value)
    kind = ResultKind.ABSOLUTE
    found.rows.append(RowProposal(*span, span, float(value), None, kind, 0.7, "a", **more))  # type: ignore[arg-type]


@pytest.mark.parametrize(("gap", "results"), [(60, 1), (61, 0)])
def test_a_bare_number_counts_beside_a_metric_alone(judge: Judge, gap: int, results: int) -> None:
    found = board("We get F1" + filled(gap) + "0.5 here.")
    name(found, "F1", Rule.GAZETTEER, 0.95, EntityType.METRIC, concept="metric/f1")
    name(found, "F1", Rule.TAGGER, 0.99, EntityType.METRIC)
    row(found, "0.5", needs_metric=True)
    assert len(judge.extraction(found).results) == results


def test_spans_that_a_proposal_names_fill_its_slots_before_all_others(judge: Judge) -> None:
    found = board("On GSM8K and MATH the model GPT-4 and ours get 0.5 here.")
    far = name(found, "GSM8K", Rule.GAZETTEER, 0.95, BENCHMARK, concept="benchmark/gsm8k").span
    name(found, "MATH", Rule.GAZETTEER, 0.95, BENCHMARK, concept="benchmark/math")
    name(found, "GPT-4", Rule.GAZETTEER, 0.95, MODEL, concept="model/gpt-4")
    row(found, "0.5")
    row(found, "0.5", on=(far,))
    found.rows = [found.rows[0], replace(found.rows[1], score=0.9, source="b")]
    (result,) = judge.extraction(found).results
    assert result.on is not None
    assert result.of is not None
    assert (result.on.text, result.of.text) == ("GSM8K", "GPT-4")


@pytest.mark.parametrize(("kind", "found_on"), [(BENCHMARK, "Zorp"), (METHOD, None)])
def test_a_span_that_turns_out_to_be_of_another_kind_fills_no_slot(
    judge: Judge, kind: EntityType, found_on: str | None
) -> None:
    found = board("We take Zorp and get 0.5 here.")
    at = name(found, "Zorp", Rule.PROPOSED, 0.88, kind, introduced=True).span
    name(found, "Zorp", Rule.TAGGER, 0.99, kind)
    row(found, "0.5", on=(at,))
    (result,) = judge.extraction(found).results
    assert (result.on and result.on.text) == found_on
    assert result.confidence == 0.7


@pytest.mark.parametrize(("behind", "on"), [(58, ["GSM8K", "MATH"]), (62, ["MATH", "MATH"])])
def test_numbers_are_aligned_with_a_list_where_the_sentence_says_respectively(
    judge: Judge, behind: int, on: list[str]
) -> None:
    found = board(f"On GSM8K and MATH we get 1.5 and 2.5{filled(behind - 12)}respectively.")
    name(found, "GSM8K", Rule.GAZETTEER, 0.95, BENCHMARK, concept="benchmark/gsm8k")
    name(found, "MATH", Rule.GAZETTEER, 0.95, BENCHMARK, concept="benchmark/math")
    row(found, "1.5")
    row(found, "2.5")
    assert [result.on.text for result in judge.extraction(found).results if result.on] == on


def test_what_is_less_sure_than_the_least_is_left_out(judge: Judge) -> None:
    found = board("Some ran zorp once, and once more they did. We plan.")
    name(found, "zorp", Rule.TAGGER, 0.35, METHOD)
    assert named(judge, found) == {}
    sure = Judge(replace(judge.settings, least_confidence=0.0), judge.weights)
    assert 0 < named(sure, found)["zorp"].confidence < judge.settings.least_confidence
