from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.linking import NameTable, NameUse, decide
from kg.linking.curation import Curation, Verdict
from kg.linking.rules import Accept, Correction, Dismiss, Merge, Rename, Retype, Split
from kg.model import Anchor, Entity, EntityType, LocalEntity, Mention, Relation, Rule
from kg.vocabulary import Concept, Vocabulary

VOCABULARY = Vocabulary(
    {
        "method/ppo": Concept("method/ppo", EntityType.METHOD, "PPO", ("Proximal Policy Optimization",)),
        "model/qwen": Concept("model/qwen", EntityType.MODEL, "Qwen"),
    },
    "test",
)
SEEN = ("Foo", "FooNet", "Bar", "Baz")


def local(name: str, **fields: object) -> LocalEntity:
    mention = Mention(Anchor(1, 0, len(name), 0, 20), name, Rule.SHAPE, Relation.USES, 0.5)
    return LocalEntity(name, EntityType.METHOD, Relation.USES, 0.9, (mention,), **fields)  # type: ignore[arg-type]


def curated(
    *rules: Correction, seen: tuple[str, ...] = SEEN, families: tuple[str, ...] = ("Qwen-7B",)
) -> tuple[dict[str, Verdict], dict[str, Entity]]:
    """What becomes of each name in the paper "p", and all entities."""
    locals_ = [local(name) for name in seen] + [local(name, family="model/qwen") for name in families]
    decisions = decide(NameTable(map(NameUse.of, locals_)), VOCABULARY, Curation(rules))
    return {each.name: decisions.link("p", each) for each in locals_}, {e.id: e for e in decisions.entities}


def test_without_rules_nothing_changes() -> None:
    verdicts, entities = curated()
    assert verdicts["Foo"] == Verdict("method/foo")
    assert set(entities) == {
        "method/foo", "method/foonet", "method/bar", "method/baz", "model/qwen", "model/qwen-7b",
    }  # fmt: skip


def test_merged_entities_are_one_with_the_names_of_both() -> None:
    verdicts, entities = curated(Merge("method/foo", "method/foonet"))
    assert verdicts["Foo"].entity == verdicts["FooNet"].entity == "method/foonet"
    assert (entities["method/foonet"].label, entities["method/foonet"].aliases) == ("FooNet", ("Foo",))
    assert "method/foo" not in entities


def test_an_entity_may_be_merged_into_a_listed_one_that_no_paper_names() -> None:
    verdicts, entities = curated(Merge("method/foo", "method/ppo"))
    assert verdicts["Foo"].entity == "method/ppo"
    assert entities["method/ppo"].label == "PPO"
    assert entities["method/ppo"].aliases == ("Foo", "Proximal Policy Optimization")


def test_who_merges_a_family_into_its_grandchild_makes_no_circle() -> None:
    _, entities = curated(
        Merge("model/qwen", "model/qwen-7b-chat"), seen=("Foo",), families=("Qwen-7B-Chat", "Qwen-7B")
    )
    for entity in entities.values():
        above, seen = list(entity.broader), set[str]()
        while above:
            each = above.pop()
            assert each != entity.id
            if each not in seen:
                seen.add(each)
                above += entities[each].broader


def test_families_follow_a_parent_that_moved() -> None:
    _, entities = curated(Rename("model/qwen", "Tongyi"), Merge("model/tongyi", "model/bar"))
    assert entities["model/qwen-7b"].broader == ("model/bar",)


def test_a_renamed_entity_keeps_its_old_label_as_an_alias() -> None:
    verdicts, entities = curated(Rename("method/foo", "Foo Fighter"))
    assert verdicts["Foo"].entity == "method/foo-fighter"
    assert (entities["method/foo-fighter"].label, entities["method/foo-fighter"].aliases) == ("Foo Fighter", ("Foo",))


def test_a_retyped_entity_has_the_type_in_its_id() -> None:
    verdicts, entities = curated(Retype("method/foo", EntityType.BENCHMARK))
    assert verdicts["Foo"].entity == "benchmark/foo"
    assert entities["benchmark/foo"].type is EntityType.BENCHMARK


