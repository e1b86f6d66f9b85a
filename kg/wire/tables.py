"""Answers that are lists, a row each; nothing is nested, so that a table can hold them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.questions.compare import Comparison
    from kg.questions.diff import Change
    from kg.questions.entities import EntityCount
    from kg.questions.papers import PaperHit
    from kg.questions.path import Path, PathStep
    from kg.questions.related import Related
    from kg.questions.review import Review, SenseDoubt
    from kg.wire.plain import Plain, Row

__all__ = ["change", "comparison", "entity_count", "paper_hit", "path", "related", "review"]


def paper_hit(hit: PaperHit) -> Row:
    """A paper that matches, with the link and the sentence that prove it."""
    evidence = hit.evidence
    return {
        "id": hit.paper.id,
        "title": hit.paper.title,
        "date": hit.paper.date,
        "relation": hit.relation,
        "entity": hit.entity,
        "confidence": hit.confidence,
        "evidence": evidence.sentence if evidence else None,
        "field": evidence.passage if evidence else None,
        "start": evidence.anchor.start if evidence else None,
        "end": evidence.anchor.end if evidence else None,
        "venue": hit.paper.venue,
        "type": hit.paper.type,
        "status": hit.paper.status,
    }


def entity_count(entity: EntityCount) -> Row:
    """An entity with the number of its papers."""
    return {
        "id": entity.id,
        "name": entity.label,
        "type": entity.type,
        "papers": entity.papers,
        "introduced_by": entity.introduced_by,
    }


def related(found: Related) -> Row:
    """An entity that goes with another."""
    return {
        "id": found.entity.id,
        "name": found.entity.label,
        "type": found.entity.kind,
        "both": found.shared,
        "papers": found.papers,
        "score": round(found.score, 3),
        "npmi": round(found.npmi, 4),
        "example": found.example.id,
        "example_title": found.example.label,
    }


def path(path: Path) -> list[Plain]:
    """A row a step, from the start."""
    return [_step(number, step) for number, step in enumerate(path.steps, 1)]


def _step(number: int, step: PathStep) -> Row:
    return {
        "step": number,
        "from": step.source.label,
        "from_id": step.source.id,
        "from_type": step.source.kind,
        "relation": step.relation,
        "forward": step.forward,
        "to": step.target.label,
        "to_id": step.target.id,
        "to_type": step.target.kind,
        "confidence": step.confidence,
        "evidence": step.evidence.sentence if step.evidence else None,
    }


def comparison(found: Comparison) -> list[Plain]:
    """A row a line of the comparison: what kind of line, of what, and both sides."""

    def row(aspect: str, what: str, left: Plain, right: Plain, what_id: str | None = None) -> Row:
        return {"aspect": aspect, "what": what, "id": what_id, "left": left, "right": right}

    counted = "entities" if found.left.is_paper else "papers"
    return [
        row("count", counted, found.only_left + found.both, found.both + found.only_right),
        row("count", f"{counted} of both", found.both, found.both),
        row("count", f"{counted} of only one", found.only_left, found.only_right),
        *(row("relation", relation.replace("_", " "), *sides) for relation, sides in found.relations.items()),
        *(row("paper", each.paper.label, each.left, each.right, each.paper.id) for each in found.papers),
        *(row("entity", each.entity.label, each.left, each.right, each.entity.id) for each in found.entities),
        *(
            row("result", f"{each.left.metric or 'result'} on {each.on}", each.left.value, each.right.value)
            for each in found.results
        ),
    ]


def change(change: Change) -> Row:
    """What came, went or changed."""
    return {
        "change": change.kind,
        "what": change.what,
        "paper": change.paper,
        "entity": change.entity,
        "before": change.before,
        "after": change.after,
    }


def _sense(doubt: SenseDoubt) -> Plain:
    return {
        "what": "maybe another thing",
        "about": f"{doubt.title}: {doubt.name} = {doubt.into_label}, not {doubt.label}",
        "score": doubt.confidence,
        "entity": doubt.entity,
        "into": doubt.into,
        "paper": doubt.paper,
        "name": doubt.name,
    }


def review(review: Review) -> list[Plain]:
    """A row a doubt: what a person is to look at."""
    return [
        *(
            {
                "what": "maybe one thing",
                "about": f"{each.label} = {each.into_label}",
                "score": each.alike / 100,
                "entity": each.entity,
                "into": each.into,
                "paper": None,
                "name": None,
            }
            for each in review.merges
        ),
        *(
            {
                "what": "maybe one paper",
                "about": f"{each.title} = {each.into_title} ({each.reason})",
                "score": 0.5,
                "entity": None,
                "into": each.into,
                "paper": each.paper,
                "name": None,
            }
            for each in review.papers
        ),
        *map(_sense, review.senses),
        *(
            {
                "what": "uncertain link",
                "about": f"{each.title}: {each.relation.replace('_', ' ')} {each.label}",
                "score": each.confidence,
                "entity": each.entity,
                "into": None,
                "paper": each.paper,
                "name": None,
            }
            for each in review.links
        ),
    ]
