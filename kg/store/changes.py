"""What changed since a step was done: so that the step looks at that, and at nothing else."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

__all__ = ["GROUPED", "LINKED", "TEXT", "changed", "forget_changes", "note_change", "note_records_of"]

_KEYS = {"arxiv": "arxiv", "doi": "doi", "title": "title_key", "paper": "paper_id"}
"""What is noted of records that go, with the column that has it."""
GROUPED, TEXT, LINKED = tuple(_KEYS), "text", "linked"
"""Kinds of changes by the step that reads them: grouping, extraction, linking."""


def note_change(db: sqlite3.Connection, what: str, keys: Iterable[object]) -> None:
    """Note that something changed."""
    db.executemany("INSERT OR IGNORE INTO change VALUES (?, ?)", ((what, key) for key in keys))


def note_records_of(db: sqlite3.Connection, source: str) -> None:
    """Note by what the records of a source were grouped, before they go."""
    for what, column in _KEYS.items():
        db.execute(
            f"INSERT OR IGNORE INTO change SELECT DISTINCT ?, {column} FROM record "
            f"WHERE source_id = (SELECT id FROM source WHERE key = ?) AND {column} IS NOT NULL",
            (what, source),
        )


def changed(db: sqlite3.Connection, what: str) -> list[object]:
    """What was noted of one kind, in order."""
    return [key for (key,) in db.execute("SELECT key FROM change WHERE what = ? ORDER BY key", (what,))]


def forget_changes(db: sqlite3.Connection, *kinds: str) -> None:
    """What was noted is done."""
    db.executemany("DELETE FROM change WHERE what = ?", ((kind,) for kind in kinds))
