"""One entry to all export formats: a name, and bytes to a stream."""

from __future__ import annotations

from typing import IO

from kg.errors import KgError
from kg.iris import check_base
from kg.store import GraphReader

__all__ = ["write_export"]


def write_export(reader: GraphReader, output_format: str, stream: IO[bytes], base: str) -> None:
    """Write the whole graph in one format; the same graph gives the same bytes.

    Raises:
        KgError: the format is unknown, or the base is no IRI.
    """
    check_base(base)
    if output_format == "jsonl":
        from kg.graph.jsonl import write_jsonl

        write_jsonl(reader, stream, base)
    elif output_format == "turtle":
        from kg.rdf import write_turtle

        write_turtle(reader, stream, base)
    elif output_format == "graphml":
        from kg.graph.networkx import write_graphml

        write_graphml(reader, stream, base)
    else:
        raise KgError(f"{output_format!r} is no export format; use jsonl, turtle or graphml")
