"""Whose a result of running text is."""

from __future__ import annotations

import pytest

from kg.extraction.judging.told import told_of, with_ownership
from kg.model import (
    Anchor,
    Conditions,
    EntityType,
    LocalEntity,
    LocalResult,
    LocalSlot,
    Mention,
    Relation,
    ResultKind,
    Rule,
)

ANCHOR = Anchor(1, 0, 4, 0, 10)


def thing(kind: EntityType, relation: Relation) -> LocalEntity:
    return LocalEntity("Notus", kind, relation, 0.9, (Mention(ANCHOR, "Notus", Rule.TABLE, relation, 0.9),))


def result(of: LocalSlot | None, kind: ResultKind = ResultKind.ABSOLUTE) -> LocalResult:
    return LocalResult("84.1", 84.1, None, kind, None, None, of, ANCHOR, 0.8)


@pytest.mark.parametrize(
    ("relation", "own"),
    [(Relation.INTRODUCES, True), (Relation.COMPARES_WITH, False), (Relation.USES, None)],
)
def test_the_relation_of_what_achieved_it_tells(relation: Relation, own: bool | None) -> None:
    found = with_ownership(result(LocalSlot("Notus", 0)), [thing(EntityType.METHOD, relation)])
    assert (found.conditions.own if found.conditions else None) is own


def test_gains_and_scores_of_data_are_nobodys_own() -> None:
    of = LocalSlot("Notus", 0)
    gain = result(of, ResultKind.GAIN)
    assert with_ownership(gain, [thing(EntityType.METHOD, Relation.INTRODUCES)]).conditions is None
    assert with_ownership(result(of), [thing(EntityType.BENCHMARK, Relation.INTRODUCES)]).conditions is None


@pytest.mark.parametrize(
    ("sentence", "own"),
    [
        ("Our proposed neural model reaches 84.1 on Zephyria.", True),
        ("We achieve 84.1 on Zephyria.", True),
        ("We find that existing models reach at most 84.1.", None),
        ("The best earlier system has 84.1.", None),
    ],
)
def test_a_score_that_is_nobodys_is_own_where_we_reached_it(sentence: str, own: bool | None) -> None:
    assert told_of(ResultKind.ABSOLUTE, None, None, sentence) == (Conditions(own=True) if own else None)
    assert told_of(ResultKind.ABSOLUTE, None, LocalSlot("Notus"), sentence) is None


@pytest.mark.parametrize(
    ("metric", "better"),
    [("accuracy", "higher"), ("WER", "lower"), ("success rate", "higher"), ("attack success rate", None)],
)
def test_the_name_of_the_metric_tells_which_numbers_are_better(metric: str, better: str | None) -> None:
    told = told_of(ResultKind.ABSOLUTE, LocalSlot(metric), LocalSlot("Notus"), "Notus has 84.1.")
    assert (told.better if told else None) == better
    assert told_of(ResultKind.GAIN, LocalSlot(metric), None, "We improve it.") is None
