"""What the graph is, as one JSON object: for formats that have no place for it, as JSON lines, and for catalogues."""

from __future__ import annotations

import json
from typing import IO

from kg.iris import DEFAULT_BASE
from kg.questions.description import describe
from kg.store import GraphReader

__all__ = ["write_metadata"]

_CONFORMS_TO = "https://w3id.org/paperkg/ontology"


def write_metadata(
    reader: GraphReader, stream: IO[bytes], base: str = DEFAULT_BASE, *, license: str | None = None
) -> None:
    """Write title, licence, version, counts, sources and the versions of what made the graph."""
    graph = describe(reader)
    described: dict[str, object] = {"id": base, **graph.facts, "license": license, "conforms_to": _CONFORMS_TO}
    described["sources"] = [{"name": source.name, "sha256": source.sha256} for source in graph.sources]
    described["entities_by_type"] = {str(kind): number for kind, number in graph.entities.items()}
    stream.write(json.dumps(described, ensure_ascii=False, indent=2).encode() + b"\n")
