"""Which tables hold results at all: ablations, costs, settings, statistics and examples hold none."""

from __future__ import annotations

from enum import Enum, auto

from kg.extraction.tables.achievers import Achiever
from kg.extraction.tables.words import pattern
from kg.model import Table

__all__ = ["TableKind", "kind_by_caption", "mostly_ablated"]

_ABLATION, _STATISTICS = pattern("ablation_caption"), pattern("statistics_caption")
_COST, _CORRELATION = pattern("cost_caption"), pattern("correlation_caption")


class TableKind(Enum):
    """What a table is for."""

    RESULTS = auto()
    ABLATION = auto()
    STATISTICS = auto()  # of data, and settings, and examples
    COST = auto()
    OTHER = auto()


def kind_by_caption(table: Table) -> TableKind:
    """What caption and panel say a table is for; results where they say nothing else."""
    for text in (table.panel, table.caption):
        first = text[:300]
        if _ABLATION.search(first):
            return TableKind.ABLATION
        if _STATISTICS.search(first):
            return TableKind.STATISTICS
        if _COST.search(first):
            return TableKind.COST
        if _CORRELATION.search(first):
            return TableKind.OTHER
    return TableKind.RESULTS


def mostly_ablated(names: list[Achiever]) -> bool:
    """Whether most rows leave something out: then the rest are its other end."""
    left_out = sum(name.ablated for name in names)
    return left_out >= 2 and left_out * 2 >= len(names)
