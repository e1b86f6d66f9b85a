"""The formats of RDF as ``kg export`` calls them: a function each."""

from __future__ import annotations

from functools import partial
from typing import IO

from kg.rdf.options import EvidenceLevel, RdfOptions
from kg.rdf.serialise import write_rdf
from kg.store import GraphReader

__all__ = ["jsonld", "nquads", "ntriples", "rdfxml", "trig", "turtle"]


def _write(
    output_format: str,
    reader: GraphReader,
    stream: IO[bytes],
    base: str,
    *,
    evidence: str = EvidenceLevel.FULL,
    abstracts: bool = False,
    license: str | None = None,
    graph: str | None = None,
) -> None:
    write_rdf(reader, output_format, stream, base, RdfOptions(EvidenceLevel(evidence), abstracts, license, graph))


turtle = partial(_write, "turtle")
ntriples = partial(_write, "ntriples")
nquads = partial(_write, "nquads")
trig = partial(_write, "trig")
jsonld = partial(_write, "jsonld")
rdfxml = partial(_write, "rdfxml")
