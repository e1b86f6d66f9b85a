from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from kg.questions.search import Found, SearchRequest, ask
from kg.store import GraphReader


def found(reader: GraphReader, text: str, limit: int = 8) -> Found:
    return ask(reader, SearchRequest(text, limit))


def test_a_name_is_found_as_it_is_typed(reader: GraphReader) -> None:
    for typed in ("gsm", "GSM8", "gsm8k"):
        assert found(reader, typed).entities[0].entity.label == "GSM8K"


def test_an_alias_leads_to_its_thing_and_is_named(reader: GraphReader) -> None:
    first = found(reader, "proximal pol").entities[0]
    assert first.entity.label == "PPO"
    assert first.name.startswith("Proximal Policy Optimi")


def test_an_exact_name_comes_before_more_famous_longer_ones(reader: GraphReader) -> None:
    assert found(reader, "MATH").entities[0].entity.label == "MATH"


def test_a_word_inside_of_a_name_is_found_too(reader: GraphReader) -> None:
    assert any("policy" in each.name.lower() for each in found(reader, "policy", 50).entities)


def test_titles_are_found_by_the_beginnings_of_words(reader: GraphReader) -> None:
    assert any("Verify" in each.label for each in found(reader, "verify step").papers)


def test_people_are_found_by_family_name_and_more(authored_graph: Path) -> None:
    with GraphReader(authored_graph) as reader:
        for typed in ("appl", "ada appl", "Ada Apple"):
            assert [(each.name, each.papers) for each in found(reader, typed).people] == [("Ada Apple", 1)]
        assert found(reader, "bo apple").people == ()


def test_nothing_is_found_for_nothing(reader: GraphReader) -> None:
    for typed in ("", "  ", "???", "zzzzqqq"):
        assert found(reader, typed) == Found((), (), ())


@given(st.text(max_size=30))
def test_whatever_is_typed_is_answered(sample_graph: Path, text: str) -> None:
    with GraphReader(sample_graph) as reader:
        assert len(found(reader, text, 3).entities) <= 3
