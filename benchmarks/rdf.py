"""RDF and SPARQL beside rdflib: export, queries and memory, each in a process of its own, in one run.

Usage: python -m benchmarks.rdf [--papers 100000] [--peer-papers 2000] [--graph FILE]

Ours is measured on both sizes; rdflib on the smaller alone, for it needs minutes and gigabytes there already. Ratios
compare the same triples, at the smaller size. Queries go through ``SparqlEngine``, as users' do: to the store on disk,
with the way to its process and back.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import psutil

from benchmarks.synthetic import write_synthetic
from kg.model import EntityType
from kg.query import PaperFilter, find_papers, list_entities
from kg.rdf import RDF_FORMATS, to_rdflib, write_rdf
from kg.rdf.sparql import SparqlEngine
from kg.rdf.terms import PREFIXES
from kg.store import GraphReader

QUERIES = {
    "benchmarks by papers": """SELECT ?b (COUNT(DISTINCT ?p) AS ?n) WHERE { ?p kg:evaluatesOn ?b . ?b a kg:Benchmark }
        GROUP BY ?b ORDER BY DESC(?n) ?b LIMIT 10""",
    "benchmarks together": """SELECT ?a ?b (COUNT(DISTINCT ?p) AS ?n) WHERE { ?p kg:evaluatesOn ?a, ?b .
        FILTER(STR(?a) < STR(?b)) } GROUP BY ?a ?b ORDER BY DESC(?n) ?a ?b LIMIT 10""",
    "papers by model family": """SELECT ?f (COUNT(DISTINCT ?p) AS ?n) WHERE { ?p kg:usesEntity ?m .
        ?m a kg:Model ; skos:broader+ ?f } GROUP BY ?f ORDER BY DESC(?n) ?f LIMIT 10""",
    "unsure links with sentence": """SELECT ?p ?o ?c ?s WHERE { ?cl rdf:subject ?p ; rdf:object ?o ;
        kg:confidence ?c ; prov:wasDerivedFrom/kg:sentence ?s . FILTER(?c < 0.51) } ORDER BY ?c ?p ?o ?s LIMIT 50""",
    "methods with a benchmark": """SELECT ?m (COUNT(?p) AS ?n) WHERE {
        { SELECT ?b (COUNT(?q) AS ?k) WHERE { ?q kg:evaluatesOn ?b } GROUP BY ?b ORDER BY DESC(?k) ?b LIMIT 1 }
        ?p kg:evaluatesOn ?b ; kg:usesEntity ?m . ?m a kg:Method } GROUP BY ?m ORDER BY DESC(?n) ?m LIMIT 10""",
}
RUNS = 5
_BETWEEN_LOOKS = 0.2  # seconds


class _Counter:
    """A stream that only counts."""

    def __init__(self) -> None:
        self.bytes = self.lines = 0

    def write(self, data: bytes) -> int:
        self.bytes += len(data)
        self.lines += data.count(b"\n")
        return len(data)


def timed(run: Callable[..., object], *arguments: object) -> float:
    """Seconds that a call takes."""
    started = time.perf_counter()
    run(*arguments)
    return time.perf_counter() - started


def median(run: Callable[..., object], *arguments: object) -> float:
    """Seconds that a call usually takes."""
    return statistics.median(timed(run, *arguments) for _ in range(RUNS))


def export(graph: str, name: str) -> dict[str, float]:
    """The time of one export."""
    counter = _Counter()
    with GraphReader(Path(graph)) as reader:
        seconds = timed(write_rdf, reader, name, counter)
    return {"seconds": seconds, "bytes": counter.bytes, "lines": counter.lines}


def queries(graph: str) -> dict[str, float]:
    """The time to make the store, then that of each query: the median of several runs."""
    with SparqlEngine(Path(graph)) as engine:
        found = {"": timed(engine.ask, "ASK {}")}
        for name, query in QUERIES.items():
            found[name] = median(partial(engine.ask, seconds=0), query)
    return found


def library(graph: str) -> dict[str, float]:
    """Papers that use a method: the one that most papers name, and one that few do."""
    with GraphReader(Path(graph)) as reader:
        methods = list_entities(reader, EntityType.METHOD)
        found = {}
        for method in (methods[0], methods[len(methods) // 20]):
            wanted = PaperFilter(entities=((EntityType.METHOD, method.label),))
            count = len(find_papers(reader, wanted))
            found[f"{count} papers"] = median(find_papers, reader, wanted)
    return found


def peer(graph: str) -> dict[str, float]:
    """rdflib on the same triples: Turtle, then each query once."""
    with GraphReader(Path(graph)) as reader:
        memory = to_rdflib(reader)
    found = {"turtle": timed(memory.serialize, None, "turtle")}
    for name, query in QUERIES.items():
        found[name] = timed(lambda text: list(memory.query(text, initNs=PREFIXES)), query)
    return found


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


def report(large: str, small: str, formats: list[str]) -> None:
    """Measure everything and print it."""
    full = {name: measure("export", large, name) for name in formats}
    less = {name: measure("export", small, name) for name in RDF_FORMATS}
    theirs = measure("peer", small)
    big, part = full["ntriples"]["lines"], less["ntriples"]["lines"]
    print(f"triples: all {big:,.0f}, part {part:,.0f}\n")
    print(f"{'export':28} {'all':>10} {'peak':>10} {'part':>10} {'rdflib Turtle takes':>22}")
    for name in RDF_FORMATS:
        whole = f"{full[name]['seconds']:8.1f} s {full[name]['peak']:7.0f} MB" if name in full else " " * 21
        print(f"{name:28} {whole} {less[name]['seconds']:8.2f} s {theirs['turtle'] / less[name]['seconds']:20.1f} x")
    print(f"{'rdflib turtle':28} {'':10} {theirs['peak']:7.0f} MB {theirs['turtle']:8.2f} s")
    full["queries"], less["queries"] = measure("queries", large), measure("queries", small)
    print(f"\n{'SPARQL':28} {'all':>10} {'part':>10} {'rdflib part':>12}")
    for name in QUERIES:
        ours, other = less["queries"][name], theirs[name]
        print(
            f"{name:28} {full['queries'][name] * 1000:7.1f} ms {ours * 1000:7.1f} ms {other * 1000:9.0f} ms"
            f" {other / ours:9.1f} x"
        )
    print(f"{'making the store, once':28} {full['queries']['']:8.1f} s {less['queries']['']:8.1f} s")
    peaks = (full["queries"]["peak"], less["queries"]["peak"], theirs["peak"])
    print(f"{'peak memory':28} {peaks[0]:7.0f} MB {peaks[1]:7.0f} MB {peaks[2]:9.0f} MB")
    print("\npapers that use a method, in the library")
    for name, seconds in measure("library", large).items():
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
        report(str(large), str(small), sorted({*options.formats, "ntriples"}))


if __name__ == "__main__":
    main()
