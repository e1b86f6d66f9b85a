from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kg.building import build_graph
from kg.errors import KgError
from kg.questions.papers import PapersRequest, ask, ask_and_count, count_unknown
from kg.store import GraphReader
from tests.samples import jsonl

ROW: dict[str, object] = {"abstract": "We evaluate on GSM8K.", "date": "2024"}
PAPERS: tuple[dict[str, object], ...] = (
    {"title": "Of Jane", "authors": ["Jane Smith", "Bo Berg"], "venue": "NeurIPS 2024", "type": "journal-article",
     "categories": ["cs.CL", "stat.ML"], "keywords": ["Reward Models", "Ärger"]},
    {"title": "Of J", "authors": ["J. Smith"], "venue": "Proceedings of the 62nd Annual Meeting of the ACL",
     "type": "proceedings-article", "categories": ["cs.LG", "csx"], "keywords": ["reward modelling"]},
    {"title": "Of John", "authors": [{"name": "John Smith", "orcid": "0000-0002-1825-0097"}], "venue": "NAACL",
     "categories": ["CS.cl"]},
    {"title": "Of Müller", "authors": ["Käthe Müller", "Jane O'Hara"]},
    {"title": "Of nobody"},
)  # fmt: skip


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stated")
    (folder / "papers.jsonl").write_text(jsonl(ROW | paper for paper in PAPERS))
    build_graph([str(folder / "papers.jsonl")], folder / "kg.db")
    return folder / "kg.db"


def found(graph: Path, **wanted: object) -> set[str]:
    with GraphReader(graph) as reader:
        return {hit.paper.title.removeprefix("Of ") for hit in ask(reader, PapersRequest(**wanted))}  # type: ignore[arg-type]


def unknown(graph: Path, **wanted: object) -> dict[str, int]:
    with GraphReader(graph) as reader:
        return count_unknown(reader, PapersRequest(**wanted))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "titles"),
    [
        ("Smith", {"Jane", "J", "John"}),
        ("Jane Smith", {"Jane"}),
        ("J. Smith", {"Jane", "J", "John"}),
        ("muller", {"Müller"}),
        ("K. Müller", {"Müller"}),
        ("ohara", {"Müller"}),
        ("0000-0002-1825-0097", {"John"}),
        ("Jane", set()),
        ("Nobody", set()),
    ],
)
def test_papers_are_found_by_an_author(graph: Path, name: str, titles: set[str]) -> None:
    assert found(graph, author=name) == titles


def test_of_several_authors_all_wrote_it(graph: Path) -> None:
    assert found(graph, author=("Smith", "Berg")) == {"Jane"}


@pytest.mark.parametrize(
    ("venue", "titles"), [("neurips", {"Jane"}), ("ACL", {"J"}), ("annual meet", {"J"}), ("NeurIPS 2023", set())]
)
def test_papers_are_found_by_words_of_the_venue(graph: Path, venue: str, titles: set[str]) -> None:
    assert found(graph, venue=venue) == titles


@pytest.mark.parametrize(
    ("wanted", "titles"),
    [
        ({"type": "article"}, {"Jane"}),
        ({"type": "conference-paper"}, {"J"}),
        ({"category": "cs.CL"}, {"Jane", "John"}),
        ({"category": "cs"}, {"Jane", "J", "John"}),
        ({"category": 'c"s'}, set()),
        ({"keyword": "reward-model"}, {"Jane"}),
        ({"keyword": "arger"}, {"Jane"}),
        ({"keyword": "reward"}, set()),
    ],
)
def test_papers_are_found_by_type_and_subject(graph: Path, wanted: dict[str, str], titles: set[str]) -> None:
    assert found(graph, **wanted) == titles


def test_papers_that_state_no_such_thing_are_counted(graph: Path) -> None:
    assert unknown(graph, author="Smith") == {"no authors": 1}
    assert unknown(graph, author="Jane Smith") == {
        "no authors": 1,
        "an author whose initials may be those of Jane Smith": 1,
    }
    assert unknown(graph, venue="ACL") == {"no venue": 2}
    assert unknown(graph, type="article", author="Smith") == {"no type": 1}
    assert unknown(graph, keyword="x", category="cs", since="2024-06") == {}


def test_the_answer_and_the_count_are_of_one_search(graph: Path) -> None:
    request = PapersRequest(venue="ACL", benchmark=("GSM8K",))
    with GraphReader(graph) as reader:
        assert ask_and_count(reader, request) == (ask(reader, request), count_unknown(reader, request))


@pytest.mark.parametrize("wanted", [{"author": "?"}, {"venue": "-"}, {"category": " "}, {"keyword": "--"}])
def test_what_has_no_word_is_refused(graph: Path, wanted: dict[str, str]) -> None:
    with pytest.raises(KgError, match="give"):
        found(graph, **wanted)


def test_a_type_that_is_none_names_those_there_are(graph: Path) -> None:
    with pytest.raises(KgError, match="conference-paper"):
        found(graph, type="poem")


def test_a_graph_of_before_such_fields_has_papers_of_unknown_authors(graph: Path, tmp_path: Path) -> None:
    old = tmp_path / "old.db"
    shutil.copy(graph, old)
    with closing(sqlite3.connect(old)) as db, db:
        for field in ("authors", "venue", "type", "categories", "keywords", "urls", "status", "repositories"):
            for table in ("record", "paper"):
                db.execute(f"ALTER TABLE {table} DROP COLUMN {field}")
    wanted = {"author": "Smith", "venue": "ACL", "type": "article", "category": "cs", "keyword": "x"}
    for field, value in wanted.items():
        assert found(old, **{field: value}, benchmark="GSM8K") == set()
        assert list(unknown(old, **{field: value}, benchmark="GSM8K").values()) == [len(PAPERS)]
