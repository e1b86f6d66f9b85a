"""What is named more often than before: shares of papers in two windows of time, compared with chance in mind.

See ``kg.questions.rates`` for the statistic.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from kg.model import EntityType, Relation
from kg.questions.calendar import TimeStep, last_step, step_of, steps_between
from kg.questions.moment import of_one_moment
from kg.questions.period import Period
from kg.questions.rates import Rate, rises
from kg.questions.registry import Question
from kg.questions.requests import ANY, settle
from kg.questions.things import Thing, entities_as_things
from kg.store import GraphReader

__all__ = ["QUESTION", "Riser", "Rising", "RisingRequest", "Window", "ask"]


@dataclass(frozen=True, slots=True)
class RisingRequest:
    """Which things, of one ``type`` or all, and which windows: the last ``recent`` months, quarters or years of the
    graph, until ``until`` if that is given, against the ``before`` ones before them.

    Unless ``exact``, a paper that names one of a family names all above it. ``relation`` and ``min_confidence`` limit
    the links that count. Only what ``min_papers`` of both windows together name is compared. ``false_share`` is how
    many of those that are found may be chance, in expectation.

    Raises:
        KgError: a word is none of its choices, a number is beyond its limits, or ``until`` is no date.
    """

    type: EntityType | None = None
    by: TimeStep = TimeStep.MONTH
    recent: int = 3
    before: int = 12
    relation: Relation | None = None
    exact: bool = False
    until: str | None = None
    min_papers: int = 5
    min_confidence: float = 0.0
    false_share: float = 0.05
    limit: int | None = None

    def __post_init__(self) -> None:
        settle(self, recent=(1, 1200), before=(1, 1200), min_papers=(1, ANY), min_confidence=(0, 1),
               false_share=(0.0001, 0.5), limit=(1, ANY))  # fmt: skip
        assert Period(None, self.until)  # which refuses what is no date


@dataclass(frozen=True, slots=True)
class Window:
    """A span of steps, the last included, and how many papers are dated in it; ``first`` is None where none is."""

    first: str | None
    last: str | None
    papers: int


@dataclass(frozen=True, slots=True)
class Riser:
    """A thing that rose: how many papers name it in either window, the ratio of its shares (None where there was none
    before), what that ratio is at least, and the probability of such a rise by chance."""

    entity: Thing
    now: int
    before: int
    ratio: float | None
    at_least: float
    chance: float


@dataclass(frozen=True, slots=True)
class Rising:
    """What rose, the largest sure rise first: of ``compared`` things, between two windows.

    ``false_share`` of those that rose are expected to be chance at most. ``undated`` papers have no part in it.
    """

    by: TimeStep
    recent: Window
    earlier: Window
    compared: int
    false_share: float
    risen: tuple[Riser, ...]
    undated: int = 0


@of_one_moment
def ask(reader: GraphReader, request: RisingRequest) -> Rising:
    """The things that are named by a larger share of papers in the recent window than in the one before it."""
    every = Counter[str | None]()
    for date, papers in reader.rows("SELECT date, count(*) FROM paper GROUP BY date"):
        every[step_of(date, request.by)] += papers
    spans = _spans(every, request)
    windows = [_window(span, every) for span in spans]
    counted = _counted(reader, request, spans)
    rates = [
        Rate(now, windows[0].papers, before, windows[1].papers)
        for now, before in counted.values()
        if now + before >= request.min_papers
    ]
    ids = [each for each, counts in counted.items() if sum(counts) >= request.min_papers]
    found = rises(rates, request.false_share)[: request.limit]
    things = entities_as_things(reader, [ids[rise.place] for rise in found])
    return Rising(
        request.by, windows[0], windows[1], len(rates), request.false_share,
        tuple(
            Riser(
                thing, rates[rise.place].now, rates[rise.place].before,
                rise.ratio if rates[rise.place].before else None, rise.at_least, rise.chance,
            )
            for thing, rise in zip(things, found, strict=True)
        ),
        every[None],
    )  # fmt: skip


QUESTION = Question(
    "rising",
    "What a larger share of papers names than before, beyond what chance explains.",
    RisingRequest,
    Rising,
    ask,
)


def _spans(every: Counter[str | None], request: RisingRequest) -> tuple[Sequence[str], Sequence[str]]:
    """The steps of the recent window, and those of the one before it."""
    limit = step_of(request.until, request.by) or request.until  # of a year, its last month
    dated: dict[str | None, int] = {
        step: every[step] for step in every if step and (limit is None or step[: len(limit)] <= limit)
    }
    last = last_step(dated, request.by)
    if last is None:
        return (), ()
    steps = steps_between(min(step for step in dated if step), last, request.by)
    return steps[-request.recent :], steps[: -request.recent][-request.before :]


def _window(span: Sequence[str], every: Counter[str | None]) -> Window:
    return Window(span[0] if span else None, span[-1] if span else None, sum(every[step] for step in span))


def _counted(
    reader: GraphReader, request: RisingRequest, spans: tuple[Sequence[str], Sequence[str]]
) -> dict[str, tuple[int, int]]:
    """How many papers of each window name each thing, by its id."""
    window_of = {step: number for number, span in enumerate(spans) for step in span}
    above = _families(reader) if not request.exact else {}
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for window, named in _papers(reader, request, window_of):
        for each in named.union(*(above.get(one, ()) for one in named)):
            counts[each][window] += 1
    kept = counts.keys() & _of_type(reader, request.type) if request.type else counts.keys()
    return {each: (counts[each][0], counts[each][1]) for each in sorted(kept)}


def _papers(reader: GraphReader, request: RisingRequest, window_of: dict[str, int]) -> Iterator[tuple[int, set[str]]]:
    """The papers of both windows, each with its window and the things that it names."""
    links = reader.stream(
        "SELECT paper.id, date, entity_id FROM link JOIN paper ON paper.id = paper_id "
        "WHERE confidence >= ?1 AND (?2 IS NULL OR relation = ?2) AND date >= ?3 ORDER BY paper.id",
        (request.min_confidence, request.relation, min(window_of, default="9")[:4]),
    )
    for _, of_paper in groupby(links, itemgetter(0)):
        rows = list(of_paper)
        window = window_of.get(step_of(rows[0][1], request.by) or "")
        if window is not None:
            yield window, {entity for _, _, entity in rows}


def _families(reader: GraphReader) -> dict[str, frozenset[str]]:
    """All that stands above each thing that has something above it."""
    above: dict[str, set[str]] = defaultdict(set)
    for child, ancestor in reader.rows(
        "WITH RECURSIVE above (child, ancestor) AS (SELECT child, parent FROM broader UNION "
        "SELECT above.child, parent FROM above JOIN broader ON broader.child = ancestor) SELECT * FROM above"
    ):
        above[child].add(ancestor)
    return {child: frozenset(ancestors) for child, ancestors in above.items()}


def _of_type(reader: GraphReader, kind: EntityType) -> set[str]:
    return {row[0] for row in reader.rows("SELECT id FROM entity WHERE type = ?", (kind,))}
