"""Version 9 of the graph file's schema: what builds keep for themselves, so that a change costs what it changes.

Nothing here says more than records, extractions and corrections do, and no question reads it. Builds that find what is
kept to be of another version make it anew.
"""

from __future__ import annotations

__all__ = ["TO_9"]

TO_9 = """
-- What changed since the step that reads it was done: keys of records that came or went ('arxiv', 'doi', 'title') and
-- papers that may have lost records ('paper'), for grouping; papers whose text is new ('text'), for extraction; numbers
-- of papers that came, changed or went ('linked'), for linking.
CREATE TABLE change (
    what TEXT NOT NULL,
    key  NOT NULL,
    PRIMARY KEY (what, key)
) WITHOUT ROWID;

-- The ways in which papers name things, and how many papers name so.
CREATE TABLE naming (
    id      INTEGER PRIMARY KEY,
    wording TEXT NOT NULL UNIQUE,   -- JSON list: name, type, entry, family, long form, whether it is introduced
    folded  TEXT NOT NULL,          -- the folded name
    long    TEXT,                   -- the folded long form, where there is one
    key     TEXT NOT NULL,          -- what papers that name the same thing have in common
    listed  INTEGER NOT NULL,       -- 1: an entry of the vocabulary, 2: a version of one, 0: neither
    node    TEXT,                   -- what it stands for before corrections; NULL where each paper tells
    times   INTEGER NOT NULL
);
CREATE INDEX naming_folded ON naming (folded) WHERE listed = 0;
CREATE INDEX naming_long ON naming (long) WHERE listed = 0 AND long IS NOT NULL;
CREATE INDEX naming_key ON naming (key, times);
CREATE INDEX naming_node ON naming (node);

-- Which papers, by number, name in which way; and what they mean by a name that may stand for several things.
CREATE TABLE paper_naming (
    paper     INTEGER NOT NULL,
    naming_id INTEGER NOT NULL,
    node      TEXT,
    uses      INTEGER,              -- 1 where the paper only uses what it seems to introduce
    rivals    TEXT,                 -- JSON list: the other things that it may mean
    PRIMARY KEY (paper, naming_id)
) WITHOUT ROWID;
CREATE INDEX paper_naming_naming ON paper_naming (naming_id, paper);
CREATE INDEX paper_naming_node ON paper_naming (node) WHERE node IS NOT NULL;

-- How papers spell the versions of families, and those above them.
CREATE TABLE spelling (
    key    TEXT NOT NULL,           -- what the spellings of one version share
    parts  TEXT NOT NULL,           -- JSON list: what stands behind the family's name
    family TEXT NOT NULL,
    node   TEXT NOT NULL,
    times  INTEGER NOT NULL,
    PRIMARY KEY (key, parts)
) WITHOUT ROWID;
CREATE INDEX spelling_node ON spelling (node);
CREATE INDEX spelling_family ON spelling (family);

-- Entries of the vocabulary that papers claim to introduce, and to whom that is left.
CREATE TABLE claimed (
    node     TEXT PRIMARY KEY,
    disputed INTEGER NOT NULL,      -- 1 where several papers claim it
    titled   TEXT                   -- the paper that does so in its title, if that is one alone
) WITHOUT ROWID;

-- The things that unlisted names stand for before corrections, and the id that each would have if no other claimed it.
CREATE TABLE thing (
    folded TEXT NOT NULL,
    claim  TEXT NOT NULL,
    node   TEXT NOT NULL
);
CREATE INDEX thing_folded ON thing (folded);
CREATE INDEX thing_claim ON thing (claim);
CREATE INDEX thing_node ON thing (node);

-- What other versions of the schema say of what is kept does not hold for these tables.
DELETE FROM meta WHERE key IN ('grouped', 'extracted', 'kept', 'corrected');

CREATE INDEX record_arxiv ON record (arxiv) WHERE arxiv IS NOT NULL;
CREATE INDEX former_link_paper ON former_link (paper_id);
-- Which papers wait for extraction is told without reading what was extracted.
CREATE INDEX extraction_state ON extraction (paper_id, version, text_digest);
"""
