from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from kg.errors import ExtractionError
from kg.extraction import parallel
from kg.extraction.parallel import extract_in_processes
from kg.extraction.pipeline import Extractor
from kg.model import Paper
from tests.conftest import environment

PAPERS = [
    Paper(f"Paper {n}", f"We train FooNet-{n} with PPO and test GPT-4 on GSM8K, where it gets {n}%.", id=f"title/{n}")
    for n in range(80)
]


def workers() -> list[psutil.Process]:
    return [child for child in psutil.Process().children() if "spawn_main" in " ".join(child.cmdline())]


def test_several_processes_find_what_one_finds_in_the_same_order(extractor: Extractor) -> None:
    assert list(extract_in_processes(PAPERS, 2)) == list(extractor.extract(PAPERS))


def test_papers_are_taken_from_the_stream_as_they_are_needed() -> None:
    taken = 0

    def stream() -> Iterator[Paper]:
        nonlocal taken
        for n in range(10_000):
            taken += 1
            yield Paper(f"Paper {n}", "We use PPO.", id=f"title/{n}")

    found = extract_in_processes(stream(), 2)
    next(found)
    assert taken < 200
    found.close()
    assert workers() == []


def test_a_worker_that_is_killed_costs_nothing_but_time(extractor: Extractor) -> None:
    found = extract_in_processes(PAPERS, 2)
    outcome = [next(found)]
    workers()[0].kill()
    outcome.extend(found)
    assert outcome == list(extractor.extract(PAPERS))


def test_workers_that_always_die_are_one_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "_work", _die)
    with pytest.raises(ExtractionError, match=r"died 3 times over the papers from title/0 .* --jobs 1"):
        list(extract_in_processes(PAPERS, 2))


def _die(papers: tuple[Paper, ...]) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_no_worker_outlives_the_process_that_started_it(how: signal.Signals, tmp_path: Path) -> None:
    program = (
        # Started in the background, the tests and all that they start would ignore interrupts.
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from kg.extraction.parallel import extract_in_processes; from kg.model import Paper\n"
        "papers = (Paper(f'Paper {n}', 'We use PPO.', id=str(n)) for n in range(10**9))\n"
        "for paper, _ in extract_in_processes(papers, 2): print(paper.id, flush=True)"
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
