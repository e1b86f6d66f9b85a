"""What a change of a large graph costs: seconds and memory to add, remove and correct, beside linking all of it anew.

Usage: python -m benchmarks.growing [--sizes 10000 100000] [--seed 0]

The graph is one of made-up papers (see ``synthetic``), so nothing is extracted: what is measured is all that a build
does beside it. The papers that are added coin names that others coined before. All steps of a size run in one process,
one after the other, on one file; "times" is how much longer it takes to group all records and link all papers anew.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from benchmarks.synthetic import synthetic_papers, write_synthetic
from kg.building import build_graph, curate_graph, remove_sources
from kg.extraction.recipe import Recipe
from kg.linking.rules import Dismiss
from kg.model import Extraction, Paper
from kg.store.writer import GraphWriter

_MANY = 100


class Stored:
    """An engine that knows what is found in each paper, by its title."""

    def __init__(self, found: dict[str, Extraction]) -> None:
        self._found = found

    def map_in_order(self, work: Any, items: Iterable[Any]) -> Iterator[Any]:
        """What is found."""
        return (self._found[paper.title] for paper in items)


def measure(size: int, seed: int, folder: Path) -> dict[str, float]:
    """Seconds of each step by its name, and the peak memory after each in megabytes."""
    graph = folder / "kg.db"
    version = Recipe.shipped().version
    write_synthetic(graph, size, seed, version)
    with GraphWriter(graph) as writer:
        writer.extracted(version)
    fresh = list(synthetic_papers(_MANY + 1, seed + 1))
    engine = Stored({paper.title: found for paper, found in fresh})
    one, many = folder / "one.jsonl", folder / "many.jsonl"
    _write(one, [paper for paper, _ in fresh[:1]])
    _write(many, [paper for paper, _ in fresh[1:]])
    steps: dict[str, Callable[[], object]] = {
        "nothing": lambda: build_graph([], graph, jobs=engine),
        "add 1": lambda: build_graph([str(one)], graph, jobs=engine),
        f"add {_MANY}": lambda: build_graph([str(many)], graph, jobs=engine),
        f"remove {_MANY}": lambda: remove_sources([str(many)], graph, jobs=engine),
        "correct a link": lambda: curate_graph(Dismiss("method/ppo", "arxiv/" + _first_with(graph)), graph),
    }
    found = {}
    for name, step in steps.items():
        found[name] = _seconds(step)
        found[f"{name}, MB"] = _peak()
    with _all_anew():
        found["all anew"] = _seconds(lambda: build_graph([str(many)], graph, jobs=engine))
    found["all anew, MB"] = _peak()
    return found


def _write(path: Path, papers: Iterable[Paper]) -> None:
    rows = ({"title": paper.title, "abstract": paper.abstract, "date": paper.date} for paper in papers)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def _first_with(graph: Path) -> str:
    with GraphWriter(graph) as writer:
        paper, _ = writer.witness("method/ppo") or ("arxiv/none", "")
    return paper.removeprefix("arxiv/")


@contextmanager
def _all_anew() -> Iterator[None]:
    with (
        mock.patch.object(GraphWriter, "changed_papers", return_value=None),
        mock.patch.object(GraphWriter, "is_grouped", return_value=False),
    ):
        yield


def _seconds(step: Callable[[], object]) -> float:
    started = time.perf_counter()
    step()
    return time.perf_counter() - started


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Measure each size in a process of its own, and print a line a step."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--alone", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.alone:
        with tempfile.TemporaryDirectory(prefix="kg-growing-") as name:
            print(json.dumps(measure(options.alone, options.seed, Path(name))))
        return
    for size in options.sizes:
        command = [sys.executable, "-m", "benchmarks.growing", "--alone", str(size), "--seed", str(options.seed)]
        found = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
        print(f"{size:,} papers")
        for name in [each for each in found if not each.endswith(", MB")]:
            times, memory = found["all anew"] / found[name], found[f"{name}, MB"]
            print(f"  {name:16} {found[name]:8.2f} s   all anew takes {times:6.1f} times   peak {memory:6,.0f} MB")


if __name__ == "__main__":
    main()
