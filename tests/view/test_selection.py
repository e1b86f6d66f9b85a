from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from kg.errors import KgError, NotFoundError
from kg.model import EntityType
from kg.questions.names import find_entities
from kg.store import GraphReader
from kg.view import selection
from kg.view.selection import Part, Selection, select


def labels(selected: Selection) -> list[str]:
    return [each.entity.label for each in selected.entities]


def test_everything_is_drawn_by_default(reader: GraphReader) -> None:
    selected = select(reader)
    assert len(selected.entities) == selected.all_entities == 6
    assert len(selected.papers) == selected.all_papers == 4


def test_most_named_entities_come_first(reader: GraphReader) -> None:
    selected = select(reader, Part(top=1))
    assert labels(selected) == ["GSM8K"]
    assert selected.entities[0].papers == 3


def test_papers_are_those_linked_to_a_drawn_entity(reader: GraphReader) -> None:
    selected = select(reader, Part(top=1))
    assert len(selected.papers) == 3
    assert {link.entity_id for link in selected.links} == {"benchmark/gsm8k"}
    assert selected.all_papers == 4


def test_focus_draws_the_entity_its_papers_and_what_they_name(reader: GraphReader) -> None:
    selected = select(reader, Part(focus="GPT-4"))
    assert labels(selected) == ["GPT-4", "GSM8K"]
    assert [paper.title for paper in selected.papers] == ["Prompting at length"]


def test_depth_goes_further(reader: GraphReader) -> None:
    selected = select(reader, Part(focus="GPT-4", depth=2))
    assert {"GPT-4", "GSM8K", "PPO", "GRPO"} < set(labels(selected))
    assert len(selected.papers) == 3


def test_focus_on_a_family_draws_its_members_and_their_papers(reader: GraphReader) -> None:
    selected = select(reader, Part(focus="PPO"))
    assert labels(selected)[0] == "PPO"
    assert "GRPO" in labels(selected)
    assert len(selected.papers) == 1


def test_focus_on_a_family_that_no_paper_names_itself(reader: GraphReader) -> None:
    selected = select(reader, Part(focus="GPT"))
    assert labels(selected)[:2] == ["GPT", "GSM8K"]
    assert len(selected.papers) == 1


def test_focus_finds_an_alias(reader: GraphReader) -> None:
    assert select(reader, Part(focus="grade school math 8k")).focus == ("benchmark/gsm8k",)


def test_focus_keeps_to_top(reader: GraphReader) -> None:
    assert labels(select(reader, Part(focus="GSM8K", top=2)))[0] == "GSM8K"
    assert len(select(reader, Part(focus="GSM8K", top=2)).entities) == 2


@pytest.mark.parametrize("part", [Part(focus="GRPO", types=(EntityType.BENCHMARK,)), Part(focus="GRPO", min_papers=2)])
def test_conditions_are_asked_of_what_lies_around_the_focus(reader: GraphReader, part: Part) -> None:
    selected = select(reader, part)
    assert labels(selected) == ["GRPO", "GSM8K"]
    assert [paper.title for paper in selected.papers] == [r"$\mathcal{B}$-Coder learns arithmetic"]


def test_steps_lead_over_what_is_not_drawn(reader: GraphReader) -> None:
    selected = select(reader, Part(focus="GPT-4", depth=2, types=(EntityType.METHOD,)))
    assert {"GPT-4", "PPO", "GRPO"} < set(labels(selected))
    assert "GSM8K" not in labels(selected)


def test_unknown_focus_gets_suggestions(reader: GraphReader) -> None:
    with pytest.raises(NotFoundError) as caught:
        select(reader, Part(focus="GSM9K"))
    assert "GSM8K" in caught.value.suggestions


def test_types_keep_their_entities_only(reader: GraphReader) -> None:
    selected = select(reader, Part(types=(EntityType.MODEL,)))
    assert {each.entity.type for each in selected.entities} == {EntityType.MODEL}


def test_min_papers_leaves_out_what_fewer_name(reader: GraphReader) -> None:
    assert labels(select(reader, Part(min_papers=2))) == ["GSM8K"]


def test_since_leaves_out_older_papers(reader: GraphReader) -> None:
    selected = select(reader, Part(since="2024-01-03"))
    assert len(selected.papers) == 2
    assert all(str(paper.date) >= "2024-01-03" for paper in selected.papers)


def test_nothing_left_is_an_error(reader: GraphReader) -> None:
    with pytest.raises(KgError, match="nothing in the graph"):
        select(reader, Part(min_papers=99))


def test_a_build_that_commits_meanwhile_changes_nothing(reader: GraphReader, monkeypatch: pytest.MonkeyPatch) -> None:
    def find_and_lose(reader: GraphReader, name: str) -> list[str]:
        with closing(sqlite3.connect(reader.path)) as other, other:
            other.execute("DELETE FROM entity WHERE id = 'benchmark/gsm8k'")
            other.execute("DELETE FROM paper")
        return find_entities(reader, name)

    before = select(reader, Part(focus="GPT-4"))
    monkeypatch.setattr(selection, "find_entities", find_and_lose)
    assert select(reader, Part(focus="GPT-4")) == before


def test_papers_are_capped_to_those_with_most_links(reader: GraphReader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selection, "MOST_PAPERS", 1)
    assert [paper.title for paper in select(reader).papers] == [r"$\mathcal{B}$-Coder learns arithmetic"]
