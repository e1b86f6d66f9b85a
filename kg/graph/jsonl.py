"""The graph as JSON lines, a line a paper: for programs, and for measuring against annotated papers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO

from kg.graph.walk import walk
from kg.iris import DEFAULT_BASE, entity_iri, paper_iri
from kg.model import Entity, Evidence, Paper, Result
from kg.store import GraphReader, Link

__all__ = ["paper_rows", "write_jsonl"]


def write_jsonl(reader: GraphReader, stream: IO[bytes], base: str = DEFAULT_BASE) -> None:
    """Write one JSON object a paper, ordered by paper id."""
    for row in paper_rows(reader, base):
        stream.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")


def paper_rows(reader: GraphReader, base: str = DEFAULT_BASE) -> Iterator[dict[str, object]]:
    """The papers as plain values, with entities, evidence and results."""
    entities = {entity.id: entity for entity in reader.entities()}
    for account in walk(reader):
        paper = account.paper
        yield {
            "id": paper_iri(paper.id, base),
            "title": paper.title,
            "arxiv": paper.arxiv,
            "doi": paper.doi,
            "date": paper.date,
            "sources": list(paper.sources),
            "entities": [
                _entity_row(entities[link.entity_id], link, account.evidence.get(link.entity_id, []), base)
                for link in account.links
            ],
            "results": [_result_row(paper, result) for result in account.results],
        }


def _entity_row(entity: Entity, link: Link, evidence: list[Evidence], base: str) -> dict[str, object]:
    return {
        "id": entity_iri(entity.id, base),
        "name": entity.label,
        "aliases": list(entity.aliases),
        "type": entity.type,
        "relation": link.relation,
        "surfaces": list(dict.fromkeys(piece.surface for piece in evidence)),
        "confidence": link.confidence,
        "evidence": [
            {"field": piece.field, "start": piece.start, "end": piece.end, "sentence": piece.sentence}
            for piece in evidence
        ],
    }


def _result_row(paper: Paper, result: Result) -> dict[str, object]:
    sentence = paper.text(result.field)[result.sentence_start : result.sentence_end]
    return {
        "value": result.value,
        "number": result.number,
        "kind": result.kind,
        "metric": result.metric,
        "on": result.on,
        "of": result.of,
        "evidence": {"field": result.field, "start": result.start, "end": result.end, "sentence": sentence},
    }
