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
from kg.errors import NotFoundError
from kg.model import EntityType, Relation
from kg.store import GraphReader

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd
    import rdflib

__all__ = ["Graph", "build", "open_graph", "remove"]


class Graph:
    """A graph file, open for questions. Use as a context manager, or ``close`` it."""

    def __init__(self, path: str | Path) -> None:
        self.reader = GraphReader(Path(path))

    def close(self) -> None:
        """Close the file."""
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

    def stats(self) -> query.GraphStats:
        """Counts of everything."""
        return query.count_graph(self.reader)

    def to_networkx(self) -> nx.MultiDiGraph[str]:
        """Papers and entities as nodes, links and families as edges, all attributes included."""
        from kg.graph.networkx import to_networkx

        return to_networkx(self.reader)

    def to_rdflib(self) -> rdflib.Graph:
        """The graph as RDF in rdflib's memory store."""
        from kg.rdf import to_rdflib

        return to_rdflib(self.reader)

    def to_dataframe(self) -> pd.DataFrame:
        """One row a link: paper, title, date, entity, type, relation, confidence. Needs ``paperkg[pandas]``."""
        import pandas as pd

        columns = ["paper", "title", "date", "entity", "type", "relation", "confidence"]
        rows = self.reader.rows(
            "SELECT paper.id, title, date, label, type, relation, confidence FROM link "
            "JOIN paper ON paper.id = paper_id JOIN entity ON entity.id = entity_id ORDER BY paper.id, entity.id"
        )
        return pd.DataFrame(rows, columns=columns)


def open_graph(path: str | Path) -> Graph:
    """Open a graph that was built before.

    Raises:
        GraphError: there is none at this path.
    """
    return Graph(path)


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
