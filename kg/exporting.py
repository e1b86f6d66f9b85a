"""One entry to all export formats, those of plugins included: each fills one stream, or a folder with several files."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from kg.errors import KgError
from kg.hookspecs import Exporter
from kg.iris import DEFAULT_BASE, check_base, check_iri
from kg.plugins import Offer, failed, load_target, offered_exporters
from kg.store import GraphReader

__all__ = ["compressed", "write_export", "write_export_folder"]


def write_export(
    reader: GraphReader,
    output_format: str,
    stream: IO[bytes],
    base: str = DEFAULT_BASE,
    *,
    evidence: str | None = None,
    abstracts: bool = False,
    license: str | None = None,
    graph: str | None = None,
    projection: str | None = None,
) -> None:
    """Write the whole graph in a format of one stream; the same graph gives the same bytes.

    ``evidence`` (``none``, ``sentence`` or ``full``, the default), ``abstracts``, ``license`` and ``graph`` say what
    RDF holds; see ``kg.rdf.RdfOptions``. ``license`` is written by all formats that say what the graph is. With
    ``projection`` (``entities``) only that is written; see ``kg.exports.elements.Projection``.

    Raises:
        KgError: the format is unknown, fills a folder or has no such option, or the base or another IRI is none; or a
            plugin that writes it fails.
    """
    found = offered_exporters().get(output_format)
    if found.value.folder:
        raise KgError(f"{output_format} writes several files; name a folder for them with -o FOLDER")
    options = {"evidence": evidence, "abstracts": abstracts, "license": license, "graph": graph}
    _write(found, reader, stream, base, projection=projection, **options)


def write_export_folder(
    reader: GraphReader,
    output_format: str,
    folder: Path,
    base: str = DEFAULT_BASE,
    *,
    evidence: str | None = None,
    abstracts: bool = False,
    license: str | None = None,
    graph: str | None = None,
    projection: str | None = None,
) -> None:
    """Write the whole graph in a format of several files into a folder: all of it or nothing.

    ``abstracts`` asks for those in Parquet; ``evidence`` and ``graph`` are for formats of RDF, and refused; the others
    are as in ``write_export``.

    Raises:
        KgError: the format is unknown, fills one stream or has no such option, the base or licence is no IRI, or the
            folder holds other files.
    """
    found = offered_exporters().get(output_format)
    if not found.value.folder:
        raise KgError(f"{output_format} writes one file, not a folder")
    options = {"evidence": evidence, "abstracts": abstracts, "license": license, "graph": graph}
    _write(found, reader, folder, base, projection=projection, **options)


@contextmanager
def compressed(stream: IO[bytes], name: str) -> Iterator[IO[bytes]]:
    """The stream itself, or a gzip stream into it where the file's name ends in ``.gz``; no time or name is stored."""
    if not name.endswith(".gz"):
        yield stream
        return
    with gzip.GzipFile(filename="", mode="wb", fileobj=stream, mtime=0, compresslevel=6) as packed:
        yield packed  # type: ignore[misc]  # a GzipFile is an IO[bytes] in all but name


def _write(
    exporter: Offer[Exporter], reader: GraphReader, target: IO[bytes] | Path, base: str, **options: object
) -> None:
    given = _options(exporter.value, **options)
    check_base(base)
    for option in ("license", "graph"):
        if option in given:
            check_iri(str(given[option]), option)
    write = load_target(exporter.value.write, exporter)
    try:
        write(reader, target, base, **given)
    except (KgError, OSError):
        raise
    except Exception as error:
        if exporter.plugin.built_in:
            raise
        raise failed(exporter, "writing", error) from error


def _options(exporter: Exporter, **options: object) -> dict[str, object]:
    """Those that are given; none that the format would pass over in silence."""
    given = {option: value for option, value in options.items() if value}
    for option in given:
        if option not in exporter.options:
            takers = ", ".join(each.value.name for each in offered_exporters() if option in each.value.options)
            raise KgError(f"{exporter.name} has no option --{option}; the formats that have it are {takers}")
    return given
