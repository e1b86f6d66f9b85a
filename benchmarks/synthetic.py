"""A graph of made-up papers, of any size, to measure on.

Usage: python -m benchmarks.synthetic PAPERS -o FILE [--seed 0]

The graph goes through the store's own writer and linker, so that it is like a built one in every table; only the
reading of text is left out. Names are those of the vocabulary, drawn by Zipf's law, with model sizes below their
families, and one name in seven is coined by its paper. The same number and seed give the same graph.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate, islice
from pathlib import Path

from kg.building.link import link
from kg.building.unify import unify
from kg.model import (
    Anchor,
    EntityType,
    Extraction,
    LocalEntity,
    LocalResult,
    LocalSlot,
    Mention,
    Paper,
    Relation,
    ResultKind,
    Rule,
)
from kg.store.writer import GraphWriter
from kg.vocabulary import Concept, Vocabulary, load_vocabulary

__all__ = ["main", "synthetic_papers", "write_synthetic"]

Entry = tuple[Paper, Extraction]

_VERSION = "synthetic"
_BATCH = 2000
_EXPONENT = 1.0  # of Zipf's law
_FIRST_YEAR, _YEARS = 2018, 8
_SIZES = ("0.5B", "1.5B", "3B", "7B", "8B", "13B", "32B", "70B", "72B")

_SENTENCES: dict[Relation, tuple[str, ...]] = {
    Relation.INTRODUCES: ("We introduce {}, which {}.", "This paper presents {}, and {}."),
    Relation.EVALUATES_ON: ("We evaluate on {}, where it {}.", "On {} our approach {}."),
    Relation.TRAINS_ON: ("We train on {} until it {}.", "It is fine-tuned on {} and {}."),
    Relation.USES: ("It builds on {}, which {}.", "Using {}, the system {}."),
    Relation.COMPARES_WITH: ("Compared with {}, it {}.", "It outperforms {} and {}."),
    Relation.ADDRESSES: ("We study {}, a problem that {}.", "For {} this {}."),
    Relation.MENTIONS: ("Recent work on {} {}.", "Like {}, it {}."),
}
_SHARES: dict[EntityType, dict[Relation, int]] = {
    EntityType.METHOD: {Relation.USES: 6, Relation.COMPARES_WITH: 3, Relation.MENTIONS: 3},
    EntityType.MODEL: {Relation.USES: 5, Relation.COMPARES_WITH: 4, Relation.MENTIONS: 3},
    EntityType.DATASET: {Relation.TRAINS_ON: 5, Relation.EVALUATES_ON: 3, Relation.MENTIONS: 1},
    EntityType.BENCHMARK: {Relation.EVALUATES_ON: 8, Relation.MENTIONS: 1},
    EntityType.METRIC: {Relation.USES: 1},
    EntityType.TASK: {Relation.ADDRESSES: 5, Relation.MENTIONS: 2},
}
_TYPES = {
    EntityType.METHOD: 26,
    EntityType.MODEL: 26,
    EntityType.BENCHMARK: 20,
    EntityType.TASK: 14,
    EntityType.DATASET: 9,
    EntityType.METRIC: 5,
}
_WORDS = (
    "adaptive agent alignment answer attention balance budget chain code cold context cost critic curriculum data deep "
    "dense dialogue early error exact feedback field frozen gradient graph hard hidden human image joint kernel label "
    "language large latent layer learning length light local long memory mixture model motion noise novel number "
    "offline open order pair path patient plan policy prior proof query quiet rank reason reward robust sample scale "
    "search self shallow short signal skill slow small sparse speech stable step strong student teacher test text "
    "token tool train tree trust value verifier video vision weak wide world"
).split()
_SYLLABLES = ("ba", "de", "fi", "go", "ku", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "wo", "xu", "za")


@dataclass(frozen=True, slots=True)
class _Name:
    """What a paper calls a thing, and what the vocabulary knows of it."""

    text: str
    type: EntityType
    concept: str | None = None
    family: str | None = None


@dataclass(slots=True)
class _Shelf:
    """The known things of one type, to draw from: the first are drawn most."""

    concepts: list[Concept]
    weights: list[float]

    def draw(self, rng: random.Random) -> Concept:
        return rng.choices(self.concepts, cum_weights=self.weights)[0]


@dataclass(slots=True)
class _Draft:
    """An abstract that grows sentence by sentence, with what each sentence says."""

    text: str = ""
    mentions: dict[_Name, list[Mention]] = field(default_factory=dict)
    results: list[LocalResult] = field(default_factory=list)

    def start_sentence(self) -> int:
        if self.text:
            self.text += " "
        return len(self.text)

    def say(self, pattern: str, name: _Name, rest: str, relation: Relation, confidence: float) -> None:
        begin = self.start_sentence()
        before, _, after = pattern.partition("{}")
        start = begin + len(before)
        self.text += f"{before}{name.text}{after.format(rest)}"
        end = len(self.text)
        self.add(name, 1, (start, start + len(name.text)), (begin, end), relation, confidence)

    def add(
        self,
        name: _Name,
        place: int,
        span: tuple[int, int],
        sentence: tuple[int, int],
        relation: Relation,
        confidence: float,
    ) -> None:
        mention = Mention(Anchor(place, *span, *sentence), name.text, Rule.SHAPE, relation, confidence)
        self.mentions.setdefault(name, []).append(mention)

    def report(self, number: float, metric: str, on: str, of: str | None) -> None:
        value = f"{number}%"
        begin = self.start_sentence()
        start = begin + len("It reaches ")
        self.text += f"It reaches {value} {metric} on {on}."
        anchor = Anchor(1, start, start + len(value), begin, len(self.text))
        slots = (LocalSlot(metric), LocalSlot(on), LocalSlot(of) if of else None)
        self.results.append(LocalResult(value, number, "%", ResultKind.ABSOLUTE, *slots, anchor, 0.8))


def synthetic_papers(count: int, seed: int = 0, vocabulary: Vocabulary | None = None) -> Iterator[Entry]:
    """So many papers, each with what it names: about six links, of which the first may be its own coinage."""
    rng = random.Random(seed)
    shelves = _shelves(vocabulary or load_vocabulary(), rng)
    for number in range(count):
        yield _paper(number, count, rng, shelves)


def _shelves(vocabulary: Vocabulary, rng: random.Random) -> dict[EntityType, _Shelf]:
    shelves = {}
    for kind in EntityType:
        concepts = [c for c in vocabulary.matched() if c.type is kind]
        rng.shuffle(concepts)
        shelves[kind] = _Shelf(concepts, list(accumulate(1 / rank**_EXPONENT for rank in range(1, len(concepts) + 1))))
    return shelves


def _paper(number: int, count: int, rng: random.Random, shelves: dict[EntityType, _Shelf]) -> Entry:
    draft = _Draft()
    coined = (
        _Name(_coinage(number), rng.choices(tuple(_TYPES), tuple(_TYPES.values()))[0]) if rng.random() < 0.8 else None
    )
    title = f"{' '.join(_words(rng, 4))} with {_coinage(number).lower()}".capitalize()
    if coined is not None:
        title = f"{coined.text}: {title}"
        draft.add(coined, 0, (0, len(coined.text)), (0, len(title)), Relation.INTRODUCES, 0.9)
        draft.say(_SENTENCES[Relation.INTRODUCES][number % 2], coined, _clause(rng), Relation.INTRODUCES, 0.97)
    for _ in range(rng.randint(3, 8)):
        name = _draw(rng, shelves)
        relation = rng.choices(tuple(_SHARES[name.type]), tuple(_SHARES[name.type].values()))[0]
        draft.say(rng.choice(_SENTENCES[relation]), name, _clause(rng), relation, round(rng.uniform(0.5, 0.99), 3))
    on = next((name for name in draft.mentions if name.type is EntityType.BENCHMARK), None)
    if on is not None and rng.random() < 0.6:
        metric = shelves[EntityType.METRIC].draw(rng).label
        draft.report(round(rng.uniform(10, 99), 1), metric, on.text, coined.text if coined else None)
    paper = Paper(
        title, draft.text, arxiv=_arxiv(number, count), date=_date(number, count), sources=(f"synthetic:{number + 1}",)
    )
    return paper, Extraction(tuple(_local(name, found) for name, found in draft.mentions.items()), tuple(draft.results))


def _draw(rng: random.Random, shelves: dict[EntityType, _Shelf]) -> _Name:
    kind = rng.choices(tuple(_TYPES), tuple(_TYPES.values()))[0]
    concept = shelves[kind].draw(rng)
    if kind is EntityType.MODEL and rng.random() < 0.3:
        return _Name(f"{concept.label}-{rng.choice(_SIZES)}", kind, family=concept.id)
    surface = rng.choice(concept.aliases) if concept.aliases and rng.random() < 0.2 else concept.label
    return _Name(surface, kind, concept=concept.id)


def _local(name: _Name, mentions: list[Mention]) -> LocalEntity:
    relation = min((m.relation for m in mentions), key=tuple(Relation).index)
    confidence = max(m.score for m in mentions)
    return LocalEntity(name.text, name.type, relation, confidence, tuple(mentions), name.concept, name.family)


def _coinage(number: int) -> str:
    """A name that no other paper has: the number in syllables, and in figures so that no two fold alike."""
    syllables = "".join(_SYLLABLES[number >> shift & 15] for shift in (0, 4, 8))
    return f"{syllables.capitalize()}{number}"


def _words(rng: random.Random, count: int) -> list[str]:
    return [_WORDS[min(int(rng.expovariate(0.03)), len(_WORDS) - 1)] for _ in range(count)]


def _clause(rng: random.Random) -> str:
    return f"makes {' '.join(_words(rng, rng.randint(3, 9)))} better"


def _date(number: int, count: int) -> str:
    month = number * _YEARS * 12 // count
    return f"{_FIRST_YEAR + month // 12}-{month % 12 + 1:02}-{number % 28 + 1:02}"


def _arxiv(number: int, count: int) -> str:
    month = number * _YEARS * 12 // count
    return f"{(_FIRST_YEAR + month // 12) % 100:02}{month % 12 + 1:02}.{number % 100_000:05}"


def write_synthetic(path: Path, count: int, seed: int = 0, version: str = _VERSION) -> None:
    """A new graph file of so many papers, extracted by this version; a file that is there is replaced."""
    for leftover in (path, *(path.with_name(path.name + suffix) for suffix in ("-wal", "-shm"))):
        leftover.unlink(missing_ok=True)
    vocabulary = load_vocabulary()
    with GraphWriter(path) as writer:
        papers = (paper for paper, _ in synthetic_papers(count, seed, vocabulary))
        writer.replace_source("synthetic", "synthetic", f"{count} {seed}", papers)
        unify(writer)
        entries = ((paper, found) for paper, found in synthetic_papers(count, seed, vocabulary))
        while batch := list(islice(entries, _BATCH)):
            writer.store_extractions(version, [(_stored(paper), found) for paper, found in batch])
        link(writer, vocabulary=vocabulary)


def _stored(paper: Paper) -> Paper:
    """The paper under the id that the store gives it."""
    return Paper(paper.title, paper.abstract, id=f"arxiv/{paper.arxiv}")


def main() -> None:
    """Write a graph and say how long it took."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("papers", type=int)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    started = time.perf_counter()
    write_synthetic(options.output, options.papers, options.seed)
    print(f"{options.papers} papers in {time.perf_counter() - started:.1f} s: {options.output}")


if __name__ == "__main__":
    main()
