from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.query import profile_paper
from kg.query.walk import Groups, walk_entities, walk_papers
from kg.store import GraphReader

KEYS = st.lists(st.text(max_size=3)).map(sorted)


@given(held=KEYS, asked=KEYS.map(lambda keys: sorted(set(keys))))
def test_groups_give_each_key_its_rows(held: list[str], asked: list[str]) -> None:
    rows = [(key, number) for number, key in enumerate(held)]
    groups = Groups(iter(rows))
    assert {key: groups.take(key) for key in asked} == {key: [row for row in rows if row[0] == key] for key in asked}


def test_every_paper_is_walked_with_all_that_is_stored_of_it(reader: GraphReader) -> None:
    profiles = list(walk_papers(reader))
    assert [profile.paper for profile in profiles] == list(reader.papers())
    assert sum(len(profile.links) for profile in profiles) == reader.rows("SELECT count(*) FROM link")[0][0]
    assert sum(len(profile.results) for profile in profiles) == reader.rows("SELECT count(*) FROM result")[0][0]
    pieces = sum(len(link.evidence) for profile in profiles for link in profile.links)
    assert pieces == reader.rows("SELECT count(*) FROM evidence")[0][0]


def test_every_entity_is_walked_as_it_is_stored(reader: GraphReader) -> None:
    assert list(walk_entities(reader)) == list(reader.entities())


def test_a_walk_gives_what_single_questions_give(reader: GraphReader) -> None:
    for profile in walk_papers(reader):
        one = profile_paper(reader, profile.paper.id)
        assert profile.paper == one.paper
        assert sorted(profile.links, key=lambda link: link.entity_id) == list(profile.links)
        assert set(profile.links) == set(one.links)
        assert profile.results == one.results
