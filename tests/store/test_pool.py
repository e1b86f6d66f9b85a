from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kg.building import build_graph
from kg.errors import ClosedError, GraphError, TimeLimitError
from kg.store import GraphReader
from kg.store.pool import ReaderPool

COUNT = "SELECT count(*) FROM paper"
ENDLESS = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
SOON = 60.0  # seconds that nothing here needs, so that what hangs fails


@pytest.fixture
def pool(sample_graph: Path) -> Iterator[ReaderPool]:
    opened = ReaderPool(sample_graph, size=2)
    yield opened
    opened.close()


def in_threads(number: int, work: Callable[[int], object]) -> list[object]:
    with ThreadPoolExecutor(number) as threads:
        return [done.result(SOON) for done in [threads.submit(work, each) for each in range(number)]]


def test_no_more_readers_are_opened_than_the_pool_holds(pool: ReaderPool) -> None:
    seen: set[int] = set()

    def ask(_: int) -> object:
        for _ in range(20):
            with pool.lend() as reader:
                seen.add(id(reader))
                assert reader.rows(COUNT) == [(67,)]
        return None

    in_threads(8, ask)
    assert len(seen) <= 2


def test_a_reader_is_lent_to_one_thread_at_a_time(pool: ReaderPool) -> None:
    lock, lent = threading.Lock(), set[int]()

    def ask(_: int) -> object:
        for _ in range(50):
            with pool.lend() as reader:
                with lock:
                    assert id(reader) not in lent
                    lent.add(id(reader))
                reader.rows(COUNT)
                with lock:
                    lent.remove(id(reader))
        return None

    in_threads(8, ask)


def test_a_question_within_a_question_has_the_same_reader(pool: ReaderPool) -> None:
    with pool.lend() as outer, pool.lend() as inner:
        assert inner is outer


def test_a_question_is_of_one_moment(tmp_path: Path, small_source: Path, sample_source: Path) -> None:
    build_graph([str(small_source)], tmp_path / "kg.db")
    pool = ReaderPool(tmp_path / "kg.db", size=1)
    with pool.lend() as reader:
        before = reader.rows(COUNT)
        build_graph([str(sample_source)], tmp_path / "kg.db")
        assert reader.rows(COUNT) == before
    with pool.lend() as reader:
        assert reader.rows(COUNT) > before
    pool.close()


def test_a_question_that_takes_too_long_is_stopped_and_the_next_one_answered(sample_graph: Path) -> None:
    pool = ReaderPool(sample_graph, size=1, seconds=0.05)
    for _ in range(2):
        with pytest.raises(TimeLimitError, match=r"took longer than 0.05 seconds; ask for less"), pool.lend() as reader:
            reader.rows(ENDLESS)
        with pool.lend() as reader:
            assert reader.rows(COUNT) == [(67,)]
    pool.close()


def test_a_stream_is_stopped_too(sample_graph: Path) -> None:
    pool = ReaderPool(sample_graph, size=1, seconds=0.05)
    with pytest.raises(TimeLimitError), pool.lend() as reader:
        list(reader.stream(ENDLESS))
    pool.close()


def test_time_that_passes_between_readings_counts(reader: GraphReader) -> None:
    with pytest.raises(TimeLimitError), reader.within(0):
        reader.rows(COUNT)
    assert reader.rows(COUNT) == [(67,)]


def test_a_pool_that_is_closed_meanwhile_ends_what_is_being_asked(pool: ReaderPool) -> None:
    asking = threading.Barrier(3)

    def ask(_: int) -> object:
        with pool.lend() as reader:
            asking.wait(SOON)
            with pytest.raises(ClosedError, match="the graph is closed; open it again to ask it"):
                reader.rows(ENDLESS)
            return reader

    with ThreadPoolExecutor(2) as threads:
        asked = [threads.submit(ask, each) for each in range(2)]
        asking.wait(SOON)
        pool.close()
        assert len({id(each.result(SOON)) for each in asked}) == 2


def test_who_waits_for_a_reader_when_the_pool_is_closed_is_told(sample_graph: Path) -> None:
    pool = ReaderPool(sample_graph, size=1)
    with ThreadPoolExecutor(1) as threads, pool.lend():

        def ask() -> None:
            with pool.lend():
                pass

        waiting = threads.submit(ask)
        pool.close()
        with pytest.raises(ClosedError):
            waiting.result(SOON)


def test_a_closed_pool_lends_nothing(pool: ReaderPool) -> None:
    kept = pool.own()
    pool.close()
    pool.close()
    with pytest.raises(ClosedError), pool.lend():
        pass
    with pytest.raises(ClosedError):
        pool.own()
    with pytest.raises(ClosedError):
        kept.rows(COUNT)


def test_a_thread_keeps_its_own_reader_until_it_ends(pool: ReaderPool) -> None:
    def own(_: int) -> object:
        assert pool.own() is pool.own()
        assert len(list(pool.own().papers())) == 67
        return pool.own()

    theirs = in_threads(1, own)[0]
    assert isinstance(theirs, GraphReader)
    assert pool.own() is not theirs
    with pytest.raises(GraphError):
        theirs.rows(COUNT)


def test_a_pool_of_no_graph_says_so_at_once(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="no such graph"):
        ReaderPool(tmp_path / "none.db", size=1)
