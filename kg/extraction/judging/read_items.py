"""What the reader makes of the things and the numbers of a text: relations, and results with their parts."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from kg.extraction.document import Findings
from kg.extraction.heads import KINDS, RELATIONS
from kg.extraction.items import Floats, Items, ItemThing, PieceSpan
from kg.extraction.judging.confidence import probability
from kg.extraction.judging.features import FEATURES
from kg.extraction.judging.relations import Likely
from kg.extraction.judging.things import Thing
from kg.extraction.judging.told import told_of
from kg.extraction.phrases import pattern
from kg.extraction.proposals import Span
from kg.extraction.reading import Reading
from kg.extraction.values import number_in, unit_in, value_bounds
from kg.model import ACHIEVERS, DATA, MEASURES, EntityType, LocalResult, LocalSlot, ResultKind, fitting
from kg.text.folding import singular

__all__ = ["ItemsRead", "ReadRow", "evidence_for_row", "result_of"]

_MOST_ITEMS = 400  # that are compared with one another, each with each; an abstract has some fifty
_LONGEST_WORD = 60  # characters of a word on either side of a piece that count
_SIGNS = ("+", "-", "\u2212")
_NEAR = 60  # characters before a number within which words say that it is a change
_CHANGED_BY = pattern("changed_by")
_TOLD = 0.9  # how sure brackets and "respectively" are, out of fold
_GAINS = frozenset((ResultKind.GAIN, ResultKind.RELATIVE_GAIN, ResultKind.SPEEDUP))


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One number, its kind, and what fills its slots, each with its probability; None where nothing does."""

    span: Span
    kind: int
    sure: float
    slots: Mapping[str, tuple[LocalSlot | None, float]]

    def measured_on(self, told: LocalSlot | None) -> ReadRow:
        """The same row, on what the text tells beyond doubt."""
        if told is None:
            return self
        sure = max(self.slots["on"][1], _TOLD) if self.slots["on"][0] == told else _TOLD
        return replace(self, slots={**self.slots, "on": (told, sure)})


@dataclass(frozen=True, slots=True)
class _Stretch:
    """What stands in one part of a text, read together."""

    items: Items
    read: Floats
    values: Sequence[tuple[PieceSpan, float]]
    measures: Sequence[PieceSpan]

    def things(self) -> list[int]:
        """The numbers of the things that are mentioned, ascending."""
        found: list[int] = np.unique(self.items.owners[self.items.owners >= 0]).tolist()
        return found


