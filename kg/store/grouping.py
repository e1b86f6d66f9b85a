"""Which records are grouped anew: those that came or changed, and all that share a key with one of these."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from kg.model import PAPER_FIELDS, Author
from kg.store.changes import changed
from kg.store.fields import value_of

__all__ = ["KeyRow", "all_keys", "keys_near"]

KeyRow = tuple[int, str | None, str | None, str, str, tuple[Author, ...], int | None]
"""What a record is grouped by: number, arXiv id, DOI, hash of its title; title, authors and year."""

_KEYS = {"arxiv": "arxiv", "doi": "doi", "title": "title_key"}
_TELLING = ("title", "authors", "date")
_SHARES = " OR ".join(
    f"{key} IN (SELECT {key} FROM record WHERE {key} IS NOT NULL GROUP BY {key} HAVING count(*) > 1)"
    for key in ("title_key", "doi", "arxiv")
)
(_AUTHORS,) = (field for field in PAPER_FIELDS if field.name == "authors")


def all_keys(db: sqlite3.Connection) -> Iterator[KeyRow]:
    """Of each record what it is grouped by; without the last three, which are most of it, where it shares nothing with
    another."""
    telling = ", ".join(f"iif({_SHARES}, {column}, NULL)" for column in _TELLING)
    for row in db.execute(f"SELECT id, arxiv, doi, title_key, {telling} FROM record"):
        yield _key_row(row)


def keys_near(db: sqlite3.Connection, named: Iterable[str]) -> list[KeyRow]:
    """The same of the records that have no paper, of those that share a key with them or with what went, or have one of
    the ids ``named``, and so on: of whole families of records, and of no others."""
    found: dict[int, tuple[Any, ...]] = {}
    waiting = {(what, str(key)) for what in _KEYS for key in changed(db, what)} | set(map(_key_in, named))
    waiting |= {key for row in db.execute(f"{_SELECT} WHERE paper_id IS NULL") for key in _keys_of(row)}
    seen = set(waiting)
    while waiting:
        what, value = waiting.pop()
        for row in db.execute(f"{_SELECT} WHERE {_KEYS[what]} = ?", (value,)):
            found[row[0]] = row
            fresh = set(_keys_of(row)) - seen
            seen |= fresh
            waiting |= fresh
    times = Counter(key for row in found.values() for key in _keys_of(row))
    return [
        _key_row(row if any(times[key] > 1 for key in _keys_of(row)) else (*row[:4], None, None, None))
        for _, row in sorted(found.items())
    ]


_SELECT = f"SELECT id, arxiv, doi, title_key, {', '.join(_TELLING)} FROM record"


def _keys_of(row: tuple[Any, ...]) -> list[tuple[str, str]]:
    return [(what, value) for what, value in zip(_KEYS, row[1:4], strict=True) if value is not None]


def _key_in(paper_id: str) -> tuple[str, str]:
    """The key in a paper's id; behind the hash of a title there may stand what tells the paper from others."""
    scheme, _, value = paper_id.partition("/")
    return ("title", value.partition("-")[0]) if scheme not in ("arxiv", "doi") else (scheme, value)


def _key_row(row: tuple[Any, ...]) -> KeyRow:
    record, arxiv, doi, title_key, title, authors, date = row
    year = int(date[:4]) if date and not date.startswith("--") else None
    return record, arxiv, doi, title_key, title or "", value_of(_AUTHORS, authors), year
