"""``kg_judge``: the one place that decides. Proposals go in, an extraction comes out.

In order: readings that need the context are confirmed or dropped, overlaps settled in favour of the longer and better
known, proposals that stand for one thing put together, each thing typed and given one probability; then what the paper
does with each, and to what its numbers belong.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from kg.errors import ExtractionError
from kg.extraction.document import Findings, findings
from kg.extraction.judging.confidence import confidence_of
from kg.extraction.judging.features import all_features
from kg.extraction.judging.grouping import group
from kg.extraction.judging.lineage import derivations_of
from kg.extraction.judging.read_items import ItemsRead, ReadRow, result_of
from kg.extraction.judging.relations import Likely, Relations
from kg.extraction.judging.rows import data_told, results_of
from kg.extraction.judging.senses import own_letters, with_sense
from kg.extraction.judging.settings import Settings
from kg.extraction.judging.things import Thing
from kg.extraction.judging.told import with_ownership
from kg.extraction.judging.types import settle_types
from kg.extraction.lexicon import is_nothing
from kg.extraction.other_things import other_kind
from kg.extraction.own_work import own_work_from, own_work_in
from kg.extraction.proposals import ROW_RULES, RowProposal
from kg.extraction.weights import shipped
from kg.model import EntityType, Extraction, LocalEntity, LocalResult, Mention, Relation
from kg.vocabulary import load_vocabulary

__all__ = ["Judge"]

Decided = tuple[Relation, tuple[Mention, ...]]
"""What the paper does with a thing, and its mentions."""


@Language.factory("kg_judge")
def make_judge(nlp: Language, name: str, settings: Mapping[str, float], weights: str | None = None) -> Judge:
    """The judge with its numbers; with the shipped weights of the confidence, or with those of another file."""
    return Judge(Settings(**settings), _read_weights(Path(weights) if weights else shipped("confidence.json")))  # type: ignore[arg-type]


def _read_weights(path: Path) -> dict[str, float]:
    try:
        weights = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ExtractionError(f"{path}: no weights of a confidence ({error}); write them with 'kg train'") from None
    if not isinstance(weights, dict) or not all(isinstance(value, int | float) for value in weights.values()):
        raise ExtractionError(f"{path}: needs an object of numbers, as 'kg train' writes it")
    return {str(name): float(value) for name, value in weights.items()}


class Judge:
    """Decides, by ``settings`` and by the ``weights`` of the confidence, what a paper names and states."""

    def __init__(self, settings: Settings, weights: Mapping[str, float]) -> None:
        self.settings = settings
        self.weights = {"plugin": settings.plugin, **weights}
        self.concepts = load_vocabulary().concepts

    def __call__(self, doc: Doc) -> Doc:
        """Put the extraction of a doc beside the proposals that it is made from."""
        found = findings(doc)
        found.extraction = self.extraction(found)
        return doc

    def extraction(self, found: Findings) -> Extraction:
        """What a paper names, in the order of the first mention, and the results that it states."""
        things, relations, decided, read = self._judged(found)
        entities = tuple(
            _entity(thing, *each, coined=relations.coins(thing)) for thing, each in zip(things, decided, strict=True)
        )
        results = [with_ownership(result, entities) for result in self._results(found, things, read)]
        derivations = derivations_of(found, things, [entity.relation for entity in entities])
        return Extraction(entities, tuple(results), tuple(derivations))

    def rows(self, found: Findings) -> list[ReadRow]:
        """The results that the reader reads, with how sure it is of each part."""
        return self._judged(found)[3]

    def _judged(self, found: Findings) -> tuple[list[Thing], Relations, list[Decided], list[ReadRow]]:
        """What is named, what words say of it, what the paper does with each, and the rows that the reader reads."""
        things = self._named(found)
        relations = self.relations(found, things)
        items = self._items_read(found, things, relations)
        decided = _decided(things, relations, items)
        return things, relations, decided, self._rows_read(found, items, decided)

    def _rows_read(self, found: Findings, items: ItemsRead | None, decided: Sequence[Decided]) -> list[ReadRow]:
        """The results that the reader is sure of, or that others propose as well."""
        compared = {number for number, (relation, _) in enumerate(decided) if relation is Relation.COMPARES_WITH}
        backed = np.zeros(len(found.text), dtype=bool)
        for row in found.rows:
            backed[row.start : row.end] = True
        read = items.rows(compared) if items else []
        kept = [row for row in read if row.sure >= self.settings.sure_value or backed[slice(*row.span)].any()]
        told = data_told(found, found.rows, items.things, self.settings) if items else {}
        return [row.measured_on(next((told[p] for p in range(*row.span) if p in told), None)) for row in kept]

    def _results(self, found: Findings, things: Sequence[Thing], read: Sequence[ReadRow]) -> list[LocalResult]:
        """What the reader read and what other components propose, in the order of the text; of two that share a number,
        the surer. Our rules propose none where a reader has read."""
        proposed = [
            row
            for row in found.rows
            if (found.reading is None or row.source != ROW_RULES)
            and all(row.score > each.sure for each in read if _overlap(row, each))
        ]
        kept = [each for each in read if not any(_overlap(row, each) for row in proposed)]
        results = [
            *(result_of(row, found, self.weights) for row in kept),
            *results_of(found, proposed, things, self.settings),
        ]
        return sorted(results, key=lambda result: (result.anchor.place, result.anchor.start))

    def _items_read(self, found: Findings, things: Sequence[Thing], relations: Relations) -> ItemsRead | None:
        """What the reader makes of the things and numbers, if it has read the text."""
        if found.reading is None:
            return None
        features = all_features(found, things, relations)
        return ItemsRead(found, found.reading, things, features, self.settings.least_confidence_in_row)

    @staticmethod
    def relations(found: Findings, things: Sequence[Thing]) -> Relations:
        """What the rules read of the relations to some things."""
        own_names = (mention.start for thing in things if thing.introduced for mention in thing.mentions)
        return Relations(found, own_work_in(found, own_names))

    def things(self, found: Findings) -> list[Thing]:
        """All that any component takes for a name, put together and typed, before it is decided what to keep."""
        names = with_sense(found, self.concepts, self.settings)
        things = group(found, names, self.concepts, own_letters(found, self.concepts), self.settings)
        settle_types(things, found.text, self.settings)
        return list(_held(things))

    def _named(self, found: Findings) -> list[Thing]:
        own_work = own_work_from(found)
        things = self.things(found)
        for thing in things:
            thing.confidence = confidence_of(thing, found, own_work, self.weights)
        likely = [thing for thing in things if thing.confidence >= self.settings.least_confidence]
        kept = _with_main_tasks(likely, found, found.sentences[own_work][0], self.settings.main_tasks)
        return sorted(kept, key=lambda thing: thing.mentions[0].start)


def _decided(things: Sequence[Thing], relations: Relations, items: ItemsRead | None) -> list[Decided]:
    likely: Sequence[Likely | None] = items.relations() if items else [None] * len(things)
    return [relations.of(thing, each) for thing, each in zip(things, likely, strict=True)]


def _overlap(row: RowProposal, read: ReadRow) -> bool:
    return row.start < read.span[1] and read.span[0] < row.end


def _held(things: Iterable[Thing]) -> Iterator[Thing]:
    """The things that a graph holds, each as what it holds it: no hardware, no place, and products as methods at most.

    What the vocabulary lists, and what the paper introduces, may have the name of anything.
    """
    for thing in things:
        if thing.listed or thing.introduced:
            yield thing
        elif not is_nothing(thing.name):
            kind = other_kind(thing.name)
            thing.type = thing.type if kind is None or kind.at_most is None else kind.at_most
            yield thing


def _with_main_tasks(things: Sequence[Thing], found: Findings, own_work: int, most: int) -> list[Thing]:
    """All but the tasks that the paper only touches: its own it says in the title, often, or of its own work.

    ``own_work`` is the place from which the paper speaks of that.
    """

    def weight(thing: Thing) -> tuple[bool, int, int]:
        first = thing.mentions[0].start
        return found.in_title(first), len(thing.mentions), -first

    told = [
        thing
        for thing in things
        if thing.type is EntityType.TASK
        and (len(thing.mentions) > 1 or not found.paper.body <= thing.mentions[0].start < own_work)
    ]
    kept = sorted(told, key=weight, reverse=True)[:most]
    return [thing for thing in things if thing.type is not EntityType.TASK or thing in kept]


def _entity(thing: Thing, relation: Relation, mentions: tuple[Mention, ...], *, coined: bool) -> LocalEntity:
    return LocalEntity(
        name=thing.name,
        type=thing.type,
        relation=relation,
        confidence=thing.confidence,
        mentions=mentions,
        concept=thing.concept,
        family=None if thing.concept else thing.family,
        expansion=thing.expansion,
        coined=coined and relation is Relation.INTRODUCES,
    )
