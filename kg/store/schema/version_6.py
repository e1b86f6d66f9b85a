"""Version 6 of the graph file's schema: ids that last, references and views that other tools follow."""

from __future__ import annotations

from kg.model import PAPER_FIELDS, Relation, ResultKind

__all__ = ["NEW_IN_6", "TO_6"]

_RELATIONS = ", ".join(f"'{relation}'" for relation in Relation)
_RESULT_KINDS = ", ".join(f"'{kind}'" for kind in ResultKind)

_REDIRECTS_OF_6 = """
-- Ids of entities and papers that the graph gave and gives no more, with what goes by another id now (NULL: nothing).
-- Kept from build to build: all else in the file follows from sources and corrections, this from how it grew.
CREATE TABLE redirect (
    id     TEXT PRIMARY KEY,
    target TEXT,
    undone INTEGER NOT NULL DEFAULT 0   -- 1 where only a correction that was taken back gave the id
) WITHOUT ROWID;
CREATE INDEX redirect_target ON redirect (target) WHERE target IS NOT NULL;

-- What ids that are redirected were linked to, which is what they meant; of papers that changed, until the graph is
-- linked anew.
CREATE TABLE former_link (
    entity_id  TEXT NOT NULL,
    paper_id   TEXT NOT NULL,
    folded     TEXT NOT NULL,           -- what the paper calls it
    introduces INTEGER NOT NULL,
    PRIMARY KEY (entity_id, paper_id, folded)
) WITHOUT ROWID;

-- Addresses that the vocabulary has for entities, beside exact_matches: JSON lists of IRIs.
ALTER TABLE entity ADD COLUMN introduced_in TEXT NOT NULL DEFAULT '[]';  -- the papers that introduce it, at arXiv
ALTER TABLE entity ADD COLUMN homepages TEXT NOT NULL DEFAULT '[]';
DELETE FROM meta WHERE key = 'linked';
"""

_SENTENCE = "substr(passage.text, sentence_start + 1, sentence_end - sentence_start) AS sentence"

# Datasette and sqlite-utils find a full-text index by its content table in double quotes.
_FULL_TEXT_OF_6 = """
DROP TABLE paper_text;
CREATE VIRTUAL TABLE paper_text USING fts5 (title, abstract, content="paper", content_rowid="rowid");
INSERT INTO paper_text (paper_text) VALUES ('rebuild');
"""

_VIEWS_OF_6 = f"""
-- What people ask of the file itself, with the names and sentences that the tables refer to; nothing here reads them.
CREATE VIEW paper_entities AS
    SELECT link.paper_id, paper.title, paper.date, link.relation, link.entity_id, entity.label AS entity, entity.type,
        link.confidence
    FROM link JOIN paper ON paper.id = link.paper_id JOIN entity ON entity.id = link.entity_id;

CREATE VIEW paper_evidence AS
    SELECT evidence.paper_id, paper.title, evidence.relation, evidence.entity_id, entity.label AS entity, entity.type,
        {_SENTENCE}, surface, passage.kind AS field, start AS start_offset, "end" AS end_offset, rule, score
    FROM evidence JOIN paper ON paper.id = evidence.paper_id JOIN entity ON entity.id = evidence.entity_id
        JOIN passage ON passage.paper_id = evidence.paper_id AND passage.place = evidence.place;

CREATE VIEW paper_results AS
    SELECT result.paper_id, paper.title, paper.date, value, number, unit, result.kind,
        metric, metric_id, measure.label AS metric_entity,
        measured_on, measured_on_id, data.label AS measured_on_entity,
        achieved_by, achieved_by_id, achiever.label AS achieved_by_entity,
        {_SENTENCE}, passage.kind AS field, start AS start_offset, "end" AS end_offset, confidence
    FROM result JOIN paper ON paper.id = result.paper_id
        JOIN passage ON passage.paper_id = result.paper_id AND passage.place = result.place
        LEFT JOIN entity AS measure ON measure.id = metric_id
        LEFT JOIN entity AS data ON data.id = measured_on_id
        LEFT JOIN entity AS achiever ON achiever.id = achieved_by_id;

CREATE VIEW entity_counts AS
    SELECT entity.id, entity.label, entity.type, entity.known, count(link.paper_id) AS papers,
        count(iif(link.relation = 'introduces', 1, NULL)) AS introduced_by,
        min(paper.date) AS first_date, max(paper.date) AS last_date
    FROM entity LEFT JOIN link ON link.entity_id = entity.id LEFT JOIN paper ON paper.id = link.paper_id
    GROUP BY entity.id;
"""

_STATED = ",\n    ".join(f"{field.name} {field.stored.column}" for field in PAPER_FIELDS)
_RECORD = ", ".join(
    ("id", "source_id", "line", "title", "abstract", *(field.name for field in PAPER_FIELDS), "title_key", "paper_id")
)
_LINKED = (
    "sense_doubt",
    "derivation",
    "evidence",
    "result",
    "broader",
    "name",
    "link",
)  # no table before what it refers to


def _each(statement: str, tables: tuple[str, ...]) -> str:
    """A statement for each table, a line each."""
    return "\n".join(statement.replace("{table}", table) for table in tables)


