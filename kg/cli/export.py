"""``kg export``: the graph for other tools."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from kg.cli.options import db_option
from kg.cli.output import output_stream, say
from kg.iris import DEFAULT_BASE
from kg.plugins import offered_exporters

__all__ = ["export"]

_HELP = """Write the graph for other tools.

\b
Formats:
{formats}

A file whose name ends in .gz is compressed.

\b
Examples:
  kg export --format jsonl -o outputs/kg.jsonl
  kg export --format turtle --evidence sentence -o kg.ttl
  kg export --format ntriples -o kg.nt.gz
  kg export --format parquet --abstracts -o outputs/tables
  kg export --format gexf --projection entities -o outputs/entities.gexf
  kg export --format metadata -o outputs/kg.metadata.json
"""


def _help() -> str:
    lines = (f"  {offer.value.name:<10} {offer.value.summary}" for offer in offered_exporters())
    return _HELP.format(formats="\n".join(lines))


@click.command(help=_help())
@click.option(
    "--format",
    "output_format",
    type=click.Choice([offer.value.name for offer in offered_exporters()]),
    required=True,
    help="What to write.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, allow_dash=True),
    default=Path("-"),
    help="The file or, for formats of several files, the folder to write to; - is standard output.",
)
@click.option(
    "--base",
    default=DEFAULT_BASE,
    show_default=True,
    metavar="IRI",
    help="The base of the IRIs of papers and entities.",
)
@click.option(
    "--evidence",
    type=click.Choice(["none", "sentence", "full"]),
    help="RDF only: how much of the proof to write: sentences, offsets and quotes too (full, the default), or none; "
    "a file with none does not conform to the shapes, by which each claim and result has evidence.",
)
@click.option("--abstracts", is_flag=True, help="RDF and parquet only: write the abstracts too.")
@click.option(
    "--license",
    metavar="IRI",
    help="The licence under which you give the graph on, as https://creativecommons.org/licenses/by/4.0/; what is "
    "written says so. None by default.",
)
@click.option("--graph", metavar="IRI", help="N-Quads, TriG and JSON-LD only: the named graph that all is in.")
@click.option(
    "--projection",
    type=click.Choice(["entities"]),
    help="Of formats of nodes and edges: entities alone, tied where papers use both and where one builds on the other, "
    "with the number of papers, the community, and the first and last year.",
)
@db_option
def export(output_format: str, output: Path, base: str, db: Path, **options: Any) -> None:
    """Write the graph for other tools."""
    from kg.exporting import compressed, write_export, write_export_folder
    from kg.store import GraphReader

    with GraphReader(db) as reader:
        if offered_exporters().get(output_format).value.folder and str(output) != "-":
            write_export_folder(reader, output_format, output, base, **options)
        else:
            with output_stream(output) as stream, compressed(stream, output.name) as packed:
                write_export(reader, output_format, packed, base, **options)
    if str(output) != "-":
        say(f"wrote {output}")
