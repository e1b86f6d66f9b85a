"""To what the numbers of a sentence belong: metric, data, and the method or model that achieved them.

A proposal may name the spans of its parts; what it leaves open is looked for among the things that its sentence names.
Mentions are visited in the order of the text, so that a sentence of many numbers costs no more than its length.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.extraction.document import Findings
from kg.extraction.judging.settings import Settings
from kg.extraction.judging.things import Thing
from kg.extraction.judging.told import told_of
from kg.extraction.phrases import pattern
from kg.extraction.proposals import NameProposal, RowProposal, Span
from kg.model import EntityType, LocalResult, LocalSlot, Rule

__all__ = ["data_told", "results_of"]

_DATA = frozenset((EntityType.BENCHMARK, EntityType.DATASET))
_MAKERS = frozenset((EntityType.METHOD, EntityType.MODEL))
_METRICS = frozenset((EntityType.METRIC,))
_ON = _DATA | {EntityType.TASK}
_NEAR = 60  # characters between a bare decimal and the metric that makes it a result
_LONGEST_BRACKET = 8  # characters of "'s (by "
_LONGEST_LEAD = 6  # characters of " from "
_LONGEST_JOINT = 5  # characters of " vs. "
_RESPECTIVELY_BEHIND = 60  # characters behind the last number within which "respectively" may stand
_OPENS_BRACKET = pattern("opens_bracket")
_MEASURED_ON = pattern("measured_on")
_JOINS = pattern("joins_values")
_LEADS = pattern("leads_to_value")
_RESPECTIVELY = pattern("respectively")


@dataclass(frozen=True, slots=True)
class _Part:
    """A thing as a part of results: looked at once, for a thing is asked anew of all its mentions."""

    slot: LocalSlot
    type: EntityType
    introduced: bool


Place = tuple[NameProposal, _Part]
"""One mention in a sentence, and what it is a mention of."""


def results_of(
    found: Findings, rows: Sequence[RowProposal], things: Sequence[Thing], settings: Settings
) -> Iterator[LocalResult]:
    """The proposed rows as results, in the order of the text; slots refer to ``things`` by number."""
    for sentence in _sentences(found, rows, things, settings):
        yield from sentence.results(settings.row)


def data_told(
    found: Findings, rows: Sequence[RowProposal], things: Sequence[Thing], settings: Settings
) -> dict[int, LocalSlot]:
    """What each number was measured on where brackets ("GSM8K (81%)") or "respectively" leave no doubt, by the place of
    each of its characters."""
    told = (each for sentence in _sentences(found, rows, things, settings) for each in sentence.told())
    return {place: slot for row, slot in told for place in range(row.start, row.end)}


def _sentences(
    found: Findings, rows: Sequence[RowProposal], things: Sequence[Thing], settings: Settings
) -> Iterator[_Sentence]:
    if not rows:
        return
    parts = [
        (thing, _Part(LocalSlot(thing.name, number), thing.type, thing.introduced))
        for number, thing in enumerate(things)
        if thing.confidence >= settings.least_confidence_in_row
    ]
    places = sorted(((mention, part) for thing, part in parts for mention in thing.mentions), key=_start)
    starts = [mention.start for mention, _ in places]
    usual = next((part for _, part in parts if part.type in _DATA and part.introduced), None)
    for sentence, stated in _by_sentence(found, rows):
        inside = places[bisect_left(starts, sentence[0]) : bisect_left(starts, sentence[1])]
        yield _Sentence(found, sentence, inside, stated, usual)


def _by_sentence(found: Findings, rows: Iterable[RowProposal]) -> Iterator[tuple[Span, list[RowProposal]]]:
    """Sentences that state numbers; of the proposals for one number, the best."""
    stated: dict[int, dict[Span, RowProposal]] = {}
    for row in sorted(rows, key=lambda row: (row.start, row.end, -row.score, row.source)):
        stated.setdefault(found.sentence_at(row.start), {}).setdefault((row.start, row.end), row)
    for number, best in stated.items():
        yield found.sentences[number], list(best.values())


class _Sentence:
    """One sentence: its mentions by what they can be to a number, and its numbers."""

    def __init__(
        self, found: Findings, span: Span, inside: Sequence[Place], rows: Iterable[RowProposal], usual: _Part | None
    ) -> None:
        self.found, self.span, self.usual = found, span, usual
        self.places = {(mention.start, mention.end): part for mention, part in reversed(inside)}
        self.metrics = _Row(place for place in inside if place[1].type in _METRICS)
        self.data = _Row(place for place in inside if place[1].type in _DATA)
        self.makers = _Row(place for place in inside if place[1].type in _MAKERS)
        self.task = next((part for _, part in inside if part.type is EntityType.TASK), None)
        names = _Row(inside)
        self.rows = [
            row for row in rows if not names.overlaps(row.digits) and (not row.needs_metric or self._is_measured(row))
        ]
        self.aligned = self._aligned()

    def results(self, confidence: float) -> Iterator[LocalResult]:
        """What the sentence states."""
        text, (start, end) = self.found.text, self.span
        sentence = (start, start + len(text[start:end].rstrip()))

        def slot(part: _Part | None) -> LocalSlot | None:
            return part.slot if part else None

        for number, row in enumerate(self.rows):
            metric = self._proposed(row.metric, _METRICS) or self.metrics.nearest(row)
            measured = slot(metric) or (LocalSlot(row.measure) if row.measure else None)
            of = slot(self._proposed(row.of, _MAKERS) or self._achieved_by(number))
            yield LocalResult(
                value=text[row.start : row.end].strip(),
                number=row.number,
                unit=row.unit,
                kind=row.kind,
                metric=measured,
                on=slot(self._proposed(row.on, _ON) or self._measured_on(number)),
                of=of,
                anchor=self.found.paper.anchor((row.start, row.end), sentence),
                confidence=confidence,
                conditions=told_of(row.kind, measured, of, text[slice(*sentence)]),
            )

    def told(self) -> Iterator[tuple[RowProposal, LocalSlot]]:
        """The numbers whose data brackets, "respectively" or the words between ("GSM8K from 70% to 80%") tell."""
        part, end = None, 0
        for number, row in enumerate(self.rows):
            goes_on = row.start - end <= _LONGEST_JOINT and _JOINS.fullmatch(self.found.text, end, row.start)
            before = part if goes_on else None
            part = self._bracketed(row.start) or (self.aligned[number] if self.aligned else None)
            part, end = part or self._led_to(row.start) or before, row.end
            if part:
                yield row, part.slot

    def _proposed(self, spans: Iterable[Span], kinds: frozenset[EntityType]) -> _Part | None:
        """The first of the spans that turned out to name a thing of these types."""
        parts = (self.places.get(span) for span in spans)
        return next((part for part in parts if part and part.type in kinds), None)

    def _is_measured(self, row: RowProposal) -> bool:
        return self.metrics.distance(row) <= _NEAR

    def _measured_on(self, number: int) -> _Part | None:
        """The benchmark or dataset of a number, by the ways in which sentences put the two together.

        "GSM8K (+5%)"; "on A, B and C ... 81%, 34% and 76%, respectively"; "96% on A but 76% on B"; else the last
        before. Where the sentence names no data, its task.
        """
        if not self.data.places:
            return self.task or self.usual
        row = self.rows[number]
        bracketed = self._bracketed(row.start)
        if bracketed:
            return bracketed
        if self.aligned:
            return self.aligned[number]
        end = self._range_end(number)
        after = self.data.between(end, self._following(end))
        if after and (len(after) == 1 or _MEASURED_ON.search(self.found.text, end, after[0][0].start)):
            return after[0][1]
        before = self.data.last_before(row.start)
        return self.usual or before or self.data.places[0][1]

    def _bracketed(self, start: int) -> _Part | None:
        """What a bracket that opens right before a number stands behind."""
        near = self.data.ending(start - _LONGEST_BRACKET, start)
        text = self.found.text
        return next((part for m, part in reversed(near) if _OPENS_BRACKET.fullmatch(text, m.end, start)), None)

    def _led_to(self, start: int) -> _Part | None:
        """What stands right before a number, but for a word that leads to it."""
        near = self.data.ending(start - _LONGEST_LEAD, start)
        text = self.found.text
        return next((part for m, part in reversed(near) if _LEADS.fullmatch(text, m.end, start)), None)

    def _following(self, end: int) -> int:
        """Where the first number behind a place begins."""
        place = bisect_left(self.rows, end, key=lambda row: row.start)
        return self.rows[place].start if place < len(self.rows) else len(self.found.text)

    def _range_end(self, number: int) -> int:
        """Where "63% to 79%" ends, for its first value too."""
        end = self.rows[number].end
        for following in self.rows[number + 1 : number + 2]:
            if following.start - end <= _LONGEST_JOINT and _JOINS.fullmatch(self.found.text, end, following.start):
                return following.end
        return end

    def _aligned(self) -> list[_Part]:
        """For each number the member of a list of data that a list of numbers assigns to it; none if nothing says
        "respectively"."""
        text = self.found.text
        if not self.rows or not _RESPECTIVELY.search(
            text, self.rows[0].start, self.rows[-1].end + _RESPECTIVELY_BEHIND
        ):
            return []
        leads = [not text.endswith("(", 0, row.start) for row in self.rows]
        parts = list(
            {part.slot.text: part for m, part in self.data.places if m.rule is not Rule.REPEAT or m.concept}.values()
        )
        if not parts or sum(leads) != len(parts):
            return []
        own, aligned = -1, []
        for leading in leads:
            own += leading
            aligned.append(parts[max(own, 0)])
        return aligned

    def _achieved_by(self, number: int) -> _Part | None:
        """The method or model of a number: one between the number before and this one ("A gets 3%, B 5%"), else the
        first.

        What the paper introduces goes first, for sentences tell its numbers beside those that it beats.
        """
        start = self.rows[number].start
        since = self.rows[number - 1].end if number else 0
        return _first(self.makers.between(since, start)) or self.makers.first_before(start)


def _first(places: Sequence[Place]) -> _Part | None:
    """The first that the paper introduces, else the first."""
    introduced = (part for _, part in places if part.introduced)
    return next(introduced, places[0][1] if places else None)


class _Row:
    """Mentions in the order of the text, none overlapping another but where both are the same span."""

    def __init__(self, places: Iterable[Place]) -> None:
        self.places = list(places)
        self.starts = [mention.start for mention, _ in self.places]
        self.ends = [mention.end for mention, _ in self.places]
        self.introduced = next((n for n, (_, part) in enumerate(self.places) if part.introduced), len(self.places))

    def overlaps(self, span: Span) -> bool:
        """Whether a mention shares a character with a span."""
        return bisect_right(self.ends, span[0]) < bisect_left(self.starts, span[1])

    def between(self, start: int, end: int) -> list[Place]:
        """The mentions that begin from ``start`` on, before ``end``."""
        return self.places[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def ending(self, first: int, last: int) -> list[Place]:
        """The mentions that end from ``first`` to ``last``, both included."""
        return self.places[bisect_left(self.ends, first) : bisect_right(self.ends, last)]

    def last_before(self, end: int) -> _Part | None:
        """The last thing named before a place."""
        place = bisect_right(self.ends, end)
        return self.places[place - 1][1] if place else None

    def first_before(self, end: int) -> _Part | None:
        """The first thing named before a place that the paper introduces, else the first."""
        count = bisect_right(self.ends, end)
        if not count:
            return None
        return self.places[self.introduced if self.introduced < count else 0][1]

    def nearest(self, row: RowProposal) -> _Part | None:
        """The thing named nearest to a number; of two as near, the one whose name comes first in the alphabet."""
        near = self._around(row)
        return min(near, key=lambda place: (_distance(place[0], row), place[1].slot.text))[1] if near else None

    def distance(self, row: RowProposal) -> float:
        """Characters between a number and the nearest mention."""
        return min((_distance(mention, row) for mention, _ in self._around(row)), default=float("inf"))

    def _around(self, row: RowProposal) -> list[Place]:
        """The mentions next to a number on both sides, with all that share their spans."""
        place = bisect_left(self.starts, row.start)
        low, high = place - 1, place
        while low > 0 and self.starts[low - 1] == self.starts[low]:
            low -= 1
        while 0 <= high < len(self.starts) - 1 and self.starts[high + 1] == self.starts[high]:
            high += 1
        return self.places[max(low, 0) : high + 1]


def _start(place: Place) -> int:
    return place[0].start


def _distance(mention: NameProposal, row: RowProposal) -> int:
    return max(row.start - mention.end, mention.start - row.end, 0)
