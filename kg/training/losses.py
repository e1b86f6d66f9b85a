"""What the reader is taught by one text: the losses of its heads, summed.

Names cost one a piece: minus the log of the probability of all labels that the piece may have, so that coarse, missing
and optional annotation each teach just what they know. Relations, kinds and parts of results cost one a thing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch.nn.functional import cross_entropy

from kg.extraction.heads import SLOTS
from kg.extraction.items import Items, ItemThing, PieceSpan
from kg.extraction.judging.features import FEATURES
from kg.extraction.tagging import LABELS
from kg.model import ACHIEVERS, DATA, EntityType
from kg.training.examples import Example
from kg.training.heads import HeadsNetwork
from kg.training.model import ReaderNetwork
from kg.training.papers import NOTHING, LearnedPaper, LearnedResult, LearnedThing

__all__ = ["Lesson", "lesson_of", "loss_of", "loss_of_items"]

_OPTIONAL = 0.3  # what an optional thing counts in the loss of relations
_RELATION, _SLOT = 2.0, 2.0  # weights of what is rare beside pieces
_IMPOSSIBLE = -1e9
_FILLERS = {"on": frozenset(DATA), "of": frozenset(ACHIEVERS)}
_OUTSIDE, _BEGIN, _INSIDE = range(3)


@dataclass(frozen=True, slots=True)
class _SlotLesson:
    """One slot of all results of a paper: its candidates, and for each result the columns that are right, if known."""

    number: int
    candidates: list[int]
    owners: list[int]
    right: list[list[int] | None]


@dataclass(frozen=True, slots=True)
class Lesson:
    """One text in tensors; ``length`` is the number of pieces, ``items`` None for a text that is no paper.

    ``asked`` are the numbers of the things whose relation is taught.
    """

    length: int
    ids: torch.Tensor
    features: torch.Tensor
    impossible: torch.Tensor
    values: torch.Tensor | None = None
    measures: torch.Tensor | None = None
    items: Items | None = None
    things: tuple[LearnedThing, ...] = ()
    asked: tuple[int, ...] = ()
    kinds: tuple[int, ...] = ()
    slots: tuple[_SlotLesson, ...] = ()


def lesson_of(example: Example, paper: LearnedPaper | None, longest: int) -> Lesson:
    """Cut a text to the ``longest`` number of pieces that the encoder takes, and put it into tensors."""
    length = min(len(example.pieces.ids), longest)
    impossible = torch.full((length, len(LABELS)), _IMPOSSIBLE)
    for piece, labels in enumerate(example.allowed[:length]):
        impossible[piece, list(labels)] = 0.0
    ids, features = (torch.tensor([each[:length]]) for each in (example.pieces.ids, example.pieces.features))
    if paper is None:
        return Lesson(length, ids, features, impossible)
    results = [result for result in paper.results if result.span[1] <= length]
    values = [result.span for result in results]
    measures = sorted({span for result in results for span in result.metric or () if span[1] <= length})
    things = [ItemThing(thing.types[0], _within(thing.spans, length), thing.features) for thing in paper.things]
    items = Items.of(things, measures, values, paper.sentences, paper.links, FEATURES)
    named = [n for n, thing in enumerate(things) if thing.spans and thing.type is not EntityType.TASK]
    return Lesson(
        length,
        ids,
        features,
        impossible,
        _labels(values, length),
        _labels(measures, length) if results else None,
        items,
        paper.things,
        tuple(named),
        tuple(result.kind for result in results),
        tuple(_slots(paper, items, results, measures)) if results else (),
    )


def _within(spans: Sequence[PieceSpan], length: int) -> list[PieceSpan]:
    return [span for span in spans if span[1] <= length]


def _labels(spans: Sequence[PieceSpan], length: int) -> torch.Tensor:
    labels = torch.full((length,), _OUTSIDE)
    for start, end in spans:
        labels[start], labels[start + 1 : end] = _BEGIN, _INSIDE
    return labels


def _slots(
    paper: LearnedPaper, items: Items, results: Sequence[LearnedResult], measures: Sequence[PieceSpan]
) -> Iterator[_SlotLesson]:
    named = set(items.owners.tolist())
    for slot, types in _FILLERS.items():
        said = [result.on if slot == "on" else result.of for result in results]
        fillers = [
            n for n, thing in enumerate(paper.things) if n in named and (n in said or not types.isdisjoint(thing.types))
        ]
        if fillers:
            columns = {NOTHING: [len(fillers)], **{n: [column] for column, n in enumerate(fillers)}}
            yield _SlotLesson(SLOTS.index(slot), *items.mentions_of(fillers), [columns.get(n) for n in said])
    if measures:
        candidates = list(range(items.first_measure, items.first_value))
        right = [_right(result, measures) for result in results]
        yield _SlotLesson(SLOTS.index("metric"), candidates, list(range(len(measures))), right)


def _right(result: LearnedResult, measures: Sequence[PieceSpan]) -> list[int] | None:
    """The columns of the words for what a result measures: the last where nothing is stated."""
    if result.metric == ():
        return [len(measures)]
    return [n for n, span in enumerate(measures) if span in (result.metric or ())] or None


def loss_of(model: ReaderNetwork, lesson: Lesson) -> torch.Tensor:
    """The loss of one text, summed over its pieces, things and results."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        encoded = model.encode(lesson.ids, lesson.features)
    vectors = encoded[0].float()
    scores = model.scores(vectors)
    names, values, measures = scores.split([len(LABELS), 3, 3], dim=1)
    loss = (torch.logsumexp(names, 1) - torch.logsumexp(names + lesson.impossible, 1)).sum()
    if lesson.values is not None:
        loss = loss + cross_entropy(values, lesson.values, reduction="sum")
    if lesson.measures is not None:
        loss = loss + cross_entropy(measures, lesson.measures, reduction="sum")
    return loss + loss_of_items(model.heads, vectors, lesson)


def loss_of_items(heads: HeadsNetwork, vectors: torch.Tensor, lesson: Lesson) -> torch.Tensor:
    """The loss of what the heads make of the items of a text, from the vectors of its pieces."""
    loss = torch.zeros(())
    if lesson.items is None or not lesson.items.spans:
        return loss
    read = heads.read(vectors, lesson.items)
    if lesson.asked:
        loss = loss + _RELATION * _relation_loss(heads, read, lesson.items, lesson)
    if lesson.kinds:
        loss = loss + cross_entropy(heads.kinds(read, lesson.items), torch.tensor(lesson.kinds), reduction="sum")
    for slot in lesson.slots:
        scores = heads.slot(slot.number, read, lesson.items, slot.candidates, slot.owners)
        for row, right in zip(scores, slot.right, strict=True):
            if right is not None:
                loss = loss + _SLOT * (torch.logsumexp(row, 0) - torch.logsumexp(row[right], 0))
    return loss


def _relation_loss(heads: HeadsNetwork, read: torch.Tensor, items: Items, lesson: Lesson) -> torch.Tensor:
    things = [lesson.things[n] for n in lesson.asked]
    features = torch.stack([torch.from_numpy(thing.features) for thing in things])
    weights = torch.tensor([_OPTIONAL if thing.optional else 1.0 for thing in things])
    right = torch.tensor([thing.relation for thing in things])
    scores = heads.relations(read, items, lesson.asked, features)
    return (weights * cross_entropy(scores, right, reduction="none")).sum()
