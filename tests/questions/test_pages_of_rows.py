"""Questions that pages ask: a part of the rows, with how many there are."""

from __future__ import annotations

import pytest

from kg.errors import NotFoundError
from kg.model import EntityType, Relation
from kg.questions import author, entities, entity, naming, overview, papers, related, similar, standings
from kg.questions.paper_order import PaperOrder
from kg.questions.papers import PapersRequest
from kg.store import GraphReader


def test_pages_of_papers_are_the_whole_in_pieces(reader: GraphReader) -> None:
    request = PapersRequest(benchmark=("GSM8K",))
    whole = papers.ask(reader, request)
    pieces = [
        hit
        for skip in range(0, len(whole), 4)
        for hit in papers.ask_page(reader, PapersRequest(benchmark=("GSM8K",), limit=4, offset=skip)).hits
    ]
    assert tuple(pieces) == whole
    assert papers.ask_page(reader, PapersRequest(benchmark=("GSM8K",), limit=1)).total == len(whole)


@pytest.mark.parametrize("order", PaperOrder)
def test_papers_come_in_the_order_that_is_asked_for(reader: GraphReader, order: PaperOrder) -> None:
    hits = papers.ask_page(reader, PapersRequest(benchmark=("GSM8K",)), order).hits
    dates = [hit.paper.date for hit in hits if hit.paper.date]
    expected = {
        PaperOrder.NEWEST: dates == sorted(dates, reverse=True),
        PaperOrder.OLDEST: dates == sorted(dates),
        PaperOrder.TITLE: [h.paper.title for h in hits] == sorted((h.paper.title for h in hits), key=str.lower),
        PaperOrder.SUREST: [h.confidence for h in hits] == sorted((h.confidence or 0 for h in hits), reverse=True),
    }
    assert expected[order]


def test_pages_of_entities_are_the_whole_in_pieces(reader: GraphReader) -> None:
    whole = entities.ask(reader, entities.EntitiesRequest(EntityType.MODEL))
    page = naming.ask_page(reader, entities.EntitiesRequest(EntityType.MODEL, limit=5), skip=5)
    assert page.entities == whole[5:10]
    assert page.total == len(whole)


def test_entities_are_found_by_how_a_name_begins_aliases_included(reader: GraphReader) -> None:
    found = naming.ask_page(reader, entities.EntitiesRequest(), begins="grade school")
    assert "GSM8K" in {each.label for each in found.entities}


def test_what_most_papers_name_and_their_counts_agree_with_the_list(reader: GraphReader) -> None:
    counts = naming.paper_counts(reader)
    for kind, found in naming.most_named(reader, 5).items():
        assert found == tuple(
            entities.EntityCount(each.id, each.label, each.type, each.papers)
            for each in entities.ask(reader, entities.EntitiesRequest(kind, limit=5))
        )
        assert all(counts[each.id] == each.papers for each in found)


@pytest.mark.parametrize("name", ["GSM8K", "PPO", "Qwen2.5", "GRPO"])
def test_an_overview_agrees_with_all_about_an_entity(reader: GraphReader, name: str) -> None:
    seen = overview.ask(reader, overview.OverviewRequest(name))
    every = entity.ask(reader, entity.EntityRequest(name))
    assert seen.entity == every.entity
    assert sorted(each.label for each in seen.ancestors) == sorted(every.ancestors)
    assert seen.all_members == len(every.members)
    assert seen.relations == {relation: len(found) for relation, found in every.papers_by_relation.items()}
    assert seen.papers == len({paper for found in every.papers_by_relation.values() for paper, _ in found})


def test_an_exact_overview_counts_papers_of_the_thing_itself(reader: GraphReader) -> None:
    exact = overview.ask(reader, overview.OverviewRequest("PPO", exact=True))
    assert exact.papers < overview.ask(reader, overview.OverviewRequest("PPO")).papers
    assert exact.papers == naming.paper_counts(reader)["method/ppo"]
    with pytest.raises(NotFoundError):
        overview.ask(reader, overview.OverviewRequest("no such thing"))


def test_companions_are_what_is_related(reader: GraphReader) -> None:
    request = related.RelatedRequest("GSM8K", limit=10)
    found = related.companions(reader, request, naming.paper_counts(reader))
    assert [(each.entity, each.shared) for each in found] == [
        (each.entity, each.shared) for each in related.ask(reader, request)
    ]


def test_the_boards_of_a_benchmark_are_its_leaderboards(reader: GraphReader) -> None:
    every = entity.ask(reader, entity.EntityRequest("GSM8K")).boards
    found = standings.ask(reader, standings.BoardRequest("GSM8K"))
    assert len(found.all) == len(every)
    ranked = [
        standings.ask(reader, standings.BoardRequest("GSM8K", each.metric, each.split)).board for each in found.all
    ]
    assert sorted(map(repr, ranked)) == sorted(map(repr, every))
    assert found.board == ranked[0]
    with pytest.raises(NotFoundError):
        standings.ask(reader, standings.BoardRequest("GSM8K", "metric/none"))


def test_results_of_an_entity_come_a_page_at_a_time(reader: GraphReader) -> None:
    total = overview.ask(reader, overview.OverviewRequest("GSM8K")).results
    whole = standings.results_page(reader, "benchmark/gsm8k", limit=1_000)
    assert len(whole) == total
    assert standings.results_page(reader, "benchmark/gsm8k", limit=2, skip=1) == whole[1:3]


def test_papers_are_like_those_that_name_the_same_rare_things(reader: GraphReader) -> None:
    paper = papers.ask(reader, PapersRequest(method=("GRPO",), benchmark=("GSM8K",)))[0].paper
    found = similar.ask(reader, similar.SimilarRequest(paper.id))
    assert paper.id not in {each.paper.id for each in found}
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)
    own = {link.entity_id for link in reader.links_of(paper.id)}
    for each in found:
        assert 0 < each.shared <= len(own & {link.entity_id for link in reader.links_of(each.paper.id)})
    assert similar.ask(reader, similar.SimilarRequest("title/none")) == ()


def test_somebody_is_all_their_papers_by_all_their_names(authored_graph: object) -> None:
    with GraphReader(authored_graph) as reader:  # type: ignore[arg-type]
        found = author.ask(reader, author.AuthorRequest("apple"))
        assert (found.names, found.papers, found.orcids) == (("Ada Apple",), 1, ("0000-0002-1825-0097",))
        assert [each.name for each in found.coauthors] == ["Bo Berry", "Flock Collaboration"]
        assert found.years == {"2024": 1}
        assert "PPO" in {each.label for each in found.entities}
        with pytest.raises(NotFoundError):
            author.ask(reader, author.AuthorRequest("Nobody"))


def test_relations_are_counted_in_their_order(reader: GraphReader) -> None:
    relations = list(overview.ask(reader, overview.OverviewRequest("PPO")).relations)
    assert relations == [each for each in Relation if each in relations]
