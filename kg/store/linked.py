"""The tables of the linked graph, filled anew as a whole: entities, then the papers with their links and results."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping

from kg.model import Conditions, Entity, LinkedPaper, ResolvedResult, TableCell, text_of
from kg.store.database import batched
from kg.store.namings import NamingsAnew
from kg.store.redirects import former_links, redirect_entities
from kg.store.rows import ENTITY_COLUMNS

__all__ = ["LinkedTables", "entity_row", "insert_entities", "insert_names", "insert_papers"]

_BATCH = 500  # papers a statement
_TABLES = ("sense_doubt", "derivation", "evidence", "result", "link", "broader", "name", "entity")

Row = tuple[object, ...]


class LinkedTables:
    """The linked graph within one transaction. A row that breaks a constraint is an error."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self.keeps = False
        self._before: frozenset[str] = frozenset(row[0] for row in db.execute("SELECT id FROM entity"))

    def put_entities(self, entities: Iterable[Entity], folded: Mapping[str, Mapping[str, str]]) -> None:
        """Store all entities in place of the graph so far; ``folded`` has for each, by id, its names and the keys under
        which they are found."""
        rows = list(entities)
        for vanished in sorted(self._before - {entity.id for entity in rows}):
            former_links(self._db, entity=vanished)
        for table in _TABLES:
            self._db.execute(f"DELETE FROM {table}")
        insert_entities(self._db, rows, folded)

    def keep_namings(self) -> NamingsAnew:
        """What the graph is made of, kept anew for the builds to come."""
        self.keeps = True
        return NamingsAnew(self._db)

    def put_papers(self, papers: Iterable[tuple[str, LinkedPaper]]) -> Iterator[int]:
        """Store what papers, by id, contribute; after each batch, how many are done."""
        done = 0
        for batch in batched(papers, _BATCH):
            insert_papers(self._db, batch)
            done += len(batch)
            yield done

    def drop_bare_entities(self) -> None:
        """Corrections may leave entities that no paper names any more, nor anything below them."""
        bare = (
            "DELETE FROM entity WHERE id NOT IN (SELECT entity_id FROM link) AND id NOT IN (SELECT parent FROM broader)"
        )
        while self._db.execute(bare).rowcount:
            pass

    def redirect(self, *, undone: bool = False) -> None:
        """Send on what the graph so far called by ids that it has no more, once it is all put."""
        now = {row[0] for row in self._db.execute("SELECT id FROM entity")}
        redirect_entities(self._db, sorted(self._before - now), undone=undone)


def insert_entities(
    db: sqlite3.Connection, entities: Collection[Entity], folded: Mapping[str, Mapping[str, str]]
) -> None:
    """Store entities, none of which must be there; ``folded`` as in ``LinkedTables``."""
    marks = ", ".join("?" * len(ENTITY_COLUMNS.split(", ")))
    db.executemany(f"INSERT INTO entity ({ENTITY_COLUMNS}) VALUES ({marks})", map(entity_row, entities))
    insert_names(db, entities, folded)


def insert_names(db: sqlite3.Connection, entities: Collection[Entity], folded: Mapping[str, Mapping[str, str]]) -> None:
    """Store names and families of entities."""
    db.executemany(
        "INSERT INTO name (entity_id, name, folded, preferred) VALUES (?, ?, ?, ?)",
        ((each.id, name, key, name == each.label) for each in entities for name, key in folded[each.id].items()),
    )
    db.executemany(
        "INSERT INTO broader (child, parent) VALUES (?, ?)",
        ((each.id, parent) for each in entities for parent in dict.fromkeys(each.broader)),
    )


def insert_papers(db: sqlite3.Connection, papers: Collection[tuple[str, LinkedPaper]]) -> None:
    """Store what papers, by id, contribute."""
    db.executemany(
        "INSERT INTO link (paper_id, entity_id, relation, confidence) VALUES (?, ?, ?, ?)",
        ((x.paper_id, x.entity_id, x.relation, x.confidence) for _, paper in papers for x in paper.links),
    )
    db.executemany(
        "INSERT INTO evidence VALUES (?,?,?,?,?,?,?,?,?,?,?)",
        (row for paper_id, paper in papers for row in _evidence(paper_id, paper)),
    )
    db.executemany(
        "INSERT INTO result VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        (_result(paper_id, result) for paper_id, paper in papers for result in paper.results),
    )
    db.executemany(
        "INSERT INTO derivation VALUES (?,?,?,?,?,?,?,?)",
        (row for paper_id, paper in papers for row in _derivations(paper_id, paper)),
    )
    db.executemany(
        "INSERT INTO sense_doubt VALUES (?, ?, ?)",
        ((paper_id, *doubt) for paper_id, paper in papers for doubt in paper.doubts),
    )


def entity_row(entity: Entity) -> Row:
    """An entity as a row of the columns of ``ENTITY_COLUMNS``."""
    addresses = (entity.exact_matches, entity.introduced_in, entity.homepages)
    told = entity.known, entity.direction, entity.scale
    return entity.id, entity.type, entity.label, *map(json.dumps, addresses), *told


def _evidence(paper_id: str, paper: LinkedPaper) -> Iterator[Row]:
    for entity_id, mention in paper.proofs:
        a = mention.anchor
        yield (
            paper_id, entity_id, a.place, a.start, a.end, a.sentence_start, a.sentence_end, mention.surface,
            mention.rule, mention.relation, mention.score,
        )  # fmt: skip


def _derivations(paper_id: str, paper: LinkedPaper) -> Iterator[Row]:
    for new, old, a in paper.derivations:
        yield new, old, paper_id, a.place, a.start, a.end, a.sentence_start, a.sentence_end


def _result(paper_id: str, result: ResolvedResult) -> Row:
    stated, a = result.stated, result.stated.anchor
    return (
        paper_id, a.place, a.start, a.end, a.sentence_start, a.sentence_end, stated.value, stated.number, stated.unit,
        stated.kind, text_of(stated.metric), result.metric, text_of(stated.on), result.on, text_of(stated.of),
        result.of, stated.confidence, *_told(stated.conditions), *_proof(stated.cell),
    )  # fmt: skip


def _told(conditions: Conditions | None) -> Row:
    if conditions is None:
        return (None,) * 7
    c = conditions
    return c.split, c.suite, c.setting, c.base, c.own, c.deviation, c.better


def _proof(cell: TableCell | None) -> Row:
    return (cell.row, cell.column, cell.text) if cell else (None, None, None)
