"""The graph as JSON lines, a line a paper: for programs, and for measuring against annotated papers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO

from kg.iris import DEFAULT_BASE, entity_iri, paper_iri
from kg.model import PAPER_FIELDS, Author, Entity, Paper, Result, text_of
from kg.questions.paper import PaperLink
from kg.questions.walk import walk_papers
from kg.store import GraphReader

__all__ = ["ADDRESSES", "ALWAYS", "WHERE_KNOWN", "paper_rows", "write_jsonl"]

ALWAYS = ("arxiv", "doi", "date")
"""What sources state of a paper and every line has, null where it is unknown."""
WHERE_KNOWN = tuple(field.name for field in PAPER_FIELDS if field.name not in ALWAYS)
"""What a line has only where it is known."""

ADDRESSES = ("exact_matches", "introduced_in", "homepages")
"""What an entity has only where the vocabulary knows it."""


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
            **{name: getattr(paper, name) for name in ALWAYS},
            **_known(paper),
            "sources": list(paper.sources),
            "entities": [_entity_row(entities[link.entity_id], link, base) for link in profile.links],
            "results": [_result_row(result) for result in profile.results],
        }


def _known(paper: Paper) -> dict[str, object]:
    """All else that is known of the paper; authors are objects."""
    values = ((name, getattr(paper, name)) for name in WHERE_KNOWN)
    return {name: _plain(value) for name, value in values if value is not None and value not in ("", ())}


def _plain(value: object) -> object:
    if not isinstance(value, tuple):
        return value
    return [each.known if isinstance(each, Author) else each for each in value]


def _entity_row(entity: Entity, link: PaperLink, base: str) -> dict[str, object]:
    return {
        "id": entity_iri(entity.id, base),
        "name": entity.label,
        "aliases": list(entity.aliases),
        "type": entity.type,
        **{name: list(value) for name in ADDRESSES if (value := getattr(entity, name))},
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
