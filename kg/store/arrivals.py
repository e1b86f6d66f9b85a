"""When records came: the builds, and what a source that is read again brings that it did not bring before.

A record stays when its source states a paper of the same arXiv id, DOI or title again, whatever else it says of it now.
"""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime

from kg.errors import KgError

__all__ = ["Arrivals", "stamp"]

_KEYS = ("arxiv", "doi", "title_key")
_STATED = " UNION ALL ".join(
    f"SELECT '{key}' AS kind, {key} AS value, build FROM record JOIN source ON source.id = source_id "
    f"WHERE source.key = ?1 AND {key} IS NOT NULL"
    for key in _KEYS
)
_CAME = ", ".join(f"(SELECT build FROM temp.came WHERE kind = '{key}' AND value = record.{key})" for key in _KEYS)
_BEFORE = 0  # stands for NULL, which would say that a record was not there


def stamp(moment: datetime) -> str:
    """A time as the graph keeps it: in UTC, to the second.

    >>> from datetime import timedelta, timezone
    >>> stamp(datetime(2025, 3, 1, 1, 30, tzinfo=timezone(timedelta(hours=2))))
    '2025-02-28T23:30:00Z'

    Raises:
        KgError: the time says nothing of its zone.
    """
    if moment.tzinfo is None:
        raise KgError(f"{moment} says nothing of its zone; give a time like datetime.now(UTC)")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Arrivals:
    """The records that one build brings. To be called within the transactions that store them."""

    def __init__(self, db: sqlite3.Connection, moment: datetime | None = None) -> None:
        self._db = db
        self._time = None if moment is None else stamp(moment)
        self._number: int | None = None

    def before(self, source_key: str) -> None:
        """Remember when the records of a source came; before they are deleted."""
        self._db.execute("DROP TABLE IF EXISTS temp.came")
        self._db.execute(
            "CREATE TEMP TABLE came (kind TEXT, value TEXT, build INTEGER, PRIMARY KEY (kind, value)) WITHOUT ROWID"
        )
        self._db.execute(
            f"INSERT INTO temp.came SELECT kind, value, min(coalesce(build, {_BEFORE})) FROM ({_STATED}) GROUP BY 1, 2",
            (source_key,),
        )

    def after(self, source: int | None) -> None:
        """Give the records of a source, once they are all stored, the build that each came with."""
        number = self._this_build()
        self._db.execute(
            f"UPDATE record SET build = nullif(coalesce({_CAME}, ?), {_BEFORE}) WHERE source_id = ?", (number, source)
        )
        # A build is one that brought something.
        self._db.execute(
            "DELETE FROM build WHERE number = ?1 AND NOT EXISTS (SELECT 1 FROM record WHERE build = ?1)", (number,)
        )
        self._db.execute("DROP TABLE temp.came")

    def _this_build(self) -> int:
        """The number of this build, in the table: again where a transaction that put it there was undone."""
        if self._number is None:
            ((self._number,),) = self._db.execute("SELECT coalesce(max(number), 0) + 1 FROM build")
        self._db.execute("INSERT OR IGNORE INTO build VALUES (?, ?)", (self._number, self._time))
        return self._number
