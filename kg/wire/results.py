"""Results as plain values: the shape that ``kg results`` prints and that leaderboards are made from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.iris import entity_iri

if TYPE_CHECKING:
    from kg.questions.leaderboard import Board
    from kg.questions.results import Claim
    from kg.wire.plain import Row

__all__ = ["board", "claim"]


def claim(found: Claim) -> Row:
    """One number with its parts in words and as IRIs, its conditions, and where it stands."""
    return {
        "paper": found.title,
        "id": found.paper_id,
        "of": found.of,
        "of_entity": _iri(found.of_id),
        "own": found.own,
        "base": found.base,
        "on": found.on,
        "on_entity": _iri(found.on_id),
        "split": found.split,
        "suite": found.suite,
        "metric": found.metric,
        "metric_entity": _iri(found.metric_id),
        "value": found.value,
        "number": found.number,
        "std": found.deviation,
        "unit": found.unit,
        "kind": found.kind,
        "better": found.better,
        "setting": found.setting,
        "date": found.date,
        "confidence": found.confidence,
        "source": _source(found),
    }


def board(found: Board) -> Row:
    """A leaderboard, its lines in order."""
    return {
        "on": found.on,
        "metric": found.metric,
        "split": found.split,
        "better": found.better,
        "papers": found.papers,
        "standings": [
            {
                "rank": each.rank,
                "score": each.score,
                "result": claim(each.claim),
                "others": [claim(other) for other in each.others],
            }
            for each in found.standings
        ],
    }


def _source(found: Claim) -> Row:
    if found.cell is None:
        return {
            "kind": "sentence",
            "passage": found.passage,
            "place": found.place,
            "start": found.start,
            "end": found.end,
            "sentence": found.sentence,
        }
    return {
        "kind": "table",
        "table": found.table,
        "label": found.label,
        "caption": found.caption,
        "row": found.row,
        "column": found.column,
        "cell": found.cell,
        "place": found.place,
        "start": found.start,
        "end": found.end,
    }


def _iri(entity_id: str | None) -> str | None:
    return entity_iri(entity_id) if entity_id else None
