"""Annotated papers as the reader learns from them: names, relations and results, on the word pieces of the text.

An entity is learned from every place that writes one of its surfaces, a result from the place of its number within its
clause. What the rules make of an entity is read by the same code that reads papers later.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from spacy.tokens import Doc

from kg.evaluation.spelling import fold
from kg.extraction.document import Findings, findings
from kg.extraction.heads import KINDS, RELATIONS
from kg.extraction.items import Floats, PieceSpan
from kg.extraction.judge import Judge
from kg.extraction.judging.features import FEATURES, all_features
from kg.extraction.judging.things import Thing
from kg.extraction.link_words import links_of
from kg.extraction.pipeline import Extractor
from kg.extraction.proposals import NameProposal, Span
from kg.extraction.reading import pieces_of
from kg.extraction.recipe import Recipe
from kg.extraction.sources.reader import coverage_in
from kg.extraction.wordpieces import Pieces, encode
from kg.model import EntityType, Paper, Relation, ResultKind, Rule
from kg.text.reading import render
from kg.training.corpora import Annotated, AnnotatedSpan

if TYPE_CHECKING:
    from tokenizers import Tokenizer

__all__ = ["NOTHING", "UNKNOWN", "LearnedPaper", "LearnedResult", "LearnedThing", "PaperSchool"]

NOTHING = -1
"""A part of a result that the annotation leaves open."""
UNKNOWN = -2
"""A part of a result that the annotation states and the text does not name."""

Entity = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class LearnedThing:
    """An annotated entity: its types (the first counts), its relation, and the pieces of its mentions."""

    types: tuple[EntityType, ...]
    relation: int
    optional: bool
    spans: tuple[PieceSpan, ...]
    features: Floats


@dataclass(frozen=True, slots=True)
class LearnedResult:
    """An annotated result: the pieces of its number, its kind and its parts.

    ``on`` and ``of`` are numbers of things, ``NOTHING`` or ``UNKNOWN``. ``metric`` are the pieces that write it:
    empty where none is stated, None where one is stated and not written.
    """

    span: PieceSpan
    kind: int
    on: int
    of: int
    metric: tuple[PieceSpan, ...] | None


@dataclass(frozen=True, slots=True)
class LearnedPaper:
    """One annotated paper."""

    annotated: Annotated
    pieces: Pieces
    sentences: tuple[int, ...]
    links: tuple[int, ...]
    things: tuple[LearnedThing, ...]
    results: tuple[LearnedResult, ...]


class PaperSchool:
    """Makes of annotated papers what the reader learns from, with the rules of the shipped pipeline."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self.tokenizer = tokenizer
        self.extractor = Extractor(Recipe.shipped())
        components, names = [component for _, component in self.extractor.nlp.pipeline], self.extractor.nlp.pipe_names
        reader, relating = names.index("kg_reader"), names.index("kg_relation_rules")
        self.before, self.behind = components[:reader], components[reader + 1 : relating]
        self.relating = components[relating]

    def read(self, path: Path) -> Iterator[LearnedPaper]:
        """The papers of a file of annotation, in its order."""
        with path.open(encoding="utf-8") as lines:
            yield from (self.paper(json.loads(line)) for line in lines if line.strip())

    def paper(self, row: Mapping[str, Any]) -> LearnedPaper:
        """One paper, from its annotation."""
        doc = self.extractor.doc(Paper(title=row["title"], abstract=row["abstract"]))
        for component in self.before:
            doc = component(doc)
        found = findings(doc)
        pieces = encode(self.tokenizer, found.text, coverage_in(found))
        for component in self.behind:
            doc = component(doc)
        entities = [(entity, mentions) for entity, mentions in mentions_of(found.text, row["entities"]) if mentions]
        features = self._features(doc, found, entities)
        return LearnedPaper(
            Annotated(found.text, tuple(_spans(entities))),
            pieces,
            tuple(found.sentence_at(start) for start, _ in pieces.offsets),
            tuple(links_of(found.text, pieces.offsets)),
            tuple(_learned(*each, pieces, row) for each, row in zip(entities, features, strict=True)),
            tuple(_results(found.text, row.get("results", ()), entities, pieces)),
        )

    def _features(self, doc: Doc, found: Findings, entities: Sequence[tuple[Entity, list[Span]]]) -> Floats:
        """What the rules read of the entities, as if the reader had proposed just these."""
        if not entities:
            return np.zeros((0, FEATURES), dtype=np.float32)
        others: dict[Span, list[NameProposal]] = defaultdict(list)
        for name in found.names:
            others[name.span].append(name)
        things = [_thing(found.text, entity, mentions, others) for entity, mentions in entities]
        found.names += [name for thing in things for name in thing.mentions if name.rule is Rule.TAGGER]
        self.relating(doc)
        return all_features(found, things, Judge.relations(found, things))


