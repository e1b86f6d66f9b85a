from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from kg import view
from kg.building.link import link
from kg.building.unify import unify
from kg.model import (
    Anchor,
    EntityType,
    Extraction,
    LocalEntity,
    LocalResult,
    LocalSlot,
    Mention,
    Paper,
    Relation,
    ResultKind,
    Rule,
)
from kg.questions.entity import profile_entity
from kg.store import GraphReader
from kg.store.writer import GraphWriter
from kg.view import write_view
from kg.view.details import Texts, describe
from kg.view.selection import select
from kg.vocabulary import Vocabulary

NAMES = {
    EntityType.BENCHMARK: "MATH", EntityType.TASK: "planning", EntityType.MODEL: "Qwen-7B",
}  # fmt: skip

LINKED = {"One": (EntityType.BENCHMARK,), "Two": (EntityType.TASK,), "Three": (EntityType.MODEL,)}


def graph(path: Path, linked: Mapping[str, tuple[EntityType, ...]], *, doi: str | None = None) -> GraphReader:
    """Papers, each with the entities that it links and one result, measured on MATH by what it spells "QWEN 7B"."""
    texts = {
        f"{title} names {' and '.join(NAMES[kind] for kind in kinds)}, at 40%.": kinds
        for title, kinds in linked.items()
    }
    with GraphWriter(path) as writer:
        records = [Paper(text.split()[0], text, doi=doi, sources=("papers.txt:1",)) for text in texts]
        writer.replace_source("papers", "papers.txt", "digest", records)
        unify(writer)
        batch = [(paper, extraction(paper.abstract, texts[paper.abstract])) for paper in writer.pending("test")]
        writer.store_extractions("test", batch)
        link(writer, vocabulary=Vocabulary({}, "test"))
    return GraphReader(path)


def extraction(text: str, kinds: tuple[EntityType, ...]) -> Extraction:
    entities = []
    for kind in kinds:
        start = text.index(NAMES[kind])
        end = start + len(NAMES[kind])
        mention = Mention(Anchor(1, start, end, 0, len(text)), NAMES[kind], Rule.SHAPE, Relation.USES, 0.9)
        entities.append(LocalEntity(NAMES[kind], kind, Relation.USES, 0.9, (mention,), None))
    start = text.index("40%")
    slots = (LocalSlot("accuracy"), LocalSlot("MATH"), LocalSlot("QWEN 7B"))
    result = LocalResult("40%", 40.0, "%", ResultKind.ABSOLUTE, *slots, Anchor(1, start, start + 3, 0, len(text)), 0.9)
    return Extraction(tuple(entities), (result,))


def results(reader: GraphReader, texts: Texts) -> dict[str, set[str]]:
    """The entities that each paper's result is shown with."""
    selection = select(reader)
    return {
        selection.papers[result.paper].title: {selection.entities[each].entity.id for each in result.entities}
        for result in texts.results
    }


def test_a_result_is_shown_with_what_its_paper_names(tmp_path: Path) -> None:
    with graph(tmp_path / "kg.db", LINKED) as reader:
        shown = results(reader, describe(reader, select(reader)))
    assert shown == {"One": {"benchmark/math"}, "Two": set(), "Three": {"model/qwen-7b"}}


def test_a_profile_has_the_results_of_papers_that_name_the_entity(tmp_path: Path) -> None:
    with graph(tmp_path / "kg.db", LINKED) as reader:
        profiles = {entity.id: profile_entity(reader, entity.id) for entity in reader.entities()}
    stated = {name: [result.title for result in profile.results] for name, profile in profiles.items() if profile}
    assert stated == {"benchmark/math": ["One"], "task/planning": [], "model/qwen-7b": ["Three"]}


@pytest.mark.parametrize(
    ("doi", "href"),
    [("10.1000/456#789", "https://doi.org/10.1000/456%23789"), ("10.1/a?b c", "https://doi.org/10.1/a%3Fb%20c")],
)
def test_a_doi_is_encoded_in_the_address_that_it_makes(tmp_path: Path, doi: str, href: str) -> None:
    with graph(tmp_path / "kg.db", {"One": (EntityType.TASK,)}, doi=doi) as reader:
        assert describe(reader, select(reader)).hrefs == (href,)


def test_an_entity_leads_to_the_secure_web_alone(tmp_path: Path) -> None:
    with graph(tmp_path / "kg.db", {"One": (EntityType.MODEL,)}) as reader:
        with closing(sqlite3.connect(reader.path)) as other, other:
            for column, addresses in (
                ("homepages", '["https://example.org/qwen", "http://example.org/"]'),
                ("introduced_in", '["https://arxiv.org/abs/2401.00001"]'),
                ("exact_matches", '["https://huggingface.co/q/q", "javascript:alert(1)", "data:text/html,x"]'),
            ):
                other.execute(f"UPDATE entity SET {column} = ?", (addresses,))
        assert describe(reader, select(reader)).links == (
            ("https://example.org/qwen", "https://arxiv.org/abs/2401.00001", "https://huggingface.co/q/q"),
        )


def test_a_build_that_commits_meanwhile_changes_nothing(
    reader: GraphReader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lose_and_describe(*arguments: Any) -> Texts:
        with closing(sqlite3.connect(reader.path)) as other, other:
            for table in ("evidence", "result", "link"):
                other.execute(f"DELETE FROM {table}")
        return describe(*arguments)

    write_view(reader, tmp_path / "before.html")
    monkeypatch.setattr(view, "describe", lose_and_describe)
    write_view(reader, tmp_path / "kg.html")
    assert (tmp_path / "kg.html").read_bytes() == (tmp_path / "before.html").read_bytes()
