"""The graph as CSV files for ``neo4j-admin database import``.

https://neo4j.com/docs/operations-manual/current/import/ describes the headers. Texts are exact: strings are always
quoted (so that empty is not missing), and list elements are parted by a control character that no name holds. These
files are for the importer; cells are not made safe for spreadsheets, which would change them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from itertools import chain
from pathlib import Path

from kg.exports.elements import NODE_ATTRIBUTES, STATED, Elements, Value, elements, flat
from kg.exports.folder import output_folder
from kg.iris import DEFAULT_BASE, claim_iri, entity_iri, evidence_iri, paper_iri, result_iri
from kg.model import Derivation, EntityRelation, Evidence, Result, entity_of, text_of
from kg.questions.walk import walk_papers
from kg.store import GraphReader

__all__ = ["ARRAY_DELIMITER", "NEO4J_FILES", "import_command", "write_neo4j"]

ARRAY_DELIMITER = "\x1f"
"""Unit separator. Neo4j knows no escape for it, so in the elements themselves it is replaced by a space."""

_TYPES = {int: ":long", str: "", tuple: ":string[]", float: ":double", bool: ":boolean"}
_IN_TYPE = ("kind", "relation")  # attributes that are a node's label or a relationship's type
_PLACE = ("field", "start_offset:int", "end_offset:int", "sentence")
_LINK_COLUMNS = ("confidence", "sentence", "surface", "field", "start_offset", "end_offset")
Tables = Mapping[str, tuple[str, ...]]

_NODES: Tables = {
    "papers.csv": (
        "iri:ID(Paper)", ":LABEL", "title",
        *(f"{name}{_TYPES[NODE_ATTRIBUTES[name]]}" for name in STATED), "sources:string[]",
    ),
    "entities.csv": (
        "iri:ID(Entity)", ":LABEL", "name", "aliases:string[]", "exact_matches:string[]", "introduced_in:string[]",
        "homepages:string[]", "known:boolean", "direction", "scale", "papers:long",
    ),
    "results.csv": (
        "iri:ID(Result)", ":LABEL", "value", "number:double", "unit", "kind", "metric", "measured_on", "achieved_by",
        *_PLACE, "confidence:double",
    ),
    "evidence.csv": (
        "iri:ID(Evidence)", ":LABEL", *_PLACE, "surface", "relation", "rule", "confidence:double",
    ),
}  # fmt: skip
_RELATIONSHIPS: Tables = {
    "links.csv": (
        ":START_ID(Paper)", ":END_ID(Entity)", ":TYPE", "confidence:double", "sentence", "surface", "field",
        "start_offset:int", "end_offset:int",
    ),
    "introduced.csv": (":START_ID(Entity)", ":END_ID(Paper)", ":TYPE"),
    "families.csv": (":START_ID(Entity)", ":END_ID(Entity)", ":TYPE"),
    "builds_on.csv": (":START_ID(Entity)", ":END_ID(Entity)", ":TYPE", "paper", *_PLACE),
    "reports.csv": (":START_ID(Paper)", ":END_ID(Result)", ":TYPE"),
    "outcomes.csv": (":START_ID(Result)", ":END_ID(Entity)", ":TYPE"),
    "states.csv": (":START_ID(Paper)", ":END_ID(Evidence)", ":TYPE"),
    "about.csv": (":START_ID(Evidence)", ":END_ID(Entity)", ":TYPE"),
}  # fmt: skip
_README = "README.md"

NEO4J_FILES = (*_NODES, *_RELATIONSHIPS, _README)
"""What an export consists of."""


def import_command(nodes: Iterable[str] = _NODES, relationships: Iterable[str] = _RELATIONSHIPS) -> str:
    """The command to run in the folder, into a database that does not exist or is empty."""
    return " \\\n  ".join(
        [
            "neo4j-admin database import full neo4j",
            *(f"--nodes={name}" for name in nodes),
            *(f"--relationships={name}" for name in relationships),
            "--array-delimiter=U+001F --multiline-fields=true --id-type=string",
        ]
    )


_README_TEXT = """# A graph of kg for Neo4j

{facts}

Run in this folder, while the database `neo4j` does not exist or is empty:

```sh
{command}
```

To replace what a database holds, stop it (`STOP DATABASE neo4j` in `system`, or the server) and add
`--overwrite-destination=true`. Then make what keeps nodes apart and finds them:

```cypher
{constraints}
CREATE INDEX entity_name IF NOT EXISTS FOR (n:Entity) ON (n.name);
```

{about}"""

_ABOUT = """Nodes: `Paper`, `Entity` (each also `Method`, `Model`, `Dataset`, `Benchmark`, `Metric` or `Task`),
`Result`, `Evidence`. Relationships: `INTRODUCES`, `EVALUATES_ON`, `TRAINS_ON`, `USES`, `COMPARES_WITH`, `ADDRESSES`,
`MENTIONS` from papers to entities, with confidence and the sentence that proves them best; `STATES` from papers to all
evidence, and `ABOUT` from there to entities; `INTRODUCED_BY` from entities to papers; `BROADER` to families,
`BUILDS_ON` with the paper and the sentence that say so, `MEASURED_BY` from benchmarks to metrics; `REPORTS` to results;
and from results `METRIC`, `MEASURED_ON` and `ACHIEVED_BY` to entities, where the name in the result is one that the
paper links.

```cypher
MATCH (p:Paper)-[r:EVALUATES_ON]->(:Benchmark {name: 'GSM8K'}) RETURN p.title, r.sentence;
```
"""

_ABOUT_TIES = """Nodes: `Entity` (each also `Method`, `Model`, `Dataset`, `Benchmark`, `Metric` or `Task`), with their
community and the first and last year of the papers that name them. Relationships: `USED_TOGETHER`, whose two ends are
alike, and `BUILDS_ON`, both with the number of papers and the first and last year of these.