# References name the column that they lead to: Datasette answers a page of others with an error.
_REFERENCES_OF_6 = f"""
CREATE TABLE new_record (
    id        INTEGER PRIMARY KEY,
    source_id INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
    line      INTEGER NOT NULL,
    title     TEXT NOT NULL,
    abstract  TEXT NOT NULL,
    {_STATED},
    title_key TEXT NOT NULL,        -- hash of the folded title
    paper_id  TEXT                  -- NULL until records are grouped into papers
);
INSERT INTO new_record ({_RECORD}) SELECT {_RECORD} FROM record;
DROP TABLE record;
ALTER TABLE new_record RENAME TO record;
CREATE INDEX record_source ON record (source_id);
CREATE INDEX record_paper ON record (paper_id);
CREATE INDEX record_title ON record (title_key);
CREATE INDEX record_doi ON record (doi) WHERE doi IS NOT NULL;

CREATE TABLE new_reject (
    source_id INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
    line      INTEGER NOT NULL,
    reason    TEXT NOT NULL
);
INSERT INTO new_reject SELECT source_id, line, reason FROM reject ORDER BY rowid;
DROP TABLE reject;
ALTER TABLE new_reject RENAME TO reject;
CREATE INDEX reject_source ON reject (source_id);

{_each("CREATE TEMP TABLE old_{table} AS SELECT * FROM main.{table};", _LINKED)}
{_each("DROP TABLE main.{table};", _LINKED)}

CREATE TABLE name (
    entity_id TEXT NOT NULL REFERENCES entity (id) ON DELETE CASCADE,
    name      TEXT NOT NULL,
    folded    TEXT NOT NULL,
    preferred INTEGER NOT NULL,
    PRIMARY KEY (entity_id, name)
) WITHOUT ROWID;
CREATE INDEX name_folded ON name (folded);

CREATE TABLE broader (
    child  TEXT NOT NULL REFERENCES entity (id) ON DELETE CASCADE,
    parent TEXT NOT NULL REFERENCES entity (id) ON DELETE CASCADE,
    PRIMARY KEY (child, parent)
) WITHOUT ROWID;
CREATE INDEX broader_parent ON broader (parent);

CREATE TABLE link (
    paper_id   TEXT NOT NULL REFERENCES paper (id) ON DELETE CASCADE,
    entity_id  TEXT NOT NULL REFERENCES entity (id) ON DELETE CASCADE,
    relation   TEXT NOT NULL CHECK (relation IN ({_RELATIONS})),
    confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    PRIMARY KEY (paper_id, entity_id)
) WITHOUT ROWID;
CREATE INDEX link_entity ON link (entity_id, relation, confidence);

CREATE TABLE evidence (
    paper_id       TEXT NOT NULL REFERENCES paper (id) ON DELETE CASCADE,
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
    FOREIGN KEY (paper_id, entity_id) REFERENCES link (paper_id, entity_id) ON DELETE CASCADE
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
    metric_id      TEXT REFERENCES entity (id) ON DELETE SET NULL,
    measured_on    TEXT,
    measured_on_id TEXT REFERENCES entity (id) ON DELETE SET NULL,
    achieved_by    TEXT,
    achieved_by_id TEXT REFERENCES entity (id) ON DELETE SET NULL,
    confidence     REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    PRIMARY KEY (paper_id, place, start, "end")
) WITHOUT ROWID;
CREATE INDEX result_metric ON result (metric_id) WHERE metric_id IS NOT NULL;
CREATE INDEX result_measured_on ON result (measured_on_id) WHERE measured_on_id IS NOT NULL;
CREATE INDEX result_achieved_by ON result (achieved_by_id) WHERE achieved_by_id IS NOT NULL;

CREATE TABLE derivation (
    entity_id      TEXT NOT NULL REFERENCES entity (id) ON DELETE CASCADE,
    other_id       TEXT NOT NULL REFERENCES entity (id) ON DELETE CASCADE,
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

CREATE TABLE sense_doubt (
    paper_id  TEXT NOT NULL REFERENCES paper (id) ON DELETE CASCADE,
    entity_id TEXT NOT NULL,
    other_id  TEXT NOT NULL REFERENCES entity (id) ON DELETE CASCADE,
    PRIMARY KEY (paper_id, entity_id, other_id),
    FOREIGN KEY (paper_id, entity_id) REFERENCES link (paper_id, entity_id) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX sense_doubt_other ON sense_doubt (other_id);

{_each("INSERT INTO main.{table} SELECT * FROM temp.old_{table};", _LINKED[::-1])}
{_each("DROP TABLE temp.old_{table};", _LINKED)}
"""

TO_6 = f"""
{_REFERENCES_OF_6}
{_FULL_TEXT_OF_6}
{_VIEWS_OF_6}
{_REDIRECTS_OF_6}
"""

NEW_IN_6 = {
    "redirect": "SELECT NULL AS id, NULL AS target, NULL AS undone WHERE 0",
    "entity": "SELECT *, '[]' AS introduced_in, '[]' AS homepages FROM main.entity",
}