def mentions_of(text: str, entities: Sequence[Entity]) -> Iterator[tuple[Entity, list[Span]]]:
    """The places that write a surface of each entity, the longer surface first where two overlap."""
    surfaces = [(render(str(s)).text, number) for number, entity in enumerate(entities) for s in entity["surfaces"]]
    taken, places = bytearray(len(text)), defaultdict(list)
    for surface, number in sorted(surfaces, key=lambda each: -len(each[0])):
        for start, end in _written(text, surface):
            if not any(taken[start:end]):
                taken[start:end] = b"\x01" * (end - start)
                places[number].append((start, end))
    return ((entity, sorted(places[number])) for number, entity in enumerate(entities))


def _written(text: str, words: str) -> list[Span]:
    return [match.span() for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)] if words else []


def _types(entity: Entity) -> tuple[EntityType, ...]:
    return tuple(dict.fromkeys(map(EntityType, (entity["type"], *entity.get("also_types", ())))))


def _spans(entities: Sequence[tuple[Entity, list[Span]]]) -> Iterator[AnnotatedSpan]:
    for entity, mentions in entities:
        for start, end in mentions:
            yield AnnotatedSpan(start, end, _types(entity), bool(entity.get("optional")))


def _thing(text: str, entity: Entity, mentions: Sequence[Span], others: Mapping[Span, Sequence[NameProposal]]) -> Thing:
    kind = _types(entity)[0]
    own = [NameProposal(start, end, text[start:end], Rule.TAGGER, 1.0, kind) for start, end in mentions]
    return Thing(str(entity["name"]), [*own, *(name for span in mentions for name in others[span])], kind)


def _learned(entity: Entity, mentions: Sequence[Span], pieces: Pieces, features: Floats) -> LearnedThing:
    relation = RELATIONS.index(Relation(entity["relation"]))
    spans = tuple(pieces_of(mentions, pieces.offsets))
    return LearnedThing(_types(entity), relation, bool(entity.get("optional")), spans, features)


def _results(
    text: str, results: Sequence[Mapping[str, Any]], entities: Sequence[tuple[Entity, list[Span]]], pieces: Pieces
) -> Iterator[LearnedResult]:
    """The results whose numbers are found in the text, each in a place of its own."""
    numbers = {str(entity["canonical"]): number for number, (entity, _) in enumerate(entities)}
    used: set[Span] = set()
    for result in results:
        place = _place(text, result, used)
        spans = pieces_of([place], pieces.offsets) if place else []
        if place is None or not spans:
            continue
        used.add(place)
        on, of = (numbers.get(result[part], UNKNOWN) if result.get(part) else NOTHING for part in ("on", "of"))
        kind = KINDS.index(ResultKind(result.get("kind", "other")))
        metric = _metric(text, str(result.get("metric") or ""), entities, pieces)
        yield LearnedResult(spans[0], kind, on, of, metric)


def _place(text: str, result: Mapping[str, Any], used: set[Span]) -> Span | None:
    """Where the number of a result stands: in its clause, else anywhere, and nowhere that is another's."""
    value, clause = (render(str(result.get(part, ""))).text.strip() for part in ("value", "text"))
    pattern = re.compile(rf"(?<!\d)(?<!\d\.){re.escape(value)}(?!\d)" if value[-1:].isdigit() else re.escape(value))
    areas = [*(match.span() for match in re.finditer(re.escape(clause), text) if clause), (0, len(text))]
    places = (match.span() for area in areas for match in pattern.finditer(text, *area) if value)
    return next((place for place in places if place not in used), None)


def _metric(
    text: str, metric: str, entities: Sequence[tuple[Entity, list[Span]]], pieces: Pieces
) -> tuple[PieceSpan, ...] | None:
    if not metric:
        return ()
    words = re.finditer(rf"(?<!\w){re.escape(render(metric).text)}(?:s\b)?(?!\w)", text, re.IGNORECASE)
    named = [
        span
        for entity, mentions in entities
        if EntityType.METRIC in _types(entity) and fold(metric) in _spellings(entity)
        for span in mentions
    ]
    return tuple(pieces_of(sorted({*named, *(match.span() for match in words)}), pieces.offsets)) or None


def _spellings(entity: Entity) -> set[str]:
    return {fold(str(name)) for name in (entity["name"], entity["canonical"], *entity["surfaces"])}
