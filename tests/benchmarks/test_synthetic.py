from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.synthetic import synthetic_papers, write_synthetic
from kg.questions import entities, papers, stats
from kg.questions.entities import EntitiesRequest
from kg.questions.papers import PapersRequest
from kg.questions.stats import StatsRequest
from kg.store import GraphReader

PAPERS = 300


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("synthetic") / "kg.db"
    write_synthetic(path, PAPERS)
    return path


def test_every_offset_cuts_out_the_surface(graph: Path) -> None:
    with GraphReader(graph) as reader:
        for paper in reader.papers():
            for pieces in reader.evidence_of(paper).values():
                for piece in pieces:
                    assert paper.text_at(piece.anchor.place)[piece.anchor.start : piece.anchor.end] == piece.surface
                    assert piece.surface in piece.sentence
            for result in reader.results_of(paper):
                assert paper.text_at(result.anchor.place)[result.anchor.start : result.anchor.end] == result.value


def test_the_graph_is_as_large_as_asked_and_answers(graph: Path) -> None:
    with GraphReader(graph) as reader:
        counts = stats.ask(reader, StatsRequest())
        assert counts.papers == PAPERS
        assert 5 <= sum(counts.links.values()) / PAPERS <= 8
        most = entities.ask(reader, EntitiesRequest())
        assert most[0].papers > 10 * most[len(most) // 2].papers
        assert papers.ask(reader, PapersRequest(entity=(most[0].label,), exact=True))


def test_sizes_stand_below_their_families(graph: Path) -> None:
    with GraphReader(graph) as reader:
        assert reader.rows(
            "SELECT child FROM broader JOIN entity ON id = child WHERE NOT known AND child LIKE 'model/%'"
        )


def test_the_same_seed_gives_the_same_papers() -> None:
    assert list(synthetic_papers(20, seed=3)) == list(synthetic_papers(20, seed=3))
    assert list(synthetic_papers(20, seed=3)) != list(synthetic_papers(20, seed=4))
