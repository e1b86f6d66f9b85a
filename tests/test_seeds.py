"""The five listings of the shared corpus: what is promised of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.building import build_graph
from kg.model import Evidence, Paper, PassageKind
from kg.sources import SourceFile, find_sources, read_source
from kg.store import GraphReader
from kg.text.reading import render

pytestmark = pytest.mark.shared


@pytest.fixture
def seed_reader(seed_graph: Path) -> Iterator[GraphReader]:
    with GraphReader(seed_graph) as opened:
        yield opened


def letters(text: str) -> str:
    """What a cut has in common with its surface, even where the cut alone does not show what is LaTeX in it."""
    return re.sub(r"[\W_]", "", text)


def evidence(reader: GraphReader) -> Iterator[tuple[Paper, Evidence]]:
    for paper in reader.papers():
        for pieces in reader.evidence_of(paper).values():
            for piece in pieces:
                yield paper, piece


def test_388_entries_make_302_papers_and_none_is_lost(seed_graph: Path, shared: Path) -> None:
    summary = build_graph([str(shared / "seeds")], seed_graph)
    assert (summary.entries, summary.papers, summary.rejects, summary.errors) == (388, 302, (), ())


def test_every_entry_names_the_line_of_its_title(shared: Path) -> None:
    for source in find_sources([str(shared / "seeds")]):
        assert isinstance(source, SourceFile)
        assert source.path is not None
        lines = source.path.read_text(encoding="utf-8").split("\n")
        for row in read_source(source):
            assert isinstance(row, Paper)
            assert row.title in lines[int(row.sources[0].rpartition(":")[2]) - 1]


def test_no_title_or_abstract_holds_a_line_of_the_page_around_it(seed_reader: GraphReader) -> None:
    around = re.compile(r"(?i)^subscribe|get trending papers|byAK and the|\u2022 \d+ authors?|^\u00b7$", re.MULTILINE)
    assert [p.title for p in seed_reader.papers() if around.search(p.title) or around.search(p.abstract)] == []


def test_every_piece_of_evidence_cuts_its_surface_out_of_the_stored_text(seed_reader: GraphReader) -> None:
    wrong = []
    for paper, piece in evidence(seed_reader):
        cut = paper.text_at(piece.anchor.place)[piece.anchor.start : piece.anchor.end]
        if not cut or letters(render(cut).text) != letters(piece.surface):
            wrong.append((paper.id, piece, cut))
    assert wrong == []


def test_every_piece_of_evidence_lies_in_its_sentence(seed_reader: GraphReader) -> None:
    for paper, piece in evidence(seed_reader):
        text = paper.text_at(piece.anchor.place)
        assert piece.sentence in text
        assert text[piece.anchor.start : piece.anchor.end] in piece.sentence


def test_every_result_cuts_its_value_out_of_the_stored_text(seed_reader: GraphReader) -> None:
    results = [(paper, result) for paper in seed_reader.papers() for result in seed_reader.results_of(paper)]
    assert results
    for paper, result in results:
        cut = paper.text_at(result.anchor.place)[result.anchor.start : result.anchor.end]
        assert re.sub(r"\D", "", result.value) == re.sub(r"\D", "", cut)
        anchor = result.anchor
        assert anchor.sentence_start <= anchor.start < anchor.end <= anchor.sentence_end


def test_every_link_has_evidence(seed_reader: GraphReader) -> None:
    for paper in seed_reader.papers():
        assert {link.entity_id for link in seed_reader.links_of(paper.id)} == set(seed_reader.evidence_of(paper))


def test_evidence_stands_in_title_and_abstract(seed_reader: GraphReader) -> None:
    assert {piece.passage for _, piece in evidence(seed_reader)} == {PassageKind.TITLE, PassageKind.ABSTRACT}
