"""Versions 1 to 5 of the graph file's schema, and what stands for what later versions have."""

from __future__ import annotations

from kg.model import ACHIEVERS, DATA, EntityType, Relation, ResultKind

__all__ = ["EVIDENCE_OF_2", "NEW_IN_4", "NEW_IN_5", "RESULT_OF_2", "TO_5"]

_RELATIONS = ", ".join(f"'{relation}'" for relation in Relation)
_RESULT_KINDS = ", ".join(f"'{kind}'" for kind in ResultKind)

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
    version     TEXT NOT NULL,      -- digests of code, vocabulary, weights, configuration
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


def _entity_called(column: str, kinds: tuple[EntityType, ...]) -> str:
    """In files before version 3 results hold names only; the entity is what the paper links that goes by the name."""
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    return (
        "(SELECT link.entity_id FROM main.link JOIN main.name ON name.entity_id = link.entity_id "
        "JOIN main.entity ON entity.id = link.entity_id WHERE link.paper_id = stated.paper_id "
        f"AND folded = fold(stated.{column}) AND entity.type IN ({listed}) ORDER BY link.entity_id LIMIT 1)"
    )


_PLACE = "CASE field WHEN 'title' THEN 0 ELSE 1 END AS place"
EVIDENCE_OF_2 = (
    f'SELECT paper_id, entity_id, {_PLACE}, start, "end", sentence_start, sentence_end, surface, rule, relation, '
    "confidence AS score FROM main.evidence"
)
RESULT_OF_2 = (
    f'SELECT paper_id, {_PLACE}, start, "end", sentence_start, sentence_end, value, number, unit, kind, '
    f"metric, {_entity_called('metric', (EntityType.METRIC,))} AS metric_id, "
    f"measured_on, {_entity_called('measured_on', DATA)} AS measured_on_id, "
    f"achieved_by, {_entity_called('achieved_by', ACHIEVERS)} AS achieved_by_id, "
    "confidence FROM main.result AS stated"
)

_VERSION_3 = f"""
-- Proofs are anchored in passages by their place, and results are made of entities.
CREATE TEMP TABLE old_evidence AS {EVIDENCE_OF_2};
CREATE TEMP TABLE old_result AS {RESULT_OF_2};
DROP TABLE evidence;
DROP TABLE result;

-- The stored text, passage by passage; a place is a passage's number in its paper.
CREATE VIEW passage AS
    SELECT id AS paper_id, 0 AS place, 'title' AS kind, title AS text FROM paper
    UNION ALL SELECT id, 1, 'abstract', abstract FROM paper;

CREATE TABLE evidence (
    paper_id       TEXT NOT NULL,
    entity_id      TEXT NOT NULL,
    place          INTEGER NOT NULL CHECK (place >= 0),
    start          INTEGER NOT NULL CHECK (start >= 0),
    "end"          INTEGER NOT NULL CHECK ("end" > start),
    sentence_start INTEGER NOT NULL CHECK (sentence_start BETWEEN 0 AND start),
    sentence_end   INTEGER NOT NULL CHECK (sentence_end >= "end"),
    surface        TEXT NOT NULL,
    rule           TEXT NOT NULL,
    relation       TEXT NOT NULL CHECK (relation IN ({_RELATIONS})),
    score          REAL NOT NULL,   -- what the rule makes of it; no probability
    PRIMARY KEY (paper_id, entity_id, place, start, "end"),
    FOREIGN KEY (paper_id, entity_id) REFERENCES link ON DELETE CASCADE
) WITHOUT ROWID;

CREATE TABLE result (
    paper_id       TEXT NOT NULL REFERENCES paper (id) ON DELETE CASCADE,
    place          INTEGER NOT NULL CHECK (place >= 0),
    start          INTEGER NOT NULL CHECK (start >= 0),
    "end"          INTEGER NOT NULL CHECK ("end" > start),
    sentence_start INTEGER NOT NULL CHECK (sentence_start BETWEEN 0 AND start),
    sentence_end   INTEGER NOT NULL CHECK (sentence_end >= "end"),
    value          TEXT NOT NULL,
    number         REAL,
    unit           TEXT,
    kind           TEXT NOT NULL CHECK (kind IN ({_RESULT_KINDS})),
    metric         TEXT,            -- as the paper words it, and which of the entities that it links that is
    metric_id      TEXT REFERENCES entity ON DELETE SET NULL,
    measured_on    TEXT,
    measured_on_id TEXT REFERENCES entity ON DELETE SET NULL,
    achieved_by    TEXT,
    achieved_by_id TEXT REFERENCES entity ON DELETE SET NULL,
    confidence     REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    PRIMARY KEY (paper_id, place, start, "end")
) WITHOUT ROWID;
CREATE INDEX result_metric ON result (metric_id) WHERE metric_id IS NOT NULL;
CREATE INDEX result_measured_on ON result (measured_on_id) WHERE measured_on_id IS NOT NULL;
CREATE INDEX result_achieved_by ON result (achieved_by_id) WHERE achieved_by_id IS NOT NULL;

INSERT INTO evidence SELECT * FROM temp.old_evidence;
INSERT INTO result SELECT * FROM temp.old_result;
DROP TABLE temp.old_evidence;
DROP TABLE temp.old_result;

-- Some graphs of version 2 were made without it.
CREATE INDEX IF NOT EXISTS paper_listing ON paper (id, date, title);

-- What nobody chose is not stored: these were the defaults of their time.
DELETE FROM meta WHERE key = 'min_confidence' AND value IN ('0.4', '0.45');
DELETE FROM meta WHERE key IN ('linked', 'linker');
"""