class ItemsRead:
    """The things of a text and its numbers, read together; ``least`` is how sure a thing must be to be in a result."""

    def __init__(
        self, found: Findings, reading: Reading, things: Sequence[Thing], features: Floats, least: float
    ) -> None:
        self.found, self.reading, self.things, self.features = found, reading, things, features
        self.mentions = [reading.pieces(sorted({mention.span for mention in thing.mentions})) for thing in things]
        self.sure = [n for n, thing in enumerate(things) if thing.confidence >= least and self.mentions[n]]
        self.metrics = {
            piece: LocalSlot(things[n].name, n)
            for n in reversed(self.sure)
            if things[n].type in MEASURES
            for pieces in self.mentions[n]
            for piece in range(*pieces)
        }
        self.stretches = list(self._stretches())

    def relations(self) -> list[Likely | None]:
        """How likely each relation to each thing is that one of its type can have; None where it is not asked for.

        Tasks are not asked about: papers address them.
        """
        sums = np.zeros((len(self.things), len(RELATIONS)), dtype=np.float32)
        for stretch in self.stretches:
            asked = [n for n in stretch.things() if self.things[n].type is not EntityType.TASK]
            if asked:
                sums[asked] += self.reading.heads.relations(stretch.read, stretch.items, asked, self.features[asked])
        return [
            _possible(thing.type, row) if any(row) else None
            for thing, row in zip(self.things, sums.tolist(), strict=True)
        ]

    def rows(self, compared: Collection[int]) -> list[ReadRow]:
        """The numbers that are results, with their slots; ``compared`` are the things that the paper compares its own
        with, by number: no gain is theirs."""
        return [row for stretch in self.stretches if stretch.values for row in self._rows(stretch, compared)]

    def _stretches(self) -> Iterator[_Stretch]:
        """The text, in parts of so many items as can be compared with one another: nearly always one."""
        values = self._values()
        measures = sorted({*self.reading.measures_found(), *self._metrics_named()}) if values else []
        spans = [*(span for spans in self.mentions for span in spans), *measures, *(span for span, _ in values)]
        starts = sorted(start for start, _ in spans)
        cuts = dict.fromkeys((*starts[::_MOST_ITEMS], len(self.reading.offsets)))
        for first, end in pairwise(cuts):
            yield self._stretch(range(first, end), [each for each in values if first <= each[0][0] < end], measures)

    def _stretch(
        self, pieces: range, values: Sequence[tuple[PieceSpan, float]], measures: Sequence[PieceSpan]
    ) -> _Stretch:
        measured = [span for span in measures if span[0] in pieces]
        given = [
            ItemThing(thing.type, [span for span in spans if span[0] in pieces], row)
            for thing, spans, row in zip(self.things, self.mentions, self.features, strict=True)
        ]
        spans = [span for span, _ in values]
        items = Items.of(given, measured, spans, self.reading.sentences, self.reading.links, FEATURES)
        return _Stretch(items, self.reading.heads.read(self.reading.vectors, items), values, measured)

    def _metrics_named(self) -> Iterator[PieceSpan]:
        return (span for n in self.sure if self.things[n].type in MEASURES for span in self.mentions[n])

    def _values(self) -> list[tuple[PieceSpan, float]]:
        """The numbers that are results, of the body, and no part of a name."""
        taken = np.zeros(len(self.found.text), dtype=bool)
        for n in self.sure:
            for mention in self.things[n].mentions:
                taken[mention.start : mention.end] = True
        return [
            (pieces, sure)
            for pieces, sure in self.reading.values_found()
            if not self.found.in_title(self._place(pieces)[0])
            and not taken[slice(*self._place(pieces))].any()
            and not self._goes_on(self._place(pieces)[1])
        ]

    def _place(self, value: PieceSpan) -> Span:
        return value_bounds(self.found.text, *self.reading.span(value))

    def _goes_on(self, end: int) -> bool:
        """Whether a word goes on behind a number: the "7" of "7B"."""
        return self.found.text[end - 1].isdigit() and self.found.text[end : end + 1].isalpha()

    def _rows(self, stretch: _Stretch, compared: Collection[int]) -> Iterator[ReadRow]:
        kinds = self._kinds(stretch)
        gains = [KINDS[kind] in _GAINS for kind in kinds]
        slots = {
            "on": self._filled("on", stretch, DATA, (), gains),
            "of": self._filled("of", stretch, ACHIEVERS, compared, gains),
            "metric": self._measured(stretch),
        }
        for n, ((pieces, sure), kind) in enumerate(zip(stretch.values, kinds, strict=True)):
            yield ReadRow(self._place(pieces), kind, sure, {slot: filled[n] for slot, filled in slots.items()})

    def _kinds(self, stretch: _Stretch) -> list[int]:
        """The kind of each number: the likeliest, but no level where the words before it or its sign tell a change."""
        likely = self.reading.heads.kinds(stretch.read, stretch.items)
        changes = [_is_change(self.found.text, *self._place(pieces)) for pieces, _ in stretch.values]
        likely[changes, KINDS.index(ResultKind.ABSOLUTE)] = 0
        kinds: list[int] = likely.argmax(axis=1).tolist()
        return kinds

    def _filled(
        self,
        slot: str,
        stretch: _Stretch,
        types: Iterable[EntityType],
        compared: Collection[int],
        gains: Sequence[bool],
    ) -> list[tuple[LocalSlot | None, float]]:
        """For each value the thing that fills a slot; for ``gains`` none that is ``compared``."""
        sure = set(self.sure)
        fillers = [n for n in stretch.things() if n in sure and self.things[n].type in types]
        candidates, owners = stretch.items.mentions_of(fillers)
        likely = self.reading.heads.slot(slot, stretch.read, stretch.items, candidates, owners)
        likely[np.ix_(gains, [n in compared for n in fillers] + [False])] = 0
        return _likeliest([LocalSlot(self.things[n].name, n) for n in fillers], likely)

    def _measured(self, stretch: _Stretch) -> list[tuple[LocalSlot | None, float]]:
        """For each value the words that say what is measured, which may be those of a thing."""
        fillers = []
        for pieces in stretch.measures:
            named = next((self.metrics[piece] for piece in range(*pieces) if piece in self.metrics), None)
            fillers.append(named or LocalSlot(_measure_name(self.found, *self.reading.span(pieces))))
        candidates = list(range(stretch.items.first_measure, stretch.items.first_value))
        likely = self.reading.heads.slot("metric", stretch.read, stretch.items, candidates, list(range(len(fillers))))
        return _likeliest(fillers, likely)


