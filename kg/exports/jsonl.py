"""The graph as JSON lines, a line a paper: for programs, and for measuring against annotated papers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO

from kg.iris import DEFAULT_BASE, entity_iri, paper_iri
from kg.model import PAPER_FIELDS, Entity, Paper, Result, text_of
from kg.questions.paper import PaperLink
from kg.questions.walk import walk_papers
from kg.store import GraphReader

_ALWAYS = ("arxiv", "doi", "date")

__all__ = ["paper_rows", "write_jsonl"]


def write_jsonl(reader: GraphReader, stream: IO[bytes], base: str = DEFAULT_BASE) -> None:
    """Write one JSON object a paper, ordered by paper id."""
    with reader.snapshot():
        for row in paper_rows(reader, base):
            stream.write(json.dumps(row, ensure_ascii=False, allow_nan=False).encode() + b"\n")


def paper_rows(reader: GraphReader, base: str = DEFAULT_BASE) -> Iterator[dict[str, object]]:
    """The papers as plain values, with entities, evidence and results."""
    entities = {entity.id: entity for entity in reader.entities()}
    for profile in walk_papers(reader):
        paper = profile.paper
        yield {
            "id": paper_iri(paper.id, base),
            "title": paper.title,
            "arxiv": paper.arxiv,
            "doi": paper.doi,
            "date": paper.date,
            **_stated(paper),
            "sources": list(paper.sources),
            "entities": [_entity_row(entities[link.entity_id], link, base) for link in profile.links],
            "results": [_result_row(result) for result in profile.results],
        }


def _stated(paper: Paper) -> dict[str, object]:
    """All else that is known of the paper."""
    others = (field.name for field in PAPER_FIELDS if field.name not in _ALWAYS)
    values = {name: getattr(paper, name) for name in others} | {"authors": [each.known for each in paper.authors]}
    return {name: value for name, value in values.items() if value is not None and value not in ("", (), [])}


def _entity_row(entity: Entity, link: PaperLink, base: str) -> dict[str, object]:
    return {
        "id": entity_iri(entity.id, base),
        "name": entity.label,
        "aliases": list(entity.aliases),
        "type": entity.type,
        "relation": link.relation,
        "surfaces": list(dict.fromkeys(piece.surface for piece in link.evidence)),
        "confidence": link.confidence,
        "evidence": [
            {"field": e.passage, "start": e.anchor.start, "end": e.anchor.end, "sentence": e.sentence}
            for e in link.evidence
        ],
    }


def _result_row(result: Result) -> dict[str, object]:
    return {
        "value": result.value,
        "number": result.finite_number,
        "kind": result.kind,
        "metric": text_of(result.metric),
        "on": text_of(result.on),
        "of": text_of(result.of),
        "evidence": {
            "field": result.passage,
            "start": result.anchor.start,
            "end": result.anchor.end,
            "sentence": result.sentence,
        },
    }
