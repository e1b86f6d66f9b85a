"""The linked graph, written as a whole: entities, links, evidence and results, as a linker makes of extractions."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from kg.linking import Linker
from kg.linking.curation import Verdict
from kg.model import Entity, EntityType, Extraction, LocalEntity, fitting, strongest
from kg.store.database import batched
from kg.store.payload import load_entities, load_extraction
from kg.text.folding import fold

__all__ = ["replace_graph"]

_BATCH = 500  # papers a statement
_TABLES = ("evidence", "link", "broader", "name", "entity", "result")

Row = tuple[object, ...]


def replace_graph(
    db: sqlite3.Connection, linker: Linker, min_confidence: float, progress: Callable[[int, int], None]
) -> None:
    """Empty the graph's tables and fill them anew, within the caller's transaction.

    Extractions are read twice, one by one, so that memory holds names and never texts.
    """
    for paper_id, payload in _payloads(db):
        for local in load_entities(payload, mentions=linker.curation.accepts_in(paper_id)):
            if _counts(paper_id, local, linker, min_confidence):
                linker.observe(local)
    for table in _TABLES:
        db.execute(f"DELETE FROM {table}")
    _insert_entities(db, linker.entities())
    total = db.execute("SELECT count(*) FROM extraction").fetchone()[0]
    done = 0
    for batch in batched(_payloads(db), _BATCH):
        rows = _Rows()
        for paper_id, payload in batch:
            rows.add(paper_id, load_extraction(payload), linker, min_confidence)
        rows.insert(db)
        done += len(batch)
        progress(done, total)
    if linker.curation.rules:
        _drop_bare_entities(db)


def _payloads(db: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    yield from db.execute("SELECT paper_id, payload FROM extraction ORDER BY paper_id")


def _counts(paper_id: str, local: LocalEntity, linker: Linker, min_confidence: float) -> bool:
    """Whether something is sure enough, or was found to be right by a person."""
    return local.confidence >= min_confidence or linker.curation.may_accept(paper_id, local)


def _insert_entities(db: sqlite3.Connection, entities: Iterable[Entity]) -> None:
    rows = list(entities)
    db.executemany(
        "INSERT INTO entity (id, type, label, known, exact_matches) VALUES (?, ?, ?, ?, ?)",
        ((e.id, e.type, e.label, e.known, json.dumps(e.exact_matches)) for e in rows),
    )
    db.executemany(
        "INSERT INTO name (entity_id, name, folded, preferred) VALUES (?, ?, ?, ?)",
        (
            (entity.id, name, fold(name), name == entity.label)
            for entity in rows
            for name in dict.fromkeys((entity.label, *entity.aliases))
        ),
    )
    db.executemany(
        "INSERT OR IGNORE INTO broader (child, parent) VALUES (?, ?)",
        ((entity.id, parent) for entity in rows for parent in entity.broader),
    )


@dataclass(slots=True)
class _Rows:
    """What some papers contribute, table by table."""

    links: list[Row] = field(default_factory=list)
    evidence: list[Row] = field(default_factory=list)
    results: list[Row] = field(default_factory=list)

    def add(self, paper_id: str, extraction: Extraction, linker: Linker, min_confidence: float) -> None:
        by_node: dict[str, list[tuple[LocalEntity, Verdict]]] = {}
        for local in extraction.entities:
            if _counts(paper_id, local, linker, min_confidence):
                verdict = linker.link(paper_id, local)
                if verdict.entity is not None and (verdict.accepted or local.confidence >= min_confidence):
                    by_node.setdefault(verdict.entity, []).append((local, verdict))
        for node, found in sorted(by_node.items()):
            self._add_link(paper_id, node, found)
        self.results.extend(
            (paper_id, r.field, r.start, r.end, r.sentence_start, r.sentence_end, r.value, r.number, r.unit, r.kind,
             r.metric, r.on, r.of, r.confidence)
            for r in extraction.results
        )  # fmt: skip

    def _add_link(self, paper_id: str, node: str, found: list[tuple[LocalEntity, Verdict]]) -> None:
        corrected = [verdict.relation for _, verdict in found if verdict.relation is not None]
        said = strongest(corrected or (local.relation for local, _ in found))
        # An id begins with the type that the linker settled on.
        relation = fitting(said, EntityType(node.partition("/")[0]))
        sure = any(verdict.accepted for _, verdict in found)
        confidence = 1.0 if sure else max(local.confidence for local, _ in found)
        self.links.append((paper_id, node, relation, confidence))
        self.evidence.extend(
            (paper_id, node, m.field, m.start, m.end, m.sentence_start, m.sentence_end, m.surface, m.rule, m.relation,
             m.confidence)
            for local, _ in found for m in local.mentions
        )  # fmt: skip

    def insert(self, db: sqlite3.Connection) -> None:
        db.executemany("INSERT INTO link VALUES (?, ?, ?, ?)", self.links)
        db.executemany("INSERT OR IGNORE INTO evidence VALUES (?,?,?,?,?,?,?,?,?,?,?)", self.evidence)
        db.executemany("INSERT OR IGNORE INTO result VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)", self.results)


def _drop_bare_entities(db: sqlite3.Connection) -> None:
    """Corrections may leave entities that no paper names any more, nor anything below them."""
    bare = "DELETE FROM entity WHERE id NOT IN (SELECT entity_id FROM link) AND id NOT IN (SELECT parent FROM broader)"
    while db.execute(bare).rowcount:
        pass
