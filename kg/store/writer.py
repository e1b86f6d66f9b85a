"""Writing the graph: records as they are read, papers, extractions in batches, and the linked graph as a whole.

Every method is one transaction, so a build that is killed leaves the last complete step; what is still to do is told by
the tables themselves.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.linking import Linker, RecordKeys, group_records, merge_records
from kg.linking.papers import complete_date
from kg.model import EntityType, Extraction, Paper, Reject
from kg.store.database import batched, open_database, storing, transaction
from kg.store.linked import replace_graph
from kg.store.payload import dump_extraction
from kg.text.characters import printable
from kg.text.folding import title_hash

__all__ = ["DEFAULT_MIN_CONFIDENCE", "GraphWriter", "SourceState"]

_RECORD_FIELDS = "title, abstract, arxiv, doi, date, author_count, organisation, upvotes"
_BATCH = 500  # records a statement
_UNIFIED, _LINKED = "unified", "linked"  # steps that the table "meta" marks as done
_LINKER = "linker"
_MIN_CONFIDENCE = "min_confidence"
DEFAULT_MIN_CONFIDENCE = 0.4
"""Where precision and recall are about even on annotated papers."""


@dataclass(frozen=True, slots=True)
class SourceState:
    """What the graph knows of a source. ``since``: only its records from this date on were taken in."""

    digest: str
    complete: bool
    since: str | None = None


class GraphWriter:
    """A graph file open for building."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._db = open_database(path, create=True)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def __enter__(self) -> GraphWriter:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # Sources and records

    def source_state(self, key: str) -> SourceState | None:
        """What is stored of a source; None if it is new."""
        rows = self._rows("SELECT digest, complete, since FROM source WHERE key = ?", (key,))
        return SourceState(rows[0][0], bool(rows[0][1]), rows[0][2]) if rows else None

    def sources(self) -> list[tuple[str, str]]:
        """Key and name of each source."""
        return self._rows("SELECT key, name FROM source ORDER BY key")

    def replace_source(
        self, key: str, name: str, digest: str, rows: Iterable[Paper | Reject], since: str | None = None
    ) -> None:
        """Store all that a source says, in place of what it said before; only from a date on if ``since`` is given."""
        with storing(self.path), transaction(self._db):
            self._delete_source(key)
            source = self._db.execute(
                "INSERT INTO source (key, name, digest, complete, since) VALUES (?, ?, ?, 0, ?)",
                (key, name, digest, since),
            ).lastrowid
            for batch in batched(rows, _BATCH):
                self._insert_rows(source, batch)
            if since is not None:
                self._drop_older(source, since)
            self._db.execute("UPDATE source SET complete = 1 WHERE id = ?", (source,))

    def remove_sources(self, keys: Iterable[str]) -> None:
        """Forget all that some sources said."""
        with storing(self.path), transaction(self._db):
            for key in keys:
                self._delete_source(key)

    def _delete_source(self, key: str) -> None:
        # What its papers amount to may have rested on its records: their other records are grouped and merged anew.
        self._db.execute(
            "UPDATE record SET paper_id = NULL WHERE paper_id IN "
            "(SELECT paper_id FROM record JOIN source ON source.id = source_id WHERE key = ?)",
            (key,),
        )
        self._db.execute("DELETE FROM source WHERE key = ?", (key,))
        self._mark(_UNIFIED, "no")
        self._mark(_LINKED, "no")

    def _drop_older(self, source: int | None, since: str) -> None:
        """Leave out the records that are older, or that nobody can tell the date of; count them."""
        year = self._latest_years("AND source_id = ?", source).get(source or 0)
        dates = self._db.execute("SELECT id, date FROM record WHERE source_id = ?", (source,))
        older = [(record,) for record, date in dates if (complete_date(date, year) or "") < since]
        self._db.executemany("DELETE FROM record WHERE id = ?", older)
        self._db.execute("UPDATE source SET older = ? WHERE id = ?", (len(older), source))

    def _insert_rows(self, source: int | None, rows: list[Paper | Reject]) -> None:
        self._db.executemany(
            f"INSERT INTO record (source_id, line, {_RECORD_FIELDS}, title_key) VALUES (?,?,?,?,?,?,?,?,?,?,?)",
            [
                (source, _line(row), *_paper_fields(row), title_hash(row.title))
                for row in rows
                if isinstance(row, Paper)
            ],
        )
        self._db.executemany(
            "INSERT INTO reject (source_id, line, reason) VALUES (?, ?, ?)",
            # A reason quotes what the source says, which may be no text at all; people see it, a line each.
            [(source, row.line, " ".join(printable(row.reason).split())) for row in rows if isinstance(row, Reject)],
        )

    # Papers

    def is_unified(self) -> bool:
        """Whether the papers are those of the records as they stand."""
        return self._marked(_UNIFIED)

    def unify(self) -> None:
        """Group records into papers; papers whose records changed are merged anew, papers without records go."""
        with storing(self.path), transaction(self._db):
            keys = (RecordKeys(*row) for row in self._db.execute("SELECT id, arxiv, doi, title_key FROM record"))
            group_of = group_records(keys)
            before = dict(self._db.execute("SELECT id, paper_id FROM record"))
            moved = [(group_of[record], record) for record in group_of if before[record] != group_of[record]]
            stored = {row[0] for row in self._db.execute("SELECT id FROM paper")}
            changed = {paper for paper, _ in moved} | {before[record] for _, record in moved if before[record]}
            self._db.executemany("UPDATE record SET paper_id = ? WHERE id = ?", moved)
            wanted = set(group_of.values())
            self._db.executemany("DELETE FROM paper WHERE id = ?", [(paper,) for paper in sorted(stored - wanted)])
            years = self._latest_years()
            for paper_id in sorted(changed & wanted):
                self._upsert_paper(paper_id, years)
            self._mark(_UNIFIED, "yes")
            self._mark(_LINKED, "no")

    def has_paper(self, paper_id: str) -> bool:
        """Whether there is a paper of this id."""
        return bool(self._rows("SELECT 1 FROM paper WHERE id = ?", (paper_id,)))

    def _latest_years(self, condition: str = "", *parameters: object) -> dict[int, int]:
        rows = self._db.execute(
            "SELECT source_id, max(CAST(substr(date, 1, 4) AS INTEGER)) FROM record "
            f"WHERE date IS NOT NULL AND substr(date, 1, 2) <> '--' {condition} GROUP BY source_id",
            parameters,
        )
        return dict(rows.fetchall())

    def _upsert_paper(self, paper_id: str, years: dict[int, int]) -> None:
        rows = self._db.execute(
            f"SELECT {_RECORD_FIELDS}, source.name || ':' || line, source_id FROM record "
            "JOIN source ON source.id = source_id WHERE paper_id = ?",
            (paper_id,),
        )
        records = [_record(row[:9], years.get(row[9])) for row in rows]
        paper = merge_records(paper_id, records)
        digest = _text_digest(paper)
        self._forget_other_text(paper_id, digest)
        self._db.execute(
            f"INSERT INTO paper (id, {_RECORD_FIELDS}, sources, text_digest) VALUES (?,?,?,?,?,?,?,?,?,?,?) "
            "ON CONFLICT (id) DO UPDATE SET title=excluded.title, abstract=excluded.abstract, arxiv=excluded.arxiv, "
            "doi=excluded.doi, date=excluded.date, author_count=excluded.author_count, "
            "organisation=excluded.organisation, "
            "upvotes=excluded.upvotes, sources=excluded.sources, text_digest=excluded.text_digest",
            (paper_id, *_paper_fields(paper), json.dumps(paper.sources, ensure_ascii=False), digest),
        )

    def _forget_other_text(self, paper_id: str, digest: str) -> None:
        """Offsets into a text that is replaced prove nothing, even until the new text is extracted."""
        if self._db.execute("SELECT 1 FROM paper WHERE id = ? AND text_digest <> ?", (paper_id, digest)).fetchone():
            for table in ("link", "result"):
                self._db.execute(f"DELETE FROM {table} WHERE paper_id = ?", (paper_id,))

    # Extractions

    def count_pending(self, version: str) -> int:
        """How many papers have no extraction of this version and of their present text."""
        return int(self._rows(f"SELECT count(*) {_PENDING}", (version,))[0][0])

    def pending_reasons(self, version: str) -> dict[str, int]:
        """How many of them have an extraction already, by its version: this one where only the text is another."""
        return dict(
            self._rows(f"SELECT extraction.version, count(*) {_PENDING} AND version IS NOT NULL GROUP BY 1", (version,))
        )

    def pending(self, version: str) -> Iterator[Paper]:
        """Those papers, by id; safe to go on while extractions are stored."""
        last = ""
        while True:
            rows = self._rows(
                f"SELECT paper.id, title, abstract {_PENDING} AND paper.id > ? ORDER BY paper.id LIMIT {_BATCH}",
                (version, last),
            )
            if not rows:
                return
            for paper_id, title, abstract in rows:
                yield Paper(title=title, abstract=abstract, id=paper_id)
            last = rows[-1][0]

    def store_extractions(self, version: str, batch: Sequence[tuple[Paper, Extraction]]) -> None:
        """Store a batch of extractions."""
        with storing(self.path), transaction(self._db):
            self._db.executemany(
                "INSERT OR REPLACE INTO extraction (paper_id, version, text_digest, payload) VALUES (?, ?, ?, ?)",
                [(paper.id, version, _text_digest(paper), dump_extraction(found)) for paper, found in batch],
            )
            self._mark(_LINKED, "no")

    # The linked graph

    def min_confidence(self) -> float:
        """The confidence from which on links are kept in this graph."""
        rows = self._rows("SELECT value FROM meta WHERE key = ?", (_MIN_CONFIDENCE,))
        return float(rows[0][0]) if rows else DEFAULT_MIN_CONFIDENCE

    def is_linked(self, linker: Linker, min_confidence: float = DEFAULT_MIN_CONFIDENCE) -> bool:
        """Whether entities and links are what this linker makes of the extractions, from this confidence on."""
        by_it = self._rows("SELECT value FROM meta WHERE key = ?", (_LINKER,)) == [(linker.version,)]
        return by_it and self._marked(_LINKED) and self.min_confidence() == min_confidence

    def _marked(self, step: str) -> bool:
        return self._rows("SELECT value FROM meta WHERE key = ?", (step,)) == [("yes",)]

    def _mark(self, step: str, value: str) -> None:
        self._db.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", (step, value))

    def link(
        self,
        linker: Linker,
        min_confidence: float = DEFAULT_MIN_CONFIDENCE,
        progress: Callable[[int, int], None] = lambda done, total: None,
    ) -> None:
        """Decide the identity of all that the extractions name, and replace the graph by the outcome.

        What an extraction is less sure of than ``min_confidence``, and no person accepted, stays out of the graph, and
        in the extraction. ``progress`` hears how many of how many papers are linked.
        """
        with storing(self.path), transaction(self._db):
            self._mark(_MIN_CONFIDENCE, repr(min_confidence))
            replace_graph(self._db, linker, min_confidence, progress)
            self._mark(_LINKER, linker.version)
            self._mark(_LINKED, "yes")

    def counts(self) -> dict[str, int]:
        """Records, rejects, papers, and records left out as too old: what a build's summary adds up."""
        one = (
            "SELECT (SELECT count(*) FROM record), (SELECT count(*) FROM reject), (SELECT count(*) FROM paper), "
            "(SELECT coalesce(sum(older), 0) FROM source)"
        )
        return dict(zip(("records", "rejects", "papers", "older"), self._rows(one)[0], strict=True))

    def entity_counts(self) -> dict[EntityType, int]:
        """How many entities of each type papers name."""
        rows = self._rows(
            "SELECT type, count(*) FROM entity WHERE id IN (SELECT entity_id FROM link) GROUP BY type", ()
        )
        counts = dict(rows)
        return {kind: int(counts.get(kind, 0)) for kind in EntityType}

    def rejects(self) -> list[Reject]:
        """All records that were set aside."""
        rows = self._rows(
            "SELECT name, line, reason FROM reject JOIN source ON source.id = source_id ORDER BY name, line"
        )
        return [Reject(*row) for row in rows]

    def _rows(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        with storing(self.path):
            return self._db.execute(sql, parameters).fetchall()


_PENDING = (
    "FROM paper LEFT JOIN extraction ON extraction.paper_id = paper.id "
    "WHERE (extraction.version IS NULL OR extraction.version <> ? OR extraction.text_digest <> paper.text_digest)"
)


def _line(paper: Paper) -> int:
    return int(paper.sources[0].rpartition(":")[2])


def _paper_fields(paper: Paper) -> tuple[object, ...]:
    return (
        paper.title, paper.abstract, paper.arxiv, paper.doi, paper.date, paper.author_count, paper.organisation,
        paper.upvotes,
    )  # fmt: skip


def _record(row: Sequence[object], latest_year: int | None) -> Paper:
    title, abstract, arxiv, doi, date, author_count, organisation, upvotes, source = row
    return Paper(
        title=str(title),
        abstract=str(abstract),
        arxiv=arxiv,  # type: ignore[arg-type]
        doi=doi,  # type: ignore[arg-type]
        date=complete_date(date, latest_year),  # type: ignore[arg-type]
        author_count=author_count,  # type: ignore[arg-type]
        organisation=organisation,  # type: ignore[arg-type]
        upvotes=upvotes,  # type: ignore[arg-type]
        sources=(str(source),),
    )


def _text_digest(paper: Paper) -> str:
    return hashlib.sha256(f"{paper.title}\n\n{paper.abstract}".encode()).hexdigest()[:16]
