"""What is about the work of others introduces and measures nothing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from kg.building import build_graph
from kg.model import Relation
from kg.store import GraphReader
from tests.samples import jsonl

WORK = "We introduce ZorpRL, a method for rooms. ZorpRL gets 81.2% on GSM8K."


def said(tmp_path: Path, *papers: Mapping[str, object]) -> tuple[list[set[Relation]], list[int]]:
    """What each paper does with all that it names, and how many results it has."""
    (tmp_path / "papers.jsonl").write_text(jsonl(papers))
    build_graph([str(tmp_path / "papers.jsonl")], tmp_path / "kg.db")
    with GraphReader(tmp_path / "kg.db") as reader:
        found = sorted(reader.papers(), key=lambda paper: paper.sources)
        return (
            [{link.relation for link in reader.links_of(paper.id)} for paper in found],
            [len(reader.results_of(paper)) for paper in found],
        )


def test_notices_and_volumes_mention_what_they_name(tmp_path: Path) -> None:
    titles = ("Erratum to: ZorpRL: Rooms", "Retraction Note: ZorpRL: Rooms", "Proceedings of the 3rd Workshop on Rooms")
    relations, results = said(tmp_path, *({"title": title, "abstract": WORK} for title in titles))
    assert relations == [{Relation.MENTIONS}] * 3
    assert results == [0, 0, 0]


@pytest.mark.parametrize("title", ["RETRACTED: ZorpRL: Rooms", "ZorpRL: Rooms"])
def test_a_retracted_paper_keeps_what_it_states(tmp_path: Path, title: str) -> None:
    relations, results = said(tmp_path, {"title": title, "abstract": WORK})
    assert Relation.INTRODUCES in relations[0]
    assert results == [1]


def test_why_a_paper_was_withdrawn_is_no_statement_of_it(tmp_path: Path) -> None:
    notice = "This paper has been withdrawn due to errors in the evaluation on GSM8K."
    relations, _ = said(tmp_path, {"title": "ZorpRL: Rooms With PPO", "abstract": notice})
    assert relations[0] <= {Relation.MENTIONS}


def test_what_only_a_notice_introduces_decides_no_type(tmp_path: Path) -> None:
    erratum = {"title": "Erratum to: Rooms", "abstract": "We introduce ZorpRL, a benchmark for rooms."}
    paper = {"title": "Tidy Rooms", "abstract": "We introduce ZorpRL, a method for rooms."}
    said(tmp_path, erratum, paper)
    with GraphReader(tmp_path / "kg.db") as reader:
        assert [entity.id for entity in reader.entities() if entity.label == "ZorpRL"] == ["method/zorprl"]
