from __future__ import annotations

from kg.questions.paper import PaperRequest, ask
from kg.questions.walk import walk_papers
from kg.store import GraphReader


def test_every_paper_is_walked_with_all_that_is_stored_of_it(reader: GraphReader) -> None:
    profiles = list(walk_papers(reader))
    assert [profile.paper for profile in profiles] == list(reader.papers())
    assert sum(len(profile.links) for profile in profiles) == reader.rows("SELECT count(*) FROM link")[0][0]
    assert sum(len(profile.results) for profile in profiles) == reader.rows("SELECT count(*) FROM result")[0][0]
    pieces = sum(len(link.evidence) for profile in profiles for link in profile.links)
    assert pieces == reader.rows("SELECT count(*) FROM evidence")[0][0]


def test_a_walk_gives_what_single_questions_give(reader: GraphReader) -> None:
    for profile in walk_papers(reader):
        one = ask(reader, PaperRequest(profile.paper.id))
        assert profile.paper == one.paper
        assert sorted(profile.links, key=lambda link: link.entity_id) == list(profile.links)
        assert set(profile.links) == set(one.links)
        assert profile.results == one.results
