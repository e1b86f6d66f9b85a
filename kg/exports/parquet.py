"""The graph as Parquet files, a table a file, for pandas, DuckDB, Spark and their like. Needs ``paperkg[parquet]``.

Offsets refer to the stored text: that of ``papers.title``, and of ``papers.abstract``, which is there when asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import KgError
from kg.exports.folder import output_folder
from kg.iris import DEFAULT_BASE, entity_iri, paper_iri
from kg.model import PAPER_FIELDS, Relation, Stored, entity_of, text_of
from kg.questions.walk import walk_papers
from kg.store import GraphReader

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["PARQUET_TABLES", "write_parquet"]

_BATCH = 20_000  # rows a row group: little memory, and still large enough to compress and scan well

_TYPES = {Stored.INTEGER: "int64", Stored.TEXT: "string", Stored.TEXTS: "strings!", Stored.AUTHORS: "strings!"}

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
        "exact_matches": "strings!", "introduced_in": "strings!", "homepages": "strings!", "known": "bool!",
        "papers": "int64!", "introduced_by": "string",
    },
    "links": {"paper": "string!", "entity": "string!", "relation": "string!", "confidence": "double!"},
    "evidence": {
        "paper": "string!", "entity": "string!", "field": "string!", "start": "int32!", "end": "int32!",
        "surface": "string!", "sentence": "string!", "relation": "string!", "rule": "string!", "confidence": "double!",
    },
    "results": {
        "paper": "string!", "value": "string!", "number": "double", "unit": "string", "kind": "string!",
        "metric": "string", "on": "string", "of": "string",
        "metric_entity": "string", "on_entity": "string", "of_entity": "string",
        "field": "string!", "start": "int32!", "end": "int32!",
        "sentence": "string!", "confidence": "double!",
    },
}  # fmt: skip
"""Tables, their columns and types; ``!`` marks what is never null, ``strings`` a list. Dates are ISO 8601 of any
precision (``2024``, ``2024-02``, ``2024-02-05``), hence strings. ``papers.authors`` are names; ``authors`` has a row
for each author of each paper, by ``place`` from 1, for people join and group tables more easily than lists of
structures. ``introduced_by`` is the first, by id, of the papers that do."""

_INTRODUCED = "SELECT entity_id, min(paper_id) FROM link WHERE relation = ? GROUP BY entity_id"
Row = dict[str, object]


def write_parquet(reader: GraphReader, folder: Path, base: str = DEFAULT_BASE, *, abstracts: bool = False) -> None:
    """Write ``papers``, ``authors``, ``entities``, ``links``, ``evidence`` and ``results``; see ``PARQUET_TABLES``.

    Raises:
        KgError: pyarrow is not installed, or ``folder`` is a file or holds other files.
    """
    try:
        import pyarrow.parquet  # noqa: F401
    except ImportError:
        raise KgError("parquet needs pyarrow, which is not installed; pip install 'paperkg[parquet]'") from None
    with output_folder(folder, [f"{name}.parquet" for name in PARQUET_TABLES]) as unfinished, reader.snapshot():
        tables = {name: _Table(unfinished / f"{name}.parquet", name) for name in PARQUET_TABLES}
        try:
            for name, row in _rows(reader, base, abstracts=abstracts):
                tables[name].add(row)
        finally:
            for table in tables.values():
                table.close()


def _rows(reader: GraphReader, base: str, *, abstracts: bool) -> Iterator[tuple[str, Row]]:
    papers_of = dict(reader.stream("SELECT entity_id, count(*) FROM link GROUP BY entity_id"))
    introduced = dict(reader.stream(_INTRODUCED, [Relation.INTRODUCES]))
    for entity in reader.entities():
        yield (
            "entities",
            {
                "id": entity_iri(entity.id, base),
                "type": str(entity.type),
                "label": entity.label,
                "aliases": entity.aliases,
                "broader": [entity_iri(parent, base) for parent in entity.broader],
                "exact_matches": entity.exact_matches,
                "introduced_in": entity.introduced_in,
                "homepages": entity.homepages,
                "known": entity.known,
                "papers": papers_of.get(entity.id, 0),
                "introduced_by": paper_iri(introduced[entity.id], base) if entity.id in introduced else None,
            },
        )
    for profile in walk_papers(reader):
        paper, iri = profile.paper, paper_iri(profile.paper.id, base)
        yield (
            "papers",
            {
                "id": iri,
                "title": paper.title,
                "abstract": paper.abstract if abstracts else None,
                **{field.name: getattr(paper, field.name) for field in PAPER_FIELDS},
                "authors": [author.name for author in paper.authors],
                "sources": paper.sources,
            },
        )
        for place, author in enumerate(paper.authors, 1):
            person = {"name": author.name, "given": author.given, "family": author.family, "orcid": author.orcid}
            yield "authors", {"paper": iri, "place": place, **person}
        for link in profile.links:
            entity_id = entity_iri(link.entity_id, base)
            key = {"paper": iri, "entity": entity_id}
            yield "links", key | {"relation": str(link.relation), "confidence": link.confidence}
            for e in link.evidence:
                yield (
                    "evidence",
                    key
                    | {
                        "field": str(e.passage),
                        "start": e.anchor.start,
                        "end": e.anchor.end,
                        "surface": e.surface,
                        "sentence": e.sentence,
                        "relation": str(e.relation),
                        "rule": e.rule,
                        "confidence": e.score,
                    },
                )
        for r in profile.results:
            yield (
                "results",
                {
                    "paper": iri,
                    "value": r.value,
                    "number": r.finite_number,
                    "unit": r.unit,
                    "kind": str(r.kind),
                    "metric": text_of(r.metric),
                    "on": text_of(r.on),
                    "of": text_of(r.of),
                    "metric_entity": _iri(entity_of(r.metric), base),
                    "on_entity": _iri(entity_of(r.on), base),
                    "of_entity": _iri(entity_of(r.of), base),
                    "field": str(r.passage),
                    "start": r.anchor.start,
                    "end": r.anchor.end,
                    "sentence": r.sentence,
                    "confidence": r.confidence,
                },
            )


def _iri(entity_id: str | None, base: str) -> str | None:
    return entity_iri(entity_id, base) if entity_id else None


class _Table:
    """One file, written a row group at a time."""

    def __init__(self, path: Path, name: str) -> None:
        import pyarrow.parquet as pq

        self._schema = _schema(PARQUET_TABLES[name])
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


def _schema(columns: dict[str, str]) -> pa.Schema:
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
        [pa.field(name, types[kind.rstrip("!")], nullable=not kind.endswith("!")) for name, kind in columns.items()]
    )
