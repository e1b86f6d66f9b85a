"""Ids that the graph gave once, and what goes by another id now.

An id that vanishes leads to the thing that the papers which it was linked to call by the same words now; what a paper
introduces tells before what others only name. Some of these links are kept, so that every id is asked again whenever
the graph is linked: it never follows what another id came to mean. What nothing follows is remembered as gone.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping

from kg.store.changes import LINKED, note_change
from kg.text.folding import title_hash

__all__ = ["former_links", "redirect_entities", "redirect_papers", "redirect_some_entities", "successors_of_papers"]

_LINKED = """
    INSERT OR IGNORE INTO former_link (entity_id, paper_id, folded, introduces)
    SELECT entity_id, paper_id, fold(surface), link.relation = 'introduces'
    FROM link JOIN evidence USING (paper_id, entity_id)
"""
_PAPER = "coalesce((SELECT target FROM redirect WHERE redirect.id = former.paper_id), former.paper_id)"
_VOTES = f"""
    SELECT former.entity_id, evidence.entity_id, introduces, count(*) FROM former_link AS former
    JOIN evidence ON evidence.paper_id = {_PAPER} AND fold(evidence.surface) = former.folded
    {{where}} GROUP BY 1, 2, 3
"""
_WITNESSES = 20  # links of an id that are kept, those of papers that introduce it first
_TEMP = "CREATE TEMP TABLE touched (id TEXT PRIMARY KEY) WITHOUT ROWID"
_TOUCHED = """
    INSERT OR IGNORE INTO touched SELECT entity_id FROM former_link
    WHERE paper_id = ?1 OR paper_id IN (SELECT id FROM redirect WHERE target = ?1)
"""
_TOO_MANY = f"""
    DELETE FROM former_link WHERE (entity_id, paper_id, folded) IN (
        SELECT entity_id, paper_id, folded FROM (
            SELECT *, row_number() OVER (PARTITION BY entity_id ORDER BY introduces DESC, paper_id, folded) AS place
            FROM former_link {{where}}
        ) WHERE place > {_WITNESSES}
    )
"""


def former_links(db: sqlite3.Connection, *, paper: str | None = None, entity: str | None = None) -> None:
    """Remember what a paper is linked to, or which papers an entity, before these links go."""
    column, value = ("paper_id", paper) if entity is None else ("entity_id", entity)
    db.execute(f"{_LINKED} WHERE link.{column} = ?", (value,))


def successors_of_papers(
    db: sqlite3.Connection, gone: Iterable[str], before: Mapping[int, str | None]
) -> dict[str, str | None]:
    """What each paper that is no more is now: the one of its records, ``before`` having their papers so far; or, where
    its records went with their source, the only one that has its arXiv id, DOI or title. To be asked while what was
    stored of it still is."""
    gone = list(gone)
    if not gone:
        return {}
    votes: dict[str, Counter[str]] = {paper: Counter() for paper in gone}
    for record, paper in before.items():
        if paper in votes:
            votes[paper].update(now for (now,) in db.execute("SELECT paper_id FROM record WHERE id = ?", (record,)))
    found: dict[str, str | None] = {}
    for paper in gone:
        if not votes[paper]:
            found[paper] = _with_its_key(db, paper)
        else:
            found[paper] = min(votes[paper], key=lambda each: (-votes[paper][each], each))
    return found


def _with_its_key(db: sqlite3.Connection, paper: str) -> str | None:
    """The only paper that has the arXiv id, DOI or title of one whose records are gone."""
    arxiv, doi, title = db.execute("SELECT arxiv, doi, title FROM paper WHERE id = ?", (paper,)).fetchone()
    for column, value in (("arxiv", arxiv), ("doi", doi), ("title_key", title_hash(title))):
        if value is None:
            continue
        rows = db.execute(f"SELECT DISTINCT paper_id FROM record WHERE {column} = ? LIMIT 2", (value,)).fetchall()
        if len(rows) == 1:
            return str(rows[0][0])
    return None


def redirect_papers(db: sqlite3.Connection, successors: Mapping[str, str | None], *, undone: bool = False) -> None:
    """Send papers that vanished on to what goes by another id now."""
    for vanished in successors:
        before = db.execute("SELECT id FROM redirect WHERE target = ?", (vanished,)).fetchall()
        note_change(db, LINKED, (vanished, *(former for (former,) in before)))
    _redirect(db, successors, "paper", undone=undone)


def redirect_entities(db: sqlite3.Connection, vanished: Iterable[str], *, undone: bool = False) -> None:
    """Send entities that vanished, and those that did before, on to what their links are those of now."""
    found = _successors(db)
    _redirect(db, {each: found.get(each) for each in vanished}, "entity", undone=undone)
    db.executemany("UPDATE redirect SET target = ? WHERE id = ?", ((now, former) for former, now in found.items()))
    # Of ids that did not vanish, or are back, nothing needs to be remembered.
    db.execute("DELETE FROM former_link WHERE entity_id NOT IN (SELECT id FROM redirect)")
    db.execute(_TOO_MANY.format(where=""))


def redirect_some_entities(
    db: sqlite3.Connection, vanished: Collection[str], came: Collection[str], papers: Iterable[str], *, undone: bool
) -> None:
    """The same where only some ``papers`` were linked anew, or go by other ids: what is remembered of others stays."""
    db.execute(_TEMP)
    db.executemany("INSERT OR IGNORE INTO touched VALUES (?)", ((each,) for each in (*vanished, *came)))
    db.executemany(_TOUCHED, ((paper,) for paper in papers))
    found = _successors(db, "WHERE former.entity_id IN (SELECT id FROM touched)")
    _send_on(db, {each: found.get(each) for each in vanished}, undone=undone)
    db.executemany("UPDATE redirect SET target = ? WHERE id = ?", ((now, former) for former, now in found.items()))
    db.executemany("DELETE FROM redirect WHERE id = ?", ((each,) for each in came))
    db.execute(
        "DELETE FROM former_link WHERE entity_id IN (SELECT id FROM touched) "
        "AND entity_id NOT IN (SELECT id FROM redirect)"
    )
    db.execute(_TOO_MANY.format(where="WHERE entity_id IN (SELECT id FROM touched)"))
    db.execute("DROP TABLE temp.touched")


def _successors(db: sqlite3.Connection, where: str = "") -> dict[str, str]:
    """What each entity is now of which links are remembered that papers still state."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    introduced: dict[str, Counter[str]] = defaultdict(Counter)
    for former, entity, introduces, times in db.execute(_VOTES.format(where=where)):
        votes[former][entity] += times
        introduced[former][entity] += times * introduces
    return {
        former: min(found, key=lambda each: (-introduced[former][each], -found[each], each))
        for former, found in votes.items()
    }


def _redirect(db: sqlite3.Connection, successors: Mapping[str, str | None], table: str, *, undone: bool) -> None:
    """Send ids on, and those that were sent to them before; what has its id back in a table goes by it again."""
    _send_on(db, successors, undone=undone)
    db.execute(f"DELETE FROM redirect WHERE id IN (SELECT id FROM {table})")


def _send_on(db: sqlite3.Connection, successors: Mapping[str, str | None], *, undone: bool) -> None:
    for vanished, successor in successors.items():
        db.execute("UPDATE redirect SET target = ? WHERE target = ?", (successor, vanished))
        db.execute("INSERT OR REPLACE INTO redirect VALUES (?, ?, ?)", (vanished, successor, undone))
