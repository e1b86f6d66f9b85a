"""Names that several papers give to things of their own: a node each, whatever the order in which papers came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.linking import NameTable, NameUse, Naming, People, Senses, ambiguous, decide, key_of, tell_apart
from kg.linking.listed import ListedNames
from kg.model import Author, Entity, EntityType
from kg.vocabulary import Concept, Vocabulary

VOCABULARY = Vocabulary({"method/ppo": Concept("method/ppo", EntityType.METHOD, "PPO")}, "test")
ADA, BO = (People.of([Author(name)]) for name in ("Ada Berry", "Bo Cress"))


def coins(paper: str, name: str = "ZORP", kind: EntityType = EntityType.METHOD, **more: object) -> Naming:
    """A paper that says that the name is its own."""
    given = {key: more.pop(key) for key in ("expansion",) if key in more}
    use = NameUse(name, kind, introduced=True, **given)  # type: ignore[arg-type]
    return Naming(f"arxiv/{paper}", use, coined=True, title=f"On {paper}", **more)  # type: ignore[arg-type]


def uses(paper: str, name: str = "ZORP", kind: EntityType = EntityType.METHOD, **more: object) -> Naming:
    """A paper that only names it."""
    naming = coins(paper, name, kind, **more)
    return replace(naming, use=replace(naming.use, introduced=False), coined=False)


def seems(paper: str, **more: object) -> Naming:
    """A paper that seems to introduce it, for want of anything else that it could be."""
    return replace(coins(paper, **more), coined=False)  # type: ignore[arg-type]


def senses_of(namings: Sequence[Naming]) -> tuple[Senses, NameTable]:
    table = NameTable(naming.use for naming in namings)
    unsure = ambiguous(table, ListedNames(VOCABULARY))
    senses = tell_apart([each for each in namings if key_of(each.use) in unsure], {})
    return senses, senses.applied(table)


def linked(*namings: Naming) -> tuple[dict[str, str], dict[str, Entity]]:
    """The node of each paper's thing, and all nodes."""
    senses, table = senses_of(namings)
    decisions = decide(table, VOCABULARY, senses=senses)
    nodes = {}
    for naming in namings:
        told = senses.told.get((naming.paper, naming.use))
        use = naming.use
        if told is not None:
            use = replace(use, sense=told.sense, introduced=use.introduced and not told.uses)
        nodes[naming.paper.removeprefix("arxiv/")] = decisions.nodes[use]
    return nodes, {entity.id: entity for entity in decisions.entities}


def told(naming: Naming, *others: Naming) -> tuple[bool, int]:
    """Whether a paper only uses what it seemed to introduce, and how many others it may mean."""
    found = senses_of([naming, *others])[0].told.get((naming.paper, naming.use))
    return (found.uses, len(found.rivals)) if found else (False, 0)


def test_two_papers_that_coin_a_name_mean_two_things() -> None:
    nodes, entities = linked(coins("2501.1", date="2025-01"), coins("2502.2", date="2025-02"))
    assert nodes == {"2501.1": "method/zorp-2501.1", "2502.2": "method/zorp-2502.2"}
    assert [entities[node].label for node in sorted(entities)] == ["ZORP (On 2501.1)", "ZORP (On 2502.2)"]
    assert all("ZORP" in entity.aliases for entity in entities.values())


def test_a_long_form_and_none_are_two_things() -> None:
    nodes, entities = linked(
        coins("2501.1", date="2025-01", expansion="Zonal Orthogonal Planning"), coins("2502.2", date="2025-02")
    )
    assert nodes == {"2501.1": "method/zorp-zonal-orthogonal-planning", "2502.2": "method/zorp-2502.2"}
    assert entities["method/zorp-zonal-orthogonal-planning"].label == "ZORP (Zonal Orthogonal Planning)"


