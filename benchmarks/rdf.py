"""RDF and SPARQL beside rdflib: export, queries and memory, each in a process of its own, in one run.

Usage: python -m benchmarks.rdf [--papers 100000] [--peer-papers 2000] [--graph FILE]

Ours is measured on both sizes, rdflib on the smaller. On the larger it gets the triples without evidence alone (the
whole does not fit into 20 GB), for the queries that need none; ours still has them all. The queries are those of
examples/queries that find something there, but for the one with a function of ours. They go through ``SparqlEngine``,
as users' do, with the way to its process and back: to the store on disk, and to the one in memory. rdflib is given a
minute for each, so that the ratio of a query that it does not end in that time is a lower bound.
"""

from __future__ import annotations

import argparse
import json
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path

import psutil
import rdflib

from benchmarks.synthetic import write_synthetic
from kg.model import EntityType
from kg.questions import entities, papers
from kg.questions.entities import EntitiesRequest
from kg.questions.papers import PapersRequest
from kg.rdf import RDF_FORMATS, EvidenceLevel, RdfOptions, to_rdflib, write_rdf
from kg.rdf.sparql import SparqlEngine
from kg.rdf.terms import PREFIXES
from kg.store import GraphReader

QUESTIONS = Path(__file__).parent.parent / "examples" / "queries"
PATIENCE = 60  # seconds that rdflib has for a query
RUNS = 5
ENOUGH = 10  # seconds
_BETWEEN_LOOKS = 0.2  # seconds


class _Counter:
    """A stream that only counts."""

    def __init__(self) -> None:
        self.bytes = self.lines = 0

    def write(self, data: bytes) -> int:
        self.bytes += len(data)
        self.lines += data.count(b"\n")
        return len(data)


def questions(*, evidence: bool = True) -> dict[str, str]:
    """The example queries by name, or those that need no evidence, in plain SPARQL."""
    texts = {file.stem: file.read_text(encoding="utf-8") for file in sorted(QUESTIONS.glob("*.rq"))}
    ours = re.compile(r"kg:matches" if evidence else r"kg:matches|prov:|kg:sentence|DESCRIBE")
    return {name: text for name, text in texts.items() if not ours.search(text)}


def timed(run: Callable[..., object], *arguments: object) -> float:
    """Seconds that a call takes."""
    started = time.perf_counter()
    run(*arguments)
    return time.perf_counter() - started


def median(run: Callable[..., object], *arguments: object) -> float:
    """Seconds that a call usually takes, of several or of as many as end in some time."""
    times = [timed(run, *arguments)]
    while len(times) < RUNS and sum(times) < ENOUGH:
        times.append(timed(run, *arguments))
    return statistics.median(times)


def export(graph: str, name: str) -> dict[str, float]:
    """The time of one export."""
    counter = _Counter()
    with GraphReader(Path(graph)) as reader:
        seconds = timed(write_rdf, reader, name, counter)
    return {"seconds": seconds, "bytes": counter.bytes, "lines": counter.lines}


def queries(graph: str, where: str) -> dict[str, float]:
    """The time to make the store, then that of each query that finds something: the median of several runs."""
    with SparqlEngine(Path(graph), in_memory=where == "memory") as engine:
        found = {"": timed(engine.ask, "ASK {}")}
        for name, query in questions().items():
            if engine.ask(query, seconds=0).count:
                found[name] = median(partial(engine.ask, seconds=0), query)
    return found


