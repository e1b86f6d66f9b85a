"""``kg sparql``: SPARQL 1.1 over the graph."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import db_option
from kg.cli.output import print_document, print_line, print_rows, print_table, say
from kg.errors import KgError
from kg.iris import DEFAULT_BASE

if TYPE_CHECKING:
    from kg.rdf.sparql import Answer

__all__ = ["sparql"]

_FORMATS = ("table", "json", "jsonl", "csv", "tsv", "xml", "turtle", "ntriples", "nquads", "trig", "jsonld", "rdfxml")
_MAX_ROWS = 10_000
_BINDING = re.compile(r"[?$]?(?P<name>\w+)(?:@(?P<language>[A-Za-z0-9-]+)|:(?P<type>\w+))?=(?P<value>.*)\Z", re.DOTALL)


@click.command()
@click.argument("query", required=False)
@click.option(
    "-f",
    "--file",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    help="Read the query from a file; - is standard input.",
)
@click.option(
    "--bind",
    "bindings",
    metavar="NAME=VALUE",
    multiple=True,
    help="Put a value in place of ?NAME: a text; NAME@en= for one with a language, NAME:iri=, NAME:integer=, "
    "NAME:decimal=, NAME:date= for others.",
)
@click.option(
    "--format",
    "output_format",
    type=click.Choice(_FORMATS),
    help="How to print: rows as table, jsonl or the W3C's json, csv, tsv, xml; graphs as RDF.  "
    "[default: table for rows, turtle for graphs]",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, max=1e6),
    default=30.0,
    show_default=True,
    metavar="SECONDS",
    help="Stop a query after so long; 0 lets it run.",
)
@click.option(
    "--max-rows",
    type=click.IntRange(min=0),
    default=_MAX_ROWS,
    show_default=True,
    help="At most so many rows or triples, and a note when there are more; 0 is all.",
)
@click.option("--base", default=DEFAULT_BASE, show_default=True, metavar="IRI", help="The base of the graph's IRIs.")
@db_option
def sparql(
    query: str | None,
    file: Path | None,
    bindings: tuple[str, ...],
    output_format: str | None,
    timeout: float,
    max_rows: int,
    base: str,
    db: Path,
) -> None:
    """Ask the graph in SPARQL 1.1: SELECT, ASK, CONSTRUCT, DESCRIBE.

    Our prefixes (kg, skos, dcterms, rdf ...) need no declaration, and kg:matches(?paper, "words") searches the text.
    SERVICE and updates are refused. Exit code 1 when nothing is found.

    \b
    Examples:
      kg sparql 'SELECT ?title WHERE { ?paper kg:evaluatesOn <benchmark/gsm8k>; dcterms:title ?title }'
      kg sparql -f examples/queries/papers-on-benchmark.rq --bind name=GSM8K --format csv
      kg sparql 'DESCRIBE <method/grpo>' --format jsonld
    """
    from kg.rdf.sparql import SparqlEngine

    text = _query_text(query, file)
    values = dict(_binding(each) for each in bindings)
    with SparqlEngine(db, base) as engine:
        answer = engine.ask(text, values, seconds=timeout, rows=max_rows)
    _print(answer, output_format, base)
    if answer.cut:
        what = "triples" if answer.kind == "graph" else "rows"
        say(f"kg: only the first {max_rows} {what}; --max-rows 0 gives all")
    if answer.count == 0:
        if answer.kind != "boolean":
            say("kg: nothing found")
        raise SystemExit(1)


def _query_text(query: str | None, file: Path | None) -> str:
    if (query is None) == (file is None):
        raise KgError("give one query, as an argument or with -f FILE (- is standard input)")
    if file is None:
        return query or ""
    with click.open_file(str(file), "rb") as stream:
        data: bytes = stream.read()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise KgError(f"{file}: is no UTF-8 text") from None


def _binding(text: str) -> tuple[str, dict[str, str]]:
    """What ``--bind`` says. The type stands beside the name and is never read from the value."""
    from kg.rdf.sparql import literal, uri

    found = _BINDING.match(text)
    if found is None:
        raise KgError(f"--bind {text!r}: write NAME=VALUE, NAME@en=VALUE or NAME:integer=VALUE")
    value, kind = found["value"], found["type"]
    return found["name"], uri(value) if kind == "iri" else literal(value, datatype=kind, language=found["language"])


def _print(answer: Answer, output_format: str | None, base: str) -> None:
    chosen = output_format or ("turtle" if answer.kind == "graph" else "table")
    if chosen == "table" and answer.kind == "boolean":
        print_line("yes" if answer.boolean() else "no")
    elif chosen == "table" and answer.kind == "rows":
        _print_table(answer, base)
    elif chosen == "jsonl" and answer.kind == "rows":
        print_rows(answer.values(), "jsonl")
    else:
        print_document(answer.serialise(chosen))


def _print_table(answer: Answer, base: str) -> None:
    from kg.rdf.terms import PREFIXES

    if not answer.count:
        return
    columns, rows = answer.columns(), list(answer.terms())
    values = answer.values()
    right = {name for name in columns if all(isinstance(row[name], int | float | None) for row in values)}
    print_table(
        [(name, "right" if name in right else "left") for name in columns],
        [[_cell(row.get(name), base, PREFIXES) for name in columns] for row in rows],
    )


def _cell(term: dict[str, str] | None, base: str, prefixes: dict[str, str]) -> str:
    """A term for people: IRIs below the base without it, others with their prefix, literals without their type."""
    if term is None:
        return ""
    text = str(term["value"])
    if term["type"] == "uri":
        if text.startswith(base):
            return f"<{text.removeprefix(base)}>"
        for prefix, iri in prefixes.items():
            if text.startswith(iri):
                return f"{prefix}:{text.removeprefix(iri)}"
    return text
