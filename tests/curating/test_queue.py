from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest

from kg.curating import Queue, Rules, rulings_of, settled_entities
from kg.errors import KgError
from kg.store import GraphReader
from kg.store.lock import build_lock


@pytest.fixture
def db(tmp_path: Path, sample_graph: Path) -> Path:
    return Path(shutil.copy(sample_graph, tmp_path / "kg.db"))


def test_what_waits_is_worked_in_together_in_its_order(db: Path) -> None:
    queue, rules = Queue(db), Rules(db)
    with build_lock(db, lambda: None):  # a build is at work: corrections wait for it
        queue.put(rules.accept("method/ppo"), by="ada", date="2025-01-02")
        queue.put(rules.reject("method/grpo"), by="bo")
        assert queue.waiting == 2
        assert rulings_of(db) == []
    queue.finish()
    assert (queue.waiting, queue.failed) == (0, None)
    assert [(each.action, each.by) for each in rulings_of(db)] == [("accept", "ada"), ("reject", "bo")]
    assert settled_entities(db) == ("method/ppo",)
    with GraphReader(db) as reader:
        assert reader.entity("method/grpo") is None


def test_readers_see_the_graph_of_before_until_all_is_worked_in(db: Path) -> None:
    queue, rules = Queue(db), Rules(db)
    with GraphReader(db) as reader, reader.snapshot():
        assert reader.entity("method/grpo") is not None
        queue.put(rules.reject("method/grpo"))
        queue.finish()
        assert reader.entity("method/grpo") is not None
    with GraphReader(db) as reader:
        assert reader.entity("method/grpo") is None


def test_what_goes_wrong_is_told_and_later_ones_go_on(db: Path) -> None:
    queue, rules = Queue(db), Rules(db)
    queue.take_back(7)
    queue.finish()
    assert "no rule 7" in (queue.failed or "")
    queue.put(rules.accept("method/ppo"))
    queue.finish()
    assert queue.failed is None


def test_no_more_wait_than_there_is_room_for(db: Path) -> None:
    queue, rules = Queue(db, most=1), Rules(db)
    rule = rules.accept("method/ppo")
    started = threading.Event()
    with build_lock(db, started.set):
        queue.put(rule)
        while queue._waiting:  # until the thread has taken it, and waits for the lock
            threading.Event().wait(0.01)
        queue.put(rule)
        with pytest.raises(KgError, match="waiting already"):
            queue.put(rule)
    queue.finish()
    assert len(rulings_of(db)) == 2
