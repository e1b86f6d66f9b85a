from __future__ import annotations

from dataclasses import dataclass

import pytest

from kg import wire
from kg.errors import KgError
from kg.model import EntityType
from kg.questions import Question, question, questions, register, registry
from kg.store import GraphReader


@dataclass(frozen=True)
class LongestRequest:
    type: EntityType | None = None


@dataclass(frozen=True)
class Longest:
    label: str
    type: EntityType


def ask(reader: GraphReader, request: LongestRequest) -> Longest:
    entities = [each for each in reader.entities() if request.type in (None, each.type)]
    longest = max(entities, key=lambda each: len(each.label))
    return Longest(longest.label, longest.type)


@pytest.fixture
def added(monkeypatch: pytest.MonkeyPatch) -> Question[LongestRequest, Longest]:
    monkeypatch.setattr(registry, "_ADDED", {})
    longest = Question("longest", "The thing with the longest name.", LongestRequest, Longest, ask)
    register(longest)
    return longest


def test_questions_are_known_by_name() -> None:
    names = [each.name for each in questions()]
    assert names[:2] == ["papers", "results"]
    assert [question(name).name for name in names] == names


def test_a_name_that_is_none_is_answered_with_those_that_are() -> None:
    with pytest.raises(KgError, match="'nothing' is no question; ask papers, results, show"):
        question("nothing")


def test_others_may_add_a_question(added: Question[LongestRequest, Longest], reader: GraphReader) -> None:
    assert questions()[-1] is question("longest") is added
    answer = added.ask(reader, LongestRequest(EntityType.BENCHMARK))
    assert wire.plain(answer) == {"label": answer.label, "type": "benchmark"}


@pytest.mark.parametrize("name", ["papers", "longest"])
def test_no_two_questions_have_one_name(added: Question[LongestRequest, Longest], name: str) -> None:
    with pytest.raises(KgError, match=f"two questions called '{name}'"):
        register(Question(name, "Another.", LongestRequest, Longest, ask))


def test_only_a_question_about_files_of_this_machine_is_local() -> None:
    assert [each.name for each in questions() if each.local] == ["diff"]
