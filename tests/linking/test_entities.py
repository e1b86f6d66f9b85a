from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.linking import Decisions, NameTable, NameUse, decide
from kg.model import Entity, EntityType, LocalEntity, Relation
from kg.vocabulary import Concept, Vocabulary

VOCABULARY = Vocabulary(
    {
        c.id: c
        for c in (
            Concept("method/ppo", EntityType.METHOD, "PPO", ("Proximal Policy Optimization",), broader=("method/rl",)),
            Concept("method/rl", EntityType.METHOD, "RL"),
            Concept("model/qwen", EntityType.MODEL, "Qwen"),
            Concept(
                "model/qwen-7b-chat",
                EntityType.MODEL,
                "Qwen-7B-Chat",
                broader=("model/qwen",),
                exact_matches=("https://huggingface.co/qwen/Qwen-7B-Chat",),
                variant_of="model/qwen",
            ),
            Concept("model/qwq", EntityType.MODEL, "QwQ", ("Q2", "Marble"), ambiguous=frozenset(["Q2"])),
            Concept("model/stone", EntityType.MODEL, "Stone", ("Marble",)),
            Concept("model/yolo", EntityType.MODEL, "YOLO"),
            Concept("model/yolos", EntityType.MODEL, "YOLOS"),
            Concept("model/orca", EntityType.MODEL, "Orca", ambiguous=frozenset(["Orca"])),
            Concept("model/gpt", EntityType.MODEL, "GPT"),
            Concept("model/gpt-4-turbo", EntityType.MODEL, "GPT-4-Turbo", broader=("model/openai",)),
            Concept("model/openai", EntityType.MODEL, "OpenAI models"),
        )
    },
    "test",
)


def local(
    name: str, kind: EntityType = EntityType.METHOD, relation: Relation = Relation.USES, **fields: object
) -> LocalEntity:
    return LocalEntity(name, kind, relation, 0.9, (), **fields)  # type: ignore[arg-type]


def link(*seen: LocalEntity) -> tuple[list[str], dict[str, Entity]]:
    """The node of each local entity, and all nodes."""
    decisions = decide(table(seen), VOCABULARY)
    return [decisions.nodes[NameUse.of(each)] for each in seen], {node.id: node for node in decisions.entities}


def table(seen: Iterable[LocalEntity]) -> NameTable:
    return NameTable(map(NameUse.of, seen))


def test_known_things_meet_at_their_vocabulary_entry() -> None:
    ids, _ = link(local("PPO", concept="method/ppo"), local("proximal policy optimisation", concept="method/ppo"))
    assert ids == ["method/ppo", "method/ppo"]


def test_the_families_above_a_known_thing_are_nodes_too() -> None:
    _, nodes = link(local("PPO", concept="method/ppo"))
    assert nodes["method/ppo"].broader == ("method/rl",)
    assert "method/rl" in nodes


def test_spellings_of_one_unlisted_name_are_one_node() -> None:
    ids, nodes = link(local("Foo-Net"), local("FooNet"), local("FooNet"), local("FOO NET"))
    assert len(set(ids)) == 1
    assert (nodes[ids[0]].label, nodes[ids[0]].aliases) == ("FooNet", ("FOO NET", "Foo-Net"))


def test_names_that_differ_in_a_digit_are_different_nodes() -> None:
    ids, _ = link(local("Foo-1"), local("Foo-2"), local("Foo"))
    assert len(set(ids)) == 3


def test_an_abbreviation_with_two_long_forms_is_two_nodes() -> None:
    ids, nodes = link(
        local("GEPO", expansion="Group Equivalent Preference Optimization"),
        local("GEPO", expansion="Greedy Edge Pruning"),
    )
    assert ids == ["method/gepo-group-equivalent-preference-optimization", "method/gepo-greedy-edge-pruning"]
    assert {nodes[i].label for i in ids} == {"GEPO"}


def test_an_abbreviation_alone_joins_neither_of_two_long_forms() -> None:
    ids, _ = link(local("GEPO", expansion="Group Preference"), local("GEPO", expansion="Greedy Pruning"), local("GEPO"))
    assert len(set(ids)) == 3


def test_an_abbreviation_alone_joins_its_only_long_form() -> None:
    ids, nodes = link(local("GEPO", expansion="Greedy Edge Pruning"), local("GEPO"))
    assert ids == ["method/gepo", "method/gepo"]
    assert nodes["method/gepo"].aliases == ("Greedy Edge Pruning",)