def library(graph: str) -> dict[str, float]:
    """Papers that use a method: the one that most papers name, and one that few do."""
    with GraphReader(Path(graph)) as reader:
        methods = entities.ask(reader, EntitiesRequest(EntityType.METHOD))
        found = {}
        for method in (methods[0], methods[len(methods) // 20]):
            wanted = PapersRequest(method=(method.label,))
            count = len(papers.ask(reader, wanted))
            found[f"{count} papers"] = median(papers.ask, reader, wanted)
    return found


def peer(graph: str, evidence: str) -> dict[str, float]:
    """rdflib on the same triples: each query once, then Turtle."""
    level = EvidenceLevel(evidence)
    with GraphReader(Path(graph)) as reader:
        memory = to_rdflib(reader, options=RdfOptions(level))
    signal.signal(signal.SIGALRM, _give_up)
    found = {"": float(len(memory))}
    for name, query in questions(evidence=level != EvidenceLevel.NONE).items():
        signal.alarm(PATIENCE)
        found[name] = timed(_in_time, memory, query)
        signal.alarm(0)
    if level == EvidenceLevel.FULL:
        found["turtle"] = timed(memory.serialize, None, "turtle")
    return found


def _in_time(memory: rdflib.Graph, query: str) -> None:
    with suppress(TimeoutError):
        list(memory.query(query, initNs=PREFIXES))


def _give_up(*_: object) -> None:
    raise TimeoutError


Figures = Mapping[str, float]
_NOT_QUERIES = ("", "turtle", "peak")
PARTS: dict[str, Callable[..., dict[str, float]]] = {
    "export": export, "queries": queries, "library": library, "peer": peer,
}  # fmt: skip


def measure(part: str, *arguments: str) -> dict[str, float]:
    """One part in a process of its own, with the peak of its and its children's own memory in MB.

    Their own: pages of the graph file that the system keeps in its cache, and may drop, belong to nobody.
    """
    command = [sys.executable, "-m", "benchmarks.rdf", "--part", part, *arguments]
    peak = 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        process = psutil.Process(running.pid)
        while running.poll() is None:
            peak = max(peak, own_memory(process))
            time.sleep(_BETWEEN_LOOKS)
        assert running.stdout is not None
        found = running.stdout.read()
    if running.returncode:
        raise SystemExit(f"{part} ended with exit code {running.returncode}")
    return json.loads(found) | {"peak": peak / 1e6}  # type: ignore[no-any-return]


def own_memory(process: psutil.Process) -> int:
    """Bytes of a process and its children that are no file's; 0 when it has just ended."""
    try:
        looks = [each.memory_info() for each in (process, *process.children(recursive=True))]
    except psutil.Error:
        return 0
    return sum(look.rss - getattr(look, "shared", 0) for look in looks)


def report_exports(large: str, small: str, formats: list[str], theirs: Figures) -> None:
    """Measure the exports and print them beside rdflib's."""
    full = {name: measure("export", large, name) for name in formats}
    less = {name: measure("export", small, name) for name in RDF_FORMATS}
    big, part = full["ntriples"]["lines"], less["ntriples"]["lines"]
    print(f"triples: all {big:,.0f}, part {part:,.0f}\n")
    print(f"{'export':28} {'all':>10} {'peak':>10} {'part':>10} {'rdflib Turtle takes':>22}")
    for name in RDF_FORMATS:
        whole = f"{full[name]['seconds']:8.1f} s {full[name]['peak']:7.0f} MB" if name in full else " " * 21
        print(f"{name:28} {whole} {less[name]['seconds']:8.2f} s {theirs['turtle'] / less[name]['seconds']:20.1f} x")
    print(f"{'rdflib turtle':28} {'':10} {theirs['peak']:7.0f} MB {theirs['turtle']:8.2f} s")


def report_queries(graph: str, title: str, theirs: Figures) -> None:
    """Measure the queries and print how many times as long rdflib takes."""
    ours = {where: measure("queries", graph, where) for where in ("disk", "memory")}
    names = [name for name in ours["disk"] if name in theirs and name not in _NOT_QUERIES]
    print(f"\n{title:28}" + "".join(f" {where + ', ms':>12}" for where in ours) + f" {'rdflib, ms':>12}")
    for name in names:
        times = "".join(f" {found[name] * 1000:12.1f}" for found in ours.values())
        times_as_long = "".join(f" {theirs[name] / found[name]:8.1f} x" for found in ours.values())
        print(f"{name:28}{times} {theirs[name] * 1000:12.0f}{'+' if theirs[name] >= PATIENCE else ' '}{times_as_long}")
    for where, found in ours.items():
        ratios = sorted(theirs[name] / found[name] for name in names)
        mean = statistics.geometric_mean(ratios)
        print(f"{where}: ready in {found['']:.1f} s, {found['peak']:,.0f} MB; rdflib takes {mean:.0f} times as long")
        print(f"    (geometric mean of {len(names)} queries, {ratios[0]:.1f} to {ratios[-1]:,.0f})")
    print(f"rdflib: {theirs['']:,.0f} triples, {theirs['peak']:,.0f} MB")


def report_library(graph: str) -> None:
    """Print how long the library takes for papers."""
    print("\npapers that use a method, in the library")
    for name, seconds in measure("library", graph).items():
        if name != "peak":
            print(f"{name:28} {seconds * 1000:7.1f} ms")


def main() -> None:
    """Make the graphs and report, or measure one part."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--papers", type=int, default=100_000)
    parser.add_argument("--peer-papers", type=int, default=2_000)
    parser.add_argument("--graph", help="a synthetic graph that was made before, in place of --papers")
    parser.add_argument("--formats", nargs="+", choices=RDF_FORMATS, default=list(RDF_FORMATS), help="to write in full")
    parser.add_argument("--part", choices=PARTS, help=argparse.SUPPRESS)
    parser.add_argument("arguments", nargs="*", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.part:
        print(json.dumps(PARTS[options.part](*options.arguments)))
        return
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    with tempfile.TemporaryDirectory() as folder:
        large, small = Path(options.graph or Path(folder) / "large.db"), Path(folder) / "small.db"
        if not options.graph:
            write_synthetic(large, options.papers)
        write_synthetic(small, options.peer_papers)
        theirs = measure("peer", str(small), EvidenceLevel.FULL)
        report_exports(str(large), str(small), sorted({*options.formats, "ntriples"}), theirs)
        report_queries(str(small), f"{options.peer_papers:,} papers", theirs)
        report_queries(str(large), "all papers", measure("peer", str(large), EvidenceLevel.NONE))
        report_library(str(large))


if __name__ == "__main__":
    main()