def _possible(kind: EntityType, likely: Sequence[float]) -> Likely:
    """Of the relations in their order those that a thing of this type can have."""
    return {each: sure for each, sure in zip(RELATIONS, likely, strict=True) if fitting(each, kind) is each}


def _is_change(text: str, start: int, end: int) -> bool:
    return text[start:end].startswith(_SIGNS) or _CHANGED_BY.search(text, max(start - _NEAR, 0), start) is not None


def _measure_name(found: Findings, start: int, end: int) -> str:
    """What is measured, in whole words and in the singular; by its long form where the paper defines it."""
    text, least, most = found.text, max(start - _LONGEST_WORD, 0), min(end + _LONGEST_WORD, len(found.text))
    while start > least and text[start - 1].isalnum():
        start -= 1
    while end < most and text[end].isalnum():
        end += 1
    words = text[start:end].split()
    if len(words) == 1 and words[0] in found.abbreviations:
        words = found.abbreviations[words[0]].split()
    last = words[-1] if words else ""
    return " ".join([*words[:-1], singular(last) if last.islower() else last])


def _likeliest(fillers: Sequence[LocalSlot], likely: Floats) -> list[tuple[LocalSlot | None, float]]:
    """For each value the likeliest filler, None where that is none, with its probability."""
    best = likely.argmax(axis=1).tolist()
    return [(fillers[b] if b < len(fillers) else None, float(row[b])) for row, b in zip(likely, best, strict=True)]


def result_of(row: ReadRow, found: Findings, weights: Mapping[str, float]) -> LocalResult:
    """A row as a result, as sure as the ``weights`` of the confidence make of it."""
    start, end = row.span
    text = found.text[start:end]
    sentence = found.sentences[found.sentence_at(start)]
    last = max(sentence[1], end)
    stated = (sentence[0], sentence[0] + len(found.text[sentence[0] : last].rstrip()))
    kind, metric, of = KINDS[row.kind], row.slots["metric"][0], row.slots["of"][0]
    return LocalResult(
        value=text.strip(),
        number=number_in(text),
        unit=unit_in(text),
        kind=kind,
        metric=metric,
        on=row.slots["on"][0],
        of=of,
        anchor=found.paper.anchor(row.span, stated),
        confidence=probability(evidence_for_row(row), weights),
        conditions=told_of(kind, metric, of, found.text[slice(*stated)]),
    )


def evidence_for_row(row: ReadRow) -> dict[str, float]:
    """What speaks for a row as a whole, by name, for the confidence."""
    evidence = {"row": 1.0, "row value": _log_odds(row.sure)}
    for slot, (filler, sure) in row.slots.items():
        evidence[f"row {slot}"] = _log_odds(sure)
        evidence[f"row no {slot}"] = float(filler is None)
    return evidence


def _log_odds(probability: float) -> float:
    limited = min(max(probability, 0.005), 0.995)
    return math.log(limited / (1 - limited))
