"""What agents can read beside asking: the ontology, queries to start from, and what the graph holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kg.server.queries import shipped_queries
from kg.server.served import ServedGraph
from kg.vocabulary.loader import ontology_path
from kg.wire import encode

__all__ = ["Readable", "readables"]


@dataclass(frozen=True, slots=True)
class Readable:
    """A text at an address."""

    uri: str
    name: str
    description: str
    media_type: str
    read: Callable[[], str]


def readables(served: ServedGraph) -> tuple[Readable, ...]:
    """All that can be read."""

    def stats() -> str:
        with served.graph() as graph:
            return encode(graph.stats()).decode()

    queries = shipped_queries()
    return (
        Readable(
            "kg://ontology",
            "ontology",
            "The classes and properties that SPARQL queries use, with what they mean.",
            "text/turtle",
            lambda: (ontology_path() / "kg.ttl").read_text(encoding="utf-8"),
        ),
        Readable(
            "kg://queries",
            "queries",
            "SPARQL queries to start from: what each answers, and its address.",
            "text/plain",
            lambda: "".join(f"kg://queries/{each.name}  {each.title}\n" for each in queries),
        ),
        Readable("kg://stats", "stats", "How much of what the graph holds.", "application/json", stats),
        *(
            Readable(
                f"kg://queries/{each.name}",
                f"query-{each.name}",
                each.title,
                "application/sparql-query",
                lambda text=each.text: text,  # type: ignore[misc]
            )
            for each in queries
        ),
    )
