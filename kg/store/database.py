"""Opening the graph file: created, migrated, checked, and every failure said in one line."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TypeVar

from kg.errors import GraphError
from kg.model import PAPER_FIELDS
from kg.store.schema import COLUMNS, MIGRATIONS, READABLE, SCHEMA_VERSION
from kg.text.folding import fold, fold_person

__all__ = ["batched", "columns_of", "family_folded", "open_database", "storing", "transaction"]

T = TypeVar("T")

_BUSY_SECONDS = 30.0
_READING_CACHE, _WRITING_CACHE = 32_768, 131_072  # kB: with SQLite's own 2 MB, indexes of large graphs are read again
_APPLICATION_ID = 0x6B677067  # "kgpg": says to file(1) and to us what the file is
_MAPPED = 1 << 30  # bytes of the file that are read without a copy


def open_database(path: Path, *, create: bool = False, shared: bool = False) -> sqlite3.Connection:
    """Open a graph file, for reading or, with ``create``, for building.

    A ``shared`` connection may be used by several threads, one at a time.

    Raises:
        GraphError: there is no such file, it is no graph, it is from a newer version, or it cannot be opened.
    """
    if not create and not path.exists():
        raise GraphError(f"{path}: no such graph; make it with 'kg build SOURCE... --db {path}'")
    try:
        if create:
            path.parent.mkdir(parents=True, exist_ok=True)
        name, is_uri = _name(path, create=create)
        connection = sqlite3.connect(
            name, uri=is_uri, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=not shared
        )
    except (OSError, sqlite3.Error) as error:
        raise GraphError(f"{path}: cannot be opened ({error}); check the folder and its rights") from None
    try:
        with storing(path):
            _prepare(connection, path, create=create)
    except GraphError:
        connection.close()
        raise
    return connection


def _name(path: Path, *, create: bool) -> tuple[str, bool]:
    """What to open, and whether it is a URI: a graph that nobody can write to is read without the log beside it."""
    log = path.with_name(path.name + "-wal")
    if create or os.access(path.parent, os.W_OK) or log.exists():
        return str(path), False
    return f"{path.resolve().as_uri()}?immutable=1", True


def _prepare(connection: sqlite3.Connection, path: Path, *, create: bool) -> None:
    connection.create_function("fold", 1, lambda name: fold(name) if name else None, deterministic=True)
    connection.create_function("fold_person", 1, lambda name: fold_person(name or ""), deterministic=True)
    connection.create_function("fold_family", 2, family_folded, deterministic=True)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA cache_size = -{_WRITING_CACHE if create else _READING_CACHE}")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    empty = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    if not empty and application != _APPLICATION_ID:
        raise GraphError(f"{path}: is a database, but no graph of kg; name another file")
    if version > SCHEMA_VERSION:
        raise GraphError(
            f"{path}: was made by a newer kg (schema {version}, this one knows {SCHEMA_VERSION}); upgrade kg"
        )
    if create:
        _prepare_to_write(connection, version)
    elif empty:
        raise GraphError(f"{path}: holds no graph yet; make it with 'kg build SOURCE... --db {path}'")
    else:
        _prepare_to_read(connection, path, version)


def _prepare_to_write(connection: sqlite3.Connection, version: int) -> None:
    """The only ones that change a file's schema are those that write graphs."""
    if version < SCHEMA_VERSION:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
        for number in range(version, SCHEMA_VERSION):
            _add_columns(connection)
            _migrate(connection, number)
    _add_columns(connection)
    connection.execute("PRAGMA synchronous = NORMAL")


def _add_columns(connection: sqlite3.Connection) -> None:
    """Columns for the fields of papers that the file does not know yet."""
    for table in ("record", "paper"):
        known = columns_of(connection, table)
        for each in PAPER_FIELDS:
            if known and each.name not in known:
                connection.execute(f"ALTER TABLE {table} ADD COLUMN {each.name} {each.stored.column}")


def _prepare_to_read(connection: sqlite3.Connection, path: Path, version: int) -> None:
    """Nothing is written to the file: an older one is seen through views that live as long as the connection."""
    if version < SCHEMA_VERSION and version not in READABLE:
        raise GraphError(
            f"{path}: was made by an older kg (schema {version}); bring it up to date with 'kg build --db {path}'"
        )
    for table, shape in READABLE.get(version, {}).items():
        connection.execute(f"CREATE TEMP VIEW {table} AS {shape}")
    for table in ("record", "paper"):
        wanted = (*(field.name for field in PAPER_FIELDS), *COLUMNS[table])
        missing = [name for name in wanted if name not in columns_of(connection, table)]
        if missing:
            unknown = ", ".join(f"NULL AS {name}" for name in missing)
            connection.execute(f"CREATE TEMP VIEW {table} AS SELECT rowid, *, {unknown} FROM main.{table}")
    connection.execute(f"PRAGMA mmap_size = {_MAPPED}")
    connection.execute("PRAGMA query_only = ON")


def family_folded(name: str | None, family: str | None) -> str:
    """A person's family name, folded; the last word of the name where no source parts it.

    >>> family_folded("Ada B. Berry", None), family_folded("Bo van Cress", "van Cress")
    ('berry', 'van cress')
    """
    return fold_person(family or "") or fold_person(name or "").rpartition(" ")[2]


def columns_of(connection: sqlite3.Connection, table: str) -> set[str]:
    """The names of a table's columns."""
    return {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}


def _migrate(connection: sqlite3.Connection, number: int) -> None:
    """Bring the file from one version to the next, unless another process did so while we waited."""
    with transaction(connection):
        if connection.execute("PRAGMA user_version").fetchone()[0] > number:
            return
        statement = ""
        for line in MIGRATIONS[number].splitlines(keepends=True):
            statement += line
            if sqlite3.complete_statement(statement):
                connection.execute(statement)
                statement = ""
        connection.execute(f"PRAGMA user_version = {number + 1}")


@contextmanager
def storing(path: Path | str) -> Iterator[None]:
    """Turn what SQLite reports into one line that says what to do."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise GraphError(f"{path}: {_remedy(error)}") from error


def _remedy(error: sqlite3.DatabaseError) -> str:
    text = str(error)
    if "full" in text or "disk I/O" in text:
        return f"{text}; free some space and run the build again, it goes on where it stopped"
    if "locked" in text:
        return "another build is writing to it; wait for that to end and run this again"
    if "not a database" in text or "malformed" in text:
        return f"{text}; it is damaged or no graph of kg: name another file or build it anew"
    if "readonly" in text or "unable to open" in text:
        return f"{text}; check the file's and folder's rights"
    return text


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing: committed at the end, rolled back on any error."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def batched(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    """The rows in lists of so many, the last maybe shorter: what one statement takes.

    >>> list(batched("abcde", 2))
    [['a', 'b'], ['c', 'd'], ['e']]
    """
    iterator = iter(rows)
    while batch := list(islice(iterator, size)):
        yield batch
