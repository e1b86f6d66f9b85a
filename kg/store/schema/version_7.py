"""Version 7 of the graph file's schema: full texts, and results that tables state.

What a paper says behind its abstract is kept once, with the record that has it; a paper has the body of one record. A
table's cells are kept for reading it anew, its text for showing what proves a result.
"""

from __future__ import annotations

__all__ = ["COLUMNS_OF_7", "NEW_IN_7", "TO_7"]

COLUMNS_OF_7 = {"record": ("body_size", "body_digest"), "paper": ("body_record",)}
"""Columns that tables with a full-text index or fields of papers got, beside those fields."""

_OF_RESULTS = (
    ("split", "TEXT", "the part of the data, as 'dev'"),
    ("suite", "TEXT", "the collection that the data is of"),
    ("setting", "TEXT", "the conditions, as '5-shot'"),
    ("base", "TEXT", "the model that a method was applied to"),
    ("own", "INTEGER", "1 if the paper proposes what achieved it, 0 if not, NULL where it is not told"),
    ("deviation", "TEXT", "what stands behind plus-minus"),
    ("better", "TEXT", "'higher' or 'lower'"),
    ("row_head", "TEXT", "of a cell: what heads its row"),
    ("column_head", "TEXT", "of a cell: what heads its column"),
    ("cell", "TEXT", "the cell, verbatim"),
)

_COLUMNS = "\n".join(
    f"ALTER TABLE result ADD COLUMN {name} {kind};  -- {meaning}" for name, kind, meaning in _OF_RESULTS
)

TO_7 = f"""
CREATE TABLE part (
    record_id INTEGER NOT NULL REFERENCES record (id) ON DELETE CASCADE,
    place     INTEGER NOT NULL,     -- its number in the paper, from 2: title and abstract come before
    kind      TEXT NOT NULL,
    heading   TEXT NOT NULL,        -- JSON list: the titles of the sections that it stands in, the outermost first
    appendix  INTEGER NOT NULL,
    name      TEXT,                 -- what people call a table: 'Table 2'
    text      TEXT NOT NULL,
    content   TEXT,                 -- JSON of a table, with its cells
    PRIMARY KEY (record_id, place)
) WITHOUT ROWID;

ALTER TABLE record ADD COLUMN body_size INTEGER;    -- characters of its parts; NULL where it has none
ALTER TABLE record ADD COLUMN body_digest TEXT;
ALTER TABLE paper ADD COLUMN body_record INTEGER;   -- the record whose parts are the paper's; NULL where none has any

DROP VIEW passage;
CREATE VIEW passage AS
    SELECT id AS paper_id, 0 AS place, 'title' AS kind, title AS text FROM paper
    UNION ALL SELECT id, 1, 'abstract', abstract FROM paper
    UNION ALL SELECT id, place, kind, text FROM paper JOIN part ON record_id = body_record;

{_COLUMNS}
"""

NEW_IN_7 = {
    "part": (
        "SELECT NULL AS record_id, NULL AS place, NULL AS kind, NULL AS heading, NULL AS appendix, NULL AS name, "
        "NULL AS text, NULL AS content WHERE 0"
    ),
    "result": f"SELECT *, {', '.join(f'NULL AS {name}' for name, _, _ in _OF_RESULTS)} FROM {{result}}",
}
