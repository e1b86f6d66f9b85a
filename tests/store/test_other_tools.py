"""The graph file in other people's tools: sqlite-utils and Datasette find what is in it without being told."""

from __future__ import annotations

import asyncio
import json
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from kg.store import GraphReader
from tests.conftest import ROOT

sqlite_utils = pytest.importorskip("sqlite_utils")
VIEWS = ("entity_counts", "paper_entities", "paper_evidence", "paper_results", "passage")


@pytest.fixture
def copied(sample_graph: Path, tmp_path: Path) -> Path:
    """The graph as one file, as somebody hands it on."""
    return Path(shutil.copy(sample_graph, tmp_path / "kg.db"))


def test_sqlite_utils_finds_the_full_text_index_and_searches_it(copied: Path) -> None:
    papers = sqlite_utils.Database(copied)["paper"]
    assert papers.detect_fts() == "paper_text"
    found = [row["title"] for row in papers.search("reward")]
    assert found
    with GraphReader(copied) as reader:
        titles = {paper.title for paper in reader.papers() if "reward" in f"{paper.title} {paper.abstract}".lower()}
    assert set(found) <= titles


def test_the_full_text_index_still_follows_the_papers(copied: Path) -> None:
    database = sqlite_utils.Database(copied)
    database["paper"].update(1, {"title": "Zymurgy of sheep"})
    assert [row["title"] for row in database["paper"].search("zymurgy")] == ["Zymurgy of sheep"]


def test_views_answer_what_people_ask(sample_graph: Path) -> None:
    with GraphReader(sample_graph) as reader:
        assert (
            tuple(n for (n,) in reader.rows("SELECT name FROM sqlite_master WHERE type = 'view' ORDER BY 1")) == VIEWS
        )
        linked = "SELECT paper_id, entity_id, label, relation FROM link JOIN entity ON id = entity_id ORDER BY 1, 2"
        assert reader.rows("SELECT paper_id, entity_id, entity, relation FROM paper_entities ORDER BY 1, 2") == (
            reader.rows(linked)
        )
        papers = {paper.id: paper for paper in reader.papers()}
        proofs = reader.rows("SELECT paper_id, entity_id, sentence, field, start_offset FROM paper_evidence")
        assert len(proofs) == reader.rows("SELECT count(*) FROM evidence")[0][0]
        for paper_id, entity_id, sentence, field, start in proofs:
            pieces = reader.evidence_of(papers[paper_id])[entity_id]
            assert (sentence, field, start) in {(e.sentence, e.passage, e.anchor.start) for e in pieces}
        stated = reader.rows("SELECT paper_id, value, sentence FROM paper_results ORDER BY 1, field DESC, start_offset")
        assert stated == [
            (paper.id, r.value, r.sentence) for paper in papers.values() for r in reader.results_of(paper)
        ]
        assert reader.rows("SELECT count(*) FROM paper_results WHERE measured_on_entity IS NOT NULL")[0][0] > 0
        counted = "SELECT entity_id, count(*) FROM link GROUP BY 1 ORDER BY 1"
        assert reader.rows("SELECT id, papers FROM entity_counts WHERE papers ORDER BY id") == reader.rows(counted)


def test_a_file_in_a_folder_that_nobody_can_write_to_opens_as_immutable(copied: Path) -> None:
    """As the page on exports tells owners of other programs to open it; the log is emptied when a build ends."""
    assert [path.name for path in copied.parent.iterdir()] == ["kg.db"]
    database = sqlite3.connect(f"{copied.as_uri()}?immutable=1", uri=True)
    assert database.execute("SELECT count(*) FROM paper_entities").fetchone() > (0,)
    database.close()
    assert [path.name for path in copied.parent.iterdir()] == ["kg.db"]


def ask_datasette(path: Path, *urls: str) -> list[dict[str, Any]]:
    """What Datasette answers, as JSON, with the settings that ship as an example."""
    datasette = pytest.importorskip("datasette.app")
    metadata = json.loads((ROOT / "examples" / "datasette.json").read_text(encoding="utf-8"))

    async def ask() -> list[dict[str, Any]]:
        app = datasette.Datasette([], immutables=[str(path)], metadata=metadata)
        await app.invoke_startup()
        answers = []
        for url in urls:
            answer = await app.client.get(url)
            assert answer.status_code == 200, answer.text
            answers.append(answer.json())
        return answers

    return asyncio.run(ask())


def test_datasette_searches_papers(copied: Path) -> None:
    everything, found = ask_datasette(
        copied, "/kg/paper.json?_shape=objects&_size=1", "/kg/paper.json?_search=reward+model&_shape=objects"
    )
    assert 0 < found["filtered_table_rows_count"] < everything["filtered_table_rows_count"]
    assert all("reward" in f"{row['title']} {row['abstract']}".lower() for row in found["rows"])


def test_datasette_shows_titles_and_labels_for_what_rows_refer_to(copied: Path) -> None:
    links, results = ask_datasette(
        copied,
        "/kg/link.json?_shape=objects&_labels=on",
        "/kg/result.json?_shape=objects&_labels=on&measured_on_id__notnull=1",
    )
    with GraphReader(copied) as reader:
        titles = {paper.id: paper.title for paper in reader.papers()}
        labels = {entity.id: entity.label for entity in reader.entities()}
    for row in links["rows"]:
        assert row["paper_id"]["label"] == titles[row["paper_id"]["value"]]
        assert row["entity_id"]["label"] == labels[row["entity_id"]["value"]]
    assert {row["measured_on_id"]["label"] for row in results["rows"]} <= set(labels.values())


def test_the_settings_for_datasette_speak_of_what_is_there(sample_graph: Path) -> None:
    metadata = json.loads((ROOT / "examples" / "datasette.json").read_text(encoding="utf-8"))
    with GraphReader(sample_graph) as reader:
        for name, settings in metadata["databases"]["kg"]["tables"].items():
            columns = {row[1] for row in reader.rows(f"PRAGMA table_info({name})")}
            named = {settings.get(key) for key in ("label_column", "sort_desc")} - {None} | {
                *settings.get("facets", ())
            }
            assert named <= columns, name


def test_datasette_has_a_page_for_every_table_and_view(copied: Path) -> None:
    with GraphReader(copied) as reader:
        kinds = "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'paper_text_%'"
        names = [name for (name,) in reader.rows(kinds)]
    answers = ask_datasette(copied, *(f"/kg/{name}.json?_shape=objects&_labels=on&_size=5" for name in names))
    assert [answer["table"] for answer in answers] == names


def test_references_name_the_column_that_they_lead_to(sample_graph: Path) -> None:
    with GraphReader(sample_graph) as reader:
        for (table,) in reader.rows("SELECT name FROM sqlite_master WHERE type = 'table'"):
            assert all(row[4] is not None for row in reader.rows(f"PRAGMA foreign_key_list({table})")), table