def test_things_of_one_name_are_told_apart_by_more_than_their_types() -> None:
    nodes, _ = linked(
        coins("2501.1", "ZorpNet"),
        coins("2502.2", "ZORPNET", EntityType.DATASET),
        coins("2503.3", "Zorp-Net", date="2026"),
    )
    assert nodes == {
        "2501.1": "method/zorpnet-2501.1",
        "2502.2": "dataset/zorpnet-2502.2",
        "2503.3": "method/zorp-net-2503.3",
    }


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (coins("1", expansion="Zonal Planning"), coins("2", expansion="zonal plannings")),
        (coins("1", people=ADA), coins("2", people=ADA)),
        (coins("1", "zonal planning"), coins("2", "Zonal Planning")),
        (coins("1", date="2024"), replace(seems("2", date="2025"), derived=True)),
        (coins("1", date="2024"), seems("2", date="2025")),
        (seems("1"), seems("2")),
    ],
    ids=["long form", "people", "words", "made from it", "used later", "nobody's"],
)
def test_what_says_that_they_are_one_makes_them_one(one: Naming, other: Naming) -> None:
    nodes, _ = linked(one, other)
    assert len(set(nodes.values())) == 1


def test_other_people_do_not_make_one_thing_of_one_name() -> None:
    assert len(set(linked(coins("1", people=ADA), coins("2", people=BO))[0].values())) == 2


def test_who_seems_to_introduce_what_another_coined_before_uses_it() -> None:
    assert told(seems("2", date="2025-03"), coins("1", date="2024")) == (True, 0)
    assert told(seems("2", date="2023-03"), coins("1", date="2024")) == (False, 0)


SENSES = (
    coins("1", date="2024-01", beside=frozenset(["chess"])),
    coins("2", date="2025-06", kind=EntityType.DATASET, beside=frozenset(["folding"])),
)


@pytest.mark.parametrize(
    ("naming", "node"),
    [
        (uses("3", date="2026", kind=EntityType.DATASET), "dataset/zorp-2"),
        (uses("3", date="2026", kind=EntityType.MODEL), "method/zorp-1"),
        (uses("3", date="2025-05", kind=EntityType.DATASET), "method/zorp-1"),
        (uses("3", date="2023", kind=EntityType.METHOD), "method/zorp-other"),
    ],
    ids=["type", "like type", "date", "older than all"],
)
def test_who_uses_a_name_means_the_thing_that_fits(naming: Naming, node: str) -> None:
    assert linked(*SENSES, naming)[0]["3"] == node
    assert told(naming, *SENSES)[1] == 0


def test_what_is_named_beside_it_tells_what_a_paper_means() -> None:
    one, other = SENSES[0], replace(SENSES[1], use=SENSES[0].use)
    naming = uses("3", date="2026", beside=frozenset(["folding"]))
    assert linked(one, other, naming)[0]["3"] == linked(one, other)[0]["2"]
    assert told(naming, one, other)[1] == 0


def test_where_nothing_tells_the_others_are_told_as_well() -> None:
    one, other = SENSES[0], replace(SENSES[1], use=SENSES[0].use)
    assert told(uses("3", date="2026"), one, other)[1] == 1
    assert linked(one, other, uses("3", date="2026"))[0]["3"] == "method/zorp-1"


def test_the_id_of_the_name_alone_is_nobodys_as_soon_as_there_are_two() -> None:
    first, later = coins("1", date="2024"), coins("2", date="2023")
    assert linked(first)[0] == {"1": "method/zorp"}
    assert linked(later)[0] == {"2": "method/zorp"}
    assert linked(first, later)[0] == {"1": "method/zorp-1", "2": "method/zorp-2"}


@pytest.mark.parametrize("kind", [EntityType.METRIC, EntityType.TASK])
def test_a_plain_word_is_no_use_of_the_thing_that_is_called_by_it(kind: EntityType) -> None:
    nodes, entities = linked(
        coins("1", "ZORP"), uses("2", "zorp", kind), uses("3", "zorp", EntityType.METHOD), uses("4", "zorp", kind)
    )
    assert nodes == {"1": "method/zorp-1", "2": f"{kind}/zorp", "3": f"{kind}/zorp", "4": f"{kind}/zorp"}
    assert entities[f"{kind}/zorp"].label == "zorp"


def test_a_name_in_small_letters_for_the_same_kind_of_thing_is_that_thing() -> None:
    nodes, _ = linked(coins("1", "ZORP"), uses("2", "zorp", EntityType.MODEL))
    assert nodes == {"1": "method/zorp", "2": "method/zorp"}


