"""Version 8 of the graph file's schema: when each record came.

Kept out of all that exports tell of, and of their digest: the same papers make the same graph whenever they come.
"""

from __future__ import annotations

__all__ = ["COLUMNS_OF_8", "NEW_IN_8", "TO_8"]

COLUMNS_OF_8 = {"record": ("build",), "paper": ()}
"""Columns that tables with a full-text index or fields of papers got, beside those fields."""

TO_8 = """
-- Builds that brought records, in their order.
CREATE TABLE build (
    number INTEGER PRIMARY KEY,
    time   TEXT                 -- in UTC, as '2025-03-01T12:00:00Z'; NULL where nobody told it
);

ALTER TABLE record ADD COLUMN build INTEGER REFERENCES build (number);  -- NULL: came before builds were numbered
CREATE INDEX record_build ON record (build, paper_id);
"""

NEW_IN_8 = {"build": "SELECT NULL AS number, NULL AS time WHERE 0"}
