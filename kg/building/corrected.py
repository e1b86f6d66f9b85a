"""People's corrections where few papers or rules changed: which entities and papers they reach, and what they make of
these."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.linking import Curation
from kg.linking.amendments import Amendment
from kg.linking.rules import Correction, Rename, Retype, named_in, paper_of

__all__ = ["AppliedRule", "applied", "dump_rules", "keep_order", "load_rules", "reached"]


@dataclass(frozen=True, slots=True)
class AppliedRule:
    """A rule as it was applied: what it says, the entities that it names by their ids of then, and its paper."""

    says: str
    ids: tuple[str, ...]
    paper: str | None


def applied(written: Curation, followed: Curation) -> list[AppliedRule]:
    """All rules of entities and of what papers say, as people wrote them, with the ids of today."""
    rules = zip((*written.corrections, *written.amendments), (*followed.corrections, *followed.amendments), strict=True)
    return [AppliedRule(repr(rule), tuple(_ids(today)), paper_of(today)) for rule, today in rules]


def _ids(rule: Correction | Amendment) -> Iterator[str]:
    yield from (entity for _, entity in named_in(rule))
    if isinstance(rule, Rename | Retype):
        yield rule.into


def dump_rules(rules: Iterable[AppliedRule]) -> str:
    """Rules as they are kept with a graph.

    >>> load_rules(dump_rules([AppliedRule("Merge(...)", ("method/a", "method/b"), None)]))
    [AppliedRule(says='Merge(...)', ids=('method/a', 'method/b'), paper=None)]
    """
    return json.dumps([(each.says, each.ids, each.paper) for each in rules])


def load_rules(kept: str | None) -> list[AppliedRule]:
    """The rules that ``dump_rules`` wrote."""
    return [AppliedRule(says, tuple(ids), paper) for says, ids, paper in json.loads(kept or "[]")]


def keep_order(before: Sequence[str], now: Sequence[str]) -> bool:
    """Whether what two sequences have in common stands in one order in both."""
    common = set(before) & set(now)
    return [each for each in before if each in common] == [each for each in now if each in common]


def reached(before: Iterable[AppliedRule], now: Iterable[AppliedRule]) -> set[str]:
    """The entities that rules reach which are not the same as before, over other rules, too, that name what they
    name."""
    before, now = list(before), list(now)
    found = {entity for rule in _differing(before, now) for entity in rule.ids}
    while True:
        more = {entity for rule in (*before, *now) if found.intersection(rule.ids) for entity in rule.ids} - found
        if not more:
            return found
        found |= more


def _differing(before: Iterable[AppliedRule], now: Iterable[AppliedRule]) -> Iterator[AppliedRule]:
    was, there = Counter(before), Counter(now)
    yield from (was - there) + (there - was)
