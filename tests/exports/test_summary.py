from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import kg
from kg.exports.summary import summary_html
from kg.questions import entities, stats
from kg.questions.entities import EntitiesRequest
from kg.questions.stats import StatsRequest
from kg.store import GraphReader


class Page(HTMLParser):
    """Collects tags and text, and fails on tags that are not closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert {name for name, _ in attrs} <= {"scope"}
        self.tags.add(tag)
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def test_it_is_a_table_and_nothing_else(any_graph: Path) -> None:
    with GraphReader(any_graph) as reader:
        page = Page(summary_html(reader))
    assert page.tags <= {"table", "caption", "thead", "tbody", "tr", "th", "td"}


def test_it_counts_and_names_what_is_named_most(reader: GraphReader) -> None:
    text = Page(summary_html(reader)).text
    counts = stats.ask(reader, StatsRequest())
    assert f"{counts.papers} papers" in text
    for kind in counts.entities:
        most = entities.ask(reader, EntitiesRequest(kind, limit=1))[0]
        assert f"{most.label} ({most.papers})" in text


def test_names_are_escaped(forbidden_graph: Path) -> None:
    with GraphReader(forbidden_graph) as reader:
        assert "<b>" in entities.ask(reader, EntitiesRequest(limit=1))[0].label
        assert "<b>" not in summary_html(reader)


def test_notebooks_show_it(sample_graph: Path) -> None:
    with kg.open(sample_graph) as graph:
        assert graph._repr_html_() == summary_html(graph.reader)


def test_an_empty_graph_has_one_too(tmp_path: Path) -> None:
    from kg.store.writer import GraphWriter

    GraphWriter(tmp_path / "kg.db").close()
    with GraphReader(tmp_path / "kg.db") as reader:
        assert "0 papers" in Page(summary_html(reader)).text
