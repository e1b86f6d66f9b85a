"""Writing and reading the graph, with values made here rather than extracted."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kg.building.link import link
from kg.building.unify import unify
from kg.errors import GraphError
from kg.model import (
    Anchor,
    EntityType,
    Extraction,
    LocalEntity,
    LocalResult,
    LocalSlot,
    Mention,
    Paper,
    PassageKind,
    Reject,
    Relation,
    ResultKind,
    Rule,
    Slot,
)
from kg.store import GraphReader
from kg.store.writer import GraphWriter

ONE = Paper("One Title", "We use FooNet here.", date="2024-01-02", author_count=3, sources=("a.txt:1",))
TWO = Paper("Two Title", "Another abstract.", arxiv="2401.00002", sources=("a.txt:9",))
MENTION = Mention(Anchor(1, 7, 13, 0, 19), "FooNet", Rule.SHAPE, Relation.USES, 0.8)
FOONET = LocalEntity("FooNet", EntityType.METHOD, Relation.USES, 0.9, (MENTION,), expansion="Food Network")
RESULT = LocalResult(
    "3%", 3.0, "%", ResultKind.GAIN, LocalSlot("accuracy"), LocalSlot("GSM8K"), LocalSlot("FooNet", 0),
    Anchor(1, 0, 2, 0, 19), 0.5,
)  # fmt: skip


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[GraphWriter]:
    with GraphWriter(tmp_path / "kg.db") as opened:
        yield opened


def fill(writer: GraphWriter, *rows: Paper | Reject, key: str = "k", name: str = "a.txt") -> None:
    writer.replace_source(key, name, "digest", rows)
    unify(writer)


def extract(writer: GraphWriter, extraction: Extraction) -> None:
    writer.store_extractions("v1", [(paper, extraction) for paper in writer.pending("v1")])
    link(writer)


def stored(writer: GraphWriter) -> list[Paper]:
    with GraphReader(writer.path) as reader:
        return list(reader.papers())


def test_papers_come_back_as_they_were_read(writer: GraphWriter) -> None:
    fill(writer, ONE, TWO)
    assert {paper.title: paper.sources for paper in stored(writer)} == {
        "One Title": ("a.txt:1",),
        "Two Title": ("a.txt:9",),
    }
    assert stored(writer)[0].id == "arxiv/2401.00002"
    assert stored(writer)[1].author_count == 3


def test_rejects_are_kept_with_their_place(writer: GraphWriter) -> None:
    fill(writer, ONE, Reject("a.txt", 7, "torn"))
    assert writer.rejects() == [Reject("a.txt", 7, "torn")]
    assert writer.counts() == {"records": 1, "rejects": 1, "papers": 1, "older": 0, "undated": 0}


def test_a_reject_that_quotes_what_no_file_can_hold_is_kept_in_one_line(writer: GraphWriter) -> None:
    fill(writer, ONE, Reject("a.txt", 7, "is no work: A1\ud800\x1b[31m\nB"))
    assert writer.rejects() == [Reject("a.txt", 7, "is no work: A1 [31m B")]


def test_a_source_is_unknown_until_it_is_stored(writer: GraphWriter) -> None:
    assert writer.source_state("k") is None
    fill(writer, ONE)
    state = writer.source_state("k")
    assert state is not None
    assert (state.digest, state.complete) == ("digest", True)


def test_nothing_of_a_source_is_stored_when_reading_it_fails(writer: GraphWriter) -> None:
    def torn() -> Iterator[Paper]:
        yield ONE
        raise OSError("torn")

    with pytest.raises(OSError, match="torn"):
        writer.replace_source("k", "a.txt", "digest", torn())
    assert writer.counts() == {"records": 0, "rejects": 0, "papers": 0, "older": 0, "undated": 0}
    assert writer.source_state("k") is None


def test_a_source_keeps_what_it_said_before_when_reading_it_anew_fails(writer: GraphWriter) -> None:
    fill(writer, ONE)

    def torn() -> Iterator[Paper]:
        yield TWO
        raise OSError("torn")

    with pytest.raises(OSError, match="torn"):
        writer.replace_source("k", "a.txt", "other", torn())
    assert [paper.title for paper in stored(writer)] == ["One Title"]


def test_a_paper_goes_with_its_last_record(writer: GraphWriter) -> None:
    fill(writer, ONE, TWO)
    extract(writer, Extraction((FOONET,)))
    fill(writer, TWO)
    assert [paper.title for paper in stored(writer)] == ["Two Title"]
    with GraphReader(writer.path) as reader:
        assert {row[0] for row in reader.rows("SELECT paper_id FROM extraction")} == {"arxiv/2401.00002"}


def test_a_paper_falls_back_to_its_other_record_when_one_goes(writer: GraphWriter) -> None:
    longer = Paper("One Title", "We use FooNet here, and rather a lot of it.", sources=("a.txt:1",))
    fill(writer, ONE)
    fill(writer, longer, key="other folder's a.txt")
    assert stored(writer)[0].abstract == longer.abstract
    fill(writer, TWO, key="other folder's a.txt")
    assert {paper.abstract for paper in stored(writer)} == {ONE.abstract, TWO.abstract}


@pytest.mark.parametrize(
    "added",
    [
        [Paper("Sheep", "Other sheep.", arxiv="2501.00002")],
        [Paper("Sheep and Goats", "", arxiv="2501.00002", doi="10.1/x")],
        [Paper(f"Title {number}", "", doi="10.1/x") for number in range(3)],
        [Paper("Sheep", "", doi=f"10.2/{number}") for number in range(4)],
    ],
    ids=["another of its title", "another of its DOI", "many of its DOI", "many of its title"],
)
def test_papers_are_again_what_they_were_when_a_source_that_tore_them_apart_goes(
    writer: GraphWriter, added: list[Paper]
) -> None:
    one = [
        Paper("Sheep", "", arxiv="2401.00001"),
        Paper("Sheep", "We count.", doi="10.1/x"),
        Paper("Sheep and Goats", "", doi="10.1/x"),
    ]
    fill(writer, *(replace(paper, sources=(f"a.txt:{n}",)) for n, paper in enumerate(one)))
    before = stored(writer)
    assert len(before) == 1
    fill(writer, *(replace(paper, sources=(f"b.txt:{n}",)) for n, paper in enumerate(added)), key="l", name="b.txt")
    assert len(stored(writer)) > 1
    writer.remove_sources(["l"])
    unify(writer)
    assert stored(writer) == before


def test_a_date_without_its_year_is_completed_from_its_own_source_only(writer: GraphWriter) -> None:
    fill(
        writer,
        Paper("Dated", "x", date="2020-01-01", sources=("a.txt:1",)),
        Paper("Undated", "x", date="--03-04", sources=("a.txt:5",)),
    )
    fill(writer, Paper("Other", "x", date="2024-01-01", sources=("b.txt:1",)), key="b", name="b.txt")
    assert {paper.title: paper.date for paper in stored(writer)} == {
        "Dated": "2020-01-01", "Undated": "2021-03-04", "Other": "2024-01-01",
    }  # fmt: skip


def test_all_papers_are_pending_until_they_are_extracted_with_this_version(writer: GraphWriter) -> None:
    fill(writer, ONE, TWO)
    assert writer.count_pending("v1") == len(list(writer.pending("v1"))) == 2
    writer.store_extractions("v1", [(paper, Extraction()) for paper in writer.pending("v1")])
    assert writer.count_pending("v1") == len(list(writer.pending("v1"))) == 0
    assert writer.count_pending("v2") == 2


def test_a_paper_is_pending_again_when_its_text_changes(writer: GraphWriter) -> None:
    fill(writer, ONE, TWO)
    writer.store_extractions("v1", [(paper, Extraction()) for paper in writer.pending("v1")])
    fill(writer, Paper(ONE.title, "Quite another abstract.", sources=ONE.sources), TWO)
    assert [paper.abstract for paper in writer.pending("v1")] == ["Quite another abstract."]


def test_the_graph_is_linked_only_until_something_new_is_stored(writer: GraphWriter) -> None:
    fill(writer, ONE)
    with writer.relinking("v1"):
        assert not writer.is_linked("v1")
    assert writer.is_linked("v1")
    assert not writer.is_linked("v2")
    fill(writer, ONE, TWO)
    assert not writer.is_linked("v1")


def test_links_evidence_and_results_come_back_as_they_were_found(writer: GraphWriter) -> None:
    fill(writer, ONE)
    extract(writer, Extraction((FOONET,), (RESULT,)))
    with GraphReader(writer.path) as reader:
        (paper,) = reader.papers()
        (link,) = reader.links()
        (piece,) = reader.evidence_of(paper)["method/foonet"]
        assert reader.links_of(paper.id) == [link]
        assert (link.entity_id, link.relation, link.confidence) == ("method/foonet", Relation.USES, 0.9)
        assert (piece.passage, piece.anchor, piece.rule) == (PassageKind.ABSTRACT, MENTION.anchor, Rule.SHAPE)
        assert (piece.sentence, piece.surface) == ("We use FooNet here.", "FooNet")
        (result,) = reader.results_of(paper)
    assert (result.value, result.number, result.unit, result.kind) == ("3%", 3.0, "%", ResultKind.GAIN)
    assert (result.anchor, result.sentence, result.confidence) == (RESULT.anchor, "We use FooNet here.", 0.5)
    assert (result.metric, result.on, result.of) == (Slot("accuracy"), Slot("GSM8K"), Slot("FooNet", "method/foonet"))


def test_an_entity_is_the_same_alone_as_among_all(writer: GraphWriter) -> None:
    fill(writer, ONE)
    qwen = LocalEntity("Qwen2.5-7B", EntityType.MODEL, Relation.USES, 0.9, (), family="model/qwen")
    extract(writer, Extraction((FOONET, qwen)))
    with GraphReader(writer.path) as reader:
        assert [reader.entity(entity.id) for entity in reader.entities()] == list(reader.entities())
        assert reader.entity("method/foonet") is not None
        assert reader.entity("method/nowhere") is None


def test_two_names_of_one_node_in_one_paper_are_one_link_with_the_strongest_relation(writer: GraphWriter) -> None:
    fill(writer, ONE)
    again = LocalEntity("Foo-Net", EntityType.METHOD, Relation.INTRODUCES, 0.5, (), expansion="Food Network")
    extract(writer, Extraction((FOONET, again)))
    with GraphReader(writer.path) as reader:
        (link,) = reader.links()
    assert (link.relation, link.confidence) == (Relation.INTRODUCES, 0.9)


def test_a_relation_fits_the_type_that_all_papers_together_settle_on(writer: GraphWriter) -> None:
    fill(writer, ONE, TWO)
    introduced = LocalEntity("FooNet", EntityType.METHOD, Relation.INTRODUCES, 0.9, (MENTION,))
    misread = LocalEntity("FooNet", EntityType.DATASET, Relation.EVALUATES_ON, 0.9, (MENTION,))
    of_paper = {ONE.title: Extraction((introduced,)), TWO.title: Extraction((misread,))}
    writer.store_extractions("v1", [(paper, of_paper[paper.title]) for paper in writer.pending("v1")])
    link(writer)
    with GraphReader(writer.path) as reader:
        links = {(link.entity_id, link.relation) for link in reader.links()}
    assert links == {("method/foonet", Relation.INTRODUCES), ("method/foonet", Relation.USES)}


@pytest.mark.parametrize(
    ("anchor", "confidence"),
    [
        (Anchor(1, 9, 3, 0, 19), 0.8),
        (Anchor(1, 7, 13, 9, 19), 0.8),
        (Anchor(1, 7, 13, 0, 9), 0.8),
        (Anchor(-1, 7, 13, 0, 19), 0.8),
        (MENTION.anchor, 2.0),
    ],
    ids=["ends before it starts", "before its sentence", "beyond its sentence", "no place", "no probability"],
)
def test_a_row_that_breaks_a_constraint_undoes_the_linking_as_a_whole(
    writer: GraphWriter, anchor: Anchor, confidence: float
) -> None:
    fill(writer, ONE)
    extract(writer, Extraction((FOONET,)))
    bar = LocalEntity("Bar", EntityType.METHOD, Relation.USES, confidence, (replace(MENTION, anchor=anchor),))
    writer.store_extractions("v1", [(stored(writer)[0], Extraction((bar,)))])
    with pytest.raises(GraphError, match="CHECK constraint"):
        link(writer)
    with GraphReader(writer.path) as reader:
        assert [link.entity_id for link in reader.links()] == ["method/foonet"]


def test_readers_see_the_last_complete_step_while_a_build_writes(writer: GraphWriter) -> None:
    fill(writer, ONE)

    def records() -> object:
        with GraphReader(writer.path) as reader:
            return reader.rows("SELECT count(*) FROM record")[0][0]

    def rows() -> Iterator[Paper]:
        yield from [TWO] * 600  # more than is written at a time
        assert records() == 1

    writer.replace_source("other", "b.txt", "digest", rows())
    assert records() == 601


def test_a_second_writer_is_told_that_another_build_is_writing(
    writer: GraphWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.store.database._BUSY_SECONDS", 0.01)
    with GraphWriter(writer.path) as second:

        def rows() -> Iterator[Paper]:
            yield ONE
            with pytest.raises(GraphError, match="another build is writing"):
                second.replace_source("other", "b.txt", "d", [TWO])

        writer.replace_source("k", "a.txt", "digest", rows())


def test_the_full_text_index_follows_every_change(writer: GraphWriter) -> None:
    def find(word: str) -> int:
        with GraphReader(writer.path) as reader:
            return len(reader.rows("SELECT rowid FROM paper_text WHERE paper_text MATCH ?", (f'"{word}"',)))

    fill(writer, ONE, TWO)
    assert (find("foonet"), find("another")) == (1, 1)
    fill(writer, Paper(ONE.title, "Only barnet now.", sources=ONE.sources))
    assert (find("foonet"), find("another"), find("barnet")) == (0, 0, 1)
    connection = sqlite3.connect(writer.path)
    connection.execute("INSERT INTO paper_text (paper_text) VALUES ('integrity-check')")
    connection.close()


@pytest.mark.parametrize("name", ["'; DROP TABLE link;--", '"', "*", "a\0b", "\u202e", "\udcff", "%", "NEAR(", ""])
def test_a_value_is_never_read_as_sql(reader: GraphReader, name: str) -> None:
    assert reader.paper(name) is None
    assert reader.entity(name) is None
    assert reader.rows("SELECT count(*) FROM link")[0] > (0,)


def test_a_graph_is_sound_for_sqlite(sample_graph: Path) -> None:
    connection = sqlite3.connect(sample_graph)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()


def test_a_graph_of_hostile_texts_is_sound_for_sqlite(hostile_graph: Path) -> None:
    connection = sqlite3.connect(hostile_graph)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()
