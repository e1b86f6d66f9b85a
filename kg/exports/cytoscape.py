"""The graph as Cytoscape.js JSON (``.cyjs``), which Cytoscape.js takes as its elements and Cytoscape desktop imports.

CX, the other format of the desktop program, is read by it and NDEx alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import IO

from kg.exports.elements import elements
from kg.iris import DEFAULT_BASE
from kg.store import GraphReader

__all__ = ["write_cytoscape"]


def write_cytoscape(
    reader: GraphReader,
    stream: IO[bytes],
    base: str = DEFAULT_BASE,
    *,
    license: str | None = None,
    projection: str | None = None,
) -> None:
    """Write all nodes and edges, an element a line. ``name`` and ``interaction`` are what the desktop program shows."""
    with reader.snapshot():
        stream.write(b'{"format_version": "1.0", "generated_by": "kg", "target_cytoscapejs_version": "~3",\n')
        graph = elements(reader, base, license=license, projection=projection)
        facts = json.dumps({"name": "kg", **graph.facts}, ensure_ascii=False)
        stream.write(f'"data": {facts}, "elements": {{"nodes": [\n'.encode())
        _write_elements(
            stream,
            ({"id": node.id, "name": node.attributes["label"], **node.attributes} for node in graph.nodes()),
        )
        stream.write(b'\n], "edges": [\n')
        _write_elements(
            stream,
            (
                {
                    "id": f"edge/{number}",  # no IRI, so never that of a node
                    "source": edge.source,
                    "target": edge.target,
                    "interaction": edge.attributes["relation"],
                    **edge.attributes,
                }
                for number, edge in enumerate(graph.edges())
            ),
        )
        stream.write(b"\n]}}\n")


def _write_elements(stream: IO[bytes], elements: Iterable[Mapping[str, object]]) -> None:
    for number, data in enumerate(elements):
        stream.write((",\n" if number else "").encode() + json.dumps({"data": data}, ensure_ascii=False).encode())
