from __future__ import annotations

import pytest

from kg.errors import KgError, NotFoundError
from kg.questions.compare import CompareRequest, Comparison, ask
from kg.questions.names import with_descendants
from kg.store import GraphReader


def compare(reader: GraphReader, left: str, right: str) -> Comparison:
    return ask(reader, CompareRequest(left, right))


def papers(reader: GraphReader, entity: str, *, without: str | None = None) -> set[str]:
    family = set(with_descendants(reader, [entity])) - set(with_descendants(reader, [without]) if without else ())
    return {link.paper_id for link in reader.links() if link.entity_id in family}


def test_papers_of_two_entities_are_counted(reader: GraphReader) -> None:
    found = compare(reader, "GSM8K", "MATH")
    left, right = papers(reader, "benchmark/gsm8k"), papers(reader, "benchmark/math")
    assert (found.only_left, found.both, found.only_right) == (len(left - right), len(left & right), len(right - left))
    assert {shared.paper.id for shared in found.papers} <= left & right


def test_a_kind_of_the_other_is_compared_with_the_rest_of_it(reader: GraphReader) -> None:
    found = compare(reader, "GRPO", "PPO")
    left, right = papers(reader, "method/grpo"), papers(reader, "method/ppo", without="method/grpo")
    assert (found.only_left, found.both, found.only_right) == (len(left - right), len(left & right), len(right - left))


def test_relations_add_up_to_the_papers(reader: GraphReader) -> None:
    found = compare(reader, "GSM8K", "PPO")
    assert sum(left for left, _ in found.relations.values()) == found.only_left + found.both
    assert sum(right for _, right in found.relations.values()) == found.only_right + found.both


def test_entities_named_with_both_are_none_of_both(reader: GraphReader) -> None:
    found = compare(reader, "GSM8K", "PPO")
    families = with_descendants(reader, ["benchmark/gsm8k", "method/ppo"])
    assert found.entities
    assert all(shared.entity.id not in families for shared in found.entities)
    for shared in found.entities:
        named = {link.paper_id for link in reader.links() if link.entity_id == shared.entity.id}
        assert shared.left == len(named & papers(reader, "benchmark/gsm8k"))
        assert shared.right == len(named & papers(reader, "method/ppo"))


def test_two_papers_share_what_both_name(reader: GraphReader) -> None:
    first, second = sorted(papers(reader, "benchmark/gsm8k"))[:2]
    found = compare(reader, first, second)
    sides = [{link.entity_id: link.relation for link in reader.links_of(each)} for each in (first, second)]
    assert {shared.entity.id: (shared.left, shared.right) for shared in found.entities} == {
        each: (sides[0][each], sides[1][each]) for each in sides[0].keys() & sides[1].keys()
    }
    assert (found.only_left + found.both, found.only_right + found.both) == (len(sides[0]), len(sides[1]))


@pytest.mark.shared
def test_results_on_the_same_data_stand_side_by_side(seed_graph: object) -> None:
    with GraphReader(seed_graph) as reader:  # type: ignore[arg-type]
        results = compare(reader, "CGPO", "INPO").results
    assert {(result.on, result.left.value, result.right.value) for result in results} >= {
        ("AlpacaEval 2.0", "7.4%", "41.5%")
    }


def test_a_paper_and_an_entity_cannot_be_compared(reader: GraphReader) -> None:
    with pytest.raises(KgError, match="is a paper and 'PPO' a method; name two papers or two entities"):
        compare(reader, "PPO", "Pushing the Limits of Mathematical")


def test_an_unknown_name_has_suggestions(reader: GraphReader) -> None:
    with pytest.raises(NotFoundError) as caught:
        compare(reader, "PPO", "GSM8")
    assert "GSM8K" in caught.value.suggestions
