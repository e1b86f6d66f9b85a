"""The Python interface: a graph to open or build, and to ask.

>>> import kg
>>> graph = kg.build(["examples/reasoning-and-rl.txt"], "outputs/kg.db")  # doctest: +SKIP
>>> [hit.paper.title for hit in graph.papers(benchmark="GSM8K")]  # doctest: +SKIP
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from kg import query
from kg.building import build_graph, remove_sources
from kg.errors import KgError, NotFoundError
from kg.iris import DEFAULT_BASE
from kg.model import EntityType, Relation
from kg.store import GraphReader

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd
    import rdflib

    from kg.rdf.sparql import SparqlEngine

__all__ = ["Graph", "build", "open_graph", "remove"]


class Graph:
    """A graph file, open for questions. Use as a context manager, or ``close`` it.

    ``sparql_in_memory`` answers SPARQL from memory, not from a copy on disk: queries run two to four times as fast, but
    the first one waits until all is read, which pays for a session of many queries on a large graph.
    """

    def __init__(self, path: str | Path, *, sparql_in_memory: bool = False) -> None:
        self.reader = GraphReader(Path(path))
        self._sparql_in_memory = sparql_in_memory
        self._engine: SparqlEngine | None = None

    def close(self) -> None:
        """Close the file."""
        if self._engine is not None:
            self._engine.close()
        self.reader.close()

    def __enter__(self) -> Graph:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def papers(
        self,
        *,
        benchmark: str | None = None,
        method: str | None = None,
        model: str | None = None,
        dataset: str | None = None,
        task: str | None = None,
        metric: str | None = None,
        relation: str | None = None,
        since: str | None = None,
        text: str | None = None,
        exact: bool = False,
        limit: int | None = None,
    ) -> list[query.PaperHit]:
        """The papers that match all that is given, with evidence; see ``kg.query.PaperFilter``.

        Raises:
            NotFoundError: a name stands for nothing in the graph; it carries suggestions.
        """
        named = {
            "benchmark": benchmark,
            "method": method,
            "model": model,
            "dataset": dataset,
            "task": task,
            "metric": metric,
        }
        entities = tuple((EntityType(kind), name) for kind, name in named.items() if name is not None)
        wanted = query.PaperFilter(entities, Relation(relation) if relation else None, since, text, exact, limit=limit)
        return query.find_papers(self.reader, wanted)

    def entity(self, name: str) -> query.EntityProfile:
        """All about the entity that a name stands for.

        Raises:
            NotFoundError: nothing is called so.
        """
        profile = query.profile_entity(self.reader, query.find_entities(self.reader, name)[0])
        if profile is None:
            raise NotFoundError(name)
        return profile

    def entities(self, kind: str | None = None) -> list[query.EntityCount]:
        """The entities that papers name, of one type or all, the most named first."""
        return query.list_entities(self.reader, EntityType(kind) if kind else None)

    def related(
        self, name: str, kind: str | None = None, *, min_papers: int = 2, limit: int | None = 20, exact: bool = False
    ) -> list[query.Related]:
        """The entities that the same papers name, more often than chance has it; see ``kg.query.find_related``.

        Raises:
            NotFoundError: nothing is called so; it carries suggestions.
        """
        wanted = EntityType(kind) if kind else None
        return query.find_related(self.reader, name, wanted, min_papers=min_papers, limit=limit, exact=exact)

    def path(self, start: str, end: str) -> query.Path:
        """A shortest path between two entities or papers, every step with its evidence.

        Raises:
            NotFoundError: nothing is called so, or, as ``UnconnectedError``, nothing connects the two.
        """
        return query.find_path(self.reader, start, end)

    def compare(self, left: str, right: str) -> query.Comparison:
        """Two entities, or two papers, side by side.

        Raises:
            NotFoundError: nothing is called so; it carries suggestions.
            KgError: one is an entity and the other a paper.
        """
        return query.compare(self.reader, left, right)

    def stats(self) -> query.GraphStats:
        """Counts of everything."""
        return query.count_graph(self.reader)

    def _repr_html_(self) -> str:
        """A small table for notebooks: what the graph holds, and what is named most."""
        from kg.exports.summary import summary_html

        return summary_html(self.reader)

    def to_networkx(self) -> nx.MultiDiGraph[str]:
        """Papers and entities as nodes, links and families as edges, all attributes included."""
        from kg.exports.networkx import to_networkx

        return to_networkx(self.reader)

    def to_rdflib(self, *, base: str = DEFAULT_BASE, evidence: str = "full", abstracts: bool = False) -> rdflib.Graph:
        """The graph as RDF in rdflib's memory store; ``evidence`` is ``none``, ``sentence`` or ``full``.

        Raises:
            KgError: ``base`` cannot begin IRIs.
        """
        from kg.rdf import EvidenceLevel, RdfOptions, to_rdflib

        return to_rdflib(self.reader, base, RdfOptions(EvidenceLevel(evidence), abstracts))

    def sparql(
        self, query: str, /, *, timeout: float = 30.0, max_rows: int = 0, **bindings: object
    ) -> list[dict[str, object]] | bool | rdflib.Graph:
        """The answer to a SPARQL query: a list of rows for SELECT, a bool for ASK, a graph for CONSTRUCT and DESCRIBE.

        ``bindings`` put values in place of variables: ``graph.sparql("ASK { ?p dcterms:title ?t }", t="Slow Sums")``.
        At most ``max_rows`` rows or triples, 0 for all. The first query starts the process that answers them.

        Raises:
            KgError: the query is no SPARQL, an update or a federated one, or took longer than ``timeout`` seconds.
        """
        from kg.rdf.sparql import SparqlEngine, python_term

        if self._engine is None:
            self._engine = SparqlEngine(self.reader.path, in_memory=self._sparql_in_memory)
        values = {name: python_term(value) for name, value in bindings.items()}
        answer = self._engine.ask(query, values, seconds=timeout, rows=max_rows)
        if answer.kind == "graph":
            return answer.to_rdflib()
        return answer.boolean() if answer.kind == "boolean" else answer.values()

    def to_dataframe(self) -> pd.DataFrame:
        """One row a link: paper, title, date, entity, type, relation, confidence. Needs ``paperkg[pandas]``.

        Raises:
            KgError: pandas is not installed.
        """
        try:
            import pandas as pd
        except ImportError:
            raise KgError("data frames need pandas, which is not installed; pip install 'paperkg[pandas]'") from None

        columns = ["paper", "title", "date", "entity", "type", "relation", "confidence"]
        rows = self.reader.rows(
            "SELECT paper.id, title, date, label, type, relation, confidence FROM link "
            "JOIN paper ON paper.id = paper_id JOIN entity ON entity.id = entity_id ORDER BY paper.id, entity.id"
        )
        return pd.DataFrame(rows, columns=columns)


def open_graph(path: str | Path, *, sparql_in_memory: bool = False) -> Graph:
    """Open a graph that was built before; see ``Graph``.

    Raises:
        GraphError: there is none at this path.
    """
    return Graph(path, sparql_in_memory=sparql_in_memory)


def build(
    sources: Iterable[str | Path],
    path: str | Path = "outputs/kg.db",
    *,
    min_confidence: float | None = None,
    jobs: int = 1,
) -> Graph:
    """Build or grow a graph from files and folders of papers, and open it; see ``kg.building.build_graph``.

    With ``jobs`` over 1, a script needs the usual ``if __name__ == "__main__":`` around its work.

    Raises:
        SourceError: none of the sources can be read.
        GraphError: the graph file cannot be written.
    """
    build_graph([str(source) for source in sources], Path(path), min_confidence=min_confidence, jobs=jobs)
    return Graph(path)


def remove(sources: Iterable[str | Path], path: str | Path = "outputs/kg.db") -> Graph:
    """Take out of a graph what only these sources contributed, and open it; see ``kg.building.remove_sources``.

    Raises:
        SourceError: one of them is no source of the graph; nothing is removed then.
        GraphError: there is no such graph, or it cannot be written.
    """
    remove_sources([str(source) for source in sources], Path(path))
    return Graph(path)
