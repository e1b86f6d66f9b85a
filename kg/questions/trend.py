"""How often papers name things over time: counts by month, quarter or year, and their shares of all papers then."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.errors import KgError
from kg.model import Relation
from kg.questions.calendar import TimeStep, last_step, step_of, steps_between
from kg.questions.conditions import Condition, all_of
from kg.questions.moment import of_one_moment
from kg.questions.names import find_entities, with_descendants
from kg.questions.period import Period
from kg.questions.registry import Question
from kg.questions.requests import settle
from kg.questions.sqltext import ANY_OF, any_of
from kg.questions.things import Thing, entities_as_things
from kg.store import GraphReader

__all__ = ["QUESTION", "Trend", "TrendLine", "TrendRequest", "ask"]


@dataclass(frozen=True, slots=True)
class TrendRequest:
    """Which things: ``names``, each with its whole family unless ``exact``.

    ``relation`` and ``min_confidence`` (0 to 1) limit the links that count. ``since`` and ``until`` are dates, both
    included.

    Raises:
        KgError: there is no name, a word is none of its choices, a number is beyond its limits, or a date is none.
    """

    names: tuple[str, ...]
    by: TimeStep = TimeStep.MONTH
    relation: Relation | None = None
    exact: bool = False
    since: str | None = None
    until: str | None = None
    min_confidence: float = 0.0

    def __post_init__(self) -> None:
        settle(self, min_confidence=(0, 1))
        if not self.names:
            raise KgError("say of what; give a name, as GRPO")
        assert self.period  # which refuses what is no date

    @property
    def period(self) -> Period:
        """The span of time that is asked for."""
        return Period(self.since, self.until)


@dataclass(frozen=True, slots=True)
class TrendLine:
    """One thing: how many papers of each step name it, in the order of the steps, and how many of unknown date.

    ``below`` is how many things below it count for it, too.
    """

    entity: Thing
    papers: tuple[int, ...]
    undated: int = 0
    below: int = 0


@dataclass(frozen=True, slots=True)
class Trend:
    """Several things over the same steps, none left out between the first and the last.

    ``papers`` counts all papers of the graph, whatever they name; ``undated`` those without a date, or with one that is
    not exact enough, or lies years ahead of all others: no step has them.
    """

    by: TimeStep
    steps: tuple[str, ...]
    papers: tuple[int, ...]
    lines: tuple[TrendLine, ...]
    undated: int = 0

    def shares(self, line: TrendLine) -> tuple[float | None, ...]:
        """What share of the papers of each step name a thing, 0 to 1; None where there is no paper."""
        return tuple(count / of if of else None for count, of in zip(line.papers, self.papers, strict=True))


@of_one_moment
def ask(reader: GraphReader, request: TrendRequest) -> Trend:
    """The counts of all steps from the first in which a paper names one of these things to the last of the graph.

    Raises:
        NotFoundError: a name stands for nothing in the graph.
    """
    found = [_named(reader, name, request) for name in dict.fromkeys(request.names)]
    condition, parameters = _within(request)
    every = _counts(reader.rows(f"SELECT date, count(*) FROM paper {condition} GROUP BY date", parameters), request.by)
    last = last_step(every, request.by)
    first = min((step for _, counts, _ in found for step in counts if step and last and step <= last), default=None)
    steps = steps_between(first, last, request.by) if first and last else ()
    return Trend(
        request.by,
        steps,
        tuple(every[step] for step in steps),
        tuple(
            TrendLine(thing, tuple(counts[step] for step in steps), _undated(counts, last), below)
            for thing, counts, below in found
        ),
        _undated(every, last),
    )


QUESTION = Question(
    "trend",
    "How many papers name some things by month, quarter or year, and what share of all papers.",
    TrendRequest,
    Trend,
    ask,
)


def _named(reader: GraphReader, name: str, request: TrendRequest) -> tuple[Thing, Counter[str | None], int]:
    ids = find_entities(reader, name)
    family = ids if request.exact else with_descendants(reader, ids)
    wanted = [
        Condition("link.confidence >= ?", (request.min_confidence,)),
        *([Condition("link.relation = ?", (request.relation,))] if request.relation is not None else []),
        *([period.wanted] if (period := request.period.filter) else []),
    ]
    stated = all_of(wanted)
    rows = reader.rows(
        # Each paper once, however many of a family it names.
        f"SELECT date, count(DISTINCT paper.id) FROM {ANY_OF} AS wanted "
        f"CROSS JOIN link {reader.by_index('link_entity')} ON link.entity_id = wanted.value "
        f"CROSS JOIN main.paper AS paper {reader.by_index('paper_listing')} ON paper.id = link.paper_id "
        f"WHERE {stated.sql} GROUP BY date",
        (any_of(family), *stated.parameters),
    )
    return entities_as_things(reader, ids[:1])[0], _counts(rows, request.by), len(family) - len(ids)


def _undated(counts: Mapping[str | None, int], last: str | None) -> int:
    """How many papers are in no step, or in one behind the last, whose dates are wrong."""
    return sum(papers for step, papers in counts.items() if step is None or last is None or step > last)


def _within(request: TrendRequest) -> tuple[str, tuple[object, ...]]:
    period = request.period.filter
    return (f"WHERE {period.wanted.sql}", period.wanted.parameters) if period else ("", ())


def _counts(rows: Iterable[tuple[str | None, int]], by: TimeStep) -> Counter[str | None]:
    """How many papers each step has; None counts those of none."""
    counts = Counter[str | None]()
    for date, papers in rows:
        counts[step_of(date, by)] += papers
    return counts
