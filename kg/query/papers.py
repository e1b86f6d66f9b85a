"""Which papers: by the entities they name, what they do with them, date, and words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from kg.errors import KgError, NotFoundError
from kg.model import EntityType, Evidence, Paper, PassageKind, Relation, Result
from kg.query.moment import of_one_moment
from kg.query.names import find_entities, with_descendants
from kg.query.provenance import Disagreement, find_disagreements
from kg.query.sql import listed
from kg.store import GraphReader
from kg.store.rows import PAPER_COLUMNS, paper_from
from kg.text.dates import is_date
from kg.text.folding import fold_title, title_hash

__all__ = [
    "PaperFilter",
    "PaperHit",
    "PaperLink",
    "PaperProfile",
    "find_paper",
    "find_papers",
    "full_text_query",
    "profile_paper",
]

_NEWEST_FIRST = "paper.date IS NULL, paper.date DESC, paper.title, paper.id"
_BY_STRENGTH = "CASE link.relation " + " ".join(f"WHEN '{r}' THEN {i}" for i, r in enumerate(Relation)) + " END"


@dataclass(frozen=True, slots=True)
class PaperFilter:
    """What to look for; every part that is given must hold.

    ``entities`` are (type or None, name) pairs. Unless ``exact``, a name stands for its whole family.
    ``since`` is a date (``2024``, ``2024-06`` or ``2024-06-30``); papers without a date do not match it. ``limit``
    keeps the first so many of the papers that match.
    """

    entities: tuple[tuple[EntityType | None, str], ...] = ()
    relation: Relation | None = None
    since: str | None = None
    text: str | None = None
    exact: bool = False
    min_confidence: float = 0.0
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class PaperHit:
    """A paper that matches, with the strongest of the links that made it match and the proof of that link."""

    paper: Paper
    entity_id: str | None = None
    entity: str | None = None
    relation: Relation | None = None
    confidence: float | None = None
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class PaperLink:
    """One link of a paper, with the entity's label and type."""

    entity_id: str
    entity: str
    type: EntityType
    relation: Relation
    confidence: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class PaperProfile:
    """All that the graph says of one paper."""

    paper: Paper
    links: tuple[PaperLink, ...] = field(default=())
    results: tuple[Result, ...] = field(default=())
    disagreements: tuple[Disagreement, ...] = field(default=())


@of_one_moment
def find_papers(reader: GraphReader, wanted: PaperFilter) -> list[PaperHit]:
    """The papers that match, newest first (those without a date last), then by title.

    Raises:
        NotFoundError: a name stands for nothing in the graph.
        KgError: ``since`` is no date.
    """
    groups = [_ids_of(reader, kind, name, exact=wanted.exact) for kind, name in wanted.entities]
    conditions, parameters = _paper_conditions(wanted, groups[1:])
    matching, link = "paper", "NULL AS entity_id, NULL AS relation, NULL AS confidence"
    if groups or wanted.relation:
        source, linked = _links_to(groups[0] if groups else None, wanted)
        # Of the links that make a paper match, the strongest, then the surest, then the first: SQLite takes the other
        # columns from the row of the minimum. Its evidence is looked up for all papers at once.
        matching = (
            "(SELECT paper_id, entity_id, link.relation AS relation, confidence, "
            f"min({_BY_STRENGTH} * 2 - confidence + place * 1e-9) FROM {source} GROUP BY paper_id) AS chosen "
            "CROSS JOIN main.paper AS paper INDEXED BY paper_listing ON paper.id = chosen.paper_id"
        )
        link = "entity_id, chosen.relation, confidence"
        parameters = [*linked, *parameters]
    rows = reader.rows(
        # The order is decided on what an index holds; whole papers are fetched for those that are kept.
        f"WITH hit AS (SELECT paper.rowid AS number, {link} FROM {matching} "
        f"WHERE {' AND '.join(conditions)} ORDER BY {_NEWEST_FIRST} LIMIT ?) "
        f"SELECT {PAPER_COLUMNS}, entity_id, label, hit.relation, confidence FROM hit "
        "CROSS JOIN paper ON paper.rowid = hit.number LEFT JOIN entity ON entity.id = hit.entity_id "
        f"ORDER BY {_NEWEST_FIRST}",
        (*parameters, -1 if wanted.limit is None else wanted.limit),
    )
    return _hits(reader, rows)


def _paper_conditions(wanted: PaperFilter, groups: list[list[str]]) -> tuple[list[str], list[object]]:
    """What a paper must be, besides having a link to the first entity."""
    conditions: list[str] = ["1"]
    parameters: list[object] = []
    if wanted.since is not None:
        if not is_date(wanted.since):
            raise KgError(f"{wanted.since!r} is no date; write 2024, 2024-06 or 2024-06-30")
        conditions.append("paper.date >= ?")
        parameters.append(wanted.since)
    if wanted.text is not None:
        # The plus keeps SQLite from asking the full text anew for each paper.
        conditions.append("+paper.rowid IN (SELECT rowid FROM paper_text WHERE paper_text MATCH ?)")
        parameters.append(full_text_query(wanted.text))
    for ids in groups:
        source, linked = _links_to(ids, wanted)
        conditions.append(f"paper.id IN (SELECT paper_id FROM {source})")
        parameters.extend(linked)
    return conditions, parameters


