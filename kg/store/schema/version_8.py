"""Version 8 of the graph file's schema: when each record came, and how metrics are to be read.

When a record came is kept out of all that exports tell of, and of their digest: the same papers make the same graph
whenever they come.
"""

from __future__ import annotations

from kg.store.schema.version_6 import NEW_IN_6

__all__ = ["COLUMNS_OF_8", "NEW_BEFORE_6", "NEW_IN_8", "TO_8"]

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

-- What the vocabulary says of metrics; NULL where it depends, and of all other things.
ALTER TABLE entity ADD COLUMN direction TEXT;  -- which numbers are better: higher, lower
ALTER TABLE entity ADD COLUMN scale TEXT;      -- share (also written as percent), number
DELETE FROM meta WHERE key = 'linked';
"""

_ENTITY = "SELECT *, NULL AS direction, NULL AS scale FROM {entity}"

NEW_IN_8 = {
    "build": "SELECT NULL AS number, NULL AS time WHERE 0",
    "entity": _ENTITY.format(entity="main.entity"),
}
NEW_BEFORE_6 = {**NEW_IN_8, "entity": _ENTITY.format(entity=f"({NEW_IN_6['entity']})")}
"""For files in which entities lack what version 6 told of them, too."""
