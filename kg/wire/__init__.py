"""Answers as plain values: the one JSON contract, of the command line, notebooks and servers.

A list of things is a list of objects whose keys are all there, ``None`` where there is nothing. Under one ``VERSION``
keys are only ever added; what is renamed, taken away or means something else raises it. What a question that others
added answers is written field by field.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kg.wire import profiles, results, tables, trends
from kg.wire.plain import Plain, Row

__all__ = ["VERSION", "Plain", "Row", "encode", "plain", "rows"]

VERSION = 1


def plain(answer: object) -> Plain:
    """The answer of a question as JSON has it: an object, or a list of objects."""
    if isinstance(answer, tuple | list):
        return [plain(each) for each in answer]
    shape = _SHAPES.get(f"{type(answer).__module__}.{type(answer).__name__}")
    if shape is not None:
        return shape(answer)
    import msgspec

    built: Plain = msgspec.to_builtins(answer, str_keys=True)
    return built


def rows(answer: object) -> list[Row]:
    """The answer as a list of objects; that of a single thing has one."""
    found = plain(answer)
    return found if isinstance(found, list) else [found]  # type: ignore[return-value, list-item]


def encode(answer: object) -> bytes:
    """The answer as JSON in UTF-8, in one line without blanks: for servers."""
    import msgspec

    return msgspec.json.encode(plain(answer))


_SHAPES: dict[str, Callable[[Any], Plain]] = {
    "kg.questions.compare.Comparison": tables.comparison,
    "kg.questions.diff.Change": tables.change,
    "kg.questions.entities.EntityCount": tables.entity_count,
    "kg.questions.entity.EntityProfile": profiles.entity_profile,
    "kg.questions.paper.PaperProfile": profiles.paper_profile,
    "kg.questions.leaderboard.Board": results.board,
    "kg.questions.new.New": trends.new,
    "kg.questions.papers.PaperHit": tables.paper_hit,
    "kg.questions.path.Path": tables.path,
    "kg.questions.related.Related": tables.related,
    "kg.questions.records.BrokenRecord": trends.broken_record,
    "kg.questions.results.ResultRow": profiles.result_row,
    "kg.questions.results.Claim": results.claim,
    "kg.questions.review.Review": tables.review,
    "kg.questions.rising.Rising": trends.rising,
    "kg.questions.show.Shown": profiles.shown,
    "kg.questions.stats.GraphStats": profiles.stats,
    "kg.questions.trend.Trend": trends.trend,
}
"""By the name of the type rather than the type, so that one answer does not pay for all questions."""