```cypher
MATCH (e:Entity {name: 'GSM8K'})-[r:USED_TOGETHER]-(other) RETURN other.name, r.papers ORDER BY r.papers DESC LIMIT 20;
```
"""

Row = tuple[str, "Sequence[Cell]"]
Cell = str | int | float | bool | tuple[str, ...] | None


def write_neo4j(
    reader: GraphReader,
    folder: Path,
    base: str = DEFAULT_BASE,
    *,
    license: str | None = None,
    projection: str | None = None,
) -> None:
    """Write the files and a README with the command that imports them.

    Raises:
        KgError: ``folder`` is a file or holds other files.
    """
    with reader.snapshot():
        graph = elements(reader, base, license=license, projection=projection)
        if projection is None:
            rows = chain(_nodes(graph, _columns_of), _relationships(graph), _proofs(reader, base))
            _write(folder, _NODES, _RELATIONSHIPS, rows, _readme(graph, _NODES, _RELATIONSHIPS, _ABOUT))
        else:
            nodes, ties = _projected(graph)
            rows = chain(_nodes(graph, lambda _: ("entities.csv", tuple(graph.node_attributes)[1:])), _ties(graph))
            _write(folder, nodes, ties, rows, _readme(graph, nodes, ties, _ABOUT_TIES))


def _write(folder: Path, nodes: Tables, relationships: Tables, rows: Iterable[Row], readme: str) -> None:
    tables = {**nodes, **relationships}
    with output_folder(folder, (*tables, _README)) as unfinished:
        with ExitStack() as stack:
            files = {
                name: stack.enter_context((unfinished / name).open("w", encoding="utf-8", newline=""))
                for name in tables
            }
            for name, header in tables.items():
                files[name].write(",".join(header) + "\n")
            for name, cells in rows:
                files[name].write(_line(cells))
        (unfinished / _README).write_text(readme, encoding="utf-8")


def _columns_of(kind: Value) -> tuple[str, tuple[str, ...]]:
    """The file of a node of this kind, and the attributes that are its columns."""
    if kind == "paper":
        return "papers.csv", ("label", *STATED, "sources")
    return "entities.csv", (
        "label",
        "aliases",
        "exact_matches",
        "introduced_in",
        "homepages",
        "known",
        "direction",
        "scale",
        "papers",
    )


def _nodes(graph: Elements, columns_of: Callable[[Value], tuple[str, tuple[str, ...]]]) -> Iterator[Row]:
    for node in graph.nodes():
        kind = node.attributes["kind"]
        name, columns = columns_of(kind)
        labels = ("Paper",) if kind == "paper" else ("Entity", str(kind).capitalize())
        yield name, [node.id, labels, *(node.attributes.get(column) for column in columns)]
        introducing = node.attributes.get("introduced_by", ())
        if isinstance(introducing, tuple) and name == "entities.csv" and columns_of is _columns_of:
            yield from (("introduced.csv", [node.id, paper, "INTRODUCED_BY"]) for paper in introducing)


def _relationships(graph: Elements) -> Iterator[Row]:
    for edge in graph.edges():
        given = edge.attributes
        kind = str(given["relation"]).upper()
        if given["relation"] in (EntityRelation.BROADER, EntityRelation.MEASURED_BY):
            yield "families.csv", [edge.source, edge.target, kind]
        elif given["relation"] != EntityRelation.BUILDS_ON:  # which has its sentences; see below
            yield "links.csv", [edge.source, edge.target, kind, *(given.get(column) for column in _LINK_COLUMNS)]


def _proofs(reader: GraphReader, base: str) -> Iterator[Row]:
    """All evidence, results, and what builds on what."""
    for profile in walk_papers(reader):
        paper = paper_iri(profile.paper.id, base)
        for link in profile.links:
            claim, entity = claim_iri(paper, link.entity_id), entity_iri(link.entity_id, base)
            for number, e in enumerate(link.evidence, 1):
                iri = evidence_iri(claim, number)
                cells = (e.surface, str(e.relation), str(e.rule), e.score)
                yield "evidence.csv", [iri, ("Evidence",), *_place(e), *cells]
                yield "states.csv", [paper, iri, "STATES"]
                yield "about.csv", [iri, entity, "ABOUT"]
        for number, r in enumerate(profile.results, 1):
            yield from _result(r, paper, result_iri(paper, number), base)
        for d in profile.derivations:
            ends = (entity_iri(d.entity_id, base), entity_iri(d.other_id, base))
            yield "builds_on.csv", [*ends, "BUILDS_ON", paper, *_place(d)]


def _result(r: Result, paper: str, iri: str, base: str) -> Iterator[Row]:
    parts = (("METRIC", r.metric), ("MEASURED_ON", r.on), ("ACHIEVED_BY", r.of))
    stated = (r.value, r.finite_number, r.unit, str(r.kind), *(text_of(slot) for _, slot in parts))
    yield "results.csv", [iri, ("Result",), *stated, *_place(r), r.confidence]
    yield "reports.csv", [paper, iri, "REPORTS"]
    for kind, slot in parts:
        if entity := entity_of(slot):
            yield "outcomes.csv", [iri, entity_iri(entity, base), kind]


def _place(proof: Evidence | Result | Derivation) -> tuple[Cell, ...]:
    return str(proof.passage), proof.anchor.start, proof.anchor.end, proof.sentence


def _projected(graph: Elements) -> tuple[Tables, Tables]:
    """The headers of a projection's two files."""
    named = {"label": "name"}
    node, edge = (
        tuple(f"{named.get(name, name)}{_TYPES[kind]}" for name, kind in types.items() if name not in _IN_TYPE)
        for types in (graph.node_attributes, graph.edge_attributes)
    )
    edge = tuple(column for column in edge if column != "name")
    nodes = {"entities.csv": ("iri:ID(Entity)", ":LABEL", *node)}
    return nodes, {"ties.csv": (":START_ID(Entity)", ":END_ID(Entity)", ":TYPE", *edge)}


def _ties(graph: Elements) -> Iterator[Row]:
    columns = [name for name in graph.edge_attributes if name not in (*_IN_TYPE, "label")]
    for edge in graph.edges():
        kind = str(edge.attributes["relation"]).upper()
        yield "ties.csv", [edge.source, edge.target, kind, *(edge.attributes.get(column) for column in columns)]


def _readme(graph: Elements, nodes: Tables, relationships: Tables, about: str) -> str:
    facts = "\n".join(f"- {name}: {' '.join(str(value).split())}" for name, value in flat(graph.facts).items())
    labels = [match[1] for header in nodes.values() if (match := re.match(r"iri:ID\((\w+)\)", header[0]))]
    constraints = "\n".join(
        f"CREATE CONSTRAINT {label.lower()}_iri IF NOT EXISTS FOR (n:{label}) REQUIRE n.iri IS UNIQUE;"
        for label in labels
    )
    return _README_TEXT.format(
        command=import_command(nodes, relationships), facts=facts, about=about, constraints=constraints
    )


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
