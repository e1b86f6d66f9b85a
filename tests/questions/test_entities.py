from __future__ import annotations

import pytest

from kg.errors import NotFoundError
from kg.model import EntityType, Relation
from kg.questions import entities, stats
from kg.questions.entities import EntitiesRequest, EntityCount, EntityOrder
from kg.questions.entity import EntityRequest, profile_entity
from kg.questions.entity import ask as ask_entity
from kg.store import GraphReader


def list_entities(reader: GraphReader, **asked: object) -> tuple[EntityCount, ...]:
    return entities.ask(reader, EntitiesRequest(**asked))  # type: ignore[arg-type]


def test_entities_come_with_the_most_named_first(reader: GraphReader) -> None:
    counts = [entity.papers for entity in list_entities(reader)]
    assert counts == sorted(counts, reverse=True)
    assert counts[-1] >= 1


def test_entities_come_by_name_when_asked(reader: GraphReader) -> None:
    labels = [entity.label.lower() for entity in list_entities(reader, sort=EntityOrder.NAME)]
    assert labels == sorted(labels)


@pytest.mark.parametrize("kind", EntityType)
def test_entities_are_of_the_type_that_was_asked_for(reader: GraphReader, kind: EntityType) -> None:
    found = list_entities(reader, type=kind)
    assert found
    assert {entity.type for entity in found} == {kind}


def test_entities_are_at_most_as_many_as_asked(reader: GraphReader) -> None:
    assert list_entities(reader, limit=3) == list_entities(reader)[:3]


def test_an_entity_counts_the_papers_that_link_to_it(reader: GraphReader) -> None:
    links = [link.entity_id for link in reader.links()]
    assert {entity.id: entity.papers for entity in list_entities(reader)} == {i: links.count(i) for i in set(links)}


def test_an_entity_names_the_paper_that_introduces_it(reader: GraphReader) -> None:
    introduced = {link.entity_id: link.paper_id for link in reader.links() if link.relation is Relation.INTRODUCES}
    assert {e.id for e in list_entities(reader) if e.introduced_by} == set(introduced)


def test_a_profile_tells_the_families_above_nearest_first(reader: GraphReader) -> None:
    by_id = {entity.id: entity for entity in reader.entities()}
    chains = [(e, by_id[e.broader[0]]) for e in by_id.values() if len(e.broader) == 1 and by_id[e.broader[0]].broader]
    assert chains
    for entity, parent in chains:
        profile = profile_entity(reader, entity.id)
        assert profile.ancestors[0] == parent.label
        assert set(profile.ancestors[1:]) >= {by_id[above].label for above in parent.broader}


def test_a_profile_counts_the_papers_of_the_whole_family(reader: GraphReader) -> None:
    profile = profile_entity(reader, "model/qwen")
    named = {paper for papers in profile.papers_by_relation.values() for paper, _ in papers}
    family = {member.id for member in profile.members} | {"model/qwen"}
    assert named == {link.paper_id for link in reader.links() if link.entity_id in family}


def test_a_profile_has_its_relations_strongest_first(reader: GraphReader) -> None:
    profile = profile_entity(reader, "method/ppo")
    assert list(profile.papers_by_relation) == [r for r in Relation if r in profile.papers_by_relation]


def test_neighbours_are_never_of_the_family_itself(reader: GraphReader) -> None:
    profile = profile_entity(reader, "model/qwen")
    assert profile.neighbours
    assert not {n.id for n in profile.neighbours} & ({m.id for m in profile.members} | {"model/qwen"})


def test_there_is_no_profile_of_what_is_not_there(reader: GraphReader) -> None:
    with pytest.raises(NotFoundError):
        profile_entity(reader, "'; DROP TABLE entity;--")


def test_counts_are_those_of_what_the_graph_holds(reader: GraphReader) -> None:
    counts = stats.ask(reader, stats.StatsRequest())
    papers, links = list(reader.papers()), list(reader.links())
    assert (counts.papers, counts.records, counts.rejects, counts.sources) == (len(papers), 67, 0, 1)
    assert sum(counts.links.values()) == len(links)
    assert sum(counts.entities.values()) == len({link.entity_id for link in links})
    assert counts.evidence == sum(len(pieces) for paper in papers for pieces in reader.evidence_of(paper).values())
    assert counts.results == sum(len(reader.results_of(paper)) for paper in papers)
    assert (counts.first_date, counts.last_date) == (
        min(p.date or "9" for p in papers),
        max(p.date or "" for p in papers),
    )


def test_counts_name_every_type_and_relation(reader: GraphReader) -> None:
    counts = stats.ask(reader, stats.StatsRequest())
    assert list(counts.entities) == list(EntityType)
    assert list(counts.links) == list(Relation)


def test_an_entity_is_profiled_by_any_of_its_names(reader: GraphReader) -> None:
    assert ask_entity(reader, EntityRequest("Proximal Policy Optimization")) == profile_entity(reader, "method/ppo")
