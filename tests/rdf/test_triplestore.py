from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

import kg
from benchmarks.synthetic import write_synthetic
from kg.iris import DEFAULT_BASE
from kg.rdf import triplestore
from kg.rdf.sparql import SparqlEngine
from kg.rdf.triplestore import cache_folder, open_store
from kg.store import GraphReader
from tests.conftest import environment

PAPERS = triplestore.MEMORY_PAPERS + 20
COUNT = "SELECT (COUNT(?p) AS ?n) { ?p a kg:Paper }"


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    path = tmp_path / "kg.db"
    write_synthetic(path, PAPERS)
    return path


def papers(graph: Path, base: str = DEFAULT_BASE) -> object:
    with SparqlEngine(graph, base) as engine:
        return engine.ask(COUNT).values()[0]["n"]


def copies(graph: Path) -> list[str]:
    return sorted(path.name for path in cache_folder(graph).iterdir())


def test_a_small_graph_leaves_nothing_behind(tmp_path: Path) -> None:
    write_synthetic(tmp_path / "small.db", 5)
    assert papers(tmp_path / "small.db") == 5
    assert not cache_folder(tmp_path / "small.db").exists()


def test_a_larger_one_is_copied_once(graph: Path) -> None:
    assert papers(graph) == PAPERS
    first = copies(graph)
    made = (cache_folder(graph) / first[0]).stat().st_mtime_ns
    assert papers(graph) == PAPERS
    assert copies(graph) == first
    assert len(first) == 1
    assert (cache_folder(graph) / first[0]).stat().st_mtime_ns == made


def test_a_changed_graph_is_copied_anew_and_the_old_copy_goes(graph: Path) -> None:
    papers(graph)
    before = copies(graph)
    write_synthetic(graph, PAPERS + 1)
    assert papers(graph) == PAPERS + 1
    assert len(copies(graph)) == 1
    assert copies(graph) != before


def test_a_copy_in_use_stays_until_it_is_not(graph: Path) -> None:
    with SparqlEngine(graph) as reading:
        reading.ask(COUNT)
        assert papers(graph, "https://example.org/") == PAPERS
        assert len(copies(graph)) == 2
        assert reading.ask(COUNT).values() == [{"n": PAPERS}]
    assert papers(graph, "https://example.org/other/") == PAPERS
    assert len(copies(graph)) == 1


def test_what_a_killed_process_left_is_removed_but_not_what_another_is_making(graph: Path) -> None:
    folder = cache_folder(graph)
    (folder / ".unfinished-dead").mkdir(parents=True)
    (folder / ".unfinished-alive").mkdir()
    lock = os.open(folder / ".unfinished-alive", os.O_RDONLY)
    fcntl.flock(lock, fcntl.LOCK_SH)
    papers(graph)
    os.close(lock)
    assert [name for name in copies(graph) if name.startswith(".")] == [".unfinished-alive"]


def test_a_damaged_copy_is_made_anew(graph: Path) -> None:
    papers(graph)
    for file in (cache_folder(graph) / copies(graph)[0]).iterdir():
        file.write_bytes(b"damaged")
    assert papers(graph) == PAPERS
    assert ox.Store.read_only(str(cache_folder(graph) / copies(graph)[0]))


def test_where_nothing_can_be_written_the_graph_is_read_into_memory(graph: Path) -> None:
    cache_folder(graph).write_text("in the way")
    with GraphReader(graph) as reader:
        store = open_store(reader, DEFAULT_BASE)
    assert len(store) > PAPERS


def test_a_graph_is_read_into_memory_where_that_is_wanted(graph: Path) -> None:
    with SparqlEngine(graph, in_memory=True) as engine:
        assert engine.ask(COUNT).values() == [{"n": PAPERS}]
    with kg.open(graph, sparql_in_memory=True) as opened:
        assert opened.sparql(COUNT) == [{"n": PAPERS}]
    assert not cache_folder(graph).exists()


def test_processes_that_start_at_once_agree(graph: Path) -> None:
    program = f"from tests.rdf.test_triplestore import papers, Path; print(papers(Path({str(graph)!r})))"
    folder = Path(__file__).parent.parent.parent
    running = [
        subprocess.Popen(
            [sys.executable, "-c", program],
            stdout=subprocess.PIPE,
            text=True,
            cwd=folder,
            env=environment(PYTHONPATH=str(folder)),
        )
        for _ in range(3)
    ]
    assert [process.communicate(timeout=120)[0] for process in running] == [f"{PAPERS}\n"] * 3
    assert len(copies(graph)) == 1


def test_a_long_copy_is_announced(graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(triplestore, "_TOLD_PAPERS", PAPERS)
    told: list[str] = []
    with GraphReader(graph) as reader:
        open_store(reader, DEFAULT_BASE, told.append)
        open_store(reader, DEFAULT_BASE, told.append)
    assert len(told) == 1
    assert "for SPARQL, once" in told[0]
