from __future__ import annotations

import math
from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import NotFoundError
from kg.model import EntityType
from kg.questions.names import with_descendants
from kg.questions.related import Related, RelatedRequest, ask, log_likelihood, npmi
from kg.store import GraphReader


def find_related(reader: GraphReader, name: str, **asked: object) -> tuple[Related, ...]:
    return ask(reader, RelatedRequest(name, **({"limit": None} | asked)))  # type: ignore[arg-type]


@st.composite
def counts(draw: st.DrawFn) -> tuple[int, int, int, int]:
    total = draw(st.integers(1, 10_000))
    first, second = draw(st.integers(1, total)), draw(st.integers(1, total))
    return draw(st.integers(max(0, first + second - total), min(first, second))), first, second, total


def papers_of(reader: GraphReader) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for link in reader.links():
        found[link.entity_id].add(link.paper_id)
    return found


def test_counts_are_those_of_the_papers(reader: GraphReader) -> None:
    papers = papers_of(reader)
    family = with_descendants(reader, ["model/qwen"])
    own = set().union(*(papers[each] for each in family))
    found = find_related(reader, "Qwen", min_papers=1)
    assert found
    for row in found:
        assert row.entity.id not in family
        assert (row.shared, row.papers) == (len(papers[row.entity.id] & own), len(papers[row.entity.id]))
        assert row.example.id in papers[row.entity.id] & own


def test_all_that_goes_together_more_often_than_by_chance_is_found(reader: GraphReader) -> None:
    papers = papers_of(reader)
    total, own = len(list(reader.papers())), papers["benchmark/gsm8k"]
    expected = {
        entity
        for entity, named in papers.items()
        if entity != "benchmark/gsm8k" and len(named & own) >= 2 and len(named & own) * total > len(named) * len(own)
    }
    assert {row.entity.id for row in find_related(reader, "GSM8K", exact=True)} == expected


def test_the_surest_comes_first(reader: GraphReader) -> None:
    scores = [row.score for row in find_related(reader, "PPO")]
    assert scores == sorted(scores, reverse=True)
    assert min(scores) > 0


def test_only_the_type_that_was_asked_for(reader: GraphReader) -> None:
    found = find_related(reader, "PPO", type=EntityType.BENCHMARK)
    assert found
    assert {row.entity.kind for row in found} == {EntityType.BENCHMARK}


def test_at_most_as_many_as_asked(reader: GraphReader) -> None:
    assert find_related(reader, "PPO", limit=2) == find_related(reader, "PPO")[:2]


def test_an_unknown_name_has_suggestions(reader: GraphReader) -> None:
    with pytest.raises(NotFoundError) as caught:
        find_related(reader, "GSM8")
    assert "GSM8K" in caught.value.suggestions


@given(counts())
def test_scores_tell_more_from_less_than_chance(numbers: tuple[int, int, int, int]) -> None:
    both, first, second, total = numbers
    ratio, information = log_likelihood(*numbers), npmi(*numbers)
    assert math.isfinite(ratio)
    assert -1 <= information <= 1 + 1e-9
    if both * total > first * second:
        assert ratio >= 0
        assert information > 0
    elif both * total < first * second:
        assert ratio <= 0
        assert information < 0


@given(counts())
def test_scores_are_symmetric(numbers: tuple[int, int, int, int]) -> None:
    both, first, second, total = numbers
    assert log_likelihood(*numbers) == pytest.approx(log_likelihood(both, second, first, total), abs=1e-6)
    assert npmi(*numbers) == pytest.approx(npmi(both, second, first, total))
