"""The graph as CSV files for ``neo4j-admin database import``.

https://neo4j.com/docs/operations-manual/current/import/ describes the headers. Texts are exact: strings are always
quoted (so that empty is not missing), and list elements are parted by a control character that no name holds. These
files are for the importer; cells are not made safe for spreadsheets, which would change them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TextIO

from kg.exports.elements import NODE_ATTRIBUTES, STATED, edges, nodes
from kg.exports.folder import output_folder
from kg.iris import DEFAULT_BASE, entity_iri, paper_iri
from kg.model import EntityRelation, entity_of, text_of
from kg.questions.walk import walk_papers
from kg.store import GraphReader

__all__ = ["ARRAY_DELIMITER", "IMPORT_COMMAND", "NEO4J_FILES", "write_neo4j"]

ARRAY_DELIMITER = "\x1f"
"""Unit separator. Neo4j knows no escape for it, so in the elements themselves it is replaced by a space."""

_TYPES = {int: ":long", str: "", tuple: ":string[]"}
_NODES: dict[str, tuple[str, ...]] = {
    "papers.csv": (
        "iri:ID(Paper)", ":LABEL", "title",
        *(f"{name}{_TYPES[NODE_ATTRIBUTES[name]]}" for name in STATED), "sources:string[]",
    ),
    "entities.csv": (
        "iri:ID(Entity)", ":LABEL", "name", "aliases:string[]", "exact_matches:string[]", "introduced_in:string[]",
        "homepages:string[]", "known:boolean", "papers:long",
    ),
    "results.csv": (
        "iri:ID(Result)", ":LABEL", "value", "number:double", "unit", "kind", "metric", "on", "of", "sentence",
        "confidence:double",
    ),
}  # fmt: skip
_RELATIONSHIPS: dict[str, tuple[str, ...]] = {
    "links.csv": (
        ":START_ID(Paper)", ":END_ID(Entity)", ":TYPE", "confidence:double", "sentence", "surface", "field",
        "start:int", "end:int",
    ),
    "families.csv": (":START_ID(Entity)", ":END_ID(Entity)", ":TYPE"),
    "reports.csv": (":START_ID(Paper)", ":END_ID(Result)", ":TYPE"),
    "outcomes.csv": (":START_ID(Result)", ":END_ID(Entity)", ":TYPE"),
}  # fmt: skip
_README = "README.md"

NEO4J_FILES = (*_NODES, *_RELATIONSHIPS, _README)
"""What an export consists of."""

IMPORT_COMMAND = " \\\n  ".join(
    [
        "neo4j-admin database import full neo4j",
        *(f"--nodes={name}" for name in _NODES),
        *(f"--relationships={name}" for name in _RELATIONSHIPS),
        "--array-delimiter=U+001F --multiline-fields=true --id-type=string",
    ]
)
"""To run in the folder, into a database that does not exist yet."""

_README_TEXT = f"""# A graph of kg for Neo4j

Run in this folder, with the database stopped or not yet made:

```sh
{IMPORT_COMMAND}
```

Nodes: `Paper`, `Entity` (each also `Method`, `Model`, `Dataset`, `Benchmark`, `Metric` or `Task`), `Result`.
Relationships: `INTRODUCES`, `EVALUATES_ON`, `TRAINS_ON`, `USES`, `COMPARES_WITH`, `ADDRESSES`, `MENTIONS` from papers
to entities, with confidence and the sentence that proves them; `BROADER` to families; `REPORTS` to results; and from
results `METRIC`, `MEASURED_ON` and `ACHIEVED_BY` to entities, where the name in the result is one that the paper links.

```cypher
MATCH (p:Paper)-[r:EVALUATES_ON]->(:Benchmark {{name: 'GSM8K'}}) RETURN p.title, r.sentence;
```
"""

Cell = str | int | float | bool | tuple[str, ...] | None


def write_neo4j(reader: GraphReader, folder: Path, base: str = DEFAULT_BASE) -> None:
    """Write the files and a README with the command that imports them.

    Raises:
        KgError: ``folder`` is a file or holds other files.
    """
    with output_folder(folder, NEO4J_FILES) as unfinished, reader.snapshot():
        with ExitStack() as stack:
            files = {
                name: stack.enter_context((unfinished / name).open("w", encoding="utf-8", newline=""))
                for name in (*_NODES, *_RELATIONSHIPS)
            }
            for name, header in (_NODES | _RELATIONSHIPS).items():
                files[name].write(",".join(header) + "\n")
            _write_nodes(reader, files, base)
            _write_results(reader, files, base)
            _write_relationships(reader, files, base)
        (unfinished / _README).write_text(_README_TEXT, encoding="utf-8")


def _write_nodes(reader: GraphReader, files: Mapping[str, TextIO], base: str) -> None:
    for node in nodes(reader, base):
        given = node.attributes
        if given["kind"] == "paper":
            columns: tuple[str, ...] = ("label", *STATED, "sources")
            labels: tuple[str, ...] = ("Paper",)
            name = "papers.csv"
        else:
            columns = ("label", "aliases", "exact_matches", "introduced_in", "homepages", "known", "papers")
            labels = ("Entity", str(given["kind"]).capitalize())
            name = "entities.csv"
        files[name].write(_line([node.id, labels, *(given.get(column) for column in columns)]))


def _write_results(reader: GraphReader, files: Mapping[str, TextIO], base: str) -> None:
    for profile in walk_papers(reader):
        paper = paper_iri(profile.paper.id, base)
        for number, r in enumerate(profile.results, 1):
            iri = f"{paper}/result/{number}"
            row = [
                iri,
                ("Result",),
                r.value,
                r.finite_number,
                r.unit,
                str(r.kind),
                text_of(r.metric),
                text_of(r.on),
                text_of(r.of),
                r.sentence,
                r.confidence,
            ]
            files["results.csv"].write(_line(row))
            files["reports.csv"].write(_line([paper, iri, "REPORTS"]))
            for kind, slot in (("METRIC", r.metric), ("MEASURED_ON", r.on), ("ACHIEVED_BY", r.of)):
                if entity := entity_of(slot):
                    files["outcomes.csv"].write(_line([iri, entity_iri(entity, base), kind]))


def _write_relationships(reader: GraphReader, files: Mapping[str, TextIO], base: str) -> None:
    for edge in edges(reader, base):
        given = edge.attributes
        kind = str(given["relation"]).upper()
        if given["relation"] == EntityRelation.BROADER:
            files["families.csv"].write(_line([edge.source, edge.target, kind]))
        else:
            columns = ("confidence", "sentence", "surface", "field", "start", "end")
            cells = (given.get(column) for column in columns)
            files["links.csv"].write(_line([edge.source, edge.target, kind, *cells]))


def _line(cells: Sequence[Cell]) -> str:
    return ",".join(map(_cell, cells)) + "\n"


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(value)
    text = value if isinstance(value, str) else ARRAY_DELIMITER.join(v.replace(ARRAY_DELIMITER, " ") for v in value)
    return '"' + text.replace('"', '""') + '"'
