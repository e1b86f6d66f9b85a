"""The tables of the linked graph where a few papers and names changed: only rows that differ are written."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping

from kg.model import Entity, LinkedPaper
from kg.store.database import batched
from kg.store.linked import entity_row, insert_entities, insert_names, insert_papers
from kg.store.namings import KeptNamings
from kg.store.redirects import former_links, redirect_some_entities
from kg.store.rows import ENTITY_COLUMNS

__all__ = ["ChangedTables"]

_BATCH = 500  # papers a statement
_STORED = f"SELECT {ENTITY_COLUMNS} FROM entity WHERE id = ?"


class ChangedTables:
    """The linked graph within one transaction; ``namings`` is what it is made of.

    The order matters: what vanishes is said first, while the papers still link it, and goes last.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self.namings = KeptNamings(db)
        self._vanished: list[str] = []
        self._came: list[str] = []
        self._papers: set[str] = set()
        self._lost: set[str] = set()

    def paper_called(self, number: int) -> str | None:
        """The id of a paper by its number; None where it is gone."""
        row = self._db.execute("SELECT id FROM paper WHERE rowid = ?", (number,)).fetchone()
        return row[0] if row else None

    def number_of(self, paper_id: str) -> int:
        """The number of a paper that is there."""
        return int(self._db.execute("SELECT rowid FROM paper WHERE id = ?", (paper_id,)).fetchone()[0])

    def numbers_of(self, paper_id: str) -> list[int]:
        """The same; none of a paper that is not."""
        return [row[0] for row in self._db.execute("SELECT rowid FROM paper WHERE id = ?", (paper_id,))]

    def called(self, numbers: Iterable[int]) -> set[str]:
        """The ids of those of some papers that are there."""
        sql = "SELECT id FROM paper WHERE rowid IN (SELECT value FROM json_each(?))"
        return {paper for (paper,) in self._db.execute(sql, (json.dumps(list(numbers)),))}

    def there(self, ids: Iterable[str]) -> set[str]:
        """Those of some entities that the graph has so far."""
        sql = "SELECT id FROM entity WHERE id IN (SELECT value FROM json_each(?))"
        return {found for (found,) in self._db.execute(sql, (json.dumps(list(ids)),))}

    def folded_names(self, entity_id: str) -> frozenset[str]:
        """What an entity goes by: the keys that its spellings share."""
        rows = self._db.execute("SELECT folded FROM name WHERE entity_id = ?", (entity_id,))
        return frozenset(folded for (folded,) in rows)

    def let_vanish(self, entities: Iterable[str]) -> None:
        """Remember what entities were linked to that the graph will have no more."""
        self._vanished = sorted(entities)
        for each in self._vanished:
            former_links(self._db, entity=each)

    def put_entities(self, entities: Collection[Entity], folded: Mapping[str, Mapping[str, str]]) -> None:
        """Store entities, new ones and those that differ from what is stored."""
        fresh, other = list[Entity](), list[Entity]()
        for entity in entities:
            stored = self._db.execute(_STORED, (entity.id,)).fetchone()
            if stored is None:
                fresh.append(entity)
            elif stored != entity_row(entity) or self._differs(entity):
                other.append(entity)
        insert_entities(self._db, fresh, folded)
        self._came = [entity.id for entity in fresh]
        columns = ENTITY_COLUMNS.split(", ")
        assigned = ", ".join(f"{column} = ?" for column in columns)
        for entity in other:
            self._db.execute(f"UPDATE entity SET {assigned} WHERE id = ?", (*entity_row(entity), entity.id))
            self._db.execute("DELETE FROM name WHERE entity_id = ?", (entity.id,))
            self._db.execute("DELETE FROM broader WHERE child = ?", (entity.id,))
        insert_names(self._db, other, folded)

    def _differs(self, entity: Entity) -> bool:
        """Whether an entity of which nothing else changed has other names or families than are stored."""
        names = {name for (name,) in self._db.execute("SELECT name FROM name WHERE entity_id = ?", (entity.id,))}
        return names != {entity.label, *entity.aliases} or self._above(entity.id) != set(entity.broader)

    def papers_wording(self, entity_id: str, folded: Iterable[str]) -> set[str]:
        """The papers linked to an entity that have results with a part that is worded so."""
        columns = ("metric", "measured_on", "achieved_by")
        parts = " OR ".join(f"fold(result.{column}) IN (SELECT value FROM json_each(?1))" for column in columns)
        rows = self._db.execute(
            f"SELECT DISTINCT link.paper_id FROM link JOIN result USING (paper_id) WHERE entity_id = ?2 AND ({parts})",
            (json.dumps(list(folded)), entity_id),
        )
        return {paper for (paper,) in rows}

    def replace_papers(self, papers: Iterable[tuple[str, LinkedPaper]]) -> Iterator[int]:
        """Store what papers, by id, contribute, in place of what they did; after each batch, how many are done."""
        done = 0
        for batch in batched(papers, _BATCH):
            for paper_id, _ in batch:
                self._papers.add(paper_id)
                links = self._db.execute("SELECT entity_id FROM link WHERE paper_id = ?", (paper_id,))
                self._lost.update(entity for (entity,) in links)
                for table in ("link", "result", "derivation"):
                    self._db.execute(f"DELETE FROM {table} WHERE paper_id = ?", (paper_id,))
            insert_papers(self._db, batch)
            done += len(batch)
            yield done

    def drop_bare_entities(self, candidates: Iterable[str]) -> None:
        """Corrections may leave entities that no paper names any more, nor anything below them: among these, and those
        that papers were linked to."""
        waiting = {*candidates, *self._lost, *(parent for each in self._vanished for parent in self._above(each))}
        self._db.executemany("DELETE FROM entity WHERE id = ?", ((each,) for each in self._vanished))
        bare = (
            "SELECT id FROM entity WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM link WHERE entity_id = ?1) "
            "AND NOT EXISTS (SELECT 1 FROM broader WHERE parent = ?1)"
        )
        came, dropped = set(self._came), set[str]()
        while waiting:
            entity = waiting.pop()
            if self._db.execute(bare, (entity,)).fetchone():
                waiting |= self._above(entity)
                self._db.execute("DELETE FROM entity WHERE id = ?", (entity,))
                dropped.add(entity)
        self._came = sorted(came - dropped)
        self._vanished = sorted({*self._vanished, *(dropped - came)})

    def _above(self, entity_id: str) -> set[str]:
        rows = self._db.execute("SELECT parent FROM broader WHERE child = ?", (entity_id,))
        return {parent for (parent,) in rows}

    def linked_to(self, entities: Iterable[str]) -> set[str]:
        """The papers that are linked to one of these entities."""
        sql = "SELECT DISTINCT paper_id FROM link WHERE entity_id IN (SELECT value FROM json_each(?))"
        return {paper for (paper,) in self._db.execute(sql, (json.dumps(list(entities)),))}

    def below(self, entities: Iterable[str]) -> set[str]:
        """The entities right below these, so far."""
        sql = "SELECT child FROM broader WHERE parent IN (SELECT value FROM json_each(?))"
        return {child for (child,) in self._db.execute(sql, (json.dumps(list(entities)),))}

    def drop_vanished(self, moved: Iterable[str], *, undone: bool = False) -> None:
        """Let the rest of what vanishes go, and send its ids on; ``moved`` are papers that go by other ids now, beside
        those that were replaced."""
        self._db.executemany("DELETE FROM entity WHERE id = ?", ((each,) for each in self._vanished))
        papers = {*self._papers, *moved}
        redirect_some_entities(self._db, self._vanished, self._came, papers, undone=undone)
