"""Answers that are lists, a row each; nothing is nested, so that a table can hold them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.questions.compare import Comparison
    from kg.questions.diff import Change
    from kg.questions.doubtful import DoubtfulEntity
    from kg.questions.entities import EntityCount
    from kg.questions.papers import PaperHit
    from kg.questions.path import Path, PathStep
    from kg.questions.related import Related
    from kg.questions.review import PaperDoubt, Review, SenseDoubt, Suggestion, UncertainLink
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


def review(review: Review) -> list[Plain]:
    """A row a doubt: what a person is to look at, what touches the most papers first."""
    doubts = [
        *map(_merge, review.merges),
        *map(_one_paper, review.papers),
        *map(_sense, review.senses),
        *map(_doubtful, review.entities),
        *map(_uncertain, review.links),
    ]
    ranked = sorted(doubts, key=lambda doubt: -doubt[0])
    return [row for _, row in ranked]


def _doubt(
    what: str,
    about: str,
    score: float,
    papers: int,
    *,
    entity: str | None = None,
    into: str | None = None,
    paper: str | None = None,
    name: str | None = None,
) -> tuple[int, Row]:
    """How many papers a doubt touches, and its row."""
    return papers, {
        "what": what,
        "about": about,
        "score": score,
        "papers": papers,
        "entity": entity,
        "into": into,
        "paper": paper,
        "name": name,
    }


def _merge(doubt: Suggestion) -> tuple[int, Row]:
    names = f"{doubt.label} = {doubt.into_label}"
    if doubt.label == doubt.into_label:  # of two types
        one, other = (each.partition("/")[0] for each in (doubt.entity, doubt.into))
        names = f"{doubt.label} ({one}) = {doubt.into_label} ({other})"
    return _doubt("maybe one thing", names, doubt.alike / 100, doubt.papers, entity=doubt.entity, into=doubt.into)


def _one_paper(doubt: PaperDoubt) -> tuple[int, Row]:
    about = f"{doubt.title} = {doubt.into_title} ({doubt.reason})"
    return _doubt("maybe one paper", about, 0.5, 2, into=doubt.into, paper=doubt.paper)


def _sense(doubt: SenseDoubt) -> tuple[int, Row]:
    about = f"{doubt.title}: {doubt.name} = {doubt.into_label}, not {doubt.label}"
    return _doubt(
        "maybe another thing", about, doubt.confidence, 1,
        entity=doubt.entity, into=doubt.into, paper=doubt.paper, name=doubt.name,
    )  # fmt: skip


def _doubtful(doubt: DoubtfulEntity) -> tuple[int, Row]:
    what = "maybe several things" if doubt.paper else "maybe no such thing"
    about = f"{doubt.label}: {doubt.reason}"
    return _doubt(what, about, 0.5, doubt.papers, entity=doubt.entity, paper=doubt.paper, name=doubt.name)


def _uncertain(doubt: UncertainLink) -> tuple[int, Row]:
    about = f"{doubt.title}: {doubt.relation.replace('_', ' ')} {doubt.label}"
    return _doubt("uncertain link", about, doubt.confidence, 1, entity=doubt.entity, paper=doubt.paper)