def test_a_rejected_entity_is_gone_with_its_links() -> None:
    verdicts, entities = curated(Dismiss("method/foo"))
    assert verdicts["Foo"].entity is None
    assert "method/foo" not in entities


def test_a_link_is_rejected_for_its_paper_alone() -> None:
    verdicts, entities = curated(Dismiss("method/foo", "p"), Dismiss("method/bar", "other"))
    assert (verdicts["Foo"].entity, verdicts["Bar"].entity) == (None, "method/bar")
    assert "method/foo" in entities


def test_an_accepted_link_is_certain_and_its_relation_may_be_corrected() -> None:
    verdicts, _ = curated(Accept("method/foo", "p", "Foo", Relation.INTRODUCES), Accept("method/bar", "other"))
    assert verdicts["Foo"] == Verdict("method/foo", Relation.INTRODUCES, accepted=True)
    assert verdicts["Bar"] == Verdict("method/bar")


def test_one_spelling_is_split_from_the_others() -> None:
    merged = Merge("method/foo", "method/foonet")
    verdicts, entities = curated(merged, Split("method/foonet", "foo", "model/foo"))
    assert (verdicts["Foo"].entity, verdicts["FooNet"].entity) == ("model/foo", "method/foonet")
    assert entities["method/foonet"].aliases == ()
    assert (entities["model/foo"].type, entities["model/foo"].label) == (EntityType.MODEL, "foo")


def test_rules_apply_in_their_order_to_what_the_rules_before_left() -> None:
    verdicts, _ = curated(Retype("method/foo", EntityType.MODEL), Rename("model/foo", "Foo 2"), Dismiss("method/foo"))
    assert verdicts["Foo"].entity == "model/foo-2"


def test_a_rule_about_what_is_not_there_does_nothing() -> None:
    assert curated(Merge("method/none", "method/foo"), Dismiss("task/none")) == curated()


_IDS = st.sampled_from(
    ["method/foo", "method/foonet", "method/bar", "method/baz", "model/foo", "method/ppo", "model/qwen", "model/new"]
)
_RULES = st.one_of(
    st.builds(Merge, _IDS, _IDS),
    st.builds(Split, _IDS, st.sampled_from(SEEN), _IDS),
    st.builds(Rename, _IDS, st.sampled_from(["Foo", "Bar", "New", "PPO"])),
    st.builds(Retype, _IDS, st.sampled_from(EntityType)),
    st.builds(Dismiss, _IDS, st.none() | st.just("p")),
    st.builds(Accept, _IDS, st.none() | st.just("p"), st.just("Foo"), st.none()),
)


@given(st.lists(_RULES, max_size=6))
def test_every_link_leads_to_an_entity_whatever_the_rules(rules: list[Correction]) -> None:
    verdicts, entities = curated(*rules)
    assert {verdict.entity for verdict in verdicts.values()} - {None} <= entities.keys()
    for entity in entities.values():
        assert entity.id.partition("/")[0] == entity.type
        assert set(entity.broader) <= entities.keys() - {entity.id}
        assert entity.label not in entity.aliases


@pytest.mark.parametrize("rules", [(), (Merge("method/a", "method/b"),)])
def test_the_version_is_that_of_the_rules(rules: tuple[Correction, ...]) -> None:
    assert Curation(rules).version == Curation(rules).version
    assert Curation(rules).version != Curation((Dismiss("method/a"),)).version


def test_a_new_label_stays_though_another_thing_has_come_to_have_its_id() -> None:
    curation = Curation((Rename("method/foo", "PPO"),))
    entities = [Entity("method/foo", EntityType.METHOD, "Foo"), Entity("method/ppo", EntityType.METHOD, "PPO (old)")]
    (node,) = curation.curate(entities)
    assert (node.id, node.label, node.aliases) == ("method/ppo", "PPO", ("Foo", "PPO (old)"))


def test_rules_that_meet_nothing_are_told() -> None:
    lost, late = Merge("method/gone", "method/ppo"), Dismiss("method/foo")
    curation = Curation((lost, Rename("method/foo", "Bar"), late))
    assert curation.idle([Entity("method/foo", EntityType.METHOD, "Foo")]) == [lost, late]
