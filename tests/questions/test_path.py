from __future__ import annotations

import random

import networkx as nx
import pytest

from kg.errors import NotFoundError
from kg.exports.networkx import to_networkx
from kg.iris import entity_iri, paper_iri
from kg.model import EntityRelation
from kg.questions.path import Path, PathRequest, ask
from kg.questions.things import Thing
from kg.store import GraphReader


def find_path(reader: GraphReader, start: str, end: str) -> Path:
    return ask(reader, PathRequest(start, end))


def iri(thing: Thing) -> str:
    return paper_iri(thing.id) if thing.is_paper else entity_iri(thing.id)


def check(reader: GraphReader, path: Path) -> None:
    """Every step is an edge of the graph, begins where the last ended, and proves itself."""
    graph = to_networkx(reader)
    here = path.start
    for step in path.steps:
        assert step.source == here
        edge = (step.source, step.target) if step.forward else (step.target, step.source)
        data = graph.edges[iri(edge[0]), iri(edge[1]), 0]
        assert data["relation"] == step.relation
        assert data.get("confidence") == step.confidence
        assert (step.evidence is None) == (step.relation == EntityRelation.BROADER)
        here = step.target
    assert here == path.end


def test_it_is_as_short_as_can_be_and_every_step_is_an_edge(reader: GraphReader) -> None:
    graph = to_networkx(reader).to_undirected()
    names = {paper_iri(paper.id): paper.id for paper in reader.papers()}
    names |= {entity_iri(entity.id): entity.id for entity in reader.entities()}
    chosen = random.Random(0)
    for _ in range(40):
        start, end = chosen.sample(sorted(names), 2)
        if nx.has_path(graph, start, end):
            path = find_path(reader, names[start], names[end])
            assert (iri(path.start), iri(path.end)) == (start, end)
            assert len(path.steps) == nx.shortest_path_length(graph, start, end)
            check(reader, path)
        else:
            with pytest.raises(NotFoundError):
                find_path(reader, names[start], names[end])


def test_the_way_back_is_as_long(reader: GraphReader) -> None:
    there, back = find_path(reader, "GRPO", "GSM8K"), find_path(reader, "GSM8K", "GRPO")
    assert len(there.steps) == len(back.steps) > 0


def test_of_equally_short_ways_it_is_the_surest(reader: GraphReader) -> None:
    path = find_path(reader, "PPO", "GSM8K")
    sure = {(link.paper_id, link.entity_id): link.confidence for link in reader.links() if link.relation != "mentions"}
    ways = [
        sure[paper, "method/ppo"] + sure[paper, "benchmark/gsm8k"]
        for paper, entity in sure
        if entity == "method/ppo" and (paper, "benchmark/gsm8k") in sure
    ]
    assert len(ways) > 1
    assert sum(step.confidence or 0 for step in path.steps) == pytest.approx(max(ways))


def test_papers_go_by_their_titles(reader: GraphReader) -> None:
    path = find_path(reader, "Pushing the Limits of Mathematical", "GRPO")
    assert path.start.is_paper
    assert len(path.steps) == 1


def test_two_names_of_one_thing_are_no_steps_apart(reader: GraphReader) -> None:
    path = find_path(reader, "PPO", "Proximal Policy Optimization")
    assert (path.start, path.steps) == (path.end, ())


def test_an_unknown_name_has_suggestions(reader: GraphReader) -> None:
    with pytest.raises(NotFoundError) as caught:
        find_path(reader, "PPO", "GSM8")
    assert "GSM8K" in caught.value.suggestions
