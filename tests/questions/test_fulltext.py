"""Words that people type, in the full text of papers."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.building import build_graph
from kg.questions.papers import PapersRequest, ask
from kg.store import GraphReader
from tests.samples import jsonl


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Papers of whose titles the letters are written in ways of their own."""
    folder = tmp_path_factory.mktemp("fulltext")
    titles = [
        r"Bridges of Schr{\"o}dinger",
        r"Graphs of Erd{\H{o}}s",
        "Fences of \u0141ukasz",
        r"Bells of {\v S}imon and {\'E}mile",
        "Schr Notes Dinger",
    ]
    rows = [{"title": title, "abstract": "We count."} for title in titles]
    (folder / "papers.jsonl").write_text(jsonl(rows), encoding="utf-8")
    build_graph([str(folder / "papers.jsonl")], folder / "kg.db")
    return folder / "kg.db"


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("Schr\u00f6dinger", "Bridges"),
        ("erd\u0151s graphs", "Graphs"),
        ("\u0141ukasz", "Fences"),
        ("\u0160imon", "Bells"),
        ("\u00c9mile", "Bells"),
        ("Schro\u0308dinger", "Bridges"),
    ],
)
def test_words_are_found_however_their_letters_are_written(words: str, title: str, graph: Path) -> None:
    with GraphReader(graph) as reader:
        (hit,) = ask(reader, PapersRequest(text=words))
        assert hit.paper.title.startswith(title)
