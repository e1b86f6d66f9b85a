from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import psutil
import pytest

from kg.building import build_graph
from kg.building.extract import Extract
from kg.engines import Processes, Serial, T, U, Work, WorkersDiedError
from kg.errors import ExtractionError
from kg.extraction.recipe import Recipe
from kg.model import Extraction, Paper
from tests.conftest import environment

PAPERS = [
    Paper(f"Paper {n}", f"We train FooNet-{n} with PPO and test GPT-4 on GSM8K, where it gets {n}%.", id=f"title/{n}")
    for n in range(80)
]


WORK = Extract(Recipe.shipped())


def workers() -> list[psutil.Process]:
    return [child for child in psutil.Process().children() if "spawn_main" in " ".join(child.cmdline())]


@pytest.fixture(scope="module")
def expected() -> list[Extraction]:
    """What one process finds."""
    return list(Serial().map_in_order(WORK, PAPERS))


def test_several_processes_find_what_one_finds_in_the_same_order(expected: list[Extraction]) -> None:
    assert list(Processes(2).map_in_order(WORK, PAPERS)) == expected


def test_papers_are_taken_from_the_stream_as_they_are_needed() -> None:
    taken = 0

    def stream() -> Iterator[Paper]:
        nonlocal taken
        for n in range(10_000):
            taken += 1
            yield Paper(f"Paper {n}", "We use PPO.", id=f"title/{n}")

    found = Processes(2).map_in_order(WORK, stream())
    next(found)
    assert taken < 200
    found.close()
    assert workers() == []


def test_a_worker_that_is_killed_costs_nothing_but_time(expected: list[Extraction]) -> None:
    found = Processes(2).map_in_order(WORK, PAPERS)
    outcome = [next(found)]
    workers()[0].kill()
    outcome.extend(found)
    assert outcome == expected


def test_workers_that_always_die_are_one_clear_error() -> None:
    with pytest.raises(WorkersDiedError, match=r"died 3 times over the same 16 items") as caught:
        list(Processes(2).map_in_order(_die, PAPERS))
    assert list(caught.value.items) == PAPERS[:16]


def test_a_build_whose_workers_always_die_says_what_to_do(tmp_path: Path, small_source: Path) -> None:
    class Deadly:
        def map_in_order(self, work: Work[T, U], items: Iterable[T]) -> Iterator[U]:
            raise WorkersDiedError(list(items), 3)
            yield

    with pytest.raises(ExtractionError, match=r"died 3 times over the papers from .* --jobs 1"):
        build_graph([str(small_source)], tmp_path / "kg.db", jobs=Deadly())


def _die(papers: Sequence[Paper]) -> list[Extraction]:
    os.kill(os.getpid(), signal.SIGKILL)
    return []


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_no_worker_outlives_the_process_that_started_it(how: signal.Signals, tmp_path: Path) -> None:
    program = (
        # Started in the background, the tests and all that they start would ignore interrupts.
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from kg.engines import Processes; from kg.building.extract import Extract; from kg.model import Paper\n"
        "from kg.extraction.recipe import Recipe\n"
        "papers = (Paper(f'Paper {n}', 'We use PPO.', id=str(n)) for n in range(10**9))\n"
        "for found in Processes(2).map_in_order(Extract(Recipe.shipped()), papers):\n"
        "    print(len(found.entities), flush=True)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment()
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        children = psutil.Process(process.pid).children(recursive=True)
        assert len(children) >= 2
        process.send_signal(how)
        process.stdout.read()
        assert process.wait() != 0
    deadline = time.monotonic() + 30
    while any(child.is_running() for child in children) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert [child for child in children if child.is_running()] == []


def test_a_worker_that_is_killed_when_the_work_is_done_keeps_nobody_waiting(expected: list[Extraction]) -> None:
    found = Processes(2).map_in_order(WORK, PAPERS)
    outcome = [next(found) for _ in PAPERS]
    workers()[0].kill()
    assert list(found) == []
    assert outcome == expected
    assert workers() == []
