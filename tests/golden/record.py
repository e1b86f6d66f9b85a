"""What extraction makes of papers, as lines that a person can read in a diff: offsets and numbers, none of the text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.extraction.pipeline import Extractor
from kg.extraction.recipe import Recipe
from kg.model import Anchor, Extraction, LocalSlot, Paper
from kg.sources import find_sources, read_source

__all__ = ["FILES", "Line", "crafted_papers", "read", "records", "sample_papers"]

HERE = Path(__file__).parent
FILES = {"whole": HERE / "sample.jsonl", "rules": HERE / "rules.jsonl"}
SAMPLE = HERE.parent.parent / "examples" / "reasoning-and-rl.txt"

Line = dict[str, object]


def sample_papers() -> list[Paper]:
    """The papers of the shipped sample, in the order of the file."""
    (source,) = find_sources([str(SAMPLE)])
    assert not isinstance(source, Exception)
    return [paper for paper in read_source(source) if isinstance(paper, Paper)]


def crafted_papers() -> list[Paper]:
    """The papers of ``crafted.txt``."""
    lines = (HERE / "crafted.txt").read_text(encoding="utf-8").splitlines()
    parts = (line.rpartition(" || ") for line in lines if not line.startswith("# "))
    return [Paper(title=title or "On a Question", abstract=abstract) for title, _, abstract in parts]


def rules_alone() -> Recipe:
    """The pipeline without the reader, that keeps also what the confidence, fitted beside one, doubts without it."""
    return Recipe.shipped().without("kg_reader").with_setting("kg_judge.settings", "least_confidence", 0.01)


def records(which: str) -> list[Line]:
    """What is kept: of the ``whole`` pipeline the sample; of the ``rules`` alone the sample and the crafted papers."""
    if which == "whole":
        return list(_lines("sample", Recipe.shipped(), sample_papers()))
    recipe = rules_alone()
    return [*_lines("sample", recipe, sample_papers()), *_lines("crafted", recipe, crafted_papers())]


def read(which: str) -> list[Line]:
    """What was kept."""
    return [json.loads(line) for line in FILES[which].read_text(encoding="utf-8").splitlines()]


def _lines(group: str, recipe: Recipe, papers: Iterable[Paper]) -> Iterator[Line]:
    for number, (_, found) in enumerate(Extractor(recipe).extract(papers), 1):
        yield from _of_paper(f"{group} {number}", found)


def _of_paper(paper: str, found: Extraction) -> Iterator[Line]:
    for entity in found.entities:
        yield {
            "paper": paper,
            "name": entity.name,
            "type": entity.type,
            "relation": entity.relation,
            "confidence": entity.confidence,
            "concept": entity.concept or entity.family,
            "long": entity.expansion,
            "mentions": [[_place(m.anchor), m.rule, m.relation, m.score] for m in entity.mentions],
        }
    for result in found.results:
        yield {
            "paper": paper,
            "value": result.value,
            "number": result.number,
            "unit": result.unit,
            "kind": result.kind,
            "metric": _slot(result.metric),
            "on": _slot(result.on),
            "of": _slot(result.of),
            "at": _place(result.anchor),
            "confidence": result.confidence,
        }


def _place(anchor: Anchor) -> str:
    return f"{anchor.place}:{anchor.start}-{anchor.end} in {anchor.sentence_start}-{anchor.sentence_end}"


def _slot(slot: LocalSlot | None) -> str | None:
    return None if slot is None else slot.text
