"""The measures that running text names, and which of them it names in one breath."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kg.extraction.tables.known import Known
from kg.extraction.tables.metrics import Metric, metric_in_prose

__all__ = ["Found", "is_usual", "metrics_in", "side_by_side"]

_WORD = re.compile(r"[^\s,;:/()\[\]\u201c\u201d\"]+")
_AND = re.compile(r"\s*(?:\([^()]{0,12}\))?\s*(?:/|,|and|&|, and|\|)\s*")

Found = tuple[int, Metric, int]
"""A measure of a text: its end, the measure, its start."""


def side_by_side(text: str, found: list[Found]) -> Iterator[list[Found]]:
    """Measures that are named in one breath ("BLEU / COMET-22", "P, R and F1")."""
    group: list[Found] = []
    for each in found:
        if group and not re.fullmatch(
            r"\s*(?:\([^()]{0,12}\))?\s*(?:/|,|and|&|, and|\|)\s*", text[group[-1][0] : each[2]]
        ):
            yield group
            group = []
        group.append(each)
    if group:
        yield group


def is_usual(metric: Metric) -> bool:
    """Whether running text may tell a measure of a table: where its direction is known, or attacks succeed."""
    return metric.better is not None or metric.name == "attack success rate"


def metrics_in(text: str, known: Known) -> Iterator[tuple[int, Metric, int]]:
    """The measures of a text: the end of each, the measure, its start. A short form in brackets adds none."""
    words = list(_WORD.finditer(text))
    at = 0
    last_end = -1
    while at < len(words):
        for size in (4, 3, 2, 1):
            span = words[at : at + size]
            if len(span) < size or any(text[a.end() : b.start()].strip() for a, b in pairwise(span)):
                continue
            pieces = [word.group().strip(".*\u2191\u2193'`") for word in span]
            if any(
                word.group().endswith(".") and word.group()[:-1].lower() not in ("acc", "prec", "rec")
                for word in span[:-1]
            ) or not all(pieces):
                continue
            metric = metric_in_prose(pieces)
            if metric is None or (len(pieces) > 1 and known.is_data(pieces[0])):
                continue
            start, end = span[0].start(), span[-1].end()
            if not (last_end >= 0 and text[last_end:start].strip() == "("):
                yield end, metric, start
            last_end = end
            at += size - 1
            break
        at += 1
