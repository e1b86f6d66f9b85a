"""The graph as Parquet files, a table a file, for pandas, DuckDB, Spark and their like. Needs ``paperkg[parquet]``.

Offsets refer to the stored text: that of ``papers.title``, and of ``papers.abstract``, which is there when asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import KgError
from kg.exports.elements import Elements, Value, elements, facts_of, flat
from kg.exports.folder import output_folder
from kg.iris import DEFAULT_BASE, claim_iri, derivation_iri, entity_iri, evidence_iri, paper_iri, result_iri
from kg.model import PAPER_FIELDS, Derivation, Evidence, Paper, Result, Stored, entity_of, text_of
from kg.questions.derived import builds_on, introduced_by, measured_by
from kg.questions.walk import walk_papers
from kg.store import GraphReader
from kg.store.groups import Groups

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["PARQUET_TABLES", "write_parquet"]

_BATCH = 20_000  # rows a row group: little memory, and still large enough to compress and scan well

_TYPES = {Stored.INTEGER: "int64", Stored.TEXT: "string", Stored.TEXTS: "strings!", Stored.AUTHORS: "strings!"}
_OF = {str: "string", int: "int64", float: "double", bool: "bool", tuple: "strings!"}

_PLACE = {
    "field": "string!",
    "place": "int32!",
    "start_offset": "int32!",
    "end_offset": "int32!",
    "sentence": "string!",
}

PARQUET_TABLES: dict[str, dict[str, str]] = {
    "papers": {
        "id": "string!", "title": "string!", "abstract": "string",
        **{field.name: _TYPES[field.stored] for field in PAPER_FIELDS},
        "sources": "strings!",
    },
    "authors": {
        "paper": "string!", "place": "int32!", "name": "string!", "given": "string", "family": "string",
        "orcid": "string",
    },
    "entities": {
        "id": "string!", "type": "string!", "label": "string!", "aliases": "strings!", "broader": "strings!",
        "exact_matches": "strings!", "introduced_in": "strings!", "homepages": "strings!",
        "known": "bool!", "direction": "string", "scale": "string", "papers": "int64!", "introduced_by": "strings!",
        "builds_on": "strings!", "measured_by": "strings!",
    },
    "links": {"id": "string!", "paper": "string!", "entity": "string!", "relation": "string!", "confidence": "double!"},
    "evidence": {
        "id": "string!", "paper": "string!", "entity": "string!", **_PLACE, "surface": "string!",
        "relation": "string!", "rule": "string!", "confidence": "double!",
    },
    "results": {
        "id": "string!", "paper": "string!", "value": "string!", "number": "double", "unit": "string",
        "kind": "string!", "metric": "string", "measured_on": "string", "achieved_by": "string",
        "metric_entity": "string", "measured_on_entity": "string", "achieved_by_entity": "string",
        "split": "string", "suite": "string", "setting": "string", "base": "string", "own": "bool",
        "deviation": "string", "better": "string", "row_head": "string", "column_head": "string", "cell": "string",
        **_PLACE, "confidence": "double!",
    },
    "derivations": {"id": "string!", "paper": "string!", "entity": "string!", "builds_on": "string!", **_PLACE},
}  # fmt: skip
"""Tables, their columns and types; ``!`` marks what is never null, ``strings`` a list. Dates are ISO 8601 of any
precision (``2024``, ``2024-02``, ``2024-02-05``), hence strings. ``papers.authors`` are names; ``authors`` has a row
for each author of each paper, by ``place`` from 1, for people join and group tables more easily than lists of
structures. Each link, piece of evidence, result and derivation has the IRI that it has in RDF, and no column is called
by a word that SQL keeps for itself."""

Row = dict[str, object]
Tables = Mapping[str, Mapping[str, str]]


def write_parquet(
    reader: GraphReader,
    folder: Path,
    base: str = DEFAULT_BASE,
    *,
    abstracts: bool = False,
    license: str | None = None,
    projection: str | None = None,
) -> None:
    """Write the tables of ``PARQUET_TABLES``, or ``nodes`` and ``edges`` of a projection; each says what the graph is.

    Raises:
        KgError: pyarrow is not installed, or ``folder`` is a file or holds other files.
    """
    try:
        import pyarrow.parquet  # noqa: F401
    except ImportError:
        raise KgError("parquet needs pyarrow, which is not installed; pip install 'paperkg[parquet]'") from None
    with reader.snapshot():
        if projection is None:
            facts = facts_of(reader, base, license)
            _write(folder, PARQUET_TABLES, facts, _rows(reader, base, abstracts=abstracts))
        else:
            graph = elements(reader, base, license=license, projection=projection)
            _write(folder, _columns(graph), graph.facts, _elements(graph))


def _columns(graph: Elements) -> dict[str, dict[str, str]]:
    """The tables of a graph of nodes and edges."""
    nodes, edges = (
        {name: _OF[kind] for name, kind in types.items()} for types in (graph.node_attributes, graph.edge_attributes)
    )
    return {"nodes": {"id": "string!", **nodes}, "edges": {"source": "string!", "target": "string!", **edges}}


def _elements(graph: Elements) -> Iterator[tuple[str, Row]]:
    lists = {name: () for name, kind in graph.node_attributes.items() if kind is tuple}
    for node in graph.nodes():
        yield "nodes", {"id": node.id, **lists, **node.attributes}
    for edge in graph.edges():
        yield "edges", {"source": edge.source, "target": edge.target, **edge.attributes}


def _write(folder: Path, columns: Tables, facts: Mapping[str, Value], rows: Iterable[tuple[str, Row]]) -> None:
    with output_folder(folder, [f"{name}.parquet" for name in columns]) as unfinished:
        tables = {name: _Table(unfinished / f"{name}.parquet", _schema(columns[name], facts)) for name in columns}
        try:
            for name, row in rows:
                tables[name].add(row)
        finally:
            for table in tables.values():
                table.close()


def _rows(reader: GraphReader, base: str, *, abstracts: bool) -> Iterator[tuple[str, Row]]:
    yield from (("entities", row) for row in _entities(reader, base))
    for profile in walk_papers(reader):
        paper, iri = profile.paper, paper_iri(profile.paper.id, base)
        yield "papers", _paper(paper, iri, abstracts=abstracts)
        for place, author in enumerate(paper.authors, 1):
            person = {"name": author.name, "given": author.given, "family": author.family, "orcid": author.orcid}
            yield "authors", {"paper": iri, "place": place, **person}
        for link in profile.links:
            claim, entity = claim_iri(iri, link.entity_id), entity_iri(link.entity_id, base)
            linked = {"paper": iri, "entity": entity}
            yield "links", {"id": claim, **linked, "relation": str(link.relation), "confidence": link.confidence}
            for number, piece in enumerate(link.evidence, 1):
                yield "evidence", {"id": evidence_iri(claim, number), **linked, **_evidence(piece)}
        for number, result in enumerate(profile.results, 1):
            yield "results", {"id": result_iri(iri, number), "paper": iri, **_result(result, base)}
        for number, derivation in enumerate(profile.derivations, 1):
            yield "derivations", {"id": derivation_iri(iri, number), "paper": iri, **_derivation(derivation, base)}


def _entities(reader: GraphReader, base: str) -> Iterator[Row]:
    papers_of = dict(reader.stream("SELECT entity_id, count(*) FROM link GROUP BY entity_id"))
    introduced, built, measured = (Groups(pairs(reader)) for pairs in (introduced_by, builds_on, measured_by))
    for entity in reader.entities():
        yield {
            "id": entity_iri(entity.id, base),
            "type": str(entity.type),
            "label": entity.label,
            "aliases": entity.aliases,
            "broader": [entity_iri(parent, base) for parent in entity.broader],
            "exact_matches": entity.exact_matches,
            "introduced_in": entity.introduced_in,
            "homepages": entity.homepages,
            "known": entity.known,
            "direction": entity.direction,
            "scale": entity.scale,
            "papers": papers_of.get(entity.id, 0),
            "introduced_by": [paper_iri(paper, base) for _, paper in introduced.take(entity.id)],
            "builds_on": [entity_iri(other, base) for _, other in built.take(entity.id)],
            "measured_by": [entity_iri(metric, base) for _, metric in measured.take(entity.id)],
        }


def _paper(paper: Paper, iri: str, *, abstracts: bool) -> Row:
    return {
        "id": iri,
        "title": paper.title,
        "abstract": paper.abstract if abstracts else None,
        **{field.name: getattr(paper, field.name) for field in PAPER_FIELDS},
        "authors": [author.name for author in paper.authors],
        "sources": paper.sources,
    }


def _evidence(piece: Evidence) -> Row:
    return {
        **_place(piece),
        "surface": piece.surface,
        "relation": str(piece.relation),
        "rule": piece.rule,
        "confidence": piece.score,
    }


def _result(result: Result, base: str) -> Row:
    parts = {"metric": result.metric, "measured_on": result.on, "achieved_by": result.of}
    return {
        "value": result.value,
        "number": result.finite_number,
        "unit": result.unit,
        "kind": str(result.kind),
        **{name: text_of(slot) for name, slot in parts.items()},
        **{f"{name}_entity": _iri(entity_of(slot), base) for name, slot in parts.items()},
        **result.told,
        **_place(result),
        "confidence": result.confidence,
    }


def _derivation(derivation: Derivation, base: str) -> Row:
    pair = {"entity": entity_iri(derivation.entity_id, base), "builds_on": entity_iri(derivation.other_id, base)}
    return pair | _place(derivation)


def _place(proof: Evidence | Result | Derivation) -> Row:
    return {
        "field": str(proof.passage),
        "place": proof.anchor.place,
        "start_offset": proof.anchor.start,
        "end_offset": proof.anchor.end,
        "sentence": proof.sentence,
    }


def _iri(entity_id: str | None, base: str) -> str | None:
    return entity_iri(entity_id, base) if entity_id else None


class _Table:
    """One file, written a row group at a time."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        import pyarrow.parquet as pq

        self._schema = schema
        self._writer: Any = pq.ParquetWriter(path, self._schema, compression="zstd")
        self._rows: list[Row] = []

    def add(self, row: Row) -> None:
        self._rows.append(row)
        if len(self._rows) >= _BATCH:
            self._flush()

    def close(self) -> None:
        if self._rows:
            self._flush()
        self._writer.close()

    def _flush(self) -> None:
        import pyarrow as pa

        self._writer.write_table(pa.Table.from_pylist(self._rows, schema=self._schema))
        self._rows.clear()


def _schema(columns: Mapping[str, str], facts: Mapping[str, Value]) -> pa.Schema:
    """Typed columns; the metadata of the file are the facts of the graph, as text."""
    import pyarrow as pa

    types = {
        "string": pa.string(),
        "strings": pa.list_(pa.string()),
        "int32": pa.int32(),
        "int64": pa.int64(),
        "double": pa.float64(),
        "bool": pa.bool_(),
    }
    return pa.schema(
        [pa.field(name, types[kind.rstrip("!")], nullable=not kind.endswith("!")) for name, kind in columns.items()],
        metadata={name: str(value) for name, value in flat(facts).items()},
    )
