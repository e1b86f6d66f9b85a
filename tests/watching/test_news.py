"""What a watch tells: all that is new, once, whatever is rebuilt meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kg.building import build_graph, curate_graph, remove_sources
from kg.errors import WatchError
from kg.linking.rules import Rename
from kg.store import GraphReader
from kg.watching.news import News, all_of_paper
from kg.watching.running import forget_watch, run_watches, start_watch
from kg.watching.told import default_told, read_told
from kg.watching.watches import add_watch, watch_of
from tests.samples import FULL_TEXTS, SMALL_PAPERS, jsonl

MARCH, APRIL = datetime(2025, 3, 1, 12, tzinfo=UTC), datetime(2025, 4, 1, tzinfo=UTC)
GSM8K = watch_of("math", {"benchmark": ["GSM8K"]})


class Desk:
    """A graph with its watches in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.db, self.path = folder, folder / "kg.db", folder / "kg.watches.toml"

    def put(self, name: str, *papers: dict[str, object], moment: datetime = MARCH) -> None:
        (self.folder / name).write_text(jsonl(papers), encoding="utf-8")
        build_graph([str(self.folder / name)], self.db, moment=moment)

    def put_full(self, *names: str) -> None:
        for name in names:
            (self.folder / name).write_text(FULL_TEXTS[name], encoding="utf-8")
        build_graph([str(self.folder / name) for name in names], self.db, moment=APRIL)

    def watch(self, start: str = "here") -> None:
        with GraphReader(self.db) as reader:
            start_watch(self.path, GSM8K, reader, start)

    def run(self, **options: object) -> News:
        with GraphReader(self.db) as reader:
            (news,) = run_watches(reader, self.path, lambda _: None, **options)  # type: ignore[arg-type]
        return news


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.put("a.jsonl", *SMALL_PAPERS[:1])
    return desk


def titles(news: News) -> list[str]:
    return [each.paper.title for each in news.papers]


def test_what_comes_after_is_told_once(desk: Desk) -> None:
    desk.watch()
    assert desk.run().papers == ()
    desk.put("b.jsonl", *SMALL_PAPERS[1:], moment=APRIL)
    news = desk.run()
    assert titles(news) == ["Slow Sums"]
    (paper,) = news.papers
    assert paper.is_new
    assert paper.first_came == paper.last_came == "2025-04-01T00:00:00Z"
    assert [(link.label, link.relation) for link in paper.links] == [("GSM8K", "evaluates_on")]
    assert paper.links[0].sentence.startswith("We train Llama 2")
    assert desk.run().papers == ()


def test_a_watch_begins_here_at_the_start_or_at_a_date(desk: Desk) -> None:
    desk.put("b.jsonl", SMALL_PAPERS[1], moment=APRIL)
    for start, told in (
        ("here", []),
        ("start", ["Arithmetic With Patience", "Slow Sums"]),
        ("2025-03-15", ["Slow Sums"]),
    ):
        desk.watch(start)
        assert titles(desk.run()) == told
        forget_watch(desk.path, "math")
    with pytest.raises(WatchError, match="nowhere to begin"):
        desk.watch("spring")


def test_results_and_records_come_with_the_papers_that_state_them(desk: Desk) -> None:
    desk.watch()
    desk.put_full("tidewater.md")
    (tidewater,) = desk.run().papers
    assert {claim.of for claim in tidewater.results} >= {"Tidewater"}
    desk.put_full("tidewater.md", "undertow.md")
    news = desk.run()
    (undertow,) = news.papers
    (record,) = undertow.records
    assert (record.claim.of, record.score, record.before) == ("Undertow", 80.1, 78.2)
    assert news.counts["records"] == 1


def test_a_known_paper_that_says_more_is_told_as_more(desk: Desk) -> None:
    desk.put("c.jsonl", {"title": "Undertow: Replay That Forgets", "abstract": "Unlike GSM8K.", "arxiv": "2503.00022"})
    desk.watch()
    desk.put_full("undertow.md")
    (news,) = desk.run().papers
    assert not news.is_new
    assert news.links
    assert news.results


def test_a_graph_that_is_built_from_nothing_tells_nothing_again(desk: Desk) -> None:
    desk.watch("start")
    assert desk.run().papers
    desk.db.unlink()
    desk.put("a.jsonl", *SMALL_PAPERS[:1], moment=APRIL)
    assert desk.run().papers == ()


