"""Writing the graph: records as they are read, papers, extractions in batches, and the linked graph as a whole.

Every step is one transaction (``unifying`` and ``relinking`` hold theirs open for what building hands in), so a build
that is killed leaves the last complete step; what is still to do is told by the tables themselves.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from kg.model import PAPER_FIELDS, Author, EntityType, Extraction, LocalEntity, Paper, Part, Reject
from kg.store.arrivals import Arrivals
from kg.store.body import PART_COLUMNS, body_digest, part_from, size_and_digest, stored_parts
from kg.store.changes import GROUPED, LINKED, TEXT, changed, forget_changes, note_change, note_records_of
from kg.store.database import batched, family_folded, open_database, storing, transaction
from kg.store.fields import cell_of, value_of
from kg.store.grouping import KeyRow, all_keys, keys_near
from kg.store.linked import LinkedTables
from kg.store.payload import NamedThing, dump_extraction, load_extraction, load_names
from kg.store.redirects import former_links, redirect_papers, successors_of_papers
from kg.store.relinked import ChangedTables
from kg.text.characters import printable
from kg.text.dates import complete_date
from kg.text.folding import fold_person, title_hash
from kg.version import __version__

__all__ = ["GraphWriter", "SourceState"]

_STATED = ", ".join(("title", "abstract", *(field.name for field in PAPER_FIELDS)))
"""The columns of what a record says, or records together say, of a paper."""
_BATCH = 500  # records a statement
_UNIFIED, _MERGED, _LINKED = "unified", "merged", "linked"
"""What the table "meta" tells: by which version each is done; an empty text where it is not."""
_GROUPED, _EXTRACTED, _KEPT, _CORRECTED = "grouped", "extracted", "kept", "corrected"
"""And of which version what did not change since is; what did is noted in the table "change"."""
_SOFTWARE = "software"
"""And which version of ``kg`` linked the graph as it stands: for exports, nothing is done anew for it."""


@dataclass(frozen=True, slots=True)
class SourceState:
    """What the graph knows of a source. ``since``: only its records from this date on were taken in."""

    digest: str
    complete: bool
    since: str | None = None


class GraphWriter:
    """A graph file open for building. ``moment``, if it is to be kept, is when the records that it stores came."""

    def __init__(self, path: Path, moment: datetime | None = None) -> None:
        self.path = path
        self._db = open_database(path, create=True)
        self._arrivals = Arrivals(self._db, moment)
        self._successors: dict[str, str | None] = {}

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
        self,
        key: str,
        name: str,
        digest: str,
        rows: Iterable[Paper | Reject],
        since: str | None = None,
    ) -> None:
        """Store all that a source says, in place of what it said before; only from a date on if ``since`` is given."""
        with storing(self.path), transaction(self._db):
            self._arrivals.before(key)
            self._delete_source(key)
            source = self._db.execute(
                "INSERT INTO source (key, name, digest, complete, since) VALUES (?, ?, ?, 0, ?)",
                (key, name, digest, since),
            ).lastrowid
            for batch in batched(rows, _BATCH):
                self._insert_rows(source, batch)
            if since is not None:
                self._drop_older(source, since)
            self._arrivals.after(source)
            self._db.execute("UPDATE source SET complete = 1 WHERE id = ?", (source,))

    def remove_sources(self, keys: Iterable[str]) -> None:
        """Forget all that some sources said."""
        with storing(self.path), transaction(self._db):
            for key in keys:
                self._delete_source(key)

    def _delete_source(self, key: str) -> None:
        note_records_of(self._db, key)
        # What its papers amount to may have rested on its records: their other records are grouped and merged anew.
        self._db.execute(
            "UPDATE record SET paper_id = NULL WHERE paper_id IN "
            "(SELECT paper_id FROM record JOIN source ON source.id = source_id WHERE key = ?)",
            (key,),
        )
        self._db.execute("DELETE FROM source WHERE key = ?", (key,))
        self._mark(_UNIFIED, "")
        self._mark(_LINKED, "")

    def _drop_older(self, source: int | None, since: str) -> None:
        """Leave out the records that are older, and those that nobody can tell the date of; count each."""
        year = self._latest_years("AND source_id = ?", source).get(source or 0)
        rows = self._db.execute("SELECT id, date FROM record WHERE source_id = ?", (source,))
        dates = {record: complete_date(date, year) for record, date in rows}
        undated = [(record,) for record, date in dates.items() if date is None]
        older = [(record,) for record, date in dates.items() if date is not None and date < since]
        self._db.executemany("DELETE FROM record WHERE id = ?", [*older, *undated])
        self._db.execute("UPDATE source SET older = ?, undated = ? WHERE id = ?", (len(older), len(undated), source))

    def _insert_rows(self, source: int | None, rows: list[Paper | Reject]) -> None:
        columns = ("source_id", "line", *_STATED.split(", "), "title_key", "body_size", "body_digest")
        insert = f"INSERT INTO record ({', '.join(columns)}) VALUES ({_marks_for(columns)})"
        for row in rows:
            if isinstance(row, Paper):
                body = stored_parts(row.body)
                values = (source, _line(row), *_statements(row), title_hash(row.title), *size_and_digest(body))
                record = self._db.execute(insert, values).lastrowid
                self._db.executemany(f"INSERT INTO part VALUES (?{', ?' * 7})", ((record, *part) for part in body))
        self._db.executemany(
            "INSERT INTO reject (source_id, line, reason) VALUES (?, ?, ?)",
            # A reason quotes what the source says, which may be no text at all; people see it, a line each.
            [(source, row.line, " ".join(printable(row.reason).split())) for row in rows if isinstance(row, Reject)],
        )

    # Papers

    def is_unified(self, version: str) -> bool:
        """Whether the papers are those of the records as they stand, grouped by this version."""
        return self._marks().get(_UNIFIED) == version

    def is_merged(self, version: str) -> bool:
        """Whether papers whose records did not change are merged by this version."""
        return self._marks().get(_MERGED) == version

    @contextmanager
    def unifying(self, grouped: str, merged: str, *, undone: bool = False) -> Iterator[None]:
        """One transaction, at the end of which the papers are those of the records, by these versions.

        Ids that vanish are sent on to what goes by another; ``undone`` where they vanish because a person took back
        the correction that gave them.
        """
        with storing(self.path), transaction(self._db):
            yield
            redirect_papers(self._db, self._successors, undone=undone)
            forget_changes(self._db, *GROUPED)
            self._mark(_GROUPED, grouped)
            self._mark(_UNIFIED, grouped)
            self._mark(_MERGED, merged)
            self._mark(_LINKED, "")

    def is_grouped(self, version: str) -> bool:
        """Whether the records that did not change, nor share a key with any that did, are grouped by this version."""
        return self._marks().get(_GROUPED) == version

    def record_keys(self) -> Iterator[KeyRow]:
        """Of each record what it is grouped by."""
        return all_keys(self._db)

    def record_keys_near(self, named: Iterable[str]) -> list[KeyRow]:
        """The same of the records that changed, with all that they could be grouped with; and of those that have one of
        the ids ``named``."""
        return keys_near(self._db, named)

    def assign(self, papers: Mapping[int, str], *, all_records: bool = True) -> list[str]:
        """Give each record its paper; papers that have none left go. The others whose records changed, by id.

        Without ``all_records`` the records that are not given keep theirs.
        """
        before = dict(self._db.execute("SELECT id, paper_id FROM record")) if all_records else self._papers_of(papers)
        moved = [(papers[record], record) for record in papers if before[record] != papers[record]]
        touched = {paper for paper, _ in moved} | {was for _, record in moved if (was := before[record])}
        self._db.executemany("UPDATE record SET paper_id = ? WHERE id = ?", moved)
        wanted = set(papers.values())
        if all_records:
            gone = {row[0] for row in self._db.execute("SELECT id FROM paper")} - wanted
        else:
            had_records = {*before.values(), *map(str, changed(self._db, "paper"))} - {None}
            gone = self._without_records(had_records - wanted)
        self._retire(gone, before)
        return sorted(touched & wanted)

    def _papers_of(self, records: Iterable[int]) -> dict[int, str | None]:
        one = "SELECT paper_id FROM record WHERE id = ?"
        return {record: self._db.execute(one, (record,)).fetchone()[0] for record in records}

    def _without_records(self, papers: Iterable[str | None]) -> set[str]:
        empty = "SELECT id FROM paper WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM record WHERE paper_id = ?1)"
        return {row[0] for paper in papers for row in self._db.execute(empty, (paper,))}

    def _retire(self, gone: Collection[str], before: Mapping[int, str | None]) -> None:
        """Let papers go, and remember what they were linked to and by which ids they go now."""
        self._successors = successors_of_papers(self._db, sorted(gone), before)
        for paper in self._successors:
            former_links(self._db, paper=paper)
            self._note_paper(paper)
            self._db.execute("DELETE FROM paper WHERE id = ?", (paper,))

    def _note_paper(self, paper: str) -> None:
        """A paper is linked anew."""
        number = self._db.execute("SELECT rowid FROM paper WHERE id = ?", (paper,)).fetchone()
        note_change(self._db, LINKED, number or ())

    def records_of(self, paper_id: str) -> list[tuple[Paper, int]]:
        """What each record of a paper says, with the number of its source."""
        rows = self._db.execute(
            f"SELECT source_id, source.name || ':' || line, {_STATED} FROM record "
            "JOIN source ON source.id = source_id WHERE paper_id = ?",
            (paper_id,),
        )
        return [(_record(place, values), source) for source, place, *values in rows]

    def put_paper(self, paper: Paper) -> None:
        """Store a paper, in place of what was stored under its id; one that is stored so already is left alone."""
        body_record, body_digest = self._fullest_body(paper.id)
        digest = _text_digest(paper, body_digest)
        columns = ("id", *_STATED.split(", "), "sources", "text_digest", "body_record")
        values = (paper.id, *_statements(paper), json.dumps(paper.sources, ensure_ascii=False), digest, body_record)
        if self._db.execute(f"SELECT {', '.join(columns)} FROM paper WHERE id = ?", (paper.id,)).fetchone() == values:
            return
        self._forget_other_text(paper.id, digest)
        self._db.execute(
            f"INSERT INTO paper ({', '.join(columns)}) VALUES ({_marks_for(columns)}) ON CONFLICT (id) DO UPDATE SET "
            + ", ".join(f"{column} = excluded.{column}" for column in columns[1:]),
            values,
        )
        note_change(self._db, TEXT, (paper.id,))
        self._note_paper(paper.id)
        self._db.execute("DELETE FROM paper_author WHERE paper_id = ?", (paper.id,))
        self._db.executemany(
            "INSERT INTO paper_author VALUES (?, ?, ?, ?, ?)",
            (
                (paper.id, position, fold_person(a.name), family_folded(a.name, a.family), a.orcid)
                for position, a in enumerate(paper.authors)
            ),
        )

    def _fullest_body(self, paper_id: str) -> tuple[int | None, str]:
        """The record of a paper with the longest full text, and the digest of that; the same whatever came first."""
        rows = self._rows(
            "SELECT id, body_digest FROM record WHERE paper_id = ? AND body_size IS NOT NULL "
            "ORDER BY body_size DESC, body_digest, id LIMIT 1",
            (paper_id,),
        )
        return rows[0] if rows else (None, "")

    def put_doubts(self, doubts: Iterable[tuple[str, str, str]], about: Collection[str] | None = None) -> None:
        """Store which papers may be one, two ids and the reason, in place of those stored before; of those ``about``
        some papers, if they are given."""
        if about is None:
            self._db.execute("DELETE FROM doubt")
        else:
            both = ((paper, paper) for paper in about)
            self._db.executemany("DELETE FROM doubt WHERE paper_id = ? OR other_id = ?", both)
        self._db.executemany("INSERT INTO doubt VALUES (?, ?, ?)", doubts)

    def paper_called(self, given: str) -> str | None:
        """The paper that goes or went by an id, or the only one that has the identifier or title in it; None if there
        is none."""
        if self.has_paper(given):
            return given
        rows = self._rows("SELECT target FROM redirect WHERE id = ? AND target IS NOT NULL", (given,))
        if not rows:
            scheme, _, value = given.partition("/")
            column = {"arxiv": "arxiv", "doi": "doi", "title": "title_key"}.get(scheme, "title_key")
            value = value.partition("-")[0] if column == "title_key" else value
            rows = self._rows(f"SELECT DISTINCT paper_id FROM record WHERE {column} = ? LIMIT 2", (value,))
        return rows[0][0] if len(rows) == 1 else None

    def moved(self) -> dict[str, str]:
        """The ids that the graph gave once and gives no more, each with the one that stands for it now."""
        return dict(self._rows("SELECT id, target FROM redirect WHERE target IS NOT NULL"))

    def latest_year(self, source: int) -> int | None:
        """The latest year that a source, by its number, spells out in a date."""
        return self._latest_years("AND source_id = ?", source).get(source)

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

    def _forget_other_text(self, paper_id: str, digest: str) -> None:
        """Offsets into a text that is replaced prove nothing, even until the new text is extracted."""
        if self._db.execute("SELECT 1 FROM paper WHERE id = ? AND text_digest <> ?", (paper_id, digest)).fetchone():
            former_links(self._db, paper=paper_id)
            for table in ("link", "result", "derivation"):
                self._db.execute(f"DELETE FROM {table} WHERE paper_id = ?", (paper_id,))

    # Extractions

    def count_pending(self, version: str) -> int:
        """How many papers have no extraction of this version and of their present text."""
        return int(self._rows(f"SELECT count(*) {self._pending(version)}", (version,))[0][0])

    def pending_reasons(self, version: str) -> dict[str, int]:
        """How many of them have an extraction already, by its version: this one where only the text is another."""
        why = f"SELECT extraction.version, count(*) {self._pending(version)} AND version IS NOT NULL GROUP BY 1"
        return dict(self._rows(why, (version,)))

    def extracting(self, version: str) -> None:
        """Say that papers are to be extracted by another version than before; until all are, each is looked at."""
        if self._marks().get(_EXTRACTED) != version:
            with storing(self.path), transaction(self._db):
                self._mark(_EXTRACTED, "")

    def extracted(self, version: str) -> None:
        """Say that all papers are extracted by this version."""
        if self._marks().get(_EXTRACTED) != version or changed(self._db, TEXT):
            with storing(self.path), transaction(self._db):
                forget_changes(self._db, TEXT)
                self._mark(_EXTRACTED, version)

    def _pending(self, version: str) -> str:
        """Where a statement finds the papers that wait for extraction."""
        return _PENDING + (_OF_CHANGED if self._marks().get(_EXTRACTED) == version else "")

    def pending(self, version: str) -> Iterator[Paper]:
        """Those papers, by id; safe to go on while extractions are stored."""
        last = ""
        while True:
            rows = self._rows(
                "SELECT paper.id, title, abstract, body_record "
                f"{self._pending(version)} AND paper.id > ? ORDER BY paper.id LIMIT {_BATCH}",
                (version, last),
            )
            if not rows:
                return
            for paper_id, title, abstract, record in rows:
                yield Paper(title=title, abstract=abstract, id=paper_id, body=self._body(record) if record else ())
            last = rows[-1][0]

    def _body(self, record: int) -> tuple[Part, ...]:
        rows = self._rows(f"SELECT {PART_COLUMNS} FROM part WHERE record_id = ? ORDER BY place", (record,))
        return tuple(map(part_from, rows))

    def store_extractions(self, version: str, batch: Sequence[tuple[Paper, Extraction]]) -> None:
        """Store a batch of extractions."""
        with storing(self.path), transaction(self._db):
            self._db.executemany(
                "INSERT OR REPLACE INTO extraction (paper_id, version, text_digest, payload) VALUES (?, ?, ?, ?)",
                [
                    (paper.id, version, _text_digest(paper, body_digest(paper.body)), dump_extraction(found))
                    for paper, found in batch
                ],
            )
            for paper, _ in batch:
                self._note_paper(paper.id)
            self._mark(_LINKED, "")

    # What users chose

    def chosen(self, setting: str) -> str | None:
        """What a user chose for this graph; None where nobody chose, and the default of the day holds."""
        return self._marks().get(setting)

    def choose(self, setting: str, value: str) -> None:
        """Keep a user's choice for the builds to come."""
        with storing(self.path), transaction(self._db):
            self._mark(setting, value)

    # The linked graph

    def is_linked(self, version: str) -> bool:
        """Whether the graph is what the extractions are linked to by this version (of code, vocabulary, choices)."""
        return self._marks().get(_LINKED) == version

    def extractions(self) -> Iterator[tuple[str, Extraction]]:
        """All extractions, by paper."""
        for paper_id, payload in self._payloads():
            yield paper_id, load_extraction(payload)

    def has_extraction(self, paper_id: str) -> bool:
        """Whether a paper was extracted."""
        return bool(self._rows("SELECT 1 FROM extraction WHERE paper_id = ?", (paper_id,)))

    def witness(self, entity_id: str) -> tuple[str, str] | None:
        """A paper that names an entity, the one that introduces it if there is one, and what it calls it."""
        rows = self._rows(
            "SELECT link.paper_id, surface FROM link JOIN evidence USING (paper_id, entity_id) WHERE entity_id = ? "
            "ORDER BY link.relation <> 'introduces', link.paper_id, place, start LIMIT 1",
            (entity_id,),
        )
        return rows[0] if rows else None

    def extraction(self, paper_id: str) -> Extraction:
        """What was found in one paper."""
        return load_extraction(self._rows("SELECT payload FROM extraction WHERE paper_id = ?", (paper_id,))[0][0])

    def text(self, paper_id: str) -> tuple[str, str]:
        """Title and abstract of one paper."""
        title, abstract = self._rows("SELECT title, abstract FROM paper WHERE id = ?", (paper_id,))[0]
        return title, abstract

    def origin(self, paper_id: str) -> tuple[str, str | None, tuple[Author, ...]]:
        """Title, date and authors of one paper."""
        title, date, authors = self._rows("SELECT title, date, authors FROM paper WHERE id = ?", (paper_id,))[0]
        return title, date, value_of(_AUTHORS, authors)

    def named(self, whole: Callable[[str], bool]) -> Iterator[tuple[str, tuple[LocalEntity | NamedThing, ...]]]:
        """What each extraction names, by paper; with its mentions for papers where ``whole`` asks for them."""
        for paper_id, payload in self._payloads():
            yield paper_id, load_extraction(payload).entities if whole(paper_id) else load_names(payload)

    def _payloads(self) -> Iterator[tuple[str, str]]:
        yield from self._db.execute("SELECT paper_id, payload FROM extraction ORDER BY paper_id")

    def standings(self) -> Iterator[tuple[str, str | None, str | None, str]]:
        """Id, type, status and abstract of each paper that has one of the two in the middle."""
        yield from self._db.execute(
            "SELECT id, type, status, CASE WHEN status IS NULL THEN '' ELSE abstract END FROM paper "
            "WHERE type IS NOT NULL OR status IS NOT NULL ORDER BY id"
        )

    def count_extractions(self) -> int:
        """How many papers are extracted."""
        return int(self._rows("SELECT count(*) FROM extraction")[0][0])

    @contextmanager
    def relinking(
        self, version: str, *, undone: bool = False, base: str = "", corrections: Callable[[], str] = str
    ) -> Iterator[LinkedTables]:
        """One transaction; what is put into the tables is the graph then. Ids that vanish are sent on as by
        ``unifying``.

        What is kept of namings is of the version ``base``, which knows no corrections; these are told at the end.
        """
        with storing(self.path), transaction(self._db):
            tables = LinkedTables(self._db)
            yield tables
            tables.redirect(undone=undone)
            forget_changes(self._db, LINKED)
            self._mark(_LINKED, version)
            self._mark(_SOFTWARE, __version__)
            self._mark(_KEPT, base if tables.keeps else "")
            self._mark(_CORRECTED, corrections())

    @contextmanager
    def relinking_changes(
        self, version: str, *, undone: bool = False, corrections: Callable[[], str] = str
    ) -> Iterator[ChangedTables]:
        """The same where only what changed is put, in place of what it was."""
        with storing(self.path), transaction(self._db):
            tables = ChangedTables(self._db)
            yield tables
            moved = [each for each in changed(self._db, LINKED) if isinstance(each, str)]
            tables.drop_vanished(moved, undone=undone)
            forget_changes(self._db, LINKED)
            self._mark(_LINKED, version)
            self._mark(_CORRECTED, corrections())
            self._mark(_SOFTWARE, __version__)

    def corrected(self) -> str | None:
        """The corrections that the graph was linked by, as they were told."""
        return self._marks().get(_CORRECTED)

    def changed_papers(self, base: str) -> list[int] | None:
        """The papers that came, changed or went since the graph was linked by this version, by number; None where that
        is not known."""
        if self._marks().get(_KEPT) != base:
            return None
        return [each for each in changed(self._db, LINKED) if isinstance(each, int)]

    def numbers(self) -> dict[str, int]:
        """All papers by id, with their numbers."""
        return dict(self._rows("SELECT id, rowid FROM paper"))

    def standing(self, paper_id: str) -> tuple[str | None, str | None, str]:
        """Type, status and abstract of one paper."""
        kind, status, abstract = self._rows("SELECT type, status, abstract FROM paper WHERE id = ?", (paper_id,))[0]
        return kind, status, abstract

    # Figures

    def counts(self) -> dict[str, int]:
        """What a build's summary adds up: records, rejects, papers, and records left out as too old or undated."""
        one = (
            "SELECT (SELECT count(*) FROM record), (SELECT count(*) FROM reject), (SELECT count(*) FROM paper), "
            "(SELECT coalesce(sum(older), 0) FROM source), (SELECT coalesce(sum(undated), 0) FROM source)"
        )
        return dict(zip(("records", "rejects", "papers", "older", "undated"), self._rows(one)[0], strict=True))

    def entity_counts(self) -> dict[EntityType, int]:
        """How many entities of each type papers name."""
        rows = self._rows(
            "SELECT type, count(*) FROM entity WHERE EXISTS (SELECT 1 FROM link WHERE entity_id = id) GROUP BY type"
        )
        counts = dict(rows)
        return {kind: int(counts.get(kind, 0)) for kind in EntityType}

    def rejects(self) -> list[Reject]:
        """All records that were set aside."""
        rows = self._rows(
            "SELECT name, line, reason FROM reject JOIN source ON source.id = source_id ORDER BY name, line"
        )
        return [Reject(*row) for row in rows]

    def _marks(self) -> dict[str, str]:
        return dict(self._rows("SELECT key, value FROM meta"))

    def _mark(self, key: str, value: str) -> None:
        self._db.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", (key, value))

    def _rows(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        with storing(self.path):
            return self._db.execute(sql, parameters).fetchall()


(_AUTHORS,) = (field for field in PAPER_FIELDS if field.name == "authors")

_PENDING = (
    "FROM paper LEFT JOIN extraction ON extraction.paper_id = paper.id "
    "WHERE (extraction.version IS NULL OR extraction.version <> ? OR extraction.text_digest <> paper.text_digest)"
)
_OF_CHANGED = f" AND paper.id IN (SELECT key FROM change WHERE what = '{TEXT}')"


def _line(paper: Paper) -> int:
    return int(paper.sources[0].rpartition(":")[2])


def _statements(paper: Paper) -> list[object]:
    """What a record or paper says, in the order of ``_STATED``."""
    return [paper.title, paper.abstract, *(cell_of(field, getattr(paper, field.name)) for field in PAPER_FIELDS)]


def _record(place: str, values: Sequence[Any]) -> Paper:
    title, abstract, *cells = values
    stated: dict[str, Any] = {
        field.name: value_of(field, cell) for field, cell in zip(PAPER_FIELDS, cells, strict=True)
    }
    return Paper(str(title), str(abstract), sources=(place,), **stated)


def _marks_for(columns: Sequence[str]) -> str:
    return ", ".join("?" * len(columns))


def _text_digest(paper: Paper, body: str) -> str:
    """What an extraction depends on: title, abstract and, by its digest, the body if there is one."""
    text = f"{paper.title}\n\n{paper.abstract}" + (f"\n\n{body}" if body else "")
    return hashlib.sha256(text.encode()).hexdigest()[:16]
