from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from kg.choices import parse
from kg.errors import KgError
from kg.model import EntityType, Relation
from kg.questions import questions
from kg.questions.diff import DiffRequest
from kg.questions.entities import EntitiesRequest, EntityOrder
from kg.questions.papers import PapersRequest
from kg.questions.related import RelatedRequest
from kg.questions.requests import read_request

TYPES = "'modl' is no entity type; use method, model, dataset, benchmark, metric, task"


def test_a_word_that_is_no_choice_is_answered_with_the_choices() -> None:
    with pytest.raises(KgError, match=TYPES):
        parse(EntityType, "modl")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"relation": "uses_it"}, "'uses_it' is no relation; use introduces, evaluates_on"),
        ({"shown": "modl"}, TYPES),
        ({"limit": 0}, "limit is 0; give 1 or more"),
        ({"limit": "some"}, "limit is 'some'; give a whole number"),
        ({"limit": 1.5}, "limit is 1.5; give a whole number"),
        ({"min_confidence": 1.01}, "min_confidence is 1.01; give 0 to 1"),
        ({"min_confidence": float("nan")}, "min_confidence is nan; give 0 to 1"),
        ({"exact": "maybe"}, "exact is 'maybe'; give true or false"),
        ({"text": 3}, "text is 3; give a text"),
        ({"benchmark": [3]}, "benchmark is 3; give a text"),
        ({"benchmarks": "GSM8K"}, "'benchmarks' is nothing that can be asked here; there is benchmark, method"),
        ({"since": "june"}, "'june' is no date; write 2024"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_one_line(words: dict[str, object], message: str) -> None:
    with pytest.raises(KgError, match=message) as caught:
        read_request(PapersRequest, words)
    assert "\n" not in str(caught.value)


def test_what_is_missing_is_named() -> None:
    with pytest.raises(KgError, match="this cannot be asked without name"):
        read_request(RelatedRequest, {"limit": "3"})


def test_texts_are_read_as_what_the_fields_are() -> None:
    words = {"benchmark": "GSM8K", "relation": "uses", "exact": "true", "limit": "5", "min_confidence": "0.5"}
    request = read_request(PapersRequest, words)
    assert request == PapersRequest(
        benchmark=("GSM8K",), relation=Relation.USES, exact=True, limit=5, min_confidence=0.5
    )
    assert read_request(EntitiesRequest, {"sort": "name"}).sort is EntityOrder.NAME
    assert read_request(DiffRequest, {"before": "a.db"}).before == Path("a.db")


@pytest.mark.parametrize("question", questions(), ids=lambda each: each.name)
def test_requests_are_frozen_and_say_what_they_are(question: object) -> None:
    request = question.request
    assert request.__dataclass_params__.frozen
    assert request.__doc__
    assert not question.help.count("\n")
    assert [field.name for field in fields(request)] == list(request.__match_args__)
