"""Answers about one thing, as deep as the thing is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.model import PAPER_FIELDS, Author, Evidence, Paper, Result, entity_of, text_of
from kg.wire.results import board
from kg.wire.tables import entity_count

if TYPE_CHECKING:
    from kg.questions.entities import EntityCount
    from kg.questions.entity import EntityProfile
    from kg.questions.paper import PaperProfile
    from kg.questions.results import ResultRow
    from kg.questions.show import Shown
    from kg.questions.stats import GraphStats
    from kg.wire.plain import Plain, Row

__all__ = ["entity_profile", "paper_profile", "result_row", "shown", "stats"]


def shown(answer: Shown) -> Plain:
    """The entity or the paper that was found."""
    if answer.paper is not None:
        return paper_profile(answer.paper)
    return entity_profile(answer.entity) if answer.entity is not None else None


def stats(counts: GraphStats) -> Row:
    """All counts side by side."""
    return {
        "papers": counts.papers,
        "records": counts.records,
        "set_aside": counts.rejects,
        "sources": counts.sources,
        "first_date": counts.first_date or "unknown",
        "last_date": counts.last_date or "unknown",
        **{f"{kind}_entities": number for kind, number in counts.entities.items()},
        **{f"{relation}_links": number for relation, number in counts.links.items()},
        "pieces_of_evidence": counts.evidence,
        "results": counts.results,
    }


def entity_profile(profile: EntityProfile) -> Row:
    """All about an entity, as deep as the answer is."""
    entity = profile.entity
    return {
        "entity": {
            "id": entity.id,
            "type": entity.type,
            "label": entity.label,
            "aliases": list(entity.aliases),
            "broader": list(entity.broader),
            "exact_matches": list(entity.exact_matches),
            "introduced_in": list(entity.introduced_in),
            "homepages": list(entity.homepages),
            "known": entity.known,
            "direction": entity.direction,
            "scale": entity.scale,
        },
        "ancestors": list(profile.ancestors),
        "members": [_neighbour(each) for each in profile.members],
        "papers_by_relation": {
            str(relation): [list(paper) for paper in papers] for relation, papers in profile.papers_by_relation.items()
        },
        "neighbours": [_neighbour(each) for each in profile.neighbours],
        "results": [result_row(row) for row in profile.results],
        "introduced_in": [
            {"address": each.address, "paper_id": each.paper_id, "title": each.title} for each in profile.introduced_in
        ],
        "leaderboards": [board(each) for each in profile.boards],
    }


def _neighbour(entity: EntityCount) -> Row:
    row = entity_count(entity)
    return {"label" if key == "name" else key: value for key, value in row.items()}


def result_row(row: ResultRow) -> Row:
    """A result in words, with the ids of its parts."""
    return {
        "paper_id": row.paper_id,
        "title": row.title,
        "value": row.value,
        "metric": row.metric,
        "on": row.on,
        "of": row.of,
        "metric_id": row.metric_id,
        "on_id": row.on_id,
        "of_id": row.of_id,
    }


def paper_profile(profile: PaperProfile) -> Row:
    """All about a paper, as deep as the answer is."""
    return {
        "paper": _paper(profile.paper),
        "links": [
            {
                "entity_id": link.entity_id,
                "entity": link.entity,
                "type": link.type,
                "relation": link.relation,
                "confidence": link.confidence,
                "evidence": [_evidence(each) for each in link.evidence],
            }
            for link in profile.links
        ],
        "results": [_result(each) for each in profile.results],
        "disagreements": [
            {"field": each.field, "values": [[value, list(places)] for value, places in each.values]}
            for each in profile.disagreements
        ],
        "derivations": [
            {
                "entity_id": each.entity_id,
                "builds_on": each.other_id,
                "field": each.passage,
                "start": each.anchor.start,
                "end": each.anchor.end,
                "sentence": each.sentence,
            }
            for each in profile.derivations
        ],
    }


def _paper(paper: Paper) -> Row:
    stated = {field.name: _stated(getattr(paper, field.name)) for field in PAPER_FIELDS}
    return {
        "title": paper.title,
        "abstract": paper.abstract,
        "id": paper.id,
        **stated,
        "sources": list(paper.sources),
    }


def _stated(value: Any) -> Plain:
    """A stated field's value; authors without what is not known of them."""
    if not isinstance(value, tuple):
        return value  # type: ignore[no-any-return]
    return [each.known if isinstance(each, Author) else each for each in value]


def _evidence(evidence: Evidence) -> Row:
    return {
        "field": evidence.passage,
        "place": evidence.anchor.place,
        "start": evidence.anchor.start,
        "end": evidence.anchor.end,
        "sentence": evidence.sentence,
        "surface": evidence.surface,
        "rule": evidence.rule,
        "relation": evidence.relation,
        "confidence": evidence.score,
    }


def _result(result: Result) -> Row:
    return {
        "value": result.value,
        "number": result.finite_number,
        "unit": result.unit,
        "kind": result.kind,
        "metric": text_of(result.metric),
        "on": text_of(result.on),
        "of": text_of(result.of),
        "field": result.passage,
        "start": result.anchor.start,
        "end": result.anchor.end,
        "sentence_start": result.anchor.sentence_start,
        "sentence_end": result.anchor.sentence_end,
        "confidence": result.confidence,
        "metric_id": entity_of(result.metric),
        "on_id": entity_of(result.on),
        "of_id": entity_of(result.of),
        "place": result.anchor.place,
        **result.told,
    }