def test_a_paper_that_went_and_came_back_is_not_told_again(desk: Desk) -> None:
    desk.put("b.jsonl", SMALL_PAPERS[1])
    desk.watch("start")
    desk.run()
    remove_sources([str(desk.folder / "b.jsonl")], desk.db)
    desk.run()
    desk.put("b.jsonl", SMALL_PAPERS[1], moment=APRIL)
    assert desk.run().papers == ()


@pytest.mark.parametrize("anew", [False, True], ids=["grown", "built anew"])
def test_a_paper_whose_id_moved_is_not_told_again(desk: Desk, anew: bool) -> None:
    paper: dict[str, object] = {"title": "Sheep by Number", "abstract": "We evaluate on GSM8K."}
    desk.put("b.jsonl", paper)
    desk.watch("start")
    desk.run()
    if anew:
        desk.db.unlink()
    desk.put("b.jsonl", {**paper, "arxiv": "2501.00099"}, moment=APRIL)
    assert "Sheep by Number" not in titles(desk.run())


def test_an_entity_whose_id_moved_is_not_told_again(desk: Desk) -> None:
    desk.watch("start")
    desk.run()
    curate_graph(Rename("benchmark/gsm8k", "Grade School Sums"), desk.db)
    news = desk.run()
    assert (news.papers, news.remarks) == ((), ())


def test_a_result_of_which_more_is_read_later_is_not_told_again(desk: Desk) -> None:
    from tests.store.test_database import raw

    desk.put_full("tidewater.md")
    raw(desk.db, "UPDATE result SET metric = NULL, metric_id = NULL, achieved_by = NULL, achieved_by_id = NULL")
    desk.watch()
    raw(desk.db, "UPDATE meta SET value = '' WHERE key = 'linked'")
    build_graph([], desk.db)
    assert desk.run().papers == ()


def test_a_dry_run_and_one_that_fails_tell_it_again(desk: Desk) -> None:
    desk.watch("start")

    def fail(_: Sequence[News]) -> None:
        raise OSError("no space")

    with GraphReader(desk.db) as reader, pytest.raises(OSError, match="no space"):
        run_watches(reader, desk.path, fail)
    assert desk.run(keep=False).papers
    assert desk.run().papers
    assert not desk.run().papers


def test_a_watch_written_by_hand_begins_here_and_says_so(desk: Desk) -> None:
    add_watch(desk.path, GSM8K)
    news = desk.run()
    assert news.papers == ()
    assert news.remarks[0].startswith("begins here: 1 paper, 1 link, 1 result that are there count as told")
    forget_watch(desk.path, "math")
    add_watch(desk.path, GSM8K)
    assert desk.run(start="start").papers


def test_what_nobody_names_yet_is_told_when_somebody_does(desk: Desk) -> None:
    with GraphReader(desk.db) as reader:
        start_watch(desk.path, watch_of("new", {"benchmark": ["TidyBench"]}), reader)
        (news,) = run_watches(reader, desk.path, lambda _: None)
    assert "nothing in the graph is called 'TidyBench'" in news.remarks[0]
    desk.put("b.jsonl", SMALL_PAPERS[2])
    assert titles(desk.run()) == [SMALL_PAPERS[2]["title"]]


def test_names_choose_the_watches_and_one_that_is_none_is_refused(desk: Desk) -> None:
    desk.watch()
    with GraphReader(desk.db) as reader:
        start_watch(desk.path, watch_of("patience", {"text": "patience"}), reader, "start")
        (news,) = run_watches(reader, desk.path, lambda _: None, names=["patience"])
        assert news.watch.name == "patience"
        with pytest.raises(WatchError, match="no watch called 'sheep'; there is math, patience"):
            run_watches(reader, desk.path, lambda _: None, names=["sheep"])


def test_damage_of_what_was_told_is_said(desk: Desk) -> None:
    desk.watch()
    default_told(desk.path).write_bytes(b'{"version": 1}\n{"watch": 3}\n')
    with pytest.raises(WatchError, match=r"is damaged .*delete it"):
        desk.run()
    default_told(desk.path).write_bytes(b'{"version": 9}\n')
    with pytest.raises(WatchError, match="is of version 9"):
        read_told(default_told(desk.path))


def test_a_feed_has_all_that_is_there_the_last_that_came_first(desk: Desk) -> None:
    desk.put("b.jsonl", SMALL_PAPERS[1], moment=APRIL)
    with GraphReader(desk.db) as reader:
        assert [each.paper.title for each in all_of_paper(reader, GSM8K, 1)] == ["Slow Sums"]
        assert len(all_of_paper(reader, GSM8K, 9)) == 2