def _ids_of(reader: GraphReader, kind: EntityType | None, name: str, *, exact: bool) -> list[str]:
    ids = find_entities(reader, name, kind)
    return ids if exact else with_descendants(reader, ids)


def _links_to(ids: Sequence[str] | None, wanted: PaperFilter) -> tuple[str, list[object]]:
    """What stands after FROM for the links to one of these entities (to any if None), with its parameters."""
    parts = ["link.confidence >= ?"]
    parameters: list[object] = [wanted.min_confidence]
    if wanted.relation is not None:
        parts.append("link.relation = ?")
        parameters.append(wanted.relation)
    if ids is None:
        return f"(SELECT 0 AS place) CROSS JOIN link WHERE {' AND '.join(parts)}", parameters
    # From the entities to their links, by the index; left to itself, SQLite reads all links in the order of papers.
    source = (
        "(SELECT key AS place, value FROM json_each(?)) AS wanted "
        "CROSS JOIN link INDEXED BY link_entity ON link.entity_id = wanted.value"
    )
    return f"{source} WHERE {' AND '.join(parts)}", [listed(ids), *parameters]


def full_text_query(words: str) -> str:
    """The FTS5 query for papers in which every word occurs; quoted, so that nothing in it is read as FTS5 syntax.

    Raises:
        KgError: there is no word in it.
    """
    quoted = [f'"{word}"' for word in re.findall(r"\w+", words)]
    if not quoted:
        raise KgError(f"{words!r} holds no word to search for")
    return " ".join(quoted)


def _hits(reader: GraphReader, rows: list[tuple[Any, ...]]) -> list[PaperHit]:
    papers = [paper_from(row) for row in rows]
    links = {paper.id: row[-4] for paper, row in zip(papers, rows, strict=True) if row[-4] is not None}
    evidence = reader.evidence_of_links(papers, links) if links else {}
    return [
        PaperHit(paper) if entity_id is None
        else PaperHit(
            paper, entity_id, label, Relation(relation), confidence,
            best_evidence(evidence.get(paper.id, ()), Relation(relation)),
        )
        for paper, (*_, entity_id, label, relation, confidence) in zip(papers, rows, strict=True)
    ]  # fmt: skip


def best_evidence(evidence: Sequence[Evidence], relation: Relation) -> Evidence | None:
    """The most telling proof: says the relation, stands in a sentence rather than the title, is sure, comes first."""
    return min(
        evidence,
        key=lambda e: (e.relation != relation, e.passage is not PassageKind.ABSTRACT, -e.score, e.anchor.start),
        default=None,
    )


def find_paper(reader: GraphReader, name: str) -> Paper:
    """The paper with this id, or this title, or the one title that contains these words.

    Raises:
        NotFoundError: no paper fits, or several do (their titles are the suggestions).
    """
    return reader.paper(name) or _paper_by_title(reader, name)


@of_one_moment
def profile_paper(reader: GraphReader, name: str) -> PaperProfile:
    """All about the paper that ``find_paper`` finds.

    Raises:
        NotFoundError: no paper fits, or several do (their titles are the suggestions).
    """
    paper = find_paper(reader, name)
    evidence = reader.evidence_of(paper)
    rows = reader.rows(
        "SELECT link.entity_id, label, type, link.relation, link.confidence FROM link JOIN entity ON entity.id = "
        "entity_id "
        f"WHERE paper_id = ? ORDER BY {_BY_STRENGTH}, type, label",
        (paper.id,),
    )
    links = tuple(
        PaperLink(e, label, EntityType(t), Relation(r), c, tuple(evidence.get(e, ()))) for e, label, t, r, c in rows
    )
    return PaperProfile(paper, links, tuple(reader.results_of(paper)), find_disagreements(reader, paper.id))


def _paper_by_title(reader: GraphReader, name: str) -> Paper:
    # While a build is under way, records may belong to no paper yet, or to one that is gone.
    for (paper_id,) in reader.rows(
        "SELECT paper.id FROM record JOIN paper ON paper.id = paper_id WHERE title_key = ? ORDER BY paper.id LIMIT 1",
        (title_hash(name),),
    ):
        if found := reader.paper(paper_id):
            return found
    near = _papers_with_title_words(reader, name)
    if len(near) == 1 and (paper := reader.paper(near[0][0])):
        return paper
    raise NotFoundError(name, tuple(title for _, title in near[:4]))


def _papers_with_title_words(reader: GraphReader, name: str) -> list[tuple[str, str]]:
    """(id, title) of the papers whose title contains these words in this order, the last maybe not to its end."""
    wanted, words = fold_title(name), re.findall(r"\w+", name)
    if not words or len(wanted) < 4:
        return []
    rows = reader.rows(
        "SELECT id, paper.title FROM paper WHERE rowid IN (SELECT rowid FROM paper_text WHERE paper_text MATCH ?) "
        "ORDER BY id",
        (f"title : ({full_text_query(name)} *)",),
    )
    return [(paper_id, title) for paper_id, title in rows if wanted in fold_title(title)]