def test_two_titles_alone_tell_things_apart_by_their_words() -> None:
    first, second = (
        replace(coins(paper), paper=f"title/{paper}", title=title)
        for paper, title in (("aa", "ZORP: Plans for Ants"), ("bb", "ZORP: Sums for Bees"))
    )
    _, entities = linked(first, second)
    assert {entity.id: entity.label for entity in entities.values()} == {
        "method/zorp-plans-for-ants": "ZORP (Plans for Ants)",
        "method/zorp-sums-for-bees": "ZORP (Sums for Bees)",
    }


NAMING = st.builds(
    lambda make, paper, name, kind, date, people, expansion, beside, derived: replace(
        make(
            paper,
            name=name,
            kind=kind,
            date=date,
            people=people,
            beside=frozenset(beside),
            **({"expansion": expansion} if expansion else {}),
        ),
        derived=derived,
    ),
    st.sampled_from([coins, uses, seems]),
    st.sampled_from([str(number) for number in range(8)]),
    st.sampled_from(["ZORP", "Zorp", "zorps", "Zo-Rp", "zorp", "PPO", "Zonal Planning"]),
    st.sampled_from([EntityType.METHOD, EntityType.MODEL, EntityType.DATASET]),
    st.sampled_from([None, "2023", "2024-05", "2024", "--06-02", "2025-01-01"]),
    st.sampled_from([None, ADA, BO]),
    st.sampled_from([None, None, "Zonal Planning", "Zebra Optics"]),
    st.sets(st.sampled_from(["chess", "folding", "method/ppo"])),
    st.booleans(),
)
# A paper names a thing once in each way.
NAMINGS = st.lists(NAMING, max_size=8, unique_by=lambda naming: naming.paper)


@given(NAMINGS.flatmap(lambda seen: st.tuples(st.just(seen), st.permutations(seen))))
def test_the_order_of_papers_does_not_matter(case: tuple[list[Naming], list[Naming]]) -> None:
    seen, shuffled = case
    assert linked(*seen) == linked(*shuffled)


@given(NAMINGS)
def test_every_paper_has_a_node_and_no_two_things_have_one_id(namings: list[Naming]) -> None:
    nodes, entities = linked(*namings)
    assert set(nodes.values()) <= entities.keys()


@given(NAMINGS)
def test_things_of_one_type_and_name_are_told_apart_by_their_labels(namings: list[Naming]) -> None:
    senses, _ = senses_of(namings)
    qualified = {told.sense for told in senses.told.values() if told.sense}
    labels = [entity.label for entity in linked(*namings)[1].values() if " (" in entity.label]
    assert len(labels) == len(set(labels)) or len({sense.qualifier for sense in qualified}) < len(qualified)


@given(NAMINGS.flatmap(lambda seen: st.tuples(st.just(seen), st.integers(0, len(seen)))))
def test_papers_that_are_added_give_no_id_to_another_thing(case: tuple[list[Naming], int]) -> None:
    seen, some = case
    (before, _), (after, _) = linked(*seen[:some]), linked(*seen)
    papers = {f"arxiv/{paper}": paper for paper in before}
    for node in set(before.values()) & set(after.values()):
        owners = [papers[x.paper] for x in seen[:some] if before[papers[x.paper]] == node and x.coined]
        meant = owners or [paper for paper in before if before[paper] == node]
        assert any(after[paper] == node for paper in meant), node


def test_a_plain_word_takes_no_id_from_a_thing_of_its_type() -> None:
    """Papers coin a name that another uses as a word: the id of the first of them is not the word's."""
    first = replace(
        coins("1", kind=EntityType.DATASET), use=replace(coins("1").use, name="zorps", type=EntityType.DATASET)
    )
    word = replace(uses("0"), use=replace(uses("0").use, name="zorps", type=EntityType.DATASET))
    for others in ([coins("2")], [coins("2"), coins("3")]):
        (before, _), (after, _) = linked(first), linked(first, *others, word)
        assert after["1"] == before["1"] or before["1"] not in after.values()


def test_the_type_of_a_thing_is_that_which_its_own_papers_say() -> None:
    nodes, _ = linked(coins("1", kind=EntityType.DATASET, date="2024"), coins("2", date="2025"), uses("3", date="2026"))
    assert nodes == {"1": "dataset/zorp-1", "2": "method/zorp-2", "3": "method/zorp-2"}
