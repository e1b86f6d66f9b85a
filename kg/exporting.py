"""One entry to all export formats: what there is, and how each is written.

A format fills one stream, or a folder with several files. Its module is imported when it is asked for.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import IO

from kg.errors import KgError
from kg.iris import DEFAULT_BASE, check_base
from kg.store import GraphReader

__all__ = ["FORMATS", "ExportFormat", "compressed", "write_export", "write_export_folder"]


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """A format: ``writer`` names a function ``module:function`` of (reader, stream or folder, base, its options).

    Those of RDF have none: ``kg.rdf`` writes them all.
    """

    summary: str
    writer: str = ""
    folder: bool = False
    options: tuple[str, ...] = ()


_RDF = ("evidence", "abstracts")
FORMATS: dict[str, ExportFormat] = {
    "turtle": ExportFormat("RDF, to read", options=_RDF),
    "ntriples": ExportFormat("RDF, a line a triple", options=_RDF),
    "nquads": ExportFormat("RDF datasets, a line a quad", options=_RDF),
    "trig": ExportFormat("RDF datasets, to read", options=_RDF),
    "jsonld": ExportFormat("RDF as JSON, with its context inside", options=_RDF),
    "rdfxml": ExportFormat("RDF for older tools", options=_RDF),
    "jsonl": ExportFormat("JSON, a line a paper", "kg.exports.jsonl:write_jsonl"),
    "graphml": ExportFormat("for networkx, yEd, Gephi", "kg.exports.graphml:write_graphml"),
    "gexf": ExportFormat("for Gephi", "kg.exports.gexf:write_gexf"),
    "cytoscape": ExportFormat("for Cytoscape and Cytoscape.js", "kg.exports.cytoscape:write_cytoscape"),
    "csv": ExportFormat("a folder of tables for neo4j-admin import", "kg.exports.neo4j:write_neo4j", folder=True),
    "parquet": ExportFormat(
        "a folder of columnar tables", "kg.exports.parquet:write_parquet", folder=True, options=("abstracts",)
    ),
}
"""All formats by name, in the order in which they are listed."""


def write_export(
    reader: GraphReader,
    output_format: str,
    stream: IO[bytes],
    base: str = DEFAULT_BASE,
    *,
    evidence: str | None = None,
    abstracts: bool = False,
) -> None:
    """Write the whole graph in a format of one stream; the same graph gives the same bytes.

    ``evidence`` (``none``, ``sentence`` or ``full``, the default) and ``abstracts`` say what RDF holds; see
    ``kg.rdf.RdfOptions``.

    Raises:
        KgError: the format is unknown, fills a folder or has no such option, or the base is no IRI.
    """
    found = _format(output_format)
    if found.folder:
        raise KgError(f"{output_format} writes several files; name a folder for them with -o FOLDER")
    options = _options(output_format, evidence=evidence, abstracts=abstracts)
    check_base(base)
    if found.writer:
        _load(found.writer)(reader, stream, base, **options)
    else:
        from kg.rdf import EvidenceLevel, RdfOptions, write_rdf

        write_rdf(reader, output_format, stream, base, RdfOptions(EvidenceLevel(evidence or "full"), abstracts))


def write_export_folder(
    reader: GraphReader,
    output_format: str,
    folder: Path,
    base: str = DEFAULT_BASE,
    *,
    evidence: str | None = None,
    abstracts: bool = False,
) -> None:
    """Write the whole graph in a format of several files into a folder: all of it or nothing.

    ``abstracts`` asks for those in Parquet; ``evidence`` is for formats of RDF, and refused.

    Raises:
        KgError: the format is unknown, fills one stream or has no such option, the base is no IRI, or the folder holds
            other files.
    """
    found = _format(output_format)
    if not found.folder:
        raise KgError(f"{output_format} writes one file, not a folder")
    options = _options(output_format, evidence=evidence, abstracts=abstracts)
    check_base(base)
    _load(found.writer)(reader, folder, base, **options)


@contextmanager
def compressed(stream: IO[bytes], name: str) -> Iterator[IO[bytes]]:
    """The stream itself, or a gzip stream into it where the file's name ends in ``.gz``; no time or name is stored."""
    if not name.endswith(".gz"):
        yield stream
        return
    with gzip.GzipFile(filename="", mode="wb", fileobj=stream, mtime=0, compresslevel=6) as packed:
        yield packed  # type: ignore[misc]  # a GzipFile is an IO[bytes] in all but name


def _format(name: str) -> ExportFormat:
    if name not in FORMATS:
        raise KgError(f"{name!r} is no export format; use {', '.join(FORMATS)}")
    return FORMATS[name]


def _options(name: str, **options: object) -> dict[str, object]:
    """Those that are given; none that the format would pass over in silence."""
    given = {option: value for option, value in options.items() if value}
    for option in given:
        if option not in FORMATS[name].options:
            takers = ", ".join(each for each, found in FORMATS.items() if option in found.options)
            raise KgError(f"{name} has no option --{option}; the formats that have it are {takers}")
    return given


def _load(writer: str) -> Callable[..., None]:
    module, _, name = writer.partition(":")
    function: Callable[..., None] = getattr(import_module(module), name)
    return function
