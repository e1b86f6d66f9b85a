"""Which papers: by the entities they name, what they do with them, date, and words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.errors import KgError, NotFoundError
from kg.model import RELATION_STRENGTH, EntityType, Evidence, Paper, Relation, Result
from kg.query.names import find_entities, with_descendants
from kg.query.provenance import Disagreement, find_disagreements
from kg.store import GraphReader
from kg.text.dates import is_date
from kg.text.folding import fold_title

__all__ = ["PaperFilter", "PaperHit", "PaperLink", "PaperProfile", "find_papers", "profile_paper"]

_BY_STRENGTH = (
    "CASE link.relation " + " ".join(f"WHEN '{r}' THEN {i}" for i, r in enumerate(RELATION_STRENGTH)) + " END"
)


@dataclass(frozen=True, slots=True)
class PaperFilter:
    """What to look for; every part that is given must hold.

    ``entities`` are (type or None, name) pairs. Unless ``exact``, a name stands for its whole family.
    ``since`` is a date (``2024``, ``2024-06`` or ``2024-06-30``); papers without a date do not match it.
    """

    entities: tuple[tuple[EntityType | None, str], ...] = ()
    relation: Relation | None = None
    since: str | None = None
    text: str | None = None
    exact: bool = False
    min_confidence: float = 0.0


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


def find_papers(reader: GraphReader, wanted: PaperFilter) -> list[PaperHit]:
    """The papers that match, newest first (those without a date last), then by title.

    Raises:
        NotFoundError: a name stands for nothing in the graph.
        KgError: ``since`` is no date.
    """
    conditions: list[str] = ["1"]
    parameters: list[object] = []
    if wanted.since is not None:
        if not is_date(wanted.since):
            raise KgError(f"{wanted.since!r} is no date; write 2024, 2024-06 or 2024-06-30")
        conditions.append("paper.date >= ?")
        parameters.append(wanted.since)
    if wanted.text is not None:
        conditions.append("paper.rowid IN (SELECT rowid FROM paper_text WHERE paper_text MATCH ?)")
        parameters.append(_full_text_query(wanted.text))
    groups = [_ids_of(reader, kind, name, exact=wanted.exact) for kind, name in wanted.entities]
    for ids in groups:
        conditions.append(f"paper.id IN (SELECT paper_id FROM link WHERE {_link_condition(ids, wanted)})")
        parameters.extend(_link_parameters(ids, wanted))
    if wanted.relation and not groups:
        conditions.append(f"paper.id IN (SELECT paper_id FROM link WHERE {_link_condition(None, wanted)})")
        parameters.extend(_link_parameters(None, wanted))
    rows = reader.rows(
        f"SELECT paper.id FROM paper WHERE {' AND '.join(conditions)} "
        "ORDER BY date IS NULL, date DESC, title, paper.id",
        parameters,
    )
    main = groups[0] if groups else None
    return [_hit(reader, row[0], main, wanted) for row in rows]


def _ids_of(reader: GraphReader, kind: EntityType | None, name: str, *, exact: bool) -> list[str]:
    ids = find_entities(reader, name, kind)
    return ids if exact else with_descendants(reader, ids)


def _link_condition(ids: Sequence[str] | None, wanted: PaperFilter) -> str:
    parts = ["link.confidence >= ?"]
    if ids is not None:
        parts.append(f"link.entity_id IN ({','.join('?' * len(ids))})")
    if wanted.relation is not None:
        parts.append("link.relation = ?")
    return " AND ".join(parts)


def _link_parameters(ids: Sequence[str] | None, wanted: PaperFilter) -> list[object]:
    return [wanted.min_confidence, *(ids or ()), *([wanted.relation] if wanted.relation else [])]


def _full_text_query(words: str) -> str:
    """Every word must occur; quoted, so that nothing in it is read as FTS5 syntax."""
    quoted = [f'"{word}"' for word in re.findall(r"\w+", words)]
    if not quoted:
        raise KgError(f"{words!r} holds no word to search for")
    return " ".join(quoted)


def _hit(reader: GraphReader, paper_id: str, ids: Sequence[str] | None, wanted: PaperFilter) -> PaperHit:
    paper = reader.paper(paper_id)
    assert paper is not None
    if ids is None and wanted.relation is None:
        return PaperHit(paper)
    rows = reader.rows(
        "SELECT link.entity_id, label, link.relation, link.confidence FROM link JOIN entity ON entity.id = "
        "link.entity_id "
        f"WHERE paper_id = ? AND {_link_condition(ids, wanted)} "
        f"ORDER BY {_BY_STRENGTH}, link.confidence DESC, link.entity_id LIMIT 1",
        (paper_id, *_link_parameters(ids, wanted)),
    )
    entity_id, label, relation, confidence = rows[0]
    evidence = reader.evidence_of(paper).get(entity_id, [])
    return PaperHit(
        paper, entity_id, label, Relation(relation), confidence,
        best_evidence(evidence, Relation(relation)),
    )  # fmt: skip


def best_evidence(evidence: Sequence[Evidence], relation: Relation) -> Evidence | None:
    """The most telling proof: says the relation, stands in a sentence rather than the title, is sure, comes first."""
    return min(
        evidence,
        key=lambda e: (e.relation != relation, e.field.value != "abstract", -e.confidence, e.start),
        default=None,
    )


def profile_paper(reader: GraphReader, name: str) -> PaperProfile:
    """All about the paper with this id, or this title, or the one title that contains these words.

    Raises:
        NotFoundError: no paper fits, or several do (their titles are the suggestions).
    """
    paper = reader.paper(name) or _paper_by_title(reader, name)
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
    return PaperProfile(paper, links, tuple(reader.results_of(paper.id)), find_disagreements(reader, paper.id))


def _paper_by_title(reader: GraphReader, name: str) -> Paper:
    wanted = fold_title(name)
    near: list[Paper] = []
    words = re.findall(r"\w+", name)
    rows = reader.rows("SELECT id, title FROM paper") if words else []
    for paper_id, title in rows:
        folded = fold_title(title)
        if folded == wanted:
            found = reader.paper(paper_id)
            assert found is not None
            return found
        if len(wanted) >= 4 and wanted in folded and (paper := reader.paper(paper_id)):
            near.append(paper)
    if len(near) == 1:
        return near[0]
    raise NotFoundError(name, tuple(paper.title for paper in near[:4]))