def test_a_long_form_alone_joins_its_abbreviation() -> None:
    ids, _ = link(local("GEPO", expansion="Greedy Edge Pruning"), local("greedy edge pruning"))
    assert ids == ["method/gepo", "method/gepo"]


@pytest.mark.parametrize(
    ("seen", "node"),
    [
        (local("qwq", EntityType.MODEL), "model/qwq"),
        (local("PPO+", EntityType.METHOD), "method/ppo-plus"),
        (local("proximal policy-optimization"), "method/ppo"),
        (local("PPOpt", expansion="Proximal Policy Optimization"), "method/ppo"),
        (local("PPO", expansion="Paid Parking Ordinance"), "method/ppo-paid-parking-ordinance"),
        (local("PPO", EntityType.TASK), "task/ppo"),
        (local("Q2", EntityType.MODEL), "model/q2"),
        (local("Marble", EntityType.MODEL), "model/marble"),
        (local("YOLOS", EntityType.MODEL), "model/yolos"),
        (local("YOLO", EntityType.MODEL), "model/yolo"),
        (local("Yolo", EntityType.MODEL), "model/yolo-other"),
        (local("Orca", EntityType.MODEL), "model/orca"),
        (local("ORCAs", EntityType.MODEL), "model/orcas"),
    ],
    ids=lambda case: case if isinstance(case, str) else "",
)
def test_a_name_of_the_same_type_is_the_vocabulary_entry_of_that_name(seen: LocalEntity, node: str) -> None:
    assert link(seen)[0] == [node]


def test_an_unlisted_name_never_takes_the_id_of_a_vocabulary_entry() -> None:
    ids, nodes = link(local("RL", expansion="Rain Likelihood"), local("PPO", concept="method/ppo"))
    assert ids[0] == "method/rl-rain-likelihood"
    assert nodes["method/rl"].known


def test_the_word_of_the_paper_that_introduces_a_thing_counts_most_on_its_type() -> None:
    ids, _ = link(
        local("Foo", EntityType.MODEL),
        local("Foo", EntityType.MODEL),
        local("Foo", EntityType.METHOD, Relation.INTRODUCES),
    )
    assert set(ids) == {"method/foo"}


def test_a_version_stands_below_its_versions_and_its_family() -> None:
    _, nodes = link(local("Qwen2.5-7B-Instruct", EntityType.MODEL, family="model/qwen"))
    chain = ["model/qwen2.5-7b-instruct"]
    while nodes[chain[-1]].broader:
        chain += nodes[chain[-1]].broader
    assert chain == ["model/qwen2.5-7b-instruct", "model/qwen2.5-7b", "model/qwen2.5", "model/qwen"]


def test_sizes_of_one_version_are_different_nodes() -> None:
    ids, _ = link(*(local(f"Qwen2.5-{size}", EntityType.MODEL, family="model/qwen") for size in ("7B", "72B")))
    assert ids == ["model/qwen2.5-7b", "model/qwen2.5-72b"]


def test_a_version_has_the_label_in_which_it_is_spelt_most() -> None:
    spelt = ("Qwen2.5-7b", "Qwen2.5-7B", "Qwen2.5-7B")
    _, nodes = link(*(local(name, EntityType.MODEL, family="model/qwen") for name in spelt))
    assert nodes["model/qwen2.5-7b"].label == "Qwen2.5-7B"


def test_a_version_that_is_a_vocabulary_entry_is_that_entry_with_its_families() -> None:
    ids, nodes = link(local("GPT-4 Turbo", EntityType.MODEL, family="model/gpt"))
    assert ids == ["model/gpt-4-turbo"]
    assert nodes["model/gpt-4-turbo"].known
    assert "model/openai" in nodes


def test_a_listed_variant_stands_where_it_would_and_leads_out() -> None:
    ids, nodes = link(local("Qwen 7B chat", EntityType.MODEL, family="model/qwen"))
    assert ids == ["model/qwen-7b-chat"]
    assert nodes["model/qwen-7b-chat"] == Entity(
        "model/qwen-7b-chat",
        EntityType.MODEL,
        "Qwen-7B-Chat",
        broader=("model/qwen-7b",),
        exact_matches=("https://huggingface.co/qwen/Qwen-7B-Chat",),
        known=True,
    )
    assert (nodes["model/qwen-7b"].known, nodes["model/qwen-7b"].broader) == (False, ("model/qwen",))


