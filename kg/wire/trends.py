"""Answers about time: how often things are named, what rose, what is new."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.wire.results import claim

if TYPE_CHECKING:
    from kg.questions.new import New
    from kg.questions.records import BrokenRecord
    from kg.questions.rising import Rising, Window
    from kg.questions.trend import Trend
    from kg.wire.plain import Plain, Row

__all__ = ["broken_record", "new", "rising", "trend"]


def trend(found: Trend) -> list[Plain]:
    """A row a month (or quarter, or year) and thing; that without one counts papers of unknown date."""
    rows: list[Plain] = []
    for line in found.lines:
        counted = [*zip(found.steps, line.papers, found.papers, strict=True), (None, line.undated, found.undated)]
        rows += [
            {
                "period": step,
                "id": line.entity.id,
                "name": line.entity.label,
                "type": line.entity.kind,
                "papers": papers,
                "of": of,
                "share": round(papers / of, 6) if of else None,
            }
            for step, papers, of in counted
            if step is not None or of
        ]
    return rows


def rising(found: Rising) -> Row:
    """What rose, and between which windows."""
    return {
        "by": found.by,
        "recent": _window(found.recent),
        "earlier": _window(found.earlier),
        "compared": found.compared,
        "false_share": found.false_share,
        "undated": found.undated,
        "risen": [
            {
                "id": each.entity.id,
                "name": each.entity.label,
                "type": each.entity.kind,
                "now": each.now,
                "before": each.before,
                "ratio": None if each.ratio is None else round(each.ratio, 4),
                "at_least": round(each.at_least, 4),
                "chance": each.chance,
            }
            for each in found.risen
        ],
    }


def new(found: New) -> Row:
    """What came, with the builds that brought it."""
    return {
        "builds": [{"number": each.number, "time": each.time} for each in found.builds],
        "counts": dict(found.counts),
        "papers": [{"id": each.id, "title": each.label, "date": each.date} for each in found.papers],
        "links": [
            {
                "paper": each.paper,
                "entity": each.entity,
                "name": each.label,
                "type": each.type,
                "relation": each.relation,
                "confidence": each.confidence,
            }
            for each in found.links
        ],
        "results": [claim(each) for each in found.results],
        "records": [broken_record(each) for each in found.records],
    }


def broken_record(found: BrokenRecord) -> Row:
    """A result that is better than all before, and the best of those."""
    return {
        "on": found.on,
        "metric": found.metric,
        "split": found.split,
        "better": found.better,
        "score": found.score,
        "before": found.before,
        "result": claim(found.claim),
        "beaten": claim(found.beaten),
    }


def _window(window: Window) -> Row:
    return {"first": window.first, "last": window.last, "papers": window.papers}
