"""The schema of the graph file, by version, and the migrations between them.

Records are what sources said, papers what the records amount to, extractions what was found in each paper. Entities,
links, evidence and results are derived from the extractions by linking and are replaced together, in one transaction.
"""

from __future__ import annotations

__all__ = ["MIGRATIONS", "SCHEMA_VERSION"]

_VERSION_1 = """
CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE source (
    id       INTEGER PRIMARY KEY,
    key      TEXT NOT NULL UNIQUE,  -- what identifies the source across runs
    name     TEXT NOT NULL,         -- what people and exports see
    digest   TEXT NOT NULL,         -- SHA-256 of the content
    complete INTEGER NOT NULL       -- 0 while it is being read
);

CREATE TABLE record (
    id           INTEGER PRIMARY KEY,
    source_id    INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
    line         INTEGER NOT NULL,
    title        TEXT NOT NULL,
    abstract     TEXT NOT NULL,
    arxiv        TEXT,
    doi          TEXT,
    date         TEXT,
    author_count INTEGER,
    organisation TEXT,
    upvotes      INTEGER,
    title_key    TEXT NOT NULL,     -- hash of the folded title
    paper_id     TEXT               -- NULL until records are grouped into papers
);
CREATE INDEX record_source ON record (source_id);
CREATE INDEX record_paper ON record (paper_id);

CREATE TABLE reject (
    source_id INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
    line      INTEGER NOT NULL,
    reason    TEXT NOT NULL
);
CREATE INDEX reject_source ON reject (source_id);

CREATE TABLE paper (
    rowid        INTEGER PRIMARY KEY,
    id           TEXT NOT NULL UNIQUE,
    title        TEXT NOT NULL,
    abstract     TEXT NOT NULL,
    arxiv        TEXT,
    doi          TEXT,
    date         TEXT,
    author_count INTEGER,
    organisation TEXT,
    upvotes      INTEGER,
    sources      TEXT NOT NULL,     -- JSON list of "name:line"
    text_digest  TEXT NOT NULL      -- of title and abstract: what an extraction depends on
);
CREATE INDEX paper_date ON paper (date);

CREATE VIRTUAL TABLE paper_text USING fts5 (title, abstract, content = 'paper', content_rowid = 'rowid');
CREATE TRIGGER paper_inserted AFTER INSERT ON paper BEGIN
    INSERT INTO paper_text (rowid, title, abstract) VALUES (new.rowid, new.title, new.abstract);
END;
CREATE TRIGGER paper_deleted AFTER DELETE ON paper BEGIN
    INSERT INTO paper_text (paper_text, rowid, title, abstract) VALUES ('delete', old.rowid, old.title, old.abstract);
END;
CREATE TRIGGER paper_updated AFTER UPDATE ON paper BEGIN
    INSERT INTO paper_text (paper_text, rowid, title, abstract) VALUES ('delete', old.rowid, old.title, old.abstract);
    INSERT INTO paper_text (rowid, title, abstract) VALUES (new.rowid, new.title, new.abstract);
END;

CREATE TABLE extraction (
    paper_id    TEXT PRIMARY KEY REFERENCES paper (id) ON DELETE CASCADE,
    version     TEXT NOT NULL,      -- of extractor and vocabulary
    text_digest TEXT NOT NULL,
    payload     TEXT NOT NULL       -- JSON: what one paper names, before linking
) WITHOUT ROWID;

CREATE TABLE entity (
    id    TEXT PRIMARY KEY,         -- type and slug of the label: the IRI's path below the base
    type  TEXT NOT NULL CHECK (type IN ('method', 'model', 'dataset', 'benchmark', 'metric', 'task')),
    label TEXT NOT NULL,
    known INTEGER NOT NULL,         -- 1 if the vocabulary lists it
    exact_matches TEXT NOT NULL     -- JSON list of IRIs
) WITHOUT ROWID;

CREATE TABLE name (
    entity_id TEXT NOT NULL REFERENCES entity ON DELETE CASCADE,
    name      TEXT NOT NULL,
    folded    TEXT NOT NULL,
    preferred INTEGER NOT NULL,
    PRIMARY KEY (entity_id, name)
) WITHOUT ROWID;
CREATE INDEX name_folded ON name (folded);

CREATE TABLE broader (
    child  TEXT NOT NULL REFERENCES entity ON DELETE CASCADE,
    parent TEXT NOT NULL REFERENCES entity ON DELETE CASCADE,
    PRIMARY KEY (child, parent)
) WITHOUT ROWID;
CREATE INDEX broader_parent ON broader (parent);

CREATE TABLE link (
    paper_id   TEXT NOT NULL REFERENCES paper (id) ON DELETE CASCADE,
    entity_id  TEXT NOT NULL REFERENCES entity ON DELETE CASCADE,
    relation   TEXT NOT NULL CHECK (relation IN
        ('introduces', 'evaluates_on', 'trains_on', 'uses', 'compares_with', 'addresses', 'mentions')),
    confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    PRIMARY KEY (paper_id, entity_id)
) WITHOUT ROWID;
CREATE INDEX link_entity ON link (entity_id, relation);

CREATE TABLE evidence (
    paper_id       TEXT NOT NULL,
    entity_id      TEXT NOT NULL,
    field          TEXT NOT NULL CHECK (field IN ('title', 'abstract')),
    start          INTEGER NOT NULL,
    "end"          INTEGER NOT NULL CHECK ("end" > start),
    sentence_start INTEGER NOT NULL,
    sentence_end   INTEGER NOT NULL,
    surface        TEXT NOT NULL,
    rule           TEXT NOT NULL,
    relation       TEXT NOT NULL,
    confidence     REAL NOT NULL,
    PRIMARY KEY (paper_id, entity_id, field, start, "end"),
    FOREIGN KEY (paper_id, entity_id) REFERENCES link ON DELETE CASCADE
) WITHOUT ROWID;

CREATE TABLE result (
    paper_id       TEXT NOT NULL REFERENCES paper (id) ON DELETE CASCADE,
    field          TEXT NOT NULL CHECK (field IN ('title', 'abstract')),
    start          INTEGER NOT NULL,
    "end"          INTEGER NOT NULL,
    sentence_start INTEGER NOT NULL,
    sentence_end   INTEGER NOT NULL,
    value          TEXT NOT NULL,
    number         REAL,
    unit           TEXT,
    kind           TEXT NOT NULL CHECK (kind IN ('absolute', 'gain', 'relative_gain', 'speedup', 'other')),
    metric         TEXT,
    measured_on    TEXT,
    achieved_by    TEXT,
    confidence     REAL NOT NULL,
    PRIMARY KEY (paper_id, field, start, "end")
) WITHOUT ROWID;
"""

_VERSION_2 = """
ALTER TABLE source ADD COLUMN since TEXT;                      -- only records from this date on were taken in
ALTER TABLE source ADD COLUMN older INTEGER NOT NULL DEFAULT 0;  -- records left out for that

CREATE INDEX record_title ON record (title_key);

-- With the confidence inside, "which papers use X" reads the index alone.
DROP INDEX link_entity;
CREATE INDEX link_entity ON link (entity_id, relation, confidence);
-- The order in which papers are listed is decided without reading their abstracts.
CREATE INDEX paper_listing ON paper (id, date, title);

CREATE INDEX result_measured_on ON result (measured_on) WHERE measured_on IS NOT NULL;
CREATE INDEX result_achieved_by ON result (achieved_by) WHERE achieved_by IS NOT NULL;
"""

MIGRATIONS: tuple[str, ...] = (_VERSION_1, _VERSION_2)
"""Script n brings a file from version n to n + 1; version 0 is an empty file."""

SCHEMA_VERSION = len(MIGRATIONS)
