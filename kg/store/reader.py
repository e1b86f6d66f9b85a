"""Reading the graph: rows as the values of the model, nothing computed that the tables do not hold."""

from __future__ import annotations

import json
import sqlite3
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from kg.errors import ClosedError, GraphError, KgError, TimeLimitError
from kg.model import Derivation, Entity, Evidence, Link, Paper, Relation, Result
from kg.store.database import open_database, storing
from kg.store.groups import Groups
from kg.store.rows import (
    DERIVATION_COLUMNS,
    ENTITY_COLUMNS,
    EVIDENCE_COLUMNS,
    PAPER_COLUMNS,
    RESULT_COLUMNS,
    derivation_from,
    entity_from,
    evidence_from,
    paper_from,
    result_from,
)
from kg.text.characters import storable

__all__ = ["GraphReader"]

_STEPS = 20_000  # of SQLite's machine between two looks at the clock: some tenths of a millisecond


class TimeLimit:
    """So many seconds from now."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    def is_over(self) -> bool:
        """Whether they have passed."""
        return time.monotonic() > self._end

    def check(self) -> None:
        """Raise a ``TimeLimitError`` if they have."""
        if self.is_over():
            raise TimeLimitError(self.seconds)


class GraphReader:
    """A graph file open for reading; many may read while one build writes.

    For the thread that opens it, or, if ``shared``, for several, one at a time.
    """

    def __init__(self, path: Path, *, shared: bool = False) -> None:
        self.path = path
        self._db = open_database(path, shared=shared)
        self._limit: TimeLimit | None = None
        self._stopped = False
        self._indexes: frozenset[str] | None = None
        self._db.set_progress_handler(self._is_to_end, _STEPS)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def __enter__(self) -> GraphReader:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The rows of one query, as SQLite types them; values only ever as parameters."""
        try:
            return self._execute(sql, [_parameter(value) for value in parameters]).fetchall()
        except sqlite3.DatabaseError as error:
            raise self._said(error) from error

    def stream(self, sql: str, parameters: Sequence[object] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of one query as they are read, for those that are too many to hold."""
        return self._cursor(sql, [_parameter(value) for value in parameters])

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """All that is read inside is the graph of one moment, whatever a build writes meanwhile."""
        if self._db.in_transaction:
            yield
            return
        self.rows("BEGIN")
        try:
            yield
        finally:
            with suppress(sqlite3.ProgrammingError):  # who stopped half-way may have closed the file first
                self._db.execute("ROLLBACK")

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """What is read inside may take so long in all.

        Raises:
            TimeLimitError: it took longer, from the reading that did.
        """
        outer, self._limit = self._limit, TimeLimit(seconds)
        try:
            yield
        finally:
            self._limit = outer

    def stop(self) -> None:
        """Make what is being read end soon with a ``ClosedError``, as all that is read later; from any thread."""
        # Seen at the next look at the clock; SQLite's own interrupt misses a query that is about to begin.
        self._stopped = True

    def _is_to_end(self) -> bool:
        return self._stopped or (self._limit is not None and self._limit.is_over())

    def by_index(self, index: str) -> str:
        """What tells SQLite to go by an index of the schema; nothing in a file that was made without it."""
        if self._indexes is None:
            self._indexes = frozenset(
                name for (name,) in self.rows("SELECT name FROM main.sqlite_master WHERE type = 'index'")
            )
        return f"INDEXED BY {index}" if index in self._indexes else ""

    # Papers

    def papers(self) -> Iterator[Paper]:
        """All papers, by id."""
        for row in self._cursor(f"SELECT {PAPER_COLUMNS} FROM paper ORDER BY paper.id"):
            yield paper_from(row)

    def paper(self, paper_id: str) -> Paper | None:
        """One paper; None if there is no such id."""
        rows = self.rows(f"SELECT {PAPER_COLUMNS} FROM paper WHERE paper.id = ?", (paper_id,))
        return paper_from(rows[0]) if rows else None

    # Entities

    def entities(self) -> Iterator[Entity]:
        """All entities, by id, with aliases and parents."""
        names = Groups(self.stream("SELECT entity_id, name FROM name WHERE NOT preferred ORDER BY entity_id, name"))
        parents = Groups(self.stream("SELECT child, parent FROM broader ORDER BY child, parent"))
        for row in self.stream(f"SELECT {ENTITY_COLUMNS} FROM entity ORDER BY id"):
            aliases, above = names.take(row[0]), parents.take(row[0])
            yield entity_from(row, (name for _, name in aliases), (parent for _, parent in above))

    def entity(self, entity_id: str) -> Entity | None:
        """One entity; None if there is no such id."""
        rows = self.rows(f"SELECT {ENTITY_COLUMNS} FROM entity WHERE id = ?", (entity_id,))
        if not rows:
            return None
        names = self.rows("SELECT name FROM name WHERE entity_id = ? AND NOT preferred ORDER BY name", (entity_id,))
        parents = self.rows("SELECT parent FROM broader WHERE child = ? ORDER BY parent", (entity_id,))
        return entity_from(rows[0], [row[0] for row in names], [row[0] for row in parents])

    # Ids of before

    def successor(self, given: str) -> str | None:
        """What goes by another id now than by one that the graph gave once; None if it gave no such id, or nothing
        does."""
        rows = self.rows("SELECT target FROM redirect WHERE id = ?", (given,))
        return rows[0][0] if rows else None

    def is_gone(self, given: str) -> bool:
        """Whether the graph gave this id once, to what is in it no more."""
        return bool(self.rows("SELECT 1 FROM redirect WHERE id = ? AND target IS NULL", (given,)))

    def redirects(self) -> Iterator[tuple[str, str | None]]:
        """The ids of entities and papers that the graph gives no more, by id, each with the one that stands for it now;
        without those that only a correction gave that was taken back."""
        yield from self._cursor("SELECT id, target FROM redirect WHERE NOT undone ORDER BY id")

    # Links, evidence, results

    def links(self) -> Iterator[Link]:
        """All links, by paper and entity."""
        for paper_id, entity_id, relation, confidence in self._cursor(
            "SELECT paper_id, entity_id, relation, confidence FROM link ORDER BY paper_id, entity_id"
        ):
            yield Link(paper_id, entity_id, Relation(relation), confidence)

    def links_of(self, paper_id: str) -> list[Link]:
        """The links of one paper, by entity."""
        rows = self.rows("SELECT * FROM link WHERE paper_id = ? ORDER BY entity_id", (paper_id,))
        return [Link(p, e, Relation(r), c) for p, e, r, c in rows]

    def evidence_of(self, paper: Paper) -> dict[str, list[Evidence]]:
        """All evidence in one paper, by entity, in the order of the text (title first)."""
        found: dict[str, list[Evidence]] = defaultdict(list)
        for entity_id, *row in self.rows(
            f"SELECT entity_id, {EVIDENCE_COLUMNS} FROM evidence WHERE paper_id = ? ORDER BY entity_id, place, start",
            (paper.id,),
        ):
            found[entity_id].append(evidence_from(paper, row))
        return found

    def evidence_of_links(self, papers: Iterable[Paper], links: Mapping[str, str]) -> dict[str, list[Evidence]]:
        """For each of these papers, the evidence of its one link in ``links`` (paper id -> entity id)."""
        by_id = {paper.id: paper for paper in papers}
        found: dict[str, list[Evidence]] = defaultdict(list)
        for paper_id, *row in self.rows(
            f"SELECT paper_id, {EVIDENCE_COLUMNS} FROM json_each(?) AS wanted "
            "CROSS JOIN evidence ON paper_id = wanted.key AND entity_id = wanted.value",
            (json.dumps(links),),
        ):
            found[paper_id].append(evidence_from(by_id[paper_id], row))
        return found

    def results_of(self, paper: Paper) -> list[Result]:
        """The results that one paper states, in the order of the text."""
        sql = f"SELECT {RESULT_COLUMNS} FROM result WHERE paper_id = ? ORDER BY place, start"
        return [result_from(paper, row) for row in self._cursor(sql, (paper.id,))]

    def derivations_of(self, paper: Paper) -> list[Derivation]:
        """What the things that one paper introduces were made from, by both."""
        sql = f"SELECT {DERIVATION_COLUMNS} FROM derivation WHERE paper_id = ? ORDER BY entity_id, other_id"
        return [derivation_from(paper, row) for row in self._cursor(sql, (paper.id,))]

    def _cursor(self, sql: str, parameters: Iterable[object] = ()) -> Iterator[tuple[Any, ...]]:
        try:
            yield from self._execute(sql, parameters)
        except sqlite3.DatabaseError as error:
            raise self._said(error) from error

    def _execute(self, sql: str, parameters: Iterable[object]) -> sqlite3.Cursor:
        if self._stopped:
            raise ClosedError
        if self._limit is not None:
            self._limit.check()
        return self._db.execute(sql, tuple(parameters))

    def _said(self, error: sqlite3.DatabaseError) -> KgError:
        """What SQLite reports, as an error of ours."""
        if self._stopped:
            return ClosedError()
        if self._limit is not None and self._limit.is_over():
            return TimeLimitError(self._limit.seconds)
        try:
            with storing(self.path):
                raise error
        except GraphError as said:
            return said


def _parameter(value: object) -> object:
    return storable(value) if isinstance(value, str) else value
