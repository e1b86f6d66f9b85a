"""Whether short labels and everyday words mean the thing that a graph takes them for: contexts, and their count.

Usage: python benchmarks/short_labels.py ABSTRACTS.jsonl -o contexts.jsonl [--labels 100] [--contexts 20] [--seed 0]
       python benchmarks/short_labels.py --count contexts.jsonl

ABSTRACTS holds objects with a title and an abstract; ``.gz`` is read too. Of the labels of the vocabulary that have
four letters or fewer, or are found more often in small letters, those that the gazetteer finds in most abstracts are
taken; for each thing that such a label is taken for, contexts from as many abstracts, drawn at random, in which
extraction links it. A person sets ``right`` of each to true or false; ``--count`` makes a table of that.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path

from kg.extraction.gazetteer import Gazetteer
from kg.extraction.pipeline import Extractor
from kg.linking import DEFAULT_MIN_CONFIDENCE
from kg.model import LocalEntity, Paper
from kg.vocabulary import load_vocabulary

Reading = tuple[str, str]
"""A label as texts have it, in the singular, and the vocabulary id of what it is taken for."""

_FEW_LETTERS = 4
_AROUND = 90  # characters on both sides: enough to tell a model from a mountain
_TRIED = 6  # times as many abstracts as contexts are asked for; labels that are seldom linked end with fewer
_COLUMNS = 3  # readings side by side in the table
_PLURAL = re.compile(r"(?<=[A-Z])s\Z|(?<=[a-z]{3})s\Z")
_ONE_WORD = re.compile(r"[^\W_][\w+*]*")


class Corpus:
    """Abstracts, what the gazetteer finds in each, and what extraction makes of those that are asked for."""

    def __init__(self, papers: Iterable[Paper]) -> None:
        self.papers = list(papers)
        self._extractor = Extractor()
        self._extracted: dict[int, tuple[LocalEntity, ...]] = {}

    @cached_property
    def found_in(self) -> dict[Reading, list[int]]:
        """Reading -> the numbers of the abstracts in which the gazetteer finds it."""
        gazetteer, found = Gazetteer(load_vocabulary()), defaultdict(list)
        words: Counter[str] = Counter()
        for number, paper in enumerate(self.papers):
            text = f"{paper.title}\n\n{paper.abstract}"
            words.update(set(re.findall(r"\w+", text)))
            matches = {(label_of(text[m.start : m.end]), m.concept.id) for m in gazetteer.find(text)}
            for reading in sorted(matches):
                found[reading].append(number)
        return {(label, thing): where for (label, thing), where in found.items() if _is_short(label, words)}

    def entities(self, number: int) -> tuple[LocalEntity, ...]:
        """What a graph keeps of one abstract by default."""
        if number not in self._extracted:
            _, extraction = next(iter(self._extractor.extract([self.papers[number]])))
            self._extracted[number] = tuple(e for e in extraction.entities if e.confidence >= DEFAULT_MIN_CONFIDENCE)
        return self._extracted[number]

    def context(self, number: int, reading: Reading) -> str | None:
        """The words around the first place of an abstract where extraction takes a label for a thing; None if none."""
        label, thing = reading
        for entity in self.entities(number):
            for mention in entity.mentions if thing == entity.concept else ():
                if label_of(mention.surface) == label:
                    text, at = self.papers[number].text_at(mention.anchor.place), mention.anchor
                    before, after = text[max(0, at.start - _AROUND) : at.start], text[at.end : at.end + _AROUND]
                    return " ".join(f"{before}[[{text[at.start : at.end]}]]{after}".split())
        return None


def label_of(surface: str) -> str:
    """A surface in the singular."""
    return _PLURAL.sub("", surface)


def _is_short(label: str, words: Counter[str]) -> bool:
    if not _ONE_WORD.fullmatch(label):
        return False
    return len(label) <= _FEW_LETTERS or (label[0].isupper() and words[label.lower()] > words[label])


def contexts(corpus: Corpus, labels: int, most: int, rng: random.Random) -> Iterator[dict[str, object]]:
    """Contexts of the most frequent labels, those of one reading together."""
    frequency = {label: 0 for label, _ in corpus.found_in}
    for (label, _), where in corpus.found_in.items():
        frequency[label] = max(frequency[label], len(where))
    chosen = sorted(frequency, key=lambda label: (-frequency[label], label))[:labels]
    for label in chosen:
        for reading in sorted(each for each in corpus.found_in if each[0] == label):
            yield from _of_reading(corpus, reading, most, rng)


def _of_reading(corpus: Corpus, reading: Reading, most: int, rng: random.Random) -> Iterator[dict[str, object]]:
    where = corpus.found_in[reading]
    tried = rng.sample(where, min(len(where), most * _TRIED))
    found = 0
    for number in tried:
        context = corpus.context(number, reading)
        if context is not None:
            found += 1
            paper = corpus.papers[number].title
            yield {"label": reading[0], "thing": reading[1], "context": context, "paper": paper, "right": None}
        if found == most:
            return


def table(rows: Iterable[dict[str, object]]) -> Iterator[str]:
    """The table of what was read, the worst first: of how many contexts which share means the thing."""
    read: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for row in rows:
        if row["right"] is not None:
            read[str(row["label"]), str(row["thing"])].append(bool(row["right"]))
    cells = [
        f"| {label} | {thing} | {sum(right) / len(right):.2f} of {len(right)} "
        for (label, thing), right in sorted(read.items(), key=lambda each: (sum(each[1]) / len(each[1]), each[0]))
    ]
    yield "| label | thing | right " * _COLUMNS + "|"
    yield "|---|---|---" * _COLUMNS + "|"
    for first in range(0, len(cells), _COLUMNS):
        beside = cells[first : first + _COLUMNS]
        yield "".join(beside + ["| | | "] * (_COLUMNS - len(beside))) + "|"


def _papers(path: Path) -> Iterator[Paper]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield Paper(title=row["title"], abstract=row["abstract"])


def main() -> None:
    """Write contexts to read, or count what was read."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("abstracts", type=Path, nargs="?")
    parser.add_argument("-o", "--output", type=Path)
    parser.add_argument("--labels", type=int, default=100)
    parser.add_argument("--contexts", type=int, default=20)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--count", type=Path)
    options = parser.parse_args()
    if options.count:
        rows = map(json.loads, options.count.read_text(encoding="utf-8").splitlines())
        print("\n".join(table(rows)))
        return
    if not (options.abstracts and options.output):
        parser.error("name a file of abstracts, and a file to write with -o")
    drawn = contexts(Corpus(_papers(options.abstracts)), options.labels, options.contexts, random.Random(options.seed))
    with options.output.open("w", encoding="utf-8") as out:
        for row in drawn:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
            out.flush()


if __name__ == "__main__":
    main()