_AUTHORS = """
    SELECT paper.id AS paper_id, author.key AS position,
        fold_person(json_extract(author.value, '$.name')) AS name_folded,
        fold_family(json_extract(author.value, '$.name'), json_extract(author.value, '$.family')) AS family_folded,
        json_extract(author.value, '$.orcid') AS orcid
    FROM paper, json_each(paper.authors) AS author
"""

_VERSION_4 = f"""
-- Of records left out for a date: those that nobody can tell the date of, apart from the older ones.
ALTER TABLE source ADD COLUMN undated INTEGER NOT NULL DEFAULT 0;
-- Records did not have all fields of papers: their sources are read again when a build names them.
UPDATE source SET digest = '';

-- Who wrote what, for asking. An author is looked for by family name, then by the words of the whole name: the authors
-- "Berry" are those whose family_folded is fold_person('Berry'); "Ada Berry" is one of these whose name_folded has all
-- of the words, a letter standing for each word that begins with it. Where no source parts the names, the family name
-- is the last word. Maintained with the papers.
CREATE TABLE paper_author (
    paper_id      TEXT NOT NULL REFERENCES paper (id) ON DELETE CASCADE,
    position      INTEGER NOT NULL,   -- from 0, in the order of the paper
    name_folded   TEXT NOT NULL,
    family_folded TEXT NOT NULL,
    orcid         TEXT,
    PRIMARY KEY (paper_id, position)
) WITHOUT ROWID;
CREATE INDEX paper_author_family ON paper_author (family_folded, name_folded);
CREATE INDEX paper_author_orcid ON paper_author (orcid) WHERE orcid IS NOT NULL;
INSERT INTO paper_author {_AUTHORS};

-- Papers of which it cannot be told whether they are one: what a person is asked.
CREATE TABLE doubt (
    paper_id TEXT NOT NULL REFERENCES paper (id) ON DELETE CASCADE,
    other_id TEXT NOT NULL REFERENCES paper (id) ON DELETE CASCADE,
    reason   TEXT NOT NULL,
    PRIMARY KEY (paper_id, other_id, reason)
) WITHOUT ROWID;
CREATE INDEX doubt_other ON doubt (other_id);
CREATE INDEX record_doi ON record (doi) WHERE doi IS NOT NULL;
"""

_VERSION_5 = """
-- What a thing that a paper introduces was made from, and the place that says so; by linking, like all of the graph.
CREATE TABLE derivation (
    entity_id      TEXT NOT NULL REFERENCES entity ON DELETE CASCADE,
    other_id       TEXT NOT NULL REFERENCES entity ON DELETE CASCADE,
    paper_id       TEXT NOT NULL REFERENCES paper (id) ON DELETE CASCADE,
    place          INTEGER NOT NULL CHECK (place >= 0),
    start          INTEGER NOT NULL CHECK (start >= 0),
    "end"          INTEGER NOT NULL CHECK ("end" > start),
    sentence_start INTEGER NOT NULL CHECK (sentence_start BETWEEN 0 AND start),
    sentence_end   INTEGER NOT NULL CHECK (sentence_end >= "end"),
    PRIMARY KEY (entity_id, other_id, paper_id)
) WITHOUT ROWID;
CREATE INDEX derivation_other ON derivation (other_id);
CREATE INDEX derivation_paper ON derivation (paper_id);

-- Which other thing of the same name a paper may mean by what it is linked to: what a person is asked.
CREATE TABLE sense_doubt (
    paper_id  TEXT NOT NULL,
    entity_id TEXT NOT NULL,
    other_id  TEXT NOT NULL REFERENCES entity ON DELETE CASCADE,
    PRIMARY KEY (paper_id, entity_id, other_id),
    FOREIGN KEY (paper_id, entity_id) REFERENCES link ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX sense_doubt_other ON sense_doubt (other_id);
DELETE FROM meta WHERE key = 'linked';
"""

TO_5: tuple[str, ...] = (_VERSION_1, _VERSION_2, _VERSION_3, _VERSION_4, _VERSION_5)

NEW_IN_4 = {
    "source": "SELECT *, 0 AS undated FROM main.source",
    "paper_author": _AUTHORS,
    "doubt": "SELECT NULL AS paper_id, NULL AS other_id, NULL AS reason WHERE 0",
}

NEW_IN_5 = {
    "derivation": (
        'SELECT NULL AS entity_id, NULL AS other_id, NULL AS paper_id, NULL AS place, NULL AS start, NULL AS "end", '
        "NULL AS sentence_start, NULL AS sentence_end WHERE 0"
    ),
    "sense_doubt": "SELECT NULL AS paper_id, NULL AS entity_id, NULL AS other_id WHERE 0",
}