def test_a_name_whose_family_nobody_sees_comes_to_the_variant_that_it_spells() -> None:
    ids, _ = link(local("Qwen-7B Chat!", EntityType.MODEL))
    assert ids == ["model/qwen-7b-chat"]


def test_a_version_keeps_its_family_when_another_paper_does_not_see_it() -> None:
    ids, nodes = link(local("Qwen2.5-7B", EntityType.MODEL, family="model/qwen"), local("Qwen2.5-7B", EntityType.MODEL))
    assert len(set(ids)) == 1
    assert nodes[ids[0]].broader == ("model/qwen2.5",)


NAMES = ("GEPO", "Gepo", "Foo-Net", "FooNet", "foo nets", "Greedy Edge Pruning", "RL", "Foo-1", "C++", "C*", "Ünit")
EXPANSIONS = (None, None, "Greedy Edge Pruning", "greedy edge pruning", "Group Preference")
VARIANTS = (
    "Qwen2.5-7B",
    "Qwen2.5-7b",
    "Qwen 2.5",
    "Qwen25",
    "Qwen2.5-Instructs",
    "Qwen2.5-Instruct",
    "Qwen-VL",
    "Qwen",
)
LOCAL = st.one_of(
    st.builds(
        local,
        st.sampled_from(NAMES),
        st.sampled_from(EntityType),
        st.sampled_from(Relation),
        expansion=st.sampled_from(EXPANSIONS),
    ),
    st.builds(
        local,
        st.sampled_from(VARIANTS),
        st.just(EntityType.MODEL),
        family=st.sampled_from([None, "model/qwen", "model/nowhere"]),
    ),
    st.builds(
        local,
        st.sampled_from(["GPT-4 Turbo", "gpt 4", "GPT-4-Turbo-2024"]),
        st.just(EntityType.MODEL),
        family=st.just("model/gpt"),
    ),
    st.builds(local, st.just("PPO"), concept=st.sampled_from(["method/ppo", "method/nowhere"])),
)


@given(st.lists(LOCAL, max_size=10).flatmap(lambda seen: st.tuples(st.just(seen), st.permutations(seen))))
def test_the_order_of_observation_does_not_matter(case: tuple[list[LocalEntity], list[LocalEntity]]) -> None:
    seen, shuffled = case
    ids, nodes = link(*seen)
    other_ids, other_nodes = link(*shuffled)
    assert nodes == other_nodes
    assert dict(zip(map(repr, seen), ids, strict=True)) == dict(zip(map(repr, shuffled), other_ids, strict=True))


@given(st.lists(LOCAL, max_size=10))
def test_every_observed_thing_and_every_parent_is_a_node(seen: list[LocalEntity]) -> None:
    ids, nodes = link(*seen)
    assert set(ids) <= nodes.keys()
    assert {parent for node in nodes.values() for parent in node.broader} <= nodes.keys()


SEEN = st.lists(LOCAL, max_size=8)


@given(SEEN, SEEN)
def test_what_is_added_and_taken_out_again_leaves_no_trace(seen: list[LocalEntity], other: list[LocalEntity]) -> None:
    before = table(seen)
    after = before + table(other) - table(other)
    assert after == before
    assert decide(after, VOCABULARY) == decide(before, VOCABULARY)


@given(SEEN, SEEN)
def test_a_table_of_parts_is_that_of_the_whole(seen: list[LocalEntity], other: list[LocalEntity]) -> None:
    assert table(seen) + table(other) == table(other) + table(seen) == table([*seen, *other])


@given(SEEN)
def test_decisions_are_the_same_for_the_same_table(seen: list[LocalEntity]) -> None:
    first, second = (decide(table(order), VOCABULARY) for order in (seen, seen[::-1]))
    assert isinstance(first, Decisions)
    assert first == second


def test_a_table_loses_only_what_it_holds() -> None:
    with pytest.raises(ValueError, match="cannot lose"):
        table([local("Foo")]) - table([local("Bar")])


@given(st.lists(LOCAL, max_size=10))
def test_nodes_come_once_each_and_by_id(seen: list[LocalEntity]) -> None:
    ids = [node.id for node in decide(table(seen), VOCABULARY).entities]
    assert ids == sorted(set(ids))


@pytest.mark.parametrize("name", ["---", "*", "+", "漢字", "\u202e"])
def test_a_name_without_letters_has_a_node_too(name: str) -> None:
    ids, nodes = link(local(name))
    assert nodes[ids[0]].label == name
