"""Made-up papers as JSON lines, of any number: titles and abstracts of the usual length, in our own words.

Usage: python benchmarks/corpus.py PAPERS -o FILE.jsonl [--seed 0]

Names are drawn from the vocabulary by Zipf's law, with versions and sizes of models; two papers in three coin one of
their own, some define its abbreviation. Numbers, negations and comparisons are as frequent as in real abstracts. The
same number, seed and vocabulary give the same file.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

from kg.model import EntityType
from kg.vocabulary import load_vocabulary

__all__ = ["papers", "write_corpus"]

_OPENING = (
    "{task} remains hard when {noun} is scarce and the {noun2} keeps changing.",
    "Most work on {task} assumes that {noun} is free, which it seldom is.",
    "How much {noun} does {task} need, and what of the {noun2} can be left out?",
    "Large systems such as {model} have brought {task} forward, yet their {noun} is poorly understood.",
    "Recent progress on {task} rests on {method}, whose {noun} grows with every {noun2}.",
)
_OWN = (
    "We propose {own}, which replaces the {noun} of {method} by a learned {noun2} and needs no further {noun3}.",
    "In this paper we introduce {own}: a way to trade {noun} for {noun2} without losing the {noun3}.",
    "We present {own}, built on {method}, in which every {noun} is checked against a {noun2} before it is used.",
)
_PLAIN = (
    "We take {method} apart and study what its {noun} contributes to the {noun2}.",
    "Here we ask whether {method} is needed at all once the {noun} is known.",
)
_MIDDLE = (
    "It first collects {noun} with {model}, then filters the {noun2} by agreement, and finally trains on what is left.",
    "Unlike {method}, it keeps the {noun} fixed, so that the {noun2} can be computed once and shared.",
    "The {noun} is trained on {dataset} and adapted to each {noun2} with a few hundred steps.",
    "Two observations make this possible: the {noun} is small, and the {noun2} of a step rarely matters later on.",
    "We further show that {method} arises as a special case when the {noun} vanishes.",
    "A simple bound relates the {noun} to the {noun2}, and we find it tight within {percent}% in practice.",
    "Instead of a single {noun}, an ensemble of {small} votes on each {noun2}, which removes most of the {noun3}.",
)
_RESULTS = (
    "On {benchmark} and {benchmark2} it reaches {percent}% {metric}, {points} points above {model}.",
    "Experiments with {model} and {model2} on {benchmark} show gains of {points} points in {metric}.",
    "We evaluate on {benchmark}, {benchmark2} and {dataset}, where {metric} improves from {percent}% to {percent2}%.",
    "Compared with {method}, it is {times} times faster on {benchmark} at the same {metric}.",
    "Across {small} tasks of {benchmark}, {model} with our {noun} outperforms {model2} without it.",
)
_PROSE = (
    "The {noun} is written once, in advance, and never looked at again, although the {noun2} moves on with every step.",
    "What makes this harder than it looks is that errors in the {noun} add up long before anyone can see them.",
    "Such a {noun} is cheap to obtain, but it says little about why one {noun2} is better than another.",
    "Earlier attempts either fix the {noun} by hand or search for it, and both give up when the {noun2} is long.",
    "It follows that a small {noun} is often enough, provided that the {noun2} is chosen with some care.",
    "None of this asks for a larger {noun}, a second pass over the {noun2}, or labels of any kind.",
    "In practice the {noun} and the {noun2} are correlated, which turns out to help rather than to hurt.",
    "We describe how to tell, from the {noun} alone, when the {noun2} can no longer be trusted.",
)
_CLOSING = (
    "Code and {noun} are available.",
    "The gains persist when the {noun} is noisy, and vanish only when the {noun2} is removed altogether.",
    "These results suggest that {noun}, not {noun2}, is what limits {task} today.",
    "An ablation attributes most of the improvement to the {noun}.",
)
_NOUNS = (
    "annotation attention batch budget cache calibration context coverage critic curriculum data decoder demonstration "
    "depth diversity draft embedding encoder error evidence example exploration feedback gradient graph guidance "
    "horizon hypothesis instruction kernel label latency layer likelihood margin mask memory mixture momentum noise "
    "objective observation outline partition plan policy preference prior prompt proof query ranking reasoning recall "
    "reference representation retrieval reward rollout sampling scaffold schedule score search segment signal sketch "
    "sparsity stability state step subgoal supervision table teacher template temperature token trace trajectory "
    "transfer tree uncertainty update verification vocabulary window workflow"
).split()
_SYLLABLES = (
    "al bri cor dex ela fin gra hel ita jun kal lor mer nov ora pix qua rho sol tri ula vex wen xan yor zet".split()
)
_ENDINGS = ("Net", "Former", "Flow", "-RL", "Tune", "Agent", "Rank", "Coder", "PO", "Bench")
_SIZES = ("0.5B", "1.5B", "3B", "7B", "8B", "13B", "32B", "70B", "72B")
_SHARE_COINED = 0.66
_SHARE_SIZED = 0.3


class _Names:
    """Names of one type, the first drawn most."""

    def __init__(self, kind: EntityType, rng: random.Random) -> None:
        concepts = [c for c in load_vocabulary().matched() if c.type is kind]
        rng.shuffle(concepts)
        self._concepts = concepts
        self._weights = list(accumulate(1 / rank for rank in range(1, len(concepts) + 1)))

    def draw(self, rng: random.Random) -> str:
        concept = rng.choices(self._concepts, cum_weights=self._weights)[0]
        name = rng.choice((concept.label, concept.label, concept.label, *concept.aliases))
        sized = concept.type is EntityType.MODEL and rng.random() < _SHARE_SIZED
        return f"{name}-{rng.choice(_SIZES)}" if sized else name


def papers(count: int, seed: int = 0) -> Iterator[dict[str, object]]:
    """So many papers, as rows of JSON lines."""
    rng = random.Random(seed)
    names = {kind: _Names(kind, rng) for kind in EntityType}
    for number in range(count):
        yield _paper(number, rng, names)


def _paper(number: int, rng: random.Random, names: dict[EntityType, _Names]) -> dict[str, object]:
    coined = _coinage(rng) if rng.random() < _SHARE_COINED else None
    words = [rng.choice(_NOUNS) for _ in range(3)]
    own = coined or ""
    if coined and rng.random() < 0.3:
        long = [word.capitalize() for word in words]
        own = f"{' '.join(long)} ({''.join(word[0] for word in long)})"

    def say(pattern: str) -> str:
        nouns = rng.sample(_NOUNS, 3)
        values = {
            "own": own, "noun": nouns[0], "noun2": nouns[1], "noun3": nouns[2],
            "small": rng.randint(3, 24), "points": round(rng.uniform(0.4, 14), 1),
            "times": round(rng.uniform(1.2, 9), 1), "percent": round(rng.uniform(11, 60), 1),
            "percent2": round(rng.uniform(60, 98), 1),
            **{f"{kind}{suffix}": names[kind].draw(rng) for kind in EntityType for suffix in ("", "2")},
        }  # fmt: skip
        return pattern.format(**values)

    sentences = [say(rng.choice(_OPENING)), say(rng.choice(_OWN if coined else _PLAIN))]
    # As real abstracts have it: most sentences name nothing, and one in two abstracts states a number.
    sentences += [say(each) for each in rng.sample(_PROSE, rng.randint(6, 8))]
    sentences += [say(each) for each in rng.sample(_MIDDLE, rng.randint(2, 4))]
    sentences += [say(each) for each in rng.sample(_RESULTS, rng.randint(0, 1))]
    sentences.append(say(rng.choice(_CLOSING)))
    subject = f"{words[0].capitalize()} and {words[1]} for {names[EntityType.TASK].draw(rng)}"
    # No two papers share a title, or they would be one paper.
    title = f"{coined}: {subject}, {words[2]} {number}" if coined else f"{subject}, {words[2]} {number}"
    month = number % 96
    date = f"{2018 + month // 12}-{month % 12 + 1:02}-{number % 28 + 1:02}"
    return {"title": title, "abstract": " ".join(sentences), "date": date}


def _coinage(rng: random.Random) -> str:
    return "".join(rng.choices(_SYLLABLES, k=rng.randint(2, 3))).capitalize() + rng.choice(_ENDINGS)


def write_corpus(path: Path, count: int, seed: int = 0) -> None:
    """So many papers in a file."""
    with path.open("w", encoding="utf-8") as stream:
        for row in papers(count, seed):
            stream.write(json.dumps(row, ensure_ascii=False) + "\n")


def main() -> None:
    """Write a file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("papers", type=int)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    write_corpus(options.output, options.papers, options.seed)


if __name__ == "__main__":
    main()
