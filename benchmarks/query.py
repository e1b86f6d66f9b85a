"""Questions to a graph, in the library: beside DuckDB on the same rows, in the same run, one thread.

Usage: python benchmarks/query.py GRAPH.db [--runs 7]

Every time is the median over the runs, in milliseconds, of the whole answer as Python values: for "papers that use X"
all papers with title, abstract, date, the link and its evidence. X is the entity with the most papers, one that a
tenth as many name, and so on. DuckDB holds the tables in memory, which we read from the file.
"""

from __future__ import annotations

import argparse
import csv
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from kg.model import Relation
from kg.questions import entities as entities_question
from kg.questions import paper as paper_question
from kg.questions import papers, stats
from kg.questions.entities import EntitiesRequest
from kg.questions.entity import profile_entity
from kg.questions.names import suggest
from kg.questions.paper import PaperRequest
from kg.questions.papers import PapersRequest
from kg.questions.stats import StatsRequest
from kg.store import GraphReader

_TABLES = ("paper", "entity", "name", "broader", "link", "evidence")

_PAPERS = """
WITH hit AS (
    SELECT paper_id, entity_id, relation, confidence,
           row_number() OVER (PARTITION BY paper_id ORDER BY confidence DESC, entity_id) AS place
    FROM link WHERE relation = 'uses' AND entity_id IN (
        WITH RECURSIVE below (id) AS (SELECT ? UNION SELECT child FROM broader JOIN below ON parent = below.id)
        SELECT id FROM below))
SELECT paper.*, label, hit.*, evidence.* FROM hit JOIN paper ON paper.id = hit.paper_id
JOIN entity ON entity.id = hit.entity_id
JOIN evidence ON evidence.paper_id = hit.paper_id AND evidence.entity_id = hit.entity_id
WHERE place = 1 ORDER BY date DESC, title
"""
_TOP = """
SELECT entity.id, label, type, count(*) AS papers FROM link JOIN entity ON entity.id = entity_id
GROUP BY ALL ORDER BY papers DESC LIMIT 40
"""


def milliseconds(run: Callable[[], object], runs: int) -> float:
    """The median time of some runs, after one that warms the caches."""
    run()
    times = []
    for _ in range(runs):
        started = time.perf_counter()
        run()
        times.append(time.perf_counter() - started)
    return statistics.median(times) * 1000


def in_duckdb(reader: GraphReader) -> duckdb.DuckDBPyConnection:
    """The graph's tables in DuckDB, through CSV."""
    peer = duckdb.connect(config={"threads": 1})
    with tempfile.TemporaryDirectory() as folder:
        for table in _TABLES:
            columns = [row[1] for row in reader.rows(f"PRAGMA table_info({table})")]
            names = ", ".join(f'"{column}"' for column in columns)
            file = Path(folder) / f"{table}.csv"
            with file.open("w", encoding="utf-8", newline="") as stream:
                writer = csv.writer(stream)
                writer.writerow(columns)
                writer.writerows(reader.rows(f"SELECT {names} FROM {table}"))  # noqa: S608  (our own tables)
            peer.execute(f"CREATE TABLE {table} AS FROM read_csv('{file}', header = true, sample_size = -1)")
    return peer


def main() -> None:
    """Print a line a question."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("graph", type=Path)
    parser.add_argument("--runs", type=int, default=7)
    options = parser.parse_args()
    with GraphReader(options.graph) as reader:
        counts = stats.ask(reader, StatsRequest())
        print(f"{counts.papers:,} papers, {sum(counts.links.values()):,} links, {counts.evidence:,} pieces of evidence")
        peer = in_duckdb(reader)
        print(f"{'question':48} {'answers':>8} {'kg':>8} {'DuckDB':>8}   ms")

        def line(question: str, answers: int, ours: Callable[[], object], theirs: Callable[[], object] | None) -> None:
            mine = milliseconds(ours, options.runs)
            other = f"{milliseconds(theirs, options.runs):8.1f}" if theirs else f"{'':8}"
            print(f"{question:48} {answers:8,} {mine:8.1f} {other}", flush=True)

        entities = entities_question.ask(reader, EntitiesRequest())
        for label, entity_id in _ladder(reader, [(e.label, e.id) for e in entities]):
            wanted = PapersRequest(entity=(entity_id,), relation=Relation.USES)
            found = papers.ask(reader, wanted)
            line(
                f"papers that use {label}"[:48], len(found),
                lambda wanted=wanted: papers.ask(reader, wanted),
                lambda entity_id=entity_id: peer.execute(_PAPERS, [entity_id]).fetchall(),
            )  # fmt: skip
        top = entities[0]
        first = PapersRequest(entity=(top.id,), limit=50)
        line(f"the newest 50 papers that name {top.label}"[:48], 50, lambda: papers.ask(reader, first), None)
        worded = PapersRequest(entity=(top.id,), text="sparse kernel", limit=50)
        line("... whose text has two words", 50, lambda: papers.ask(reader, worded), None)
        fame = EntitiesRequest(limit=40)
        line("the 40 most named entities", 40, lambda: entities_question.ask(reader, fame), lambda: peer.execute(_TOP))
        middle = entities[min(len(entities) - 1, 200)]
        line(f"all about {middle.label}"[:48], middle.papers, lambda: profile_entity(reader, middle.id), None)
        line(f"all about {top.label}"[:48], top.papers, lambda: profile_entity(reader, top.id), None)
        paper = next(iter(reader.papers()))
        line("all about a paper, by title", 1, lambda: paper_question.ask(reader, PaperRequest(paper.title)), None)
        line("a misspelt name: suggestions", 4, lambda: suggest(reader, f"{top.label}x"), None)
        line("count everything", 1, lambda: stats.ask(reader, StatsRequest()), None)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB, DuckDB's copy included")


def _ladder(reader: GraphReader, entities: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The entity that most papers use, then those with about a tenth, a hundredth ... of its papers."""
    used = dict(reader.rows("SELECT entity_id, count(*) FROM link WHERE relation = 'uses' GROUP BY entity_id"))
    ordered = sorted(((label, each) for label, each in entities if each in used), key=lambda e: (-used[e[1]], e[1]))
    wanted, steps = used[ordered[0][1]], []
    for label, each in ordered:
        if used[each] <= wanted:
            steps.append((label, each))
            wanted = used[each] // 10
    return steps


if __name__ == "__main__":
    main()
